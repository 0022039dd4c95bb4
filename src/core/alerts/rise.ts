/** The time that is looked at is kept in so many parts: a rule of ten minutes needs no 600 readings. */
const parts = 60;

type Part = {readonly from: number; rise: number};

/** How much a counter has risen within a time. One that falls began anew (proc(5): a restart, a module that was loaded again). */
export class Rise {
	readonly #within: number;
	#parts: Part[] = [];
	#last: number | undefined;
	#since: number | undefined;

	/** `within`: ms. */
	constructor(within: number) {
		this.#within = within;
	}

	/** One more reading, at a time of the monotonic clock, ms. */
	add(value: number, t: number): void {
		const rise = this.#last === undefined ? 0 : Math.max(0, value - this.#last);
		const newest = this.#parts.at(-1);
		this.#parts = this.#parts.filter(({from}) => from > t - this.#within);

		if (newest && t - newest.from < this.#within / parts) {
			newest.rise += rise;
		} else if (rise > 0 || this.#last === undefined) {
			this.#parts.push({from: t, rise});
		}

		this.#last = value;
		this.#since ??= t;
	}

	/** It has been read for as long as the time that is looked at: less than that may have risen before. */
	isWhole(t: number): boolean {
		return this.#since !== undefined && t - this.#since >= this.#within;
	}

	/** Undefined before the first reading. */
	get value(): number | undefined {
		return this.#last === undefined ? undefined : this.#parts.reduce((sum, {rise}) => sum + rise, 0);
	}
}
