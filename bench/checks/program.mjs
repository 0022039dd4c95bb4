import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {openSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {atEnd, send} from '../ending.mjs';

/**
 * @import {Server} from 'node:net'
 * @import {Env} from '../engine/resident.mjs'
 */

/** A server that does not answer by then never will, ms. */
const startWithin = 30_000;

/** A program that runs until it is ended, or until we are; what it writes goes to a file. */
export class Program {
	#child;
	#exited;
	#forget;
	#log;

	/**
	 * @param {string} file
	 * @param {readonly string[]} args
	 * @param {{readonly env: Env, readonly log: string}} where
	 */
	constructor(file, args, {env, log}) {
		const output = openSync(log, 'a');
		this.#log = log;
		this.#child = spawn(file, args, {env, stdio: ['ignore', output, output]});
		this.#exited = once(this.#child, 'exit');
		this.#forget = atEnd(() => send(this.pid, 'SIGKILL'));
	}

	get pid() {
		if (this.#child.pid === undefined) {
			throw new Error(`could not start ${this.#child.spawnfile}`);
		}

		return this.#child.pid;
	}

	get hasEnded() {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}

	/** What it has written. */
	get output() {
		return readFileSync(this.#log, 'utf8');
	}

	/**
	 * Waits until it is there.
	 *
	 * @param {() => Promise<boolean>} isThere
	 */
	async until(isThere) {
		const end = performance.now() + startWithin;

		while (!(await isThere())) {
			if (this.hasEnded || performance.now() > end) {
				throw new Error(`${this.#child.spawnfile} did not start: ${this.output.slice(-2000)}`);
			}

			await sleep(50);
		}
	}

	/** Ends it, politely at first. */
	async end() {
		send(this.pid, 'SIGTERM');
		await Promise.race([this.#exited, sleep(5000, undefined, {ref: false})]);
		send(this.pid, 'SIGKILL');
		await this.#exited;
		this.#forget();
	}
}

/** A port that is free now. */
export async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	server.close();
	await once(server, 'close');
	return port;
}

/**
 * Of one that listens on TCP.
 *
 * @param {Server} server
 */
export function portOf(server) {
	const address = server.address();

	if (address === null || typeof address === 'string') {
		throw new Error('does not listen on a port');
	}

	return address.port;
}
