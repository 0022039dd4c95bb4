import {once} from 'node:events';
import {connect} from 'node:net';
import {createInterface} from 'node:readline';
import {Resident} from '../engine/resident.mjs';
import {standingOf} from '../engine/standing.mjs';
import {everyMs, login, processName, timeoutSeconds} from './targets.mjs';

/**
 * @import {Setting} from '../engine/resident.mjs'
 * @import {Target} from './targets.mjs'
 * @import {Checker, Failed} from './watch.mjs'
 * @typedef {{readonly name: string, readonly recent: string, readonly result?: {readonly reason?: string}}} Row of a check, as the engine tells it
 */

/** What a screen says first. */
const greeting = `${JSON.stringify({healthtop: 'viewer', protocol: 1, version: '0'})}\n`;

/**
 * An engine without a screen that checks all of them.
 *
 * @param {readonly Target[]} targets
 * @param {Setting} setting
 * @returns {Promise<Checker>}
 */
export async function startHealthtop(targets, setting) {
	const resident = new Resident({...setting, configuration: {checks: targets.map(checkOf)}});
	await resident.ready();
	return {
		look: () => {
			const standing = standingOf(resident.pid);
			return {at: standing.at, cpuNs: standing.cpuNs, standing};
		},
		failed: async () => failedOf(await rowsOf(resident.viewSocket)),
		end: () => resident.end(),
	};
}

/** @param {Target} target */
function checkOf({name, kind, port}) {
	const common = {name, type: kind, every: `${everyMs / 1000}s`, timeout: `${timeoutSeconds}s`};

	switch (kind) {
		case 'http':
			return {...common, url: `http://127.0.0.1:${port}/${name}`};
		case 'tcp':
			return {...common, port};
		case 'mysql':
			return {...common, port, ...login, query: 'SELECT 1'};
		case 'process':
			return {...common, match: {name: processName}};
	}
}

/**
 * All checks as a screen would get them.
 *
 * @param {string} path of the socket for those who look
 * @returns {Promise<readonly Row[]>}
 */
async function rowsOf(path) {
	const socket = connect(path);
	await once(socket, 'connect');
	socket.write(greeting);

	try {
		for await (const line of createInterface({input: socket})) {
			if (line.startsWith('{"type":"begin"')) {
				return JSON.parse(line).snapshot.checks;
			}
		}
	} finally {
		socket.destroy();
	}

	throw new Error('the engine said nothing of its checks');
}

/**
 * Since its start, of the last 60 results of each. One without a result failed, too.
 *
 * @param {readonly Row[]} rows
 * @returns {Failed}
 */
function failedOf(rows) {
	const failures = rows.flatMap(({name, recent, result}) => {
		const count = recent === '' ? 1 : recent.replaceAll('o', '').length;
		return count === 0 ? [] : [{count, words: `${name}: ${result?.reason ?? `now well, before ${recent}`}`}];
	});
	return {count: failures.reduce((sum, {count}) => sum + count, 0), words: failures.map(({words}) => words)};
}
