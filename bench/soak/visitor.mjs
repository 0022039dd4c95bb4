/** @import {Terminal} from '../terminal.mjs' */

/** It is there for one half of each minute. */
const halfMs = 30_000;

/** A screen that comes and goes each minute. */
export class Visitor {
	visits = 0;

	#open;
	/** @type {Terminal | undefined} */
	#screen;
	/** @type {string[]} */
	#failures = [];

	/** @param {() => Terminal} open */
	constructor(open) {
		this.#open = open;
	}

	/**
	 * Comes or goes when it is time to.
	 *
	 * @param {number} passed since the start, ms
	 */
	async comeOrGo(passed) {
		const isDue = Math.floor(passed / halfMs) % 2 === 0;

		if (isDue && !this.#screen) {
			this.visits++;
			this.#screen = this.#open();
		} else if (!isDue) {
			await this.#go();
		}
	}

	/** Goes for good; what was wrong with any visit. */
	async leave() {
		await this.#go();
		return this.#failures;
	}

	async #go() {
		const screen = this.#screen;
		this.#screen = undefined;
		const endedBy = await screen?.end();

		if (screen && endedBy !== 'q') {
			this.#failures.push(`the screen of visit ${this.visits} was ended by ${endedBy}, not by its key`);
		}
	}
}
