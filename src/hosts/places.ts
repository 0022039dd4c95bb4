import {setMaxListeners} from 'node:events';

/** Room for so many at a time, of each key one: whoever comes later waits for a turn. */
export class Places {
	readonly #most: number;
	readonly #taken = new Set<string>();
	readonly #waiting = new Set<() => void>();

	constructor(most: number) {
		this.#most = most;
	}

	has(key: string): boolean {
		return this.#taken.has(key);
	}

	/** Takes a place, and gives what leaves it again; undefined when there is none now. */
	take(key: string): (() => void) | undefined {
		if (this.#taken.size >= this.#most || this.#taken.has(key)) {
			return undefined;
		}

		this.#taken.add(key);
		return () => this.#leave(key);
	}

	/**
	 * Takes a place when there is one. When `signal` aborts before that, it is `EBUSY` where somebody with the same key still has a place,
	 * else `EAGAIN`: what was never asked is not what gives no answer.
	 */
	async turn(key: string, signal: AbortSignal): Promise<() => void> {
		for (;;) {
			const leave = this.take(key);

			if (leave) {
				return leave;
			}

			if (!(await this.#change(signal))) {
				throw this.#taken.has(key)
					? Object.assign(new Error('an earlier question is still stuck'), {code: 'EBUSY'})
					: Object.assign(new Error(`not asked: ${this.#most} others give no answer`), {code: 'EAGAIN'});
			}
		}
	}

	#leave(key: string): void {
		if (this.#taken.delete(key)) {
			// All of them: the first one may wait for another key.
			for (const look of [...this.#waiting]) {
				look();
			}
		}
	}

	/** Resolves when somebody has left: true; or when there is no time left: false. */
	async #change(signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) {
			return false;
		}

		// One listener a question is no leak, and Node would write on the terminal that it might be.
		setMaxListeners(0, signal);
		return await new Promise(resolve => {
			const settle = (hasLeft: boolean) => () => {
				this.#waiting.delete(look);
				signal.removeEventListener('abort', giveUp);
				resolve(hasLeft);
			};
			const look = settle(true);
			const giveUp = settle(false);
			this.#waiting.add(look);
			signal.addEventListener('abort', giveUp, {once: true});
		});
	}
}
