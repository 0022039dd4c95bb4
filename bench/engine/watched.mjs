import {setTimeout as sleep} from 'node:timers/promises';
import {spawnsPerSecond} from '../spawns.mjs';
import {Terminal} from '../terminal.mjs';
import {isInstalled} from '../tools.mjs';
import {processCount} from '../tree.mjs';
import {Resident} from './resident.mjs';
import {cpuPercent, standingOf, switchRate} from './standing.mjs';

/**
 * An engine by itself, and how much more it takes with screens that look at it.
 *
 * @import {Options} from './options.mjs'
 * @import {Setting} from './resident.mjs'
 * @typedef {Awaited<ReturnType<typeof windowOf>>} Window
 * @typedef {{
 *   readonly world: number,
 *   readonly size: string,
 *   readonly screens: number,
 *   readonly processes: number,
 *   readonly engine: Window,
 *   readonly each: Window | undefined,
 * }} WatchedRow `each`: the mean of its screens.
 */

/** Under strace everything is slower, and a program that spawns does it on every reading. */
const tracing = {warmUpMs: 4000, windowMs: 8000};

/**
 * What some processes take meanwhile, each.
 *
 * @param {readonly number[]} pids
 * @param {number} ms
 */
export async function windowsOf(pids, ms) {
	const before = pids.map(standingOf);
	await sleep(ms);
	const after = pids.map(standingOf);
	return after.map((now, index) => windowOf(/** @type {typeof now} */ (before[index]), now));
}

/**
 * @param {ReturnType<typeof standingOf>} before
 * @param {ReturnType<typeof standingOf>} after
 */
function windowOf(before, after) {
	const {rssBytes, peakRssBytes, privateBytes, descriptors, threads, children} = after;
	return {
		...{rssBytes, peakRssBytes, privateBytes, descriptors, threads, children},
		cpu: cpuPercent(before, after),
		switches: switchRate(before, after),
	};
}

/**
 * One engine for all of it. Without screens it is measured before and after those of each size: what it does by itself
 * becomes less for minutes after its start. htop runs beside it the first time, so that both have the same machine.
 *
 * @param {number} world
 * @param {Setting} setting
 * @param {Options} options
 */
export async function measureWatched(world, setting, {sizes, screens, warmUpMs, settleMs, windowMs}) {
	const resident = new Resident(setting);
	await resident.ready();
	/** @type {WatchedRow[]} */
	const rows = [];
	const htop = isInstalled('htop')
		? new Terminal({file: 'htop', args: ['-d', '10']}, {columns: 80, rows: 24}, setting.env)
		: undefined;
	console.error(`about ${world} processes: the engine by itself`);
	await sleep(warmUpMs);
	const [first, besides] = await windowsOf([resident.pid, ...(htop ? [htop.pid] : [])], windowMs);
	await htop?.end();
	const alone = (/** @type {Window} */ engine) =>
		rows.push({world, size: '', screens: 0, processes: processCount(), engine, each: undefined});
	alone(/** @type {Window} */ (first));

	for (const size of sizes) {
		/** @type {Terminal[]} */
		const terminals = [];

		for (const count of screens.toSorted((a, b) => a - b)) {
			console.error(`about ${world} processes, ${size.name}: ${count} screens`);
			terminals.push(...Array.from({length: count - terminals.length}, () => resident.screen(size)));
			await sleep(settleMs);
			const [engine, ...each] = await windowsOf([resident.pid, ...terminals.map(({pid}) => pid)], windowMs);
			const row = {world, size: size.name, screens: count, processes: processCount()};
			rows.push({...row, engine: /** @type {Window} */ (engine), each: meanOf(each)});
		}

		await Promise.all(terminals.map(terminal => terminal.end()));
		await sleep(settleMs);
		alone(/** @type {Window} */ ((await windowsOf([resident.pid], windowMs))[0]));
	}

	await resident.end();
	return {rows, htop: besides, spawns: await spawnsOf(setting)};
}

/** @param {readonly Window[]} windows */
function meanOf(windows) {
	const names = /** @type {(keyof Window)[]} */ (Object.keys(windows[0] ?? {}));
	const mean = (/** @type {keyof Window} */ name) =>
		windows.reduce((sum, window) => sum + window[name], 0) / windows.length;
	return /** @type {Window} */ (Object.fromEntries(names.map(name => [name, mean(name)])));
}

/** Of an engine of its own. @param {Setting} setting */
async function spawnsOf({program, home, env}) {
	if (!isInstalled('strace')) {
		return undefined;
	}

	const command = {file: process.execPath, args: [program, 'run', '--log-file', '--state-dir', `${home}/traced`]};
	return spawnsPerSecond({command, size: {columns: 80, rows: 24}, env, ...tracing}, home);
}
