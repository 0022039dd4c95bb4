import {fork} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {atEnd, send} from '../ending.mjs';
import {childrenCpuNsOf} from '../tree.mjs';
import {everyMs, login, processName, timeoutSeconds} from './targets.mjs';

/**
 * @import {Setting} from '../engine/resident.mjs'
 * @import {Target} from './targets.mjs'
 * @import {Checker} from './watch.mjs'
 */

/** Where Debian has them. */
const directory = '/usr/lib/nagios/plugins';

/** As many commands as healthtop runs at once. */
const atOnce = 8;

const file = fileURLToPath(new URL('./plugins-loop.mjs', import.meta.url));

/** One of them. */
export const plugin = join(directory, 'check_http');

export const hasPlugins = () => existsSync(plugin);

/**
 * A loop that runs a plug-in for each check on every beat; what the loop itself takes is not counted.
 *
 * @param {readonly Target[]} targets
 * @param {Setting} setting
 * @returns {Promise<Checker>}
 */
export async function startPlugins(targets, {home, env}) {
	const plan = join(mkdtempSync(join(home, 'plugins-')), 'plan.json');
	writeFileSync(plan, JSON.stringify({commands: targets.map(commandOf), everyMs, atOnce}));
	const child = fork(file, [plan], {env});
	const pid = Number(child.pid);
	const forget = atEnd(() => send(pid, 'SIGKILL'));
	/** @type {string[]} */
	const words = [];
	/** @type {{readonly at: number, readonly tookMs: number}[]} */
	const rounds = [];
	child.on('message', message => {
		const {failed, tookMs} = /** @type {{failed?: string, tookMs?: number}} */ (message);
		words.push(...(failed === undefined ? [] : [failed]));
		rounds.push(...(tookMs === undefined ? [] : [{at: Date.now(), tookMs}]));
	});
	return {
		look: () => ({at: performance.now(), cpuNs: childrenCpuNsOf(pid)}),
		failed: async () => ({count: words.length, words}),
		rounds: ({from, to}) => rounds.flatMap(({at, tookMs}) => (at >= from && at < to ? [tookMs] : [])),
		end: async () => {
			const exited = once(child, 'exit');
			child.disconnect();
			await exited;
			forget();
		},
	};
}

/** @param {Target} target */
function commandOf({kind, name, port}) {
	const [run, at] = [(/** @type {string} */ check) => join(directory, check), ['-H', '127.0.0.1']];
	const limit = ['-t', String(timeoutSeconds)];

	switch (kind) {
		case 'http':
			return [run('check_http'), '-I', '127.0.0.1', '-p', String(port), '-u', `/${name}`, ...limit];
		case 'tcp':
			return [run('check_tcp'), ...at, '-p', String(port), ...limit];
		case 'mysql':
			return [run('check_mysql'), ...at, '-P', String(port), '-u', login.user, '-p', login.password];
		case 'process':
			return [run('check_procs'), '-C', processName, '-c', '1:', ...limit];
	}
}
