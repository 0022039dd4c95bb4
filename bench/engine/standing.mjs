import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {cpuNsOf, treeOf} from '../tree.mjs';

/** @typedef {ReturnType<typeof standingOf>} Standing */

/**
 * How a process stands: what it has, and what it has used since its start. Its children are counted, not added up.
 *
 * @param {number} pid
 * @throws where it has ended
 */
export function standingOf(pid) {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const shared = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const threads = readdirSync(`/proc/${pid}/task`);

	return {
		at: performance.now(),
		cpuNs: cpuNsOf([pid]),
		rssBytes: bytesIn(status, 'VmRSS'),
		peakRssBytes: bytesIn(status, 'VmHWM'),
		anonymousBytes: bytesIn(status, 'RssAnon'),
		privateBytes: bytesIn(shared, 'Private_Clean') + bytesIn(shared, 'Private_Dirty'),
		...descriptorsOf(pid),
		threads: threads.length,
		switches: threads.reduce((sum, thread) => sum + switchesOf(pid, thread), 0),
		children: treeOf(pid).length - 1,
	};
}

/**
 * Of one core, between two looks.
 *
 * @param {Standing} before
 * @param {Standing} after
 */
export const cpuPercent = (before, after) => ((after.cpuNs - before.cpuNs) / 1e6 / (after.at - before.at)) * 100;

/**
 * A second.
 *
 * @param {Standing} before
 * @param {Standing} after
 */
export const switchRate = (before, after) => ((after.switches - before.switches) / (after.at - before.at)) * 1000;

/**
 * @param {string} text
 * @param {string} name
 */
function bytesIn(text, name) {
	return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) * 1024;
}

/**
 * All, and those that are not of other processes: there are two of each process that is watched, so that their number moves
 * with the machine's.
 *
 * @param {number} pid
 */
function descriptorsOf(pid) {
	const names = readdirSync(`/proc/${pid}/fd`);
	const own = names.filter(name => !/^\/proc\/\d/.test(targetOf(`/proc/${pid}/fd/${name}`)));
	return {descriptors: names.length, ownDescriptors: own.length};
}

/** @param {string} path */
function targetOf(path) {
	try {
		return readlinkSync(path);
	} catch {
		// Closed since.
		return '';
	}
}

/**
 * @param {number} pid
 * @param {string} thread
 */
function switchesOf(pid, thread) {
	try {
		const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
		return [...status.matchAll(/ctxt_switches:\s*(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
	} catch {
		// A thread may end at any time.
		return 0;
	}
}
