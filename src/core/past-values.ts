import type {History, PastPoint} from './history.js';

/** Beats that are remembered one by one. */
export const mostBeats = 900;

/**
 * Every series at a moment of the past (wall clock, ms): at the reading that is nearest to it; of what is too old for that, the means over
 * the minute or the quarter of an hour that it belongs to. Undefined where nothing was read, or nothing of it is remembered.
 */
export function valuesAt(history: History, at: number): PastPoint | undefined {
	const times = history.times(mostBeats);
	const interval = beatInterval(times);
	const nearest = times.findLastIndex(time => time <= at + interval / 2);
	const time = times[nearest];

	if (time !== undefined) {
		const age = times.length - 1 - nearest;
		// Between two readings that are far apart there was none: that is a gap, not the older one.
		const values = history.beat(age);
		return at - time <= interval && values.size > 0 ? {from: time, to: time, values} : undefined;
	}

	const [first] = history.events;
	// The minute in which healthtop was started has a mean, but not of what was before.
	const isBefore = first?.kind === 'started' && at < first.at - interval;
	return isBefore ? undefined : (history.pointAt('minute', at) ?? history.pointAt('quarter', at));
}

/** Time between two beats that stand beside each other, ms: the median, since single ones are late. A second where nobody knows. */
export function beatInterval(times: ArrayLike<number>): number {
	const passed: number[] = [];

	for (let i = 1; i < times.length; i++) {
		const ms = (times[i] ?? Number.NaN) - (times[i - 1] ?? Number.NaN);

		if (ms > 0) {
			passed.push(ms);
		}
	}

	return passed.toSorted((a, b) => a - b)[Math.floor(passed.length / 2)] ?? 1000;
}
