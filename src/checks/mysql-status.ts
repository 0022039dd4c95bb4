import type {CheckContext, CheckFact} from '../core/check.js';
import {span} from '../core/format.js';
import {rate} from '../core/rate.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Client} from './mysql-client.js';

/** What is remembered from one run to the next: a counter, and when it was read (monotonic, ms). */
export type MysqlMemory = {slow: {readonly count: number; readonly at: number} | undefined};

/** How a server is. What it does not tell, or not this user, is not in it. */
export type MysqlStatus = {
	readonly measures: Readonly<Record<string, number>>;
	readonly facts: readonly CheckFact[];
	/** `12 of 151` */
	readonly connections: Safe | undefined;
	/** A rate needs another run. */
	readonly isFirst: boolean;
};

/** No permission is needed for these. Servers that only speak the protocol may know neither. */
const counters = `SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Threads_running', 'Slow_queries', 'Uptime')`;
const settings = 'SELECT @@global.max_connections, @@version, @@global.read_only';

/** @throws {Failed} when the connection breaks meanwhile. */
export async function readStatus(
	client: Client,
	memory: MysqlMemory,
	{now, hide}: Pick<CheckContext, 'now' | 'hide'>,
): Promise<MysqlStatus> {
	const rows = (await client.tried(counters))?.rows ?? [];
	const at = now();
	const counts = new Map(rows.map(([name, value]) => [String(name), numberOf(value)]));
	const [connected, running, slow] = ['Threads_connected', 'Threads_running', 'Slow_queries'].map(name =>
		counts.get(name),
	);
	const before = memory.slow;
	memory.slow = slow === undefined ? before : {count: slow, at};
	const [setting = []] = (await client.tried(settings))?.rows ?? [];
	const most = numberOf(setting[0]) || undefined;
	const hasShare = connected !== undefined && most !== undefined;
	const connections = hasShare ? safe`${connected} of ${most}` : undefined;
	const measures = {
		connections: hasShare ? (connected * 100) / most : undefined,
		threads: running,
		slowQueries: before && rate(slow, before.count, at - before.at),
	};
	return {
		measures: Object.fromEntries(
			Object.entries(measures).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
		),
		facts: factsOf({
			version: setting[1] === undefined ? undefined : hide(String(setting[1])),
			uptime: counts.get('Uptime'),
			connections,
			running,
			readOnly: setting[2],
		}),
		connections,
		isFirst: slow !== undefined && before === undefined,
	};
}

type Known = {
	readonly version: string | undefined;
	readonly uptime: number | undefined;
	readonly connections: Safe | undefined;
	readonly running: number | undefined;
	readonly readOnly: unknown;
};

function factsOf({version, uptime, connections, running, readOnly}: Known): readonly CheckFact[] {
	const facts: readonly (readonly [Safe, Safe | undefined])[] = [
		[safe`version`, version === undefined ? undefined : safeText(version.slice(0, 80))],
		[safe`uptime`, uptime === undefined ? undefined : span(uptime)],
		[safe`connections`, connections],
		[safe`threads running`, running === undefined ? undefined : safe`${running}`],
		[safe`read-only`, readOnly === undefined ? undefined : isOn(readOnly) ? safe`yes` : safe`no`],
	];
	return facts.flatMap(([label, value]) => (value === undefined ? [] : [{label, value}]));
}

/** Of what a server says; undefined for NULL and for what is none. */
export function numberOf(value: unknown): number | undefined {
	const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** `1` or, of newer MariaDB, `ON` and more. */
function isOn(value: unknown): boolean {
	return !['0', 'OFF', 'NO'].includes(String(value).toUpperCase());
}
