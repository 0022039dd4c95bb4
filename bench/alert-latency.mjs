import {monitorEventLoopDelay} from 'node:perf_hooks';
import {programAt, usualProgram} from './engine/resident.mjs';
import {headerOf} from './header.mjs';
import {isKept, latencyTable} from './latency/report.mjs';
import {asked, measureRounds} from './latency/rounds.mjs';
import {positive} from './options.mjs';
import {publish, runBench, valuesOf, workplace} from './running.mjs';

/** How long it takes from a fault to the answer of a mail server that has the mail about it. */

const usage = `node bench/alert-latency.mjs [options]

  --faults N       how many (500)
  --at-once N      checks of one round, half of which hang (50)
  --seed N         of the random moments (1)
  --program FILE   a built healthtop (dist/main.js)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report

Exits with 1 when fewer than 99 of 100 are told in time.`;

const intro = `From the moment at which a target begins to fail to the 250 of a mail server (in the process of the bench) for the mail that tells of it. Faults come at random
moments; checks are asked every ${asked.everyMs / 1000} s, fail after ${asked.failAfter} results, and may take ${asked.timeoutMs / 1000} s. At most: interval x \`failAfter\` + time-out + \`groupWait\` + 2 s.`;

/** How often a timer of ours rings, ms. */
const timerMs = 10;

/** @param {readonly string[]} args */
async function main(args) {
	const values = valuesOf(args, {
		faults: {type: 'string', default: '500'},
		'at-once': {type: 'string', default: '50'},
		seed: {type: 'string', default: '1'},
		program: {type: 'string', default: usualProgram},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	if (values.help) {
		console.log(usage);
		return;
	}

	const {program, version} = programAt(values.program);
	const header = headerOf(['node bench/alert-latency.mjs', ...args].join(' '), [version], []);
	const delay = monitorEventLoopDelay({resolution: timerMs});
	delay.enable();
	const told = await measureRounds({
		command: [process.execPath, program],
		home: workplace().home,
		faults: positive('--faults', values.faults),
		atOnce: positive('--at-once', values['at-once']),
		seed: positive('--seed', values.seed),
	});
	delay.disable();
	const late = [delay.percentile(50), delay.percentile(99), delay.max].map(ns => (ns / 1e6 - timerMs).toFixed(0));
	const machine = `Timers of the bench, which has little to do, were late by ${late.join(', ')} ms (p50, p99, largest): that is what the machine does to anybody.`;
	const report = [header, '', intro, '', latencyTable(told), '', machine].join('\n');
	publish(
		'alert-latency',
		{json: values.json, strict: true, out: values.out},
		{report, figures: told, isKept: isKept(told)},
	);
}

await runBench(main);
