import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {send} from '../ending.mjs';
import {Control} from './control.mjs';

/** How often is looked whether an engine listens already, ms. */
const lookEvery = 5;

/** A `healthtop run` of its own process, and what it says on standard error. */
export class EngineProcess {
	/** How it ended. @type {{readonly code: number | null, readonly signal: NodeJS.Signals | null} | undefined} */
	ended;
	/** Resolves at its end. @type {Promise<unknown>} */
	end;
	#child;
	#log;
	#socket;

	/**
	 * @param {readonly string[]} command a healthtop, to which `run` and the directory are added
	 * @param {{directory: string, log: string, env?: Readonly<Record<string, string>>, options?: readonly string[]}} about `log`: the file for what it says; `options`: more for `run`
	 */
	constructor([program = '', ...args], {directory, log, env, options = []}) {
		const file = openSync(log, 'w');
		this.#child = spawn(program, [...args, 'run', '--state-dir', directory, ...options], {
			stdio: ['ignore', 'ignore', file],
			env: {PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C.UTF-8', TZ: 'UTC', ...env},
		});
		closeSync(file);
		this.#log = log;
		this.#socket = join(directory, 'control.sock');
		this.end = once(this.#child, 'close').then(([code, signal]) => {
			this.ended = {code, signal};
		});
	}

	get pid() {
		return this.#child.pid ?? 0;
	}

	/** What it has said, or the end of it. */
	get said() {
		return readFileSync(this.#log, 'utf8').slice(-2000).trim();
	}

	/**
	 * Resolves with a connection once it listens, with undefined when it ends before, and when `within` ms are over.
	 *
	 * @returns {Promise<Control | undefined>}
	 */
	async listens(within = 20_000) {
		const end = performance.now() + within;

		while (!this.ended && performance.now() < end) {
			const control = await Control.open(this.#socket);

			if (control) {
				return control;
			}

			await wait(lookEvery);
		}

		return undefined;
	}

	/** @param {NodeJS.Signals} signal */
	send(signal) {
		if (!this.ended) {
			send(this.pid, signal);
		}
	}
}
