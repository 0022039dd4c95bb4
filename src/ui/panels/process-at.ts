import type {Process} from '../../core/snapshot.js';
import type {Scene} from '../scene.js';
import type {Sort} from '../view-state.js';
import {columnsFor} from './process-columns.js';
import {headingRows, processAt} from './processes.js';

/** What stands at a place of the table: the heading of a column that it can be sorted by, or a process and its row in the whole list. */
export type ProcessTarget =
	| {readonly kind: 'heading'; readonly sort: Sort}
	| {readonly kind: 'row'; readonly process: Process; readonly row: number};

/** What stands at a cell, counted from 0, of the table in a body of so many columns and rows; undefined beside all of it. */
export function targetInProcesses(
	scene: Scene,
	{columns, rows}: {readonly columns: number; readonly rows: number},
	x: number,
	y: number,
): ProcessTarget | undefined {
	if (y >= headingRows(rows)) {
		const found = processAt(scene, rows, y);
		return found && {kind: 'row', ...found};
	}

	const sort = y === 0 ? sortAt(columns, x, scene.view.sort) : undefined;
	return sort && {kind: 'heading', sort};
}

/** The column of air behind a heading is its own. */
function sortAt(columns: number, at: number, sortedBy: Sort): Sort | undefined {
	let x = 0;

	for (const {width, sort} of columnsFor(columns, sortedBy)) {
		const end = width === 0 ? columns : x + width + 1;

		if (at >= x && at < end) {
			return sort;
		}

		x = end;
	}

	return undefined;
}
