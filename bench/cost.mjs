import {headerOf} from './header.mjs';
import {EarlyExit, measure} from './measure.mjs';
import {optionsFrom, usage} from './options.mjs';
import {budgetsOf, figuresTable} from './report.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {spawnsPerSecond} from './spawns.mjs';
import {Terminal} from './terminal.mjs';
import {isInstalled, toolOf} from './tools.mjs';
import {worldOf} from './world.mjs';

/**
 * @import {Options} from './options.mjs'
 * @import {Row} from './report.mjs'
 * @import {Tool} from './tools.mjs'
 * @typedef {Readonly<Record<string, string>>} Env
 */

/** Under strace everything is slower, and a program that spawns does it on every refresh. */
const tracing = {warmUpMs: 3000, windowMs: 8000};

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const {home, env} = workplace();
	const tools = options.tools.flatMap(name => toolOf(name, env) ?? []);
	const missing = options.tools.filter(name => !tools.some(tool => tool.name === name));
	const versions = tools.map(({version}) => version);
	const header = headerOf(['node bench/cost.mjs', ...args].join(' '), versions, missing);
	const {rows, failures} = await measureAll(options, tools, env, home);
	const budgets = budgetsOf(rows);
	const report = [
		header,
		figuresTable(rows),
		footnote(rows),
		...failures,
		...(budgets ? ["healthtop's budgets:", budgets.table] : []),
	].join('\n\n');

	const isKept = failures.length === 0 && budgets?.isKept !== false;
	publish('cost', options, {report, figures: {header, rows, failures}, isKept});
}

/**
 * One tool after the other in each world and size, so that what disturbs the machine for a minute disturbs all of them.
 *
 * @param {Options} options
 * @param {readonly Tool[]} tools
 * @param {Env} env
 * @param {string} folder
 */
async function measureAll({worlds, sizes, warmUpMs, windowMs}, tools, env, folder) {
	/** @type {Row[]} */
	const rows = [];
	/** @type {string[]} */
	const failures = [];
	const canTrace = isInstalled('strace');
	await startOnce(tools, env);

	for (const target of worlds.toSorted((a, b) => a - b)) {
		const world = await worldOf(target);

		for (const size of sizes) {
			for (const {name, command} of tools) {
				const place = {world: target, size: size.name, tool: name};
				const run = {command, size, env};
				console.error(`about ${target} processes, ${size.name}: ${name}`);

				try {
					const figures = await measure({...run, warmUpMs, windowMs});
					const spawns = canTrace ? await spawnsPerSecond({...run, ...tracing}, folder) : undefined;
					rows.push({...place, ...figures, spawnsPerSecond: spawns});
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

/**
 * Starts each program for a moment, so that the first one measured does not wait for the disk.
 *
 * @param {readonly Tool[]} tools
 * @param {Env} env
 */
async function startOnce(tools, env) {
	for (const {command} of tools) {
		const terminal = new Terminal(command, {columns: 80, rows: 24}, env);
		await terminal.until(2000);
		await terminal.end();
	}
}

/** @param {readonly Row[]} rows */
function footnote(rows) {
	const methods = [...new Set(rows.map(({cpuMethod}) => cpuMethod))].join(', ');
	return [
		'In brackets: how many times htop at the same size with the same processes. CPU and RSS are sums over the program',
		`and its children, CPU from ${methods}; 1 MB is 2^20 bytes.`,
	].join('\n');
}

await runBench(main);
