import {setTimeout as sleep} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import {atEnd, send} from './ending.mjs';

/**
 * @typedef {{readonly columns: number, readonly rows: number}} Size
 * @typedef {{readonly at: number, readonly data: Buffer}} Chunk `at` is in ms since the start of the program.
 * @typedef {{readonly file: string, readonly args: readonly string[]}} Command
 */

/** What programs ask a terminal for and wait for: device attributes, status, cursor position, whether it knows a mode. */
const queries = /\x1b\[(?:([>?]?)0?c|(\??)6n|(5)n|\?(\d+)\$p)/g;

/** The start of such a question, whose rest is in the next chunk. */
const cutQuery = /\x1b(?:\[[>?]?\d*\$?)?$/;

/**
 * A plain terminal's answers, in order: a VT220 without extras, cursor at the top left, every mode unknown.
 *
 * @param {string} output
 */
function answersTo(output) {
	return [...output.matchAll(queries)]
		.map(([query, attributes, positionMark, status, mode]) => {
			if (mode !== undefined) {
				return `\x1b[?${mode};0$y`;
			}

			if (status !== undefined) {
				return '\x1b[0n';
			}

			if (query.endsWith('n')) {
				return `\x1b[${positionMark}1;1R`;
			}

			return attributes === '>' ? '\x1b[>0;276;0c' : '\x1b[?62;22c';
		})
		.join('');
}

/** A program in a pseudo-terminal of its own. Its output is drained and kept with times; nothing is decoded here. */
export class Terminal {
	/** @type {Chunk[]} */
	chunks = [];

	/** Set once the program has ended. @type {{exitCode: number, signal?: number} | undefined} */
	exit;

	#start = performance.now();
	#pty;
	#exited;
	#forget;
	#cut = '';

	/**
	 * @param {Command} command
	 * @param {Size} size
	 * @param {Readonly<Record<string, string>>} env
	 */
	constructor({file, args}, {columns, rows}, env) {
		this.#pty = pty.spawn(file, [...args], {name: 'xterm-256color', cols: columns, rows, env, encoding: null});
		// Without an encoding these are bytes, whatever the type says.
		this.#pty.onData(data => this.#receive(/** @type {Buffer} */ (/** @type {unknown} */ (data))));
		this.#exited = new Promise(resolve => {
			this.#pty.onExit(exit => {
				this.exit = exit;
				resolve(exit);
			});
		});
		this.#forget = atEnd(() => send(-this.pid, 'SIGKILL'));
	}

	get pid() {
		return this.#pty.pid;
	}

	/** Now, in ms since the start. */
	get now() {
		return performance.now() - this.#start;
	}

	/**
	 * Waits until so many ms after the start, or until the program has ended.
	 *
	 * @param {number} at
	 */
	async until(at) {
		const controller = new AbortController();
		const timer = sleep(at - this.now, undefined, {signal: controller.signal}).catch(() => {});
		await Promise.race([timer, this.#exited]);
		controller.abort();
	}

	/**
	 * Types keys as their bytes, and says when.
	 *
	 * @param {string} keys
	 */
	type(keys) {
		const {now} = this;

		if (!this.exit) {
			this.#pty.write(keys);
		}

		return now;
	}

	/** Ends the program in the politest way that works within 2 s, and says which that was. */
	async end() {
		/** @type {readonly [string, () => void][]} */
		const ways = [
			['q', () => this.#pty.write('q')],
			['SIGTERM', () => send(-this.pid, 'SIGTERM')],
			['SIGKILL', () => send(-this.pid, 'SIGKILL')],
		];
		let endedBy = 'itself';

		for (const [name, end] of ways) {
			if (this.exit) {
				break;
			}

			endedBy = name;
			end();
			await this.until(this.now + 2000);
		}

		// Children that it left behind.
		send(-this.pid, 'SIGKILL');
		this.#forget();
		return endedBy;
	}

	/** @param {Buffer} data */
	#receive(data) {
		this.chunks.push({at: this.now, data});

		if (this.#cut || data.includes(0x1b)) {
			const output = this.#cut + data.toString('latin1');
			const answers = answersTo(output);
			this.#cut = cutQuery.exec(output)?.[0] ?? '';

			if (answers) {
				this.#pty.write(answers);
			}
		}
	}
}
