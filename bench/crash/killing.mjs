import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, mkdirSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundled} from '../bundled.mjs';

/**
 * @typedef {{
 *   readonly found: {readonly from: number, readonly to: number} | undefined,
 *   readonly accepted: number,
 *   readonly compacted: boolean,
 *   readonly rejected: readonly string[],
 *   readonly aside: readonly string[],
 *   readonly wrong: readonly string[],
 *   readonly ended: string | undefined,
 * }} Told what a child said before it ended; `accepted` is the highest number, -1 for none
 */

/** What is killed. */
export const childFile = join(import.meta.dirname, 'child.ts');

/** What one run may have under way: a call's records are accepted together. */
const mostUnderWay = 8 * 3;

/** More than any child lives to see, and few enough that one whose parent was killed ends by itself. */
const manyRounds = '5000';

/**
 * Runs a child to its end. What it prints goes to a file, so that nothing of it is lost with it.
 *
 * @param {readonly string[]} command
 * @param {{output: string, killAfterMs?: number, env?: Readonly<Record<string, string>>}} options
 * @returns {Promise<Told>}
 */
export async function runChild([program = '', ...args], {output, killAfterMs, env}) {
	const file = openSync(output, 'w');
	const child = spawn(program, args, {stdio: ['ignore', file, 'inherit'], env: {...process.env, ...env}});
	closeSync(file);
	const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	await once(child, 'close');
	clearTimeout(timer);
	return toldIn(readFileSync(output, 'utf8'));
}

/**
 * @param {string} text
 * @returns {Told}
 */
function toldIn(text) {
	const lines = text.split('\n');
	/** @param {string} word */
	const after = word => lines.filter(line => line.startsWith(`${word} `)).map(line => line.slice(word.length + 1));
	const [from, to] = after('found')[0]?.split(' ').map(Number) ?? [];

	return {
		found: from === undefined || to === undefined ? undefined : {from, to},
		accepted: Math.max(-1, ...after('accepted').map(Number)),
		compacted: lines.includes('compacted'),
		rejected: after('rejected'),
		aside: after('aside'),
		wrong: after('wrong'),
		ended: after('ended')[0],
	};
}

/** Holds every start against what was accepted before it. */
export class Ledger {
	/** The highest number that a child was told is on disk. */
	accepted = -1;
	/** What no start may show: records that were lost, or that nobody wrote. @type {string[]} */
	problems = [];

	/** @param {Told} told */
	add({found, accepted, wrong}) {
		this.problems.push(...wrong.map(numbers => `records with another content, or not in their order: ${numbers}`));

		if (found && found.to < this.accepted) {
			this.problems.push(`lost: ${this.accepted} was accepted, the journal ends with ${found.to}`);
		}

		if (found && found.to > this.accepted + mostUnderWay) {
			this.problems.push(`invented: ${this.accepted} was accepted, the journal ends with ${found.to}`);
		}

		if (found && found.from > Math.max(0, this.accepted)) {
			this.problems.push(`lost: the journal begins with ${found.from}, ${this.accepted} was accepted`);
		}

		this.accepted = Math.max(this.accepted, found?.to ?? -1, accepted);
	}
}

/**
 * Kills a child at random moments, again and again in one directory, and lets the last one end by itself.
 *
 * @param {{directory: string, kills: number, seed: number}} options
 */
export async function killAtRandom({directory, kills, seed}) {
	const [child, state, output] = [
		await bundled(childFile, directory),
		join(directory, 'state'),
		join(directory, 'output'),
	];
	mkdirSync(state, {mode: 0o700});
	const random = randomFrom(seed);
	const ledger = new Ledger();
	const begin = performance.now();
	ledger.add(await runChild([process.execPath, child, state, '1'], {output}));
	let startMs = performance.now() - begin;
	const counts = {kills: 0, beforeOpen: 0, beforeCompacted: 0, whileAppending: 0, torn: 0};

	while (counts.kills < kills) {
		// From when Node has hardly started to when some dozen rounds are over.
		const killAfterMs = startMs * (0.6 + random());
		const told = await runChild([process.execPath, child, state, manyRounds], {output, killAfterMs});
		ledger.add(told);
		// How long a start takes changes with what else the machine does: a third of the kills shall come during one.
		startMs *= told.found ? 0.95 : 1.1;
		counts.kills += 1;
		counts.beforeOpen += told.found ? 0 : 1;
		counts.beforeCompacted += told.found && !told.compacted ? 1 : 0;
		counts.whileAppending += told.compacted ? 1 : 0;
		counts.torn += told.aside.length;
	}

	const last = await runChild([process.execPath, child, state, '1'], {output});
	ledger.add(last);
	return {...counts, accepted: ledger.accepted + 1, problems: ledger.problems, ended: last.ended};
}

/**
 * Numbers from 0 to 1 that are the same for the same seed (mulberry32).
 *
 * @param {number} seed
 */
export function randomFrom(seed) {
	let state = seed;

	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
