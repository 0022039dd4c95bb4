import {percent, percentUp, span} from '../core/format.js';
import {type Level, levelOf} from '../core/levels.js';
import {type Safe, safe, trimSafe} from '../core/safe.js';
import type {Filesystem, Snapshot} from '../core/snapshot.js';
import type {Standing} from '../engine/store.js';
import {levelOfDisk, levelOfInodes} from './panels/disk-rows.js';

/** One thing that is wrong. */
export type Trouble = {readonly level: Exclude<Level, 'ok'>; readonly text: Safe};

/** What is wrong now, worst first: space, memory, and what could not be read. Empty when all is well. */
export function troublesOf(snapshot: Snapshot): readonly Trouble[] {
	// What gave no answer is among the problems.
	const answered = snapshot.filesystems.filter(({usage}) => usage);
	const found: {level: Level; text: Safe}[] = answered.map(filesystem => ({
		level: levelOfDisk(filesystem),
		text: safe`${filesystem.name} ${useOf(filesystem)}`,
	}));
	const memory = snapshot.series.get('memory.used');
	found.push({level: levelOf('memory.used', memory), text: safe`memory ${trimSafe(percent(memory))}`});
	found.push(
		...snapshot.problems
			.filter(({isNote}) => !isNote)
			.map(({source, reason}) => ({level: 'warning' as const, text: safe`${source}: ${reason}`})),
	);
	const troubles = found.filter((one): one is Trouble => one.level !== 'ok');
	return troubles.toSorted((a, b) => Number(b.level === 'critical') - Number(a.level === 'critical'));
}

/** What is wrong between the screen and its engine: worse than all else, since all else may be over. */
export function standingTroubles({trouble, problem}: Standing): readonly Trouble[] {
	return [
		...(trouble === undefined ? [] : [{level: 'critical', text: trouble} as const]),
		...(problem === undefined ? [] : [{level: 'warning', text: problem} as const]),
	];
}

/** The same trouble of screen and engine (they have one configuration) is one. */
export function joinedTroubles(own: readonly Trouble[], others: readonly Trouble[]): readonly Trouble[] {
	return [...own, ...others.filter(({text}) => own.every(trouble => trouble.text !== text))].toSorted(
		(a, b) => Number(b.level === 'critical') - Number(a.level === 'critical'),
	);
}

/** What to say when nothing is wrong. */
export function wellText({series}: Snapshot, dot: Safe): Safe {
	const seconds = series.get('uptime');
	return seconds === undefined ? safe`` : safe` ${dot} up ${span(seconds)}`;
}

/** What there is least of: space, or inodes. */
function useOf({usage}: Filesystem): Safe {
	const isInodes = usage && levelOfInodes(usage) !== 'ok' && levelOf('disk.used', usage.usedPercent) === 'ok';
	return isInodes
		? safe`inodes ${trimSafe(percentUp(usage.inodes?.usedPercent))}`
		: trimSafe(percentUp(usage?.usedPercent));
}
