import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {cpuPercent, standingOf} from '../engine/standing.mjs';

/**
 * @import {Resident} from '../engine/resident.mjs'
 * @import {Standing} from '../engine/standing.mjs'
 * @import {Terminal} from '../terminal.mjs'
 * @typedef {Standing & {
 *   readonly hours: number,
 *   readonly cpu: number,
 *   readonly journalBytes: number,
 *   readonly logBytes: number,
 *   readonly screenBytes: number,
 * }} Sample `hours` since the start; CPU in percent of a core since the sample before; `screenBytes`: resident memory of the screen that stays.
 */

/** Looks at an engine and at the screen that stays, again and again. */
export class Sampling {
	/** @type {Sample[]} */
	samples = [];

	#start = performance.now();
	#resident;
	#screen;
	#before;

	/**
	 * @param {Resident} resident
	 * @param {Terminal} screen
	 */
	constructor(resident, screen) {
		this.#resident = resident;
		this.#screen = screen;
		this.#before = standingOf(resident.pid);
	}

	take() {
		const {pid, directory} = this.#resident;
		const standing = standingOf(pid);
		this.samples.push({
			...standing,
			hours: (standing.at - this.#start) / 3_600_000,
			cpu: cpuPercent(this.#before, standing),
			journalBytes: bytesOf(directory, 'journal'),
			logBytes: bytesOf(directory, 'healthtop.log'),
			screenBytes: standingOf(this.#screen.pid).rssBytes,
		});
		this.#before = standing;
	}
}

/**
 * All files whose names begin so.
 *
 * @param {string} directory
 * @param {string} name
 */
function bytesOf(directory, name) {
	return readdirSync(directory)
		.filter(file => file.startsWith(name))
		.reduce((sum, file) => sum + (statSync(join(directory, file), {throwIfNoEntry: false})?.size ?? 0), 0);
}
