import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';

/** @typedef {{readonly check: string, readonly path: string, isOn: boolean, offAt: number}} Fault `offAt`: 0 while it is on; `performance.now()` */

/** How long each fault lasts, ms: some kills are in every one. */
const lastsMs = {least: 4000, span: 6000};

/** Checks that are there before their fault: so many come in the longest life of an engine. */
const ahead = 8;

/** A fault that is over and of which no engine has made anything is none, ms. */
const forgetAfter = 5000;

/** Files that must not be there, and come and go at a steady rate, whatever happens to who looks at them. */
export class Faults {
	/** @type {Fault[]} */
	#faults = [];
	#directory;
	#everyMs;
	#random;
	#rate = new AbortController();
	/** @type {Promise<void>[]} */
	#under = [];

	/**
	 * @param {string} directory
	 * @param {{readonly everyMs: number, readonly random: () => number}} rate `everyMs`: from one to the next
	 */
	constructor(directory, {everyMs, random}) {
		mkdirSync(directory);
		this.#directory = directory;
		this.#everyMs = everyMs;
		this.#random = random;
		this.#under.push(this.#come());
	}

	/** How many have been, or are. */
	get count() {
		return this.#faults.length;
	}

	/** Checks whose fault is on. */
	get on() {
		return this.#faults.filter(({isOn}) => isOn).map(({check}) => check);
	}

	/**
	 * What is worth looking at now, and soon. A check stays until its incident is over and told.
	 *
	 * @param {(check: string) => boolean} isNeeded
	 * @returns {readonly {readonly check: string, readonly path: string, readonly number: number}[]}
	 */
	watched(isNeeded) {
		const now = performance.now();
		const coming = Array.from({length: ahead}, (_, index) => this.#place(this.#faults.length + index));
		const all = this.#faults.map((fault, number) => ({...fault, number}));
		return [
			...all.filter(({check, isOn, offAt}) => isOn || now - offAt < forgetAfter || isNeeded(check)),
			...coming,
		].map(({check, path, number}) => ({check, path, number}));
	}

	/** No more of them; those that are there stay until `clear`. */
	async hold() {
		this.#rate.abort();
		await Promise.all(this.#under);
	}

	clear() {
		for (const fault of this.#faults.filter(({isOn}) => isOn)) {
			this.#end(fault);
		}
	}

	async #come() {
		while (!this.#rate.signal.aborted) {
			const fault = {...this.#place(this.#faults.length), isOn: true, offAt: 0};
			this.#faults.push(fault);
			writeFileSync(fault.path, '');
			this.#under.push(this.#lasts(fault));
			await this.#waited(this.#everyMs);
		}
	}

	/** @param {Fault} fault */
	async #lasts(fault) {
		if (await this.#waited(lastsMs.least + lastsMs.span * this.#random())) {
			this.#end(fault);
		}
	}

	/**
	 * @param {number} ms
	 * @returns {Promise<boolean>} whether it was as long as that
	 */
	async #waited(ms) {
		try {
			await wait(ms, undefined, {signal: this.#rate.signal});
			return true;
		} catch {
			// What is on then stays on.
			return false;
		}
	}

	/** @param {Fault} fault */
	#end(fault) {
		rmSync(fault.path);
		fault.isOn = false;
		fault.offAt = performance.now();
	}

	/** @param {number} number */
	#place(number) {
		const check = `fault-${String(number + 1).padStart(5, '0')}`;
		return {check, path: join(this.#directory, check), number};
	}
}
