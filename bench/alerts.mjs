import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {optionsFrom, usage} from './alerts/options.mjs';
import {bundled} from './bundled.mjs';
import {headerOf} from './header.mjs';
import {markdownTable} from './markdown.mjs';
import {publish, runBench, workplace} from './running.mjs';

/**
 * What it costs to look at 2,000 series by 1,000 rules: CPU time of a loop that makes new values and looks at them, against one that only
 * makes them.
 *
 * @typedef {{
 *   readonly times: readonly number[],
 *   readonly series: number,
 *   readonly rules: number,
 *   readonly pending: number,
 *   readonly firing: number,
 * }} Run `times`: CPU of each tick, ms
 */

/** Percent of a core at a tick a second. */
const goal = 2;

const run = promisify(execFile);

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const {home, env} = workplace();
	const header = headerOf(['node bench/alerts.mjs', ...args].join(' '), [`${options.gapMs} ms between ticks`], []);
	const child = await bundled(join(import.meta.dirname, 'alerts', 'child.ts'), home);
	/** @param {string} what @returns {Promise<Run>} */
	const runOf = async what => {
		const given = [child, String(options.ticks), String(options.gapMs), what];
		return JSON.parse((await run(process.execPath, given, {env, maxBuffer: 1e8})).stdout);
	};
	const [looking, idle] = [/** @type {Run[]} */ ([]), /** @type {Run[]} */ ([])];

	for (let round = 0; round < options.rounds; round++) {
		looking.push(await runOf('alerts'));
		idle.push(await runOf('nothing'));
	}

	const [withAlerts, without] = [looking, idle].map(figuresOf);
	const cost = (withAlerts?.mean ?? 0) - (without?.mean ?? 0);
	const percent = cost / 10;
	const isKept = percent <= goal;
	const {series = 0, rules = 0, pending = 0, firing = 0} = looking[0] ?? {};
	const report = [
		header,
		`${rules} rules over ${series} series that all change each tick; ${pending} alerts are pending, ${firing} fire.`,
		markdownTable([
			['CPU of a tick, ms', 'mean', 'p50', 'p99', 'largest'],
			...[withAlerts, without].map((figures, index) => [
				index === 0 ? 'new values, and alerts' : 'new values',
				...[figures?.mean, figures?.p50, figures?.p99, figures?.largest].map(ms => (ms ?? 0).toFixed(2)),
			]),
		]),
		`What alerts cost: ${cost.toFixed(2)} ms a tick, ${percent.toFixed(2)} % of a core at a tick a second; goal, at most ${goal} %: ${isKept ? 'pass' : '**miss**'}.`,
	].join('\n\n');
	publish('alerts', options, {report, figures: {header, withAlerts, without, percent}, isKept});
}

/** @param {readonly Run[]} runs */
function figuresOf(runs) {
	const sorted = runs.flatMap(({times}) => times).toSorted((a, b) => a - b);
	const at = (/** @type {number} */ part) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
	const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
	return {mean, p50: at(0.5), p99: at(0.99), largest: at(1)};
}

await runBench(main);
