import {setTimeout as sleep} from 'node:timers/promises';
import {lookers, outputOf, runAll, watchers} from './outside.mjs';
import {mountsOnDisks} from './rows.mjs';
import {Watch} from './watch.mjs';

/**
 * @import {Command} from '../terminal.mjs'
 * @import {Load} from './load.mjs'
 * @import {Table} from './outside.mjs'
 * @import {Snapshot} from './rows.mjs'
 * @typedef {Readonly<Record<string, string>>} Env
 * @typedef {ReadonlyMap<string, Table>} Tables what each tool said
 */

/** What is started at a moment has its first look so much later, ms: a program of C is loaded. */
const toolStartMs = 20;

/** Readings go on for so long after the window, so that its end lies between two. */
const marginMs = 600;

/**
 * One window in which healthtop, the tools and we look at the same machine.
 *
 * @param {{readonly healthtop: Command, readonly seconds: number, readonly env: Env}} how
 * @param {Load} load
 */
export async function lookTogether({healthtop, seconds, env}, load) {
	const watched = [load.busyPid, load.hogPid, load.writerPid];
	// The trial: from disk into memory, and how long it takes from its start to its first reading.
	const first = await trial(healthtop, env);
	const watch = new Watch(first.mounts, watched);
	await sleep(marginMs);
	const before = await sums(env);
	let ownPid = 0;
	const snapshot = snapshotOf(healthtop, `${seconds}s`, env, pid => {
		ownPid = pid;
		watch.pids.add(pid);
	});
	await sleep(Math.max(0, first.startMs - toolStartMs));
	const overTime = runAll(watchers(seconds, watched), env);
	const [, atEnd, after] = await Promise.all([
		overTime,
		sleep(seconds * 1000).then(() => runAll(lookers, env)),
		sleep(seconds * 1000).then(() => sums(env)),
	]);
	const taken = await snapshot;
	await sleep(marginMs);
	watch.stop();

	return {snapshot: taken, ownPid, watch, tables: withSums(await overTime, atEnd, before, after)};
}

/**
 * @param {Command} healthtop
 * @param {string} interval
 * @param {Env} env
 * @param {(pid: number) => void} started
 * @returns {Promise<Snapshot>}
 */
async function snapshotOf({file, args}, interval, env, started = () => {}) {
	const {text, code} = await outputOf(file, [...args, 'snapshot', '--json', '--interval', interval], env, started);

	if (code !== 0) {
		throw new Error(`healthtop snapshot ended with exit code ${code}`);
	}

	return JSON.parse(text);
}

/**
 * @param {Command} healthtop
 * @param {Env} env
 */
async function trial(healthtop, env) {
	await snapshotOf(healthtop, '10ms', env);
	const watch = new Watch([], []);
	const start = Date.now();
	const snapshot = await snapshotOf(healthtop, '10ms', env);
	const {series, intervalMs} = snapshot;
	watch.stop();

	return {mounts: mountsOnDisks(snapshot), startMs: watch.momentOf(series['uptime'] ?? 0) - intervalMs - start};
}

/** What `vmstat -s` has counted since boot, and when. @param {Env} env */
async function sums(env) {
	const at = Date.now();
	const tables = await runAll(
		lookers.filter(({args}) => args.includes('-s')),
		env,
	);
	return {at: (at + Date.now()) / 2, row: tables.get('vmstat')?.get('all')};
}

/**
 * All that was said, with the growth of the sums a second as if it were another tool's.
 *
 * @param {Tables} overTime
 * @param {Tables} atEnd
 * @param {Awaited<ReturnType<typeof sums>>} before
 * @param {Awaited<ReturnType<typeof sums>>} after
 * @returns {Tables}
 */
function withSums(overTime, atEnd, before, after) {
	const seconds = (after.at - before.at) / 1000;
	const growth = Object.entries(after.row ?? {}).map(([name, value]) => [
		name,
		(value - (before.row?.[name] ?? Number.NaN)) / seconds,
	]);
	return new Map([...atEnd, ...overTime]).set('vmstat -s', new Map([['rate', Object.fromEntries(growth)]]));
}
