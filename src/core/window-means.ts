import type {History, TierName} from './history.js';
import {beatInterval, mostBeats} from './past-values.js';

/** `count` equal steps of `step` ms up to `end`, wall clock, ms. */
export type TimeWindow = {readonly end: number; readonly step: number; readonly count: number};

const tierSteps: readonly (readonly [TierName, number])[] = [
	['minute', 60_000],
	['quarter', 900_000],
];

/**
 * Reads the means of series over each step of a window, oldest first; NaN where there was no value. They are made of readings as far as
 * those are remembered, before that of the means of minutes, and before that of quarters of an hour.
 */
export function windowMeans(history: History, {end, step, count}: TimeWindow): (series: string) => Float64Array {
	const start = end - step * count;
	const times = history.times(mostBeats);
	const interval = beatInterval(times);
	const newest = times.findLast(time => !Number.isNaN(time)) ?? end;
	const readSince = (times.find(time => !Number.isNaN(time)) ?? Number.POSITIVE_INFINITY) - interval;
	const [first] = history.events;
	// A minute has a mean though healthtop was started in the middle of it: what was before stays empty.
	const since = first?.kind === 'started' ? first.at - interval : Number.NEGATIVE_INFINITY;

	// After a clock was set back a stretch of time has more points than fit into it.
	const isOnce = history.events.every(({kind}) => kind !== 'clock-set');
	const pointsOf = (ms: number) =>
		isOnce ? Math.ceil((Math.max(newest, end) - start) / ms) + 2 : Number.POSITIVE_INFINITY;

	return series => {
		const means = new Float64Array(count).fill(Number.NaN);
		const values = history.last(series, mostBeats);
		fill(means, {ends: times, values, ms: interval, start, step, since, until: Number.POSITIVE_INFINITY});
		let until = readSince;

		for (const [tier, ms] of tierSteps) {
			if (until > Math.max(since, start)) {
				const {at, avg} = history.points(series, tier, pointsOf(ms));
				fill(means, {ends: at.map(from => from + ms), values: avg, ms, start, step, since, until});
				until = Math.min(until, at.find(from => from > 0) ?? until);
			}
		}

		return means;
	};
}

/** Values that stand for the `ms` before each of `ends`, and the steps that they are put into: those whose middle is from `since` on, before `until`. */
type Filling = {
	readonly ends: Float64Array;
	readonly values: ArrayLike<number>;
	readonly ms: number;
	readonly start: number;
	readonly step: number;
	readonly since: number;
	readonly until: number;
};

/** Puts in the mean of the values whose middle lies in a step; one that is longer than a step counts for all of its middles. */
function fill(means: Float64Array, {ends, values, ms, start, step, since, until}: Filling): void {
	const counts = new Uint32Array(means.length);
	const length = ms / step;
	const least = Math.max(0, Math.ceil((since - start) / step - 0.5));
	const most = Math.min(means.length, Math.ceil((until - start) / step - 0.5)) - 1;
	let earliest = Number.POSITIVE_INFINITY;

	for (let i = ends.length - 1; i >= 0; i--) {
		const [end, value] = [ends[i] ?? Number.NaN, values[i] ?? Number.NaN];

		// Of a time that was twice, since the clock was set back, the second one counts.
		if (!(end < earliest)) {
			continue;
		}

		earliest = end;
		const [first, last] = stepsOf((end - start) / step, length);

		for (let index = Math.max(least, first); index <= Math.min(most, last) && !Number.isNaN(value); index++) {
			add(means, counts, index, value, length > 1);
		}
	}
}

/** The first and the last step that a value of so many steps before `end`, in steps, counts for. */
function stepsOf(end: number, length: number): readonly [first: number, last: number] {
	if (length <= 1) {
		const index = Math.floor(end - length / 2);
		return [index, index];
	}

	// Two readings are seldom exactly one interval apart: each reaches back a little more.
	return [Math.ceil(end - length * 1.5 - 0.5), Math.ceil(end - 0.5) - 1];
}

/** Of long ones that overlap the later one, which came before, is nearer. */
function add(means: Float64Array, counts: Uint32Array, index: number, value: number, isLong: boolean): void {
	const count = counts[index] ?? 0;

	if (isLong && count > 0) {
		return;
	}

	const before = count === 0 ? 0 : (means[index] ?? 0);
	means[index] = before + (value - before) / (count + 1);
	counts[index] = count + 1;
}
