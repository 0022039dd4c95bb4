import os from 'node:os';
import {folderOnDisk} from './accuracy/disk.mjs';
import {Kernel} from './accuracy/kernel.mjs';
import {planFor, startLoad} from './accuracy/load.mjs';
import {optionsFrom, usage} from './accuracy/options.mjs';
import {missingTools} from './accuracy/outside.mjs';
import {brokenIn, judged, reportOn} from './accuracy/report.mjs';
import {rowsOf} from './accuracy/rows.mjs';
import {lookTogether} from './accuracy/window.mjs';
import {headerOf} from './header.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {isInstalled, toolOf, versionOf} from './tools.mjs';

/**
 * Whether healthtop's numbers are true: one snapshot over some seconds of a known load, held against the kernel's counters,
 * which are read here every 50 ms and by other code, over the very same window; and against the system's own tools, whose
 * windows begin and end at nearly the same moments.
 *
 * @import {Options} from './accuracy/options.mjs'
 * @import {Seen} from './accuracy/rows.mjs'
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
	const healthtop = toolOf('healthtop', env);

	if (!healthtop) {
		return;
	}

	const missing = [...missingTools(), ...['stress-ng', 'taskset'].filter(name => !isInstalled(name))];
	const header = headerOf(['node bench/accuracy.mjs', ...args].join(' '), versionsIn(env, healthtop), missing);
	const result = await measure(options, healthtop, env);
	const report = `${header}\n\n${reportOn(result)}`;
	const broken = brokenIn(result.rows);
	const {snapshot, window, rows} = result;
	const figures = {header, window, rows, broken, snapshot};
	publish('accuracy', options, {report, figures, isKept: broken.length === 0});
}

/**
 * @param {Options} options
 * @param {Tool} healthtop
 * @param {Env} env
 */
async function measure({seconds}, healthtop, env) {
	const {folder, device} = folderOnDisk();
	const load = await startLoad(planFor(folder, os.cpus().length));
	console.error(`the load is steady; all look on for ${seconds} s`);

	try {
		const {snapshot, ownPid, watch, tables} = await lookTogether({healthtop: healthtop.command, seconds, env}, load);
		const {series, intervalMs, at} = snapshot;
		// Not `at`, which is when the snapshot was ready: this is when it was read.
		const to = watch.momentOf(series['uptime'] ?? Number.NaN);
		const window = {from: to - intervalMs, to};
		/** @type {Seen} */
		const seen = {
			snapshot,
			kernel: new Kernel(watch.timeline, window),
			said: (tool, row, column) => tables.get(tool)?.get(row)?.[column],
			load,
			ownPid,
			uptime: watch.timeline.at('uptime.seconds', Date.parse(at)),
		};
		return {rows: rowsOf(seen).map(judged), load, device, window, snapshot};
	} finally {
		await load.close();
	}
}

/**
 * One program of each package stands for all.
 *
 * @param {Env} env
 * @param {Tool} healthtop
 */
function versionsIn(env, {version}) {
	const others = ['mpstat', 'free', 'ss', 'stress-ng'].filter(isInstalled);
	return [version, ...others.map(name => versionOf(name, env, '-V').replace(/ \(.*/, ''))];
}

await runBench(main);
