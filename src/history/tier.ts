import {addTotals, addValue, type SomeTotals, type Totals} from '../core/aggregate.js';
import type {TierState} from './read-points.js';
import {expired} from './retention.js';
import {Segment} from './segment.js';

export type TierOptions = {
	/** What one point stands for, ms. */
	readonly step: number;
	/** How many closed points are kept at least; what shares a segment with the oldest of them stays as well. */
	readonly points: number;
	readonly pointsPerSegment: number;
};

/**
 * Points of one step: closed ones in segments, and one that is open. A point belongs to a bucket of the wall clock, but points stand in
 * the order in which they happened: whenever the bucket is another one, later or, after a clock was set back, earlier, the open point is
 * closed and the next one opened behind it. So nothing is overwritten, put in order or mixed with an earlier hour of the same name.
 * For the same reason age is counted in points: a clock that is wrong for a moment cannot make everything too old.
 */
export class Tier {
	readonly #options: TierOptions;
	/** Oldest first; only the last one is written to. */
	#segments: readonly Segment[] = [];
	#openAt: number | undefined;
	#open: Totals = new Map();

	constructor(options: TierOptions) {
		this.#options = options;
	}

	/** What there is now, and changes with the next value. */
	get state(): TierState {
		return {segments: this.#segments, openAt: this.#openAt, open: this.#open};
	}

	/** What the closed points hold of memory. */
	get bytes(): number {
		return this.#segments.reduce((sum, {bytes}) => sum + bytes, 0);
	}

	/** Goes to the point that `wall` (ms) belongs to, and gives what the one that was closed by it is made of. */
	turnTo(wall: number): SomeTotals | undefined {
		const {step} = this.#options;
		const at = Math.floor(wall / step) * step;

		if (at === this.#openAt) {
			return undefined;
		}

		const closedAt = this.#openAt;
		const closed = this.#open;
		this.#openAt = at;
		this.#open = new Map();

		if (closedAt === undefined) {
			return undefined;
		}

		this.#append(closedAt, closed);
		return closed;
	}

	/** Adds the values of the series in `names`, where there are any, to the open point. */
	addValues(series: ReadonlyMap<string, number>, names: Iterable<string>): void {
		for (const name of names) {
			const value = series.get(name);

			if (value !== undefined) {
				addValue(this.#open, name, value);
			}
		}
	}

	/** Adds what points of a finer tier are made of to the open point. */
	addTotals(totals: SomeTotals): void {
		addTotals(this.#open, totals);
	}

	/** What there is now, for good. Closed points are shared, not copied. */
	copy(): TierState {
		const open = new Map([...this.#open].map(([name, total]) => [name, {...total}]));
		const segments = this.#segments.map((segment, index) =>
			index === this.#segments.length - 1 ? segment.copy() : segment,
		);
		return {segments, openAt: this.#openAt, open};
	}

	#append(at: number, totals: SomeTotals): void {
		const {step, points, pointsPerSegment} = this.#options;
		let last = this.#segments.at(-1);

		if (!last || last.isFull) {
			last = new Segment(pointsPerSegment, totals.size);
			this.#segments = [...this.#segments, last];
		}

		last.append(at, at + step, totals);
		const gone = new Set(expired(this.#segments, {points}));

		if (gone.size > 0) {
			this.#segments = this.#segments.filter(segment => !gone.has(segment));
		}
	}
}
