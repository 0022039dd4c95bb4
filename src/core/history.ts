import type {ProcessMinute} from './snapshot.js';
import type {TimeEvent} from './time-event.js';

/** The recent past of every series, beat by beat. `age` is in beats: 0 the newest one, 1 the one before. */
export type Recent = {
	/**
	 * `count` values up to the beat of that age (default: the newest), one a beat of the engine, oldest first; NaN where there was none.
	 * A series that does not exist gives only NaN.
	 */
	last(series: string, count: number, age?: number): Float64Array;
	/** Wall clock of the same beats, ms; NaN for one at which nothing was read, or that is not remembered. */
	times(count: number, age?: number): Float64Array;
	/** Every series that had a value at that beat. */
	beat(age: number): ReadonlyMap<string, number>;
};

/** How long a time one point stands for: a minute (the last 48 hours of them) or a quarter of an hour (the last 90 days). */
export type TierName = 'minute' | 'quarter';

/**
 * Points of one series; one index is one point in all five arrays. A time in which nothing ran has no points: only `at` shows it.
 * They stand in the order in which they happened, so that after a clock was set back `at` falls, and a moment may come twice.
 */
export type Points = {
	/** Wall clock at which the point starts, ms, a multiple of what it stands for. */
	readonly at: Float64Array;
	/** NaN, like `avg` and `max`, where the series had no value. */
	readonly min: Float32Array;
	readonly avg: Float32Array;
	readonly max: Float32Array;
	/** How many values the point is made of; what is over 65,535 is not told. */
	readonly count: Uint16Array;
};

/** The past, as a view may read it. */
export type History = Recent & {
	/**
	 * The last `count` points of a series, oldest first, or as many as there are. The last one is still open: it is made of the values
	 * there are so far. A series that does not exist, or is not one of the kept, has points without values.
	 */
	points(series: string, tier: TierName, count: number): Points;
	/** The point that the moment `at` (wall clock, ms) belongs to; of several, after a clock was set back, the one that happened last. */
	pointAt(tier: TierName, at: number): PastPoint | undefined;
	/** What happened to time, oldest first; the first one is the start of healthtop, unless there were more than 100 after it. */
	readonly events: readonly PastEvent[];
	/** All processes of the reading at that moment of the wall clock (ms), where it is one of the last 75. */
	processesAt(at: number): ProcessMinute | undefined;
	/**
	 * The busiest processes of the minute that covers that moment, of the last 24 hours. Of several, since clocks are set back, the one that
	 * happened last. Names and command lines are kept up to 240 characters, and less than 24 hours where command lines are ever new ones.
	 */
	busiestAt(at: number): ProcessMinute | undefined;
};

/** One point of all series that had a value in it: their means over the time from `from` to `to`, wall clock, ms. */
export type PastPoint = {readonly from: number; readonly to: number; readonly values: ReadonlyMap<string, number>};

/** Something that happened to time, at the wall clock `at` (ms) of the first snapshot after it. */
export type PastEvent = {readonly at: number; readonly kind: TimeEvent['kind'] | 'started'; readonly ms: number};

/** As many points as that, at no time and without values, to be filled in. */
export function emptyPoints(count: number): Points {
	return {
		at: new Float64Array(count),
		min: new Float32Array(count).fill(Number.NaN),
		avg: new Float32Array(count).fill(Number.NaN),
		max: new Float32Array(count).fill(Number.NaN),
		count: new Uint16Array(count),
	};
}
