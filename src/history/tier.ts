import {addTotals, addValue, type SomeTotals, type Totals} from '../core/aggregate.js';
import {ParseError} from '../core/errors.js';
import type {OpenPoint} from './pieces.js';
import type {TierState} from './read-points.js';
import {expired} from './retention.js';
import {type PackedPoints, Segment} from './segment.js';

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
	/** Points of another tier that the first segment is to begin with, and that are still to come. */
	#ahead = 0;
	/** Whether any were given up: what is older than those is not wanted either. */
	#isCut = false;

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

	/** Goes on from a point that was open elsewhere, behind a segment with so many points. Only where there is none. */
	begin({at, totals, newest}: OpenPoint): void {
		this.#openAt = at;
		this.#open = totals;
		this.#ahead = newest % this.#options.pointsPerSegment;
	}

	/**
	 * A segment from before all there are: first the one that was the newest when this tier began, what was closed here is added to it.
	 * @throws {ParseError} Then nothing has changed.
	 */
	addOlder(packed: PackedPoints): void {
		const {step, pointsPerSegment} = this.#options;
		const length = this.#ahead || pointsPerSegment;

		if (packed.at.length !== length) {
			throw new ParseError('points.at', `must be ${length} points`);
		}

		const [first, ...later] = this.#segments;
		const isBegun = this.#ahead > 0;
		this.#ahead = 0;

		if (this.#isCut) {
			return;
		}

		const older = Segment.of(pointsPerSegment, step, packed);

		for (const {at, totals} of (isBegun && first?.totals()) || []) {
			older.append(at, at + step, totals);
		}

		this.#segments = isBegun ? [older, ...later] : [older, ...this.#segments];
		this.#giveUp();
	}

	#append(at: number, totals: SomeTotals): void {
		const {step, pointsPerSegment} = this.#options;
		let last = this.#segments.at(-1);

		if (!last || last.isFull) {
			// Segments end where they end elsewhere, so that the same points are given up together.
			last = new Segment(pointsPerSegment - (last ? 0 : this.#ahead), totals.size);
			this.#segments = [...this.#segments, last];
		}

		last.append(at, at + step, totals);
		this.#giveUp();
	}

	#giveUp(): void {
		const gone = new Set(expired(this.#segments, {points: this.#options.points}));

		if (gone.size > 0) {
			this.#isCut = true;
			this.#segments = this.#segments.filter(segment => !gone.has(segment));
		}
	}
}
