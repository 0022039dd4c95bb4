import type {Area} from '../area.js';
import {below} from './zoomed-parts.js';

/** A part of a page whose parts do not all fit everywhere. */
export type Block = {
	/** With fewer rows it leaves. */
	readonly least: number;
	/** What it can make use of. */
	readonly most: number;
	/** With fewer than that it makes no more of them than of the least. */
	readonly worthwhile?: number;
	/** From 1: where there is no room for all, the largest leaves first. */
	readonly rank: number;
	/** It takes what nobody else wants. */
	readonly takesRest?: true;
	readonly paint: (area: Area) => void;
};

/** Rows of each block, 0 for those that there is no room for: the least first, by rank, then what each can make use of. */
function heightsOf(blocks: readonly Block[], rows: number): readonly number[] {
	const order = [...blocks.keys()].toSorted((a, b) => (blocks[a]?.rank ?? 0) - (blocks[b]?.rank ?? 0));
	const heights = blocks.map(() => 0);
	let left = rows;
	const give = (index: number, wanted: number) => {
		left -= wanted;
		heights[index] = (heights[index] ?? 0) + wanted;
	};

	for (const index of order) {
		const least = blocks[index]?.least ?? 0;
		give(index, least <= left ? least : 0);
	}

	for (const index of order) {
		const {most = 0, worthwhile = 0} = blocks[index] ?? {};
		const height = heights[index] ?? 0;
		const more = Math.min(left, Math.max(0, most - height));
		give(index, height === 0 || height + more < worthwhile ? 0 : more);
	}

	return heights;
}

/** Blocks below each other, with a row of air between them where that takes none from any. */
export function paintBlocks(area: Area, blocks: readonly Block[]): void {
	const heights = heightsOf(blocks, area.rows);
	const shown = blocks.map((block, index) => ({block, rows: heights[index] ?? 0})).filter(({rows}) => rows > 0);
	const used = shown.reduce((sum, {rows}) => sum + rows, 0);
	const air = used + shown.length - 1 <= area.rows ? 1 : 0;
	const rest = Math.max(0, area.rows - used - air * (shown.length - 1));
	const taker = shown.findIndex(({block, rows}) => block.takesRest && rows + rest >= (block.worthwhile ?? 0));
	const parts = below(
		area,
		shown.flatMap(({rows}, index) => [rows + (index === taker ? rest : 0), air]),
	);

	for (const [index, {block}] of shown.entries()) {
		block.paint(parts[index * 2] ?? area);
	}
}
