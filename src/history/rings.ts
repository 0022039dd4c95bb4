import type {Recent} from '../core/history.js';
import {mostBeats} from '../core/past-values.js';

/** Series that have a recent past. */
export const mostSeries = 2000;

type Ring = {readonly values: Float64Array; seenAt: number};

/** Rings as they were at some beat, read later: of their values those are left that did not fall out of the round since. */
export type RingsAsOf = {
	/** Every series that had a ring, in the order of the rings, and how many beats ago it was seen. */
	readonly seen: readonly (readonly [name: string, age: number])[];
	/** Wall clock of the beats that are left, ms, the newest last. */
	times(): Float64Array;
	/** Values of a series at the same beats. */
	values(name: string): Float64Array;
};

/**
 * The recent past of every series: one typed array each, all on one axis of beats, so that one index is one moment.
 * A series that was not seen for a whole round is dropped; over `most` series, new ones are not kept.
 */
export class Rings implements Recent {
	readonly #rings = new Map<string, Ring>();
	/** Wall clock of each beat, ms; NaN for one that was missed. */
	readonly #times: Float64Array;
	readonly #beats: number;
	readonly #most: number;
	#beat = 0;
	#refused = 0;

	constructor(beats = mostBeats, most = mostSeries) {
		this.#beats = beats;
		this.#times = new Float64Array(beats).fill(Number.NaN);
		this.#most = most;
	}

	/** Series that did not fit at the last beat. */
	get refused(): number {
		return this.#refused;
	}

	get size(): number {
		return this.#rings.size;
	}

	/** One beat further, at `at` of the wall clock (ms), after `missed` beats without any value. */
	push(at: number, series: ReadonlyMap<string, number>, missed = 0): void {
		for (let i = 0; i < Math.min(missed, this.#beats); i++) {
			this.#advance();
		}

		this.#advance();
		this.#times[this.#beat % this.#beats] = at;
		this.#refused = 0;

		// Not `for`: in code that runs once a second, and is never compiled, it makes four objects of each pair.
		series.forEach((value, name) => {
			const ring = this.#rings.get(name) ?? this.#open(name);

			if (ring) {
				ring.values[this.#beat % this.#beats] = value;
				ring.seenAt = this.#beat;
			}
		});
	}

	last(series: string, count: number, age = 0): Float64Array {
		const values = new Float64Array(count).fill(Number.NaN);
		const ring = this.#rings.get(series);

		if (ring) {
			this.#read(ring.values, values, age);
		}

		return values;
	}

	times(count: number, age = 0): Float64Array {
		const times = new Float64Array(count).fill(Number.NaN);
		this.#read(this.#times, times, age);
		return times;
	}

	beat(age: number): ReadonlyMap<string, number> {
		const values = new Map<string, number>();

		if (age < 0 || age >= this.#beats) {
			return values;
		}

		const index = this.#indexOf(age);

		for (const [name, ring] of this.#rings) {
			const value = ring.values[index] ?? Number.NaN;

			if (!Number.isNaN(value)) {
				values.set(name, value);
			}
		}

		return values;
	}

	/** The beats up to now, for who reads them bit by bit while others come. */
	asOfNow(): RingsAsOf {
		const then = this.#beat;
		const since = () => this.#beat - then;
		const left = () => Math.max(0, Math.min(then, this.#beats - since()));
		return {
			seen: [...this.#rings].map(([name, {seenAt}]) => [name, then - seenAt]),
			times: () => this.times(left(), since()),
			values: name => this.last(name, left(), since()),
		};
	}

	/** Rings for series that were seen so many beats before the first one that will be pushed, to be filled later. Only where there are none. */
	begin(seen: ReadonlyMap<string, number>): void {
		for (const [name, age] of seen) {
			const ring = this.#open(name);

			if (ring) {
				ring.seenAt = this.#beat - age;
			}
		}
	}

	/** Times of the beats before the first one that was pushed, however many there were since. */
	addTimes(times: Float64Array): void {
		this.#fill(this.#times, times);
	}

	/** Values at the same beats. Of a series without a ring nothing is kept: it is too long that it was seen. */
	addValues(name: string, values: Float64Array): void {
		const ring = this.#rings.get(name);

		if (ring) {
			this.#fill(ring.values, values);
		}
	}

	/** The past as it is now, for a picture that stands still. */
	copy(): Recent {
		const copy = new Rings(this.#beats, this.#most);
		copy.#beat = this.#beat;
		copy.#times.set(this.#times);

		for (const [name, {values, seenAt}] of this.#rings) {
			copy.#rings.set(name, {values: values.slice(), seenAt});
		}

		return copy;
	}

	/** Where the beat of that age is. */
	#indexOf(age: number): number {
		const at = (this.#beat - age) % this.#beats;
		return at < 0 ? at + this.#beats : at;
	}

	/** Fills `to` with the values up to the beat of that age; what is not remembered stays as it is. */
	#read(from: Float64Array, to: Float64Array, age: number): void {
		for (let i = 0; i < to.length && age + i < this.#beats; i++) {
			to[to.length - 1 - i] = from[this.#indexOf(age + i)] ?? Number.NaN;
		}
	}

	/** Puts values before the first beat: that one was number 1. */
	#fill(ring: Float64Array, values: Float64Array): void {
		for (let i = 0; i < values.length && this.#beat + i < this.#beats; i++) {
			ring[this.#indexOf(this.#beat + i)] = values[values.length - 1 - i] ?? Number.NaN;
		}
	}

	#advance(): void {
		this.#beat += 1;
		this.#times[this.#beat % this.#beats] = Number.NaN;

		this.#rings.forEach((ring, name) => {
			if (this.#beat - ring.seenAt > this.#beats) {
				this.#rings.delete(name);
			} else {
				ring.values[this.#beat % this.#beats] = Number.NaN;
			}
		});
	}

	#open(name: string): Ring | undefined {
		if (this.#rings.size >= this.#most) {
			this.#refused += 1;
			return undefined;
		}

		const ring = {values: new Float64Array(this.#beats).fill(Number.NaN), seenAt: this.#beat};
		this.#rings.set(name, ring);
		return ring;
	}
}
