import type {NotifierState} from './alerts/alert.js';
import {alert} from './alerts/alert-decode.js';
import {check} from './check-decode.js';
import {
	type Decode,
	either,
	list,
	moment,
	number,
	object,
	optional,
	pairs,
	raw,
	refuse,
	shown,
	whole,
} from './decode.js';
import {ParseError} from './errors.js';
import type {Listener, Process, ProcessMinute, Snapshot} from './snapshot.js';
import {coreCount, interval, problem, processMinute, sequence, tables, timeEvent} from './snapshot-decode.js';
import type {AlertChanges, CheckChanges, ProcessChanges, RowChanges} from './snapshot-encode.js';

const processChanges: Decode<ProcessChanges> = either(
	object<{changed: readonly Process[]; gone: readonly number[]}>({changed: tables.processes, gone: list(number)}),
	object<{all: readonly Process[]}>({all: tables.processes}),
);

function rowChanges<Row>(decode: Decode<Row>, decodeAll: Decode<readonly Row[]>): Decode<RowChanges<Row>> {
	const indexed: Decode<readonly [number, Row]> = (json, path) =>
		Array.isArray(json) && json.length === 2
			? [whole(0, 1_000_000)(json[0], path), decode(json[1], path)]
			: refuse(path, 'a pair', json);
	return either(
		object<{changed: readonly (readonly [number, Row])[]}>({changed: list(indexed)}),
		object<{all: readonly Row[]}>({all: decodeAll}),
	);
}

/** What may be there, or be said to be there no more. */
const orGone = <T>(decode: Decode<T>): Decode<T | null | undefined> =>
	optional((json, path) => (json === null ? null : decode(json, path)));

const changes = object<Changes>({
	at: moment,
	sequence,
	intervalMs: interval,
	cores: coreCount,
	missed: optional(number),
	timeEvent: optional(timeEvent),
	problems: optional(list(problem)),
	impaired: optional(shown),
	kept: optional(list(raw, 10_000)),
	values: optional(list(number)),
	series: optional(pairs(number)),
	filesystems: optional(tables.filesystems),
	devices: optional(tables.devices),
	interfaces: optional(tables.interfaces),
	processes: optional(processChanges),
	checks: optional(rowChanges(check, tables.checks)),
	alerts: optional(rowChanges(alert, tables.alerts)),
	notifiers: optional(tables.notifiers),
	minute: orGone(processMinute),
	listeners: orGone(tables.listeners),
});

type Changes = Pick<Snapshot, 'at' | 'sequence' | 'intervalMs' | 'cores' | 'timeEvent'> &
	Partial<Pick<Snapshot, 'problems' | 'impaired' | 'series' | 'filesystems' | 'devices' | 'interfaces'>> & {
		readonly missed?: number;
		readonly kept?: readonly string[];
		readonly values?: readonly number[];
		readonly processes?: ProcessChanges;
		readonly checks?: CheckChanges;
		readonly alerts?: AlertChanges;
		readonly notifiers?: readonly NotifierState[];
		readonly minute?: ProcessMinute | null;
		readonly listeners?: readonly Listener[] | null;
	};

/** A snapshot that was made of the one before, and what goes with it into the past. */
export type NextSnapshot = {
	readonly snapshot: Snapshot;
	readonly missed: number;
	/** Series that are kept from now on; undefined: as before. */
	readonly kept: readonly string[] | undefined;
};

/**
 * The snapshot after `before`, of what `snapshotChanges` wrote.
 * @throws {ParseError} also when it does not follow that one.
 */
export function nextSnapshot(before: Snapshot, json: unknown, path: string): NextSnapshot {
	const {
		missed = 0,
		kept,
		values,
		series,
		processes,
		checks,
		alerts,
		minute,
		listeners,
		timeEvent,
		problems,
		...rest
	} = changes(json, path);
	const {timeEvent: _timeEvent, impaired: _impaired, minute: oldMinute, listeners: oldListeners, ...old} = before;

	if (rest.sequence !== before.sequence + 1) {
		throw new ParseError(path, `${rest.sequence} does not follow ${before.sequence}`);
	}

	const [nextMinute, nextListeners] = [
		minute === undefined ? oldMinute : minute,
		listeners === undefined ? oldListeners : listeners,
	];
	const snapshot = {
		...old,
		...rest,
		...(timeEvent && {timeEvent}),
		...(nextMinute && {minute: nextMinute}),
		...(nextListeners && {listeners: nextListeners}),
		series: series ?? withValues(before.series, values ?? [], path),
		problems: problems ?? [],
		processes: processes ? nextProcesses(before.processes, processes) : before.processes,
		checks: checks ? nextRows(before.checks, checks, path) : before.checks,
		alerts: alerts ? nextRows(before.alerts, alerts, path) : before.alerts,
	};
	return {snapshot, missed, kept};
}

function withValues(before: Snapshot['series'], values: readonly number[], path: string): Snapshot['series'] {
	if (values.length !== before.size) {
		throw new ParseError(path, `${values.length} values for ${before.size} series`);
	}

	let index = 0;
	return new Map([...before.keys()].map(name => [name, values[index++] ?? Number.NaN]));
}

function nextProcesses(before: readonly Process[], changes: ProcessChanges): readonly Process[] {
	if ('all' in changes) {
		return changes.all;
	}

	const rows = new Map(before.map(row => [row.pid, row]));
	const size = rows.size - changes.gone.length;

	for (const pid of changes.gone) {
		rows.delete(pid);
	}

	for (const row of changes.changed) {
		rows.set(row.pid, row);
	}

	const processes = [...rows.values()];
	return rows.size === size ? processes : processes.sort((a, b) => a.pid - b.pid);
}

function nextRows<Row>(before: readonly Row[], changes: RowChanges<Row>, path: string): readonly Row[] {
	if ('all' in changes) {
		return changes.all;
	}

	const rows = [...before];

	for (const [index, row] of changes.changed) {
		if (index >= rows.length) {
			throw new ParseError(path, `there is no row ${index}`);
		}

		rows[index] = row;
	}

	return rows;
}
