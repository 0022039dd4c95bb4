import {connect} from 'node:net';

/**
 * @typedef {{readonly id: number, readonly ok: boolean, readonly code?: string, readonly reason?: string, readonly result?: unknown}} Answer
 * @typedef {{
 *   readonly pid: number,
 *   readonly journal: {readonly state: string, readonly bytes: number},
 *   readonly acts: readonly {readonly what: string, readonly by: string, readonly result: string}[],
 *   readonly problems: readonly {readonly area: string, readonly source: string, readonly reason: string}[],
 *   readonly readings?: number,
 * }} EngineStatus
 */

/** A connection to an engine's control socket, on which many requests may be under way. */
export class Control {
	#socket;
	#rest = '';
	#next = 1;
	/** @type {Map<number, (answer: Answer | undefined) => void>} */
	#waiting = new Map();
	/** @type {(isGreeted: boolean) => void} */
	#greeted = () => {};

	/** @param {string} path */
	constructor(path) {
		this.#socket = connect(path);
		this.#socket.setEncoding('utf8');
		this.#socket.on('data', text => this.#hear(String(text)));
		// What follows is the end.
		this.#socket.on('error', () => {});
		this.#socket.on('close', () => this.#end());
	}

	/**
	 * Resolves with a connection once an engine has greeted, and with undefined when nobody listens.
	 *
	 * @param {string} path
	 * @returns {Promise<Control | undefined>}
	 */
	static async open(path) {
		const control = new Control(path);
		const isGreeted = await new Promise(resolve => {
			control.#greeted = resolve;
		});
		return isGreeted ? control : undefined;
	}

	/**
	 * Resolves with the answer, and with undefined when the connection ended before there was one.
	 *
	 * @param {string} word
	 * @param {string} user who asks, by its own account
	 * @returns {Promise<Answer | undefined>}
	 */
	ask(word, user) {
		const id = this.#next++;
		const by = {user, uid: process.getuid?.() ?? 0, pid: process.pid};

		return new Promise(resolve => {
			if (this.#socket.destroyed) {
				resolve(undefined);
				return;
			}

			this.#waiting.set(id, resolve);
			this.#socket.write(`${JSON.stringify({id, do: word, by})}\n`);
		});
	}

	/**
	 * @returns {Promise<EngineStatus | undefined>}
	 */
	async status() {
		const answer = await this.ask('status', 'status');
		return /** @type {EngineStatus | undefined} */ (answer?.result);
	}

	close() {
		this.#socket.destroy();
	}

	/** @param {string} text */
	#hear(text) {
		const lines = `${this.#rest}${text}`.split('\n');
		this.#rest = lines.pop() ?? '';

		for (const line of lines) {
			const json = JSON.parse(line);

			if (json.healthtop === 'control') {
				this.#greeted(true);
			} else {
				this.#waiting.get(json.id)?.(json);
				this.#waiting.delete(json.id);
			}
		}
	}

	#end() {
		this.#greeted(false);

		for (const resolve of this.#waiting.values()) {
			resolve(undefined);
		}

		this.#waiting.clear();
	}
}
