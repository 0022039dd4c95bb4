import type {History, PastPoint, Points, TierName} from '../core/history.js';
import type {OpenPoint} from './pieces.js';
import {readPointAt, readPoints, type TierState} from './read-points.js';
import type {PackedPoints} from './segment.js';
import {Tier} from './tier.js';

/** What can be read of tiers. */
export type PastPoints = Pick<History, 'points' | 'pointAt'>;

/** What there is to read of both. */
export type States = {readonly minute: TierState; readonly quarter: TierState};

/** What a point stands for, ms. */
const steps: Readonly<Record<TierName, number>> = {minute: 60_000, quarter: 900_000};

/** The kept series for days: a point a minute for 48 hours, in segments of 2 hours, and one a quarter for 90 days, in segments of 3 days. */
export class Tiers implements PastPoints {
	readonly #minute = new Tier({step: steps.minute, points: 2880, pointsPerSegment: 120});
	readonly #quarter = new Tier({step: steps.quarter, points: 8640, pointsPerSegment: 288});

	/** What the closed points hold of memory. */
	get bytes(): number {
		return this.#minute.bytes + this.#quarter.bytes;
	}

	/** One beat: the values of the series in `kept`, at `wall` ms of the wall clock, which may jump. */
	push(wall: number, series: ReadonlyMap<string, number>, kept: Iterable<string>): void {
		const minute = this.#minute.turnTo(wall);

		// A quarter is made of whole minutes: the one that has ended belongs to the quarter that was open with it.
		if (minute) {
			this.#quarter.addTotals(minute);
		}

		this.#quarter.turnTo(wall);
		this.#minute.addValues(series, kept);
	}

	points(series: string, tier: TierName, count: number): Points {
		return readTier(this.#states, series, tier, count);
	}

	pointAt(tier: TierName, at: number): PastPoint | undefined {
		return readTierAt(this.#states, tier, at);
	}

	/** Goes on from points that were open elsewhere. Only where there are none. */
	begin(open: Readonly<Record<TierName, OpenPoint>>): void {
		this.#minute.begin(open.minute);
		this.#quarter.begin(open.quarter);
	}

	/**
	 * A segment from before all there are of that tier; only the first one may not be full.
	 * @throws {ParseError} Then nothing has changed.
	 */
	addOlder(tier: TierName, points: PackedPoints): void {
		const to = tier === 'minute' ? this.#minute : this.#quarter;
		to.addOlder(points);
	}

	/** All there is now, for good. */
	states(): States {
		return {minute: this.#minute.copy(), quarter: this.#quarter.copy()};
	}

	/** The points as they are now, which later beats leave alone. */
	copy(): PastPoints {
		const states = this.states();
		return {
			points: (series, tier, count) => readTier(states, series, tier, count),
			pointAt: (tier, at) => readTierAt(states, tier, at),
		};
	}

	get #states(): States {
		return {minute: this.#minute.state, quarter: this.#quarter.state};
	}
}

function readTier({minute, quarter}: States, series: string, tier: TierName, count: number): Points {
	return tier === 'minute' ? readPoints(minute, series, count) : readPoints(quarter, series, count, minute.open);
}

function readTierAt({minute, quarter}: States, tier: TierName, at: number): PastPoint | undefined {
	return tier === 'minute'
		? readPointAt(minute, steps.minute, at)
		: readPointAt(quarter, steps.quarter, at, minute.open);
}
