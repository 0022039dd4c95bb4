import {execFile, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {atEnd, send} from '../ending.mjs';
import {Terminal} from '../terminal.mjs';
import {UserError} from '../user-error.mjs';

/**
 * @import {Size} from '../terminal.mjs'
 * @typedef {Readonly<Record<string, string>>} Env
 * @typedef {{readonly program: string, readonly home: string, readonly env: Env, readonly configuration?: object}} Setting
 */

const run = promisify(execFile);

/** An engine that is not there by then never will be, ms. */
const startWithin = 20_000;

/** The bundle that is measured, unless another is named. */
export const usualProgram = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * The bundle, if it is there, and its version.
 *
 * @param {string} path
 */
export function programAt(path) {
	const program = resolve(path);

	if (!existsSync(program)) {
		throw new UserError(`${program} does not exist; 'npm run build' makes dist/main.js`);
	}

	const version = execFileSync(process.execPath, [program, '--version'], {encoding: 'utf8'}).trim();
	return {program, version: `healthtop ${version}`};
}

/** `healthtop run` in a state directory of its own, with its log in there. */
export class Resident {
	#setting;
	#child;
	#exited;
	#forget;

	/** @param {Setting} setting */
	constructor({program, home, env, configuration = {}}) {
		this.directory = mkdtempSync(join(home, 'state-'));
		this.#setting = {program, env, file: join(this.directory, 'configuration', 'config.json')};
		mkdirSync(join(this.directory, 'configuration'));
		this.configure(configuration);
		const errors = openSync(join(this.directory, 'stderr'), 'w');
		this.#child = spawn(process.execPath, [program, 'run', '--log-file', ...this.#options], {
			env,
			stdio: ['ignore', 'ignore', errors],
		});
		this.#exited = once(this.#child, 'exit');
		this.#forget = atEnd(() => send(this.pid, 'SIGKILL'));
	}

	get pid() {
		if (this.#child.pid === undefined) {
			throw new Error(`could not start ${this.#setting.program}`);
		}

		return this.#child.pid;
	}

	get viewSocket() {
		return join(this.directory, 'view.sock');
	}

	get hasEnded() {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}

	get #options() {
		return ['--state-dir', this.directory, '--config', this.#setting.file];
	}

	/**
	 * Writes its configuration, which it reads when it is told to.
	 *
	 * @param {object} configuration
	 */
	configure(configuration) {
		writeFileSync(this.#setting.file, JSON.stringify(configuration));
	}

	/** Waits until it says that it is there. */
	async ready() {
		const end = performance.now() + startWithin;

		while (!(await this.#isThere())) {
			if (this.hasEnded || performance.now() > end) {
				throw new Error(`the engine did not start: ${readFileSync(join(this.directory, 'stderr'), 'utf8')}`);
			}

			await sleep(50);
		}
	}

	/**
	 * `healthtop engine VERB`, and what it printed.
	 *
	 * @param {'status' | 'reload'} verb
	 * @returns {Promise<{readonly readings?: number, readonly viewers?: number}>}
	 */
	async ask(verb) {
		const {program, env} = this.#setting;
		const {stdout} = await run(process.execPath, [program, 'engine', verb, '--json', ...this.#options], {env});
		return JSON.parse(stdout);
	}

	/**
	 * A screen in a terminal of its own that looks at it.
	 *
	 * @param {Size} size
	 */
	screen(size) {
		const {program, env} = this.#setting;
		return new Terminal({file: process.execPath, args: [program, ...this.#options]}, size, env);
	}

	/** Ends it in the polite way; true when that worked. */
	async end() {
		send(this.pid, 'SIGTERM');
		const timer = new AbortController();
		const hasEnded = await Promise.race([
			this.#exited.then(() => true),
			sleep(5000, false, {signal: timer.signal}).catch(() => false),
		]);
		timer.abort();
		send(this.pid, 'SIGKILL');
		await this.#exited;
		this.#forget();
		return hasEnded;
	}

	async #isThere() {
		if (!existsSync(this.viewSocket)) {
			return false;
		}

		try {
			return Number((await this.ask('status')).readings) > 0;
		} catch {
			return false;
		}
	}
}
