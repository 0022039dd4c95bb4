import {programAt, Resident} from './engine/resident.mjs';
import {headerOf} from './header.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {optionsFrom, usage} from './soak/options.mjs';
import {heads, rowOf, soakReport, trendsOf} from './soak/report.mjs';
import {Sampling} from './soak/samples.mjs';
import {Visitor} from './soak/visitor.mjs';

/**
 * An engine for an hour, with a screen that stays, one that comes and goes each minute, and a configuration that is changed
 * and read again every five minutes: what it takes, and whether that grows.
 *
 * @import {Options} from './soak/options.mjs'
 */

/** Read again in turn: with each, other samplers are at work than before. */
const configurations = [{}, {sampling: {process: '2s'}, devices: {except: ['loop0']}, log: {level: 'debug'}}];

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const {home, env} = workplace();
	const {program, version} = programAt(options.program);
	const header = headerOf(['node bench/soak.mjs', ...args].join(' '), [version], []);
	console.error(header);
	const resident = new Resident({program, home, env});
	await resident.ready();
	const {samples, rows, events} = await soak(resident, options);
	const trends = trendsOf(samples);
	const isKept = events.failures.length === 0 && !trends.some(({grows}) => grows);
	const report = `${header}\n\n${soakReport(rows, trends, events)}`;
	publish('soak', options, {report, figures: {header, samples, trends, events}, isKept});
}

/**
 * @param {Resident} resident
 * @param {Options} options
 */
async function soak(resident, {totalMs, sampleMs, rowMs, reloadMs}) {
	const stays = resident.screen({columns: 120, rows: 36});
	const visitor = new Visitor(() => resident.screen({columns: 80, rows: 24}));
	await stays.until(2000);
	const sampling = new Sampling(resident, stays);
	const start = stays.now;
	/** @type {(readonly string[])[]} */
	const rows = [];
	/** @type {string[]} */
	const failures = [];
	let [reloads, inRows] = [0, 0];
	console.error(heads.join(' | '));

	for (let passed = sampleMs; passed <= totalMs && failures.length === 0; passed += sampleMs) {
		await stays.until(start + passed);

		if (resident.hasEnded || stays.exit) {
			failures.push(`after ${(passed / 60_000).toFixed(1)} minutes the ${stays.exit ? 'screen' : 'engine'} had ended`);
			break;
		}

		sampling.take();
		await visitor.comeOrGo(passed);

		if (Math.floor(passed / reloadMs) > reloads) {
			resident.configure(configurations[++reloads % configurations.length] ?? {});
			await resident.ask('reload').catch(error => failures.push(`reload ${reloads}: ${error}`));
		}

		if (Math.floor(passed / rowMs) > rows.length || passed + sampleMs > totalMs) {
			rows.push(rowOf(sampling.samples.slice(inRows)));
			inRows = sampling.samples.length;
			console.error(rows.at(-1)?.join(' | '));
		}
	}

	failures.push(...(await visitor.leave()));
	await stays.end();
	failures.push(...((await resident.end()) ? [] : ['the engine did not end within 5 s of SIGTERM']));
	return {samples: sampling.samples, rows, events: {reloads, visits: visitor.visits, failures}};
}

await runBench(main);
