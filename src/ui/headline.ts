import {type CheckState, checkReason, checkState} from '../core/check-state.js';
import {levelOfDisk, levelOfInodes} from '../core/disk-level.js';
import {percent, percentUp, span} from '../core/format.js';
import {type Level, levelOf} from '../core/levels.js';
import {type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import type {Check, Filesystem, Snapshot} from '../core/snapshot.js';
import {cut} from '../core/width.js';
import type {Standing} from '../engine/store.js';
import {servicesOf} from './panels/service-rows.js';

/** One thing that is wrong. */
export type Trouble = {readonly level: Exclude<Level, 'ok'>; readonly text: Safe};

/** What is wrong now, worst first: services, space, memory, and what could not be read. Empty when all is well. */
export function troublesOf(snapshot: Snapshot): readonly Trouble[] {
	// What gave no answer is among the problems.
	const answered = snapshot.filesystems.filter(({usage}) => usage);
	const found: {level: Level; text: Safe}[] = [
		...serviceTroubles(snapshot),
		...answered.map(filesystem => ({
			level: levelOfDisk(filesystem),
			text: safe`${filesystem.name} ${useOf(filesystem)}`,
		})),
	];
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

/** Columns of a reason that are worth it: after them there is still room for how long it has been so, of what could not be judged without. */
const reasonColumns = 32;

/** Those that are blocked are left out: what blocks them is there. Of the past nobody knows more than what failed. */
function serviceTroubles(snapshot: Snapshot): readonly Trouble[] {
	const {checks, impaired, past, at} = snapshot;
	const isImpaired =
		impaired === undefined ? [] : [{level: 'warning' as const, text: safe`monitor impaired: ${impaired}`}];
	const troubles = servicesOf(snapshot).counts;

	if (troubles.critical + troubles.warning + troubles.unknown === 0) {
		return isImpaired;
	}

	const inState = (state: CheckState) => checks.filter(check => checkState(check) === state);
	const since = (check: Check) => (past ? safe`` : safe` ${span((at - check.since) / 1000)}`);
	const failed = (level: Trouble['level']) =>
		inState(level).map(check => ({
			level,
			text: safe`${check.name} ${cut(checkReason(check) ?? safeText(level), reasonColumns)}${since(check)}`,
		}));
	const unknown = past ? [] : inState('unknown');
	return [
		...failed('critical'),
		...failed('warning'),
		...isImpaired,
		...unknown.map(check => ({
			level: 'warning' as const,
			text: safe`${check.name} unknown: ${cut(checkReason(check) ?? safe`-`, reasonColumns + 8)}`,
		})),
	];
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
export function wellText(snapshot: Snapshot, dot: Safe): Safe {
	const seconds = snapshot.series.get('uptime');
	const services = servicesText(snapshot);
	return safe`${services === '' ? safe`` : safe` ${dot} ${services}`}${seconds === undefined ? safe`` : safe` ${dot} up ${span(seconds)}`}`;
}

/** `7 services`, `7 services, 2 waiting`; empty without any. */
function servicesText(snapshot: Snapshot): Safe {
	const {length} = snapshot.checks;
	const {waiting} = servicesOf(snapshot).counts;
	const words = length === 0 ? safe`` : length === 1 ? safe`1 service` : safe`${length} services`;
	return waiting > 0 ? safe`${words}, ${waiting} waiting` : words;
}

/** What there is least of: space, or inodes. */
function useOf({usage}: Filesystem): Safe {
	const isInodes = usage && levelOfInodes(usage) !== 'ok' && levelOf('disk.used', usage.usedPercent) === 'ok';
	return isInodes
		? safe`inodes ${trimSafe(percentUp(usage.inodes?.usedPercent))}`
		: trimSafe(percentUp(usage?.usedPercent));
}
