import {headerOf} from './header.mjs';
import {optionsFrom, usage} from './keys/options.mjs';
import {keysOf} from './keys/presses.mjs';
import {press} from './keys/pressing.mjs';
import {answersTable, heldTable, verdictOn} from './keys/report.mjs';
import {EarlyExit} from './measure.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {toolOf} from './tools.mjs';
import {worldOf} from './world.mjs';

/**
 * How soon a key is on the screen, and what it costs to hold one. Keys are typed into a real pseudo-terminal at random
 * moments; all that is written is kept with its times and drawn afterwards on an emulated screen, on which the change that
 * only this key can make is the answer. From the moment before the key is written to the one at which its bytes are read.
 *
 * @import {Options} from './keys/options.mjs'
 * @import {Row} from './keys/report.mjs'
 * @import {Tool} from './tools.mjs'
 * @typedef {Readonly<Record<string, string>>} Env
 */

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const {env} = workplace();
	const tools = options.tools.flatMap(name => toolOf(name, env) ?? []);
	const missing = options.tools.filter(name => !tools.some(tool => tool.name === name));
	const versions = tools.map(({version}) => version);
	const header = headerOf(['node bench/keys.mjs', ...args].join(' '), versions, missing);
	const {rows, failures} = await pressAll(options, tools, env);
	const verdict = verdictOn(rows);
	const report = [
		header,
		answersTable(rows),
		footnote,
		heldTable(rows),
		...failures,
		...(verdict ? [verdict.sentence] : []),
	].join('\n\n');

	const isKept = failures.length === 0 && verdict?.isKept !== false;
	publish('keys', options, {report, figures: {header, rows, failures}, isKept});
}

/**
 * One program after the other in each world and size, with the same moments.
 *
 * @param {Options} options
 * @param {readonly Tool[]} tools
 * @param {Env} env
 */
async function pressAll({worlds, sizes, warmUpMs, holdMs, count, seed}, tools, env) {
	/** @type {Row[]} */
	const rows = [];
	/** @type {string[]} */
	const failures = [];

	for (const target of worlds.toSorted((a, b) => a - b)) {
		const world = await worldOf(target);

		for (const size of sizes) {
			for (const {name, command} of tools) {
				console.error(`about ${target} processes, ${size.name}: ${name}`);
				const run = {command, size, env, warmUpMs, holdMs, count, random: randomFrom(seed)};

				try {
					rows.push({size: size.name, tool: name, ...(await press({...run, ...keysOf(name)}))});
				} catch (error) {
					if (!(error instanceof EarlyExit)) {
						throw error;
					}

					failures.push(`${name} at ${size.name} with about ${target} processes ${error.message}.`);
				}
			}
		}

		await world.close();
	}

	return {rows, failures};
}

const footnote = [
	'From the writing of the key, in ms; p99 is by nearest rank. Late: no answer before the next key, 150 to 350 ms after it; late',
	'is more than any number. Bytes: of the frame that was the answer. The arrow is held at 30 presses a second, 40 down, 40 up.',
].join('\n');

/**
 * Numbers from 0 to below 1, the same for the same seed (mulberry32).
 *
 * @param {number} seed
 */
function randomFrom(seed) {
	let state = seed;

	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

await runBench(main);
