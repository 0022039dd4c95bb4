import type {Recent} from '../core/history.js';

type Ring = {readonly values: Float64Array; seenAt: number};

/**
 * The recent past of every series: one typed array each, all on one axis of beats, so that one index is one moment.
 * A series that was not seen for a whole round is dropped; over `most` series, new ones are not kept.
 */
export class Rings implements Recent {
	readonly #rings = new Map<string, Ring>();
	readonly #beats: number;
	readonly #most: number;
	#beat = 0;
	#refused = 0;

	constructor(beats = 900, most = 2000) {
		this.#beats = beats;
		this.#most = most;
	}

	/** Series that did not fit at the last beat. */
	get refused(): number {
		return this.#refused;
	}

	get size(): number {
		return this.#rings.size;
	}

	/** One beat further, after `missed` beats without any value. */
	push(series: ReadonlyMap<string, number>, missed = 0): void {
		for (let i = 0; i < Math.min(missed, this.#beats); i++) {
			this.#advance();
		}

		this.#advance();
		this.#refused = 0;

		for (const [name, value] of series) {
			const ring = this.#rings.get(name) ?? this.#open(name);

			if (ring) {
				ring.values[this.#beat % this.#beats] = value;
				ring.seenAt = this.#beat;
			}
		}
	}

	last(series: string, count: number): Float64Array {
		const values = new Float64Array(count).fill(Number.NaN);
		const ring = this.#rings.get(series);

		if (ring) {
			for (let age = 0; age < Math.min(count, this.#beats); age++) {
				const at = (this.#beat - age) % this.#beats;
				values[count - 1 - age] = ring.values[at < 0 ? at + this.#beats : at] ?? Number.NaN;
			}
		}

		return values;
	}

	/** The past as it is now, for a picture that stands still. */
	copy(): Recent {
		const copy = new Rings(this.#beats, this.#most);
		copy.#beat = this.#beat;

		for (const [name, {values, seenAt}] of this.#rings) {
			copy.#rings.set(name, {values: values.slice(), seenAt});
		}

		return copy;
	}

	#advance(): void {
		this.#beat += 1;

		for (const [name, ring] of this.#rings) {
			if (this.#beat - ring.seenAt > this.#beats) {
				this.#rings.delete(name);
			} else {
				ring.values[this.#beat % this.#beats] = Number.NaN;
			}
		}
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
