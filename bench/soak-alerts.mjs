import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {bundled} from './bundled.mjs';
import {headerOf} from './header.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {hear, runAndHear, saidBefore} from './soak-alerts/hearing.mjs';
import {judged} from './soak-alerts/judge.mjs';
import {optionsFrom, usage} from './soak-alerts/options.mjs';
import {alertsReport, trendsOf} from './soak-alerts/report.mjs';

/**
 * An engine with alerts and its journal through a month of a clock that is moved by hand: noise, gaps, answers that get lost, faults that
 * are known, a mail server that is away, and restarts. Who was told what, and whether anything grows.
 *
 * @import {Options} from './soak-alerts/options.mjs'
 */

/** Of the settings that an engine has by default, ms. */
const repeatEvery = 4 * 3_600_000;

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const begin = performance.now();
	const header = headerOf(
		['node bench/soak-alerts.mjs', ...args].join(' '),
		[`a tick each ${options.everyMs / 1000} s`],
		[],
	);
	const heard = {...(await heardOf(options)), days: options.days};
	const recipients = [...new Set(heard.messages.map(({to}) => to))];
	const found = judged({...heard, recipients, repeatEvery});
	const trends = trendsOf(heard.samples);
	const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
	const {falseAlarms, missed, doubled, unheard, open} = found;
	const problems = [falseAlarms, missed, doubled, unheard, open, heard.failures].flat();
	const isKept = problems.length === 0 && !trends.some(({grows}) => grows);
	const report = `${header}; ${minutes} minutes\n\n${alertsReport(heard, found, trends)}`;
	publish('soak-alerts', options, {report, figures: {header, found, trends, samples: heard.samples}, isKept});
}

/** @param {Options} options */
async function heardOf({days, seed, everyMs, lines, keep}) {
	if (lines !== undefined) {
		return hear(saidBefore(lines));
	}

	const {home} = workplace();
	const state = join(home, 'state');
	mkdirSync(state, {mode: 0o700});
	const child = await bundled(join(import.meta.dirname, 'soak-alerts', 'child.ts'), home);
	let samples = 0;
	return runAndHear(['--expose-gc', child, state, String(days), String(seed), String(everyMs)], keep, line => {
		if (line.startsWith('{"kind":"sample"') && ++samples % 4 === 0) {
			console.error(`day ${samples / 4}`);
		}
	});
}

await runBench(main);
