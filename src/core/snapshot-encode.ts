import type {Alert} from './alerts/alert.js';
import type {Check, Process, Snapshot} from './snapshot.js';

/** What of the processes is another than in the reading before; `all` where they do not stand in the order of their pids. */
export type ProcessChanges =
	| {readonly changed: readonly Process[]; readonly gone: readonly number[]}
	| {readonly all: readonly Process[]};

/** Rows that are others than in the reading before, by their place; `all` where there are more or fewer. */
export type RowChanges<Row> =
	| {readonly changed: readonly (readonly [index: number, row: Row])[]}
	| {readonly all: readonly Row[]};

export type CheckChanges = RowChanges<Check>;
export type AlertChanges = RowChanges<Alert>;

/** A snapshot as a JSON value, whole. */
export function wholeSnapshot({series, ...rest}: Snapshot): object {
	return {...rest, series: [...series]};
}

/**
 * What a snapshot has that the one before it had not. Tables that are the same object are left out, and so are names of series that are the
 * same: then there are only `values`. `missed`: beats between the two at which nothing was read. `kept`: series that are kept for days, where
 * they are others than before.
 */
export function snapshotChanges(
	before: Snapshot,
	snapshot: Snapshot,
	missed: number,
	kept: readonly string[] | undefined,
): object {
	const {at, sequence, intervalMs, cores, timeEvent, problems, impaired} = snapshot;
	return {
		at,
		sequence,
		intervalMs,
		cores,
		...(missed > 0 && {missed}),
		...(timeEvent && {timeEvent}),
		...(problems.length > 0 && {problems}),
		...(impaired && {impaired}),
		...(kept && {kept}),
		...(hasSameNames(before.series, snapshot.series)
			? {values: [...snapshot.series.values()]}
			: {series: [...snapshot.series]}),
		...(snapshot.filesystems !== before.filesystems && {filesystems: snapshot.filesystems}),
		...(snapshot.devices !== before.devices && {devices: snapshot.devices}),
		...(snapshot.interfaces !== before.interfaces && {interfaces: snapshot.interfaces}),
		...(snapshot.processes !== before.processes && {processes: processChanges(before.processes, snapshot.processes)}),
		...(snapshot.checks !== before.checks && {checks: rowChanges(before.checks, snapshot.checks)}),
		...(snapshot.alerts !== before.alerts && {alerts: rowChanges(before.alerts, snapshot.alerts)}),
		...(snapshot.notifiers !== before.notifiers && {notifiers: snapshot.notifiers}),
		...(snapshot.minute !== before.minute && {minute: snapshot.minute ?? null}),
		...(snapshot.listeners !== before.listeners && {listeners: snapshot.listeners ?? null}),
	};
}

function rowChanges<Row>(before: readonly Row[], rows: readonly Row[]): RowChanges<Row> {
	return before.length === rows.length
		? {changed: rows.flatMap((row, index) => (row === before[index] ? [] : [[index, row] as const]))}
		: {all: rows};
}

/** Rows of processes that did nothing are the same objects from one reading to the next. */
function processChanges(before: readonly Process[], processes: readonly Process[]): ProcessChanges {
	if (!isAscending(before) || !isAscending(processes)) {
		return {all: processes};
	}

	const changed: Process[] = [];
	const gone: number[] = [];
	let old = 0;

	for (const row of processes) {
		for (let gonePid = before[old]?.pid; gonePid !== undefined && gonePid < row.pid; gonePid = before[++old]?.pid) {
			gone.push(gonePid);
		}

		const known = before[old];

		if (known !== row) {
			changed.push(row);
		}

		old += known?.pid === row.pid ? 1 : 0;
	}

	gone.push(...before.slice(old).map(({pid}) => pid));
	return {changed, gone};
}

function isAscending(processes: readonly Process[]): boolean {
	let last = -1;

	for (const {pid} of processes) {
		if (pid <= last) {
			return false;
		}

		last = pid;
	}

	return true;
}

function hasSameNames(before: Snapshot['series'], series: Snapshot['series']): boolean {
	if (before.size !== series.size) {
		return false;
	}

	const names = before.keys();

	for (const name of series.keys()) {
		if (names.next().value !== name) {
			return false;
		}
	}

	return true;
}
