import {cgroupAround} from '../cgroup.mjs';
import {EarlyExit} from '../measure.mjs';
import {Terminal} from '../terminal.mjs';
import {cpuNsOf, processCount, treeOf} from '../tree.mjs';
import {outcomesOf} from './answers.mjs';

/**
 * @import {Command, Size} from '../terminal.mjs'
 * @import {Press} from './answers.mjs'
 * @import {Arrows, Exercise} from './presses.mjs'
 * @typedef {{
 *   readonly command: Command,
 *   readonly size: Size,
 *   readonly env: Readonly<Record<string, string>>,
 *   readonly arrows: Arrows,
 *   readonly exercises: readonly Exercise[],
 *   readonly warmUpMs: number,
 *   readonly count: number,
 *   readonly holdMs: number,
 *   readonly random: () => number,
 * }} Run `random` gives numbers from 0 to below 1.
 * @typedef {Awaited<ReturnType<typeof press>>} Figures
 */

/** From one press to the next: long enough for any answer that would pass, ms. */
const wait = {least: 150, most: 350};

/** A key that only leads to an exercise or away from it gets so long, ms. */
const asideMs = 300;

/** A held key repeats so often a second, and turns before the end of a list of 100 processes. */
const repeat = {perSecond: 30, turnAfter: 40};

/**
 * One run of one program: at rest, then each exercise with its presses at random moments, then the arrows held.
 *
 * @param {Run} run
 */
export async function press({command, size, env, arrows, exercises, warmUpMs, count, holdMs, random}) {
	const terminal = new Terminal(command, size, env);
	/** @type {ReturnType<typeof cgroupAround>} */
	let cgroup;

	try {
		await terminal.until(warmUpMs / 2);
		cgroup = terminal.exit ? undefined : cgroupAround(terminal.pid);
		await terminal.until(warmUpMs);
		const cpuNs = () => cgroup?.cpuNs ?? cpuNsOf(treeOf(terminal.pid));
		const rest = await costOf(terminal, cpuNs, () => terminal.until(terminal.now + holdMs));
		/** @type {Press[]} */
		const presses = [];

		for (const exercise of exercises) {
			presses.push(...(await practise(terminal, exercise, count, random)));
		}

		const held = await costOf(terminal, cpuNs, () => hold(terminal, arrows, holdMs));
		const processes = processCount();

		if (terminal.exit) {
			throw new EarlyExit(`ended by itself with exit code ${terminal.exit.exitCode}`);
		}

		await terminal.end();
		return {processes, rest, held, outcomes: await outcomesOf(terminal.chunks, size, presses)};
	} finally {
		await terminal.end();
		await cgroup?.close();
	}
}

/**
 * @param {Terminal} terminal
 * @param {Exercise} exercise
 * @param {number} count
 * @param {() => number} random
 */
async function practise(terminal, {name, keys, sight, before, after}, count, random) {
	/** @type {Press[]} */
	const presses = [];

	for (const aside of before === undefined ? [] : [before]) {
		terminal.type(aside);
		await terminal.until(terminal.now + asideMs);
	}

	for (let index = 0; index < count; index++) {
		await terminal.until(terminal.now + wait.least + random() * (wait.most - wait.least));
		presses.push({name, sight, at: terminal.type(keys[index % keys.length] ?? '')});
	}

	await terminal.until(terminal.now + wait.most);

	for (const aside of after === undefined ? [] : [after]) {
		terminal.type(aside);
		await terminal.until(terminal.now + asideMs);
	}

	return presses;
}

/**
 * @param {Terminal} terminal
 * @param {Arrows} arrows
 * @param {number} holdMs
 */
async function hold(terminal, {down, up}, holdMs) {
	const start = terminal.now;
	const presses = Math.round((holdMs / 1000) * repeat.perSecond);

	for (let index = 0; index < presses; index++) {
		terminal.type(Math.floor(index / repeat.turnAfter) % 2 === 0 ? down : up);
		await terminal.until(start + ((index + 1) / repeat.perSecond) * 1000);
	}
}

/**
 * CPU in percent of a core and bytes to the terminal while something is done.
 *
 * @param {Terminal} terminal
 * @param {() => number} cpuNs
 * @param {() => Promise<void>} work
 */
async function costOf(terminal, cpuNs, work) {
	const before = {at: terminal.now, ns: cpuNs()};
	await work();
	const elapsedMs = terminal.now - before.at;
	const bytes = terminal.chunks.reduce((sum, {at, data}) => sum + (at >= before.at ? data.length : 0), 0);

	return {
		cpuPercent: ((cpuNs() - before.ns) / 1e6 / elapsedMs) * 100,
		bytesPerSecond: (bytes / elapsedMs) * 1000,
	};
}
