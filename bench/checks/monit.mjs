import {mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {standingOf} from '../engine/standing.mjs';
import {Program} from './program.mjs';
import {everyMs, login, processName, timeoutSeconds} from './targets.mjs';

/**
 * @import {Setting} from '../engine/resident.mjs'
 * @import {Target} from './targets.mjs'
 * @import {Checker} from './watch.mjs'
 */

/**
 * A Monit of its own that checks all of them, one after another, and rests for the time of the beat after each round.
 *
 * @param {readonly Target[]} targets
 * @param {Setting} setting
 * @returns {Promise<Checker>}
 */
export async function startMonit(targets, {home, env}) {
	const directory = mkdtempSync(join(home, 'monit-'));
	const file = join(directory, 'monitrc');
	const places = ['pidfile', 'idfile', 'statefile'].map(what => `set ${what} ${join(directory, what)}`);
	const head = [`set daemon ${everyMs / 1000}`, ...places];
	// It refuses a file that others may read.
	writeFileSync(file, `${[...head, ...targets.map(serviceOf)].join('\n')}\n`, {mode: 0o600});
	const program = new Program('monit', ['-I', '-c', file], {env, log: join(directory, 'output')});
	await program.until(async () => / Monit \S+ started/.test(program.output));
	return {
		look: () => {
			const standing = standingOf(program.pid);
			return {at: standing.at, cpuNs: standing.cpuNs, standing};
		},
		failed: async () => {
			const words = program.output.split('\n').filter(line => /' (?:failed|process is not running)/.test(line));
			return {count: words.length, words};
		},
		end: () => program.end(),
	};
}

/** @param {Target} target */
function serviceOf({name, kind, port}) {
	const host = `check host ${name} with address 127.0.0.1 if failed port ${port}`;
	const end = `with timeout ${timeoutSeconds} seconds then alert`;

	switch (kind) {
		case 'http':
			return `${host} protocol http request "/${name}" ${end}`;
		case 'tcp':
			return `${host} ${end}`;
		case 'mysql':
			return `${host} protocol mysql username "${login.user}" password "${login.password}" ${end}`;
		case 'process':
			return `check process ${name} matching "${processName}"`;
	}
}
