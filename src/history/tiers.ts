import type {History, Points, TierName} from '../core/history.js';
import {readPoints, type TierState} from './read-points.js';
import {Tier} from './tier.js';

/** What can be read of tiers. */
export type PastPoints = Pick<History, 'points'>;

type States = {readonly minute: TierState; readonly quarter: TierState};

/** The kept series for days: a point a minute for 48 hours, in segments of 2 hours, and one a quarter for 90 days, in segments of 3 days. */
export class Tiers implements PastPoints {
	readonly #minute = new Tier({step: 60_000, points: 2880, pointsPerSegment: 120});
	readonly #quarter = new Tier({step: 900_000, points: 8640, pointsPerSegment: 288});

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
		return readTier({minute: this.#minute.state, quarter: this.#quarter.state}, series, tier, count);
	}

	/** The points as they are now, which later beats leave alone. */
	copy(): PastPoints {
		const states = {minute: this.#minute.copy(), quarter: this.#quarter.copy()};
		return {points: (series, tier, count) => readTier(states, series, tier, count)};
	}
}

function readTier({minute, quarter}: States, series: string, tier: TierName, count: number): Points {
	return tier === 'minute' ? readPoints(minute, series, count) : readPoints(quarter, series, count, minute.open);
}
