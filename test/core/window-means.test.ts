import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {windowMeans} from '../../src/core/window-means.js';
import {Past} from '../../src/history/past.js';

const gap = Number.NaN;

/** A past with a value of `cpu.used` at each moment, ms; undefined: a reading without it. */
function pastOf(readings: readonly (readonly [at: number, value: number | undefined])[]): Past {
	const past = new Past();

	let last = Number.NEGATIVE_INFINITY;

	for (const [at, value] of readings) {
		const back = at < last ? {timeEvent: {kind: 'clock-set', ms: at - last} as const} : {};
		past.push({at, series: new Map(value === undefined ? [] : [['cpu.used', value]]), intervalMs: 1000, ...back});
		last = at;
	}

	return past;
}

const each = (from: number, to: number, every: number, value: (at: number) => number | undefined) =>
	Array.from(
		{length: Math.floor((to - from) / every) + 1},
		(_, i) => [from + i * every, value(from + i * every)] as const,
	);

const means = (past: Past, end: number, step: number, count: number, series = 'cpu.used') => [
	...windowMeans(past, {end, step, count})(series),
];

describe('readings', () => {
	test('means over each step', () => {
		const past = pastOf(each(1_000_000, 1_019_000, 1000, at => (at - 1_000_000) / 1000));
		expect(means(past, 1_019_500, 5000, 4)).toEqual([2, 7, 12, 17]);
	});

	test('before the first one there is nothing', () => {
		const past = pastOf(each(1_000_000, 1_004_000, 1000, () => 7));
		expect(means(past, 1_004_500, 2500, 4)).toEqual([gap, gap, 7, 7]);
	});

	test('a time without readings is a gap, and so is one in which the series was not there', () => {
		const past = pastOf([
			...each(1_000_000, 1_004_000, 1000, () => 1),
			...each(1_010_000, 1_014_000, 1000, () => 2),
			...each(1_015_000, 1_019_000, 1000, () => undefined),
		]);
		expect(means(past, 1_019_500, 5000, 4)).toEqual([1, gap, 2, gap]);
	});

	test('readings that are farther apart than a step leave no holes between them', () => {
		const past = pastOf(each(1_000_000, 1_090_000, 10_000, at => at));
		expect(means(past, 1_090_000, 2500, 20).filter(Number.isNaN)).toEqual([]);
	});

	test('a series that nobody knows', () => {
		expect(means(pastOf(each(0, 10_000, 1000, () => 1)), 10_000, 1000, 3, 'x')).toEqual([gap, gap, gap]);
	});
});

describe('what is too old for readings', () => {
	const hour = 3_600_000;
	const start = 400 * hour;

	test('is made of minutes, and before two days of quarters', () => {
		const past = pastOf(each(start + 5000, start + 72 * hour, 10_000, at => Math.floor((at - 5000 - start) / hour)));
		const values = means(past, start + 72 * hour, hour, 72);
		expect(values).toEqual(Array.from({length: 72}, (_, index) => index));
	});

	test('the newest hour has its minutes and its readings', () => {
		const past = pastOf(each(start + 500, start + hour, 1000, at => Math.floor((at - start) / 60_000)));
		expect(means(past, start + hour, 60_000, 60)).toEqual(Array.from({length: 60}, (_, index) => index));
	});

	test('an hour of sleep is a gap', () => {
		const past = pastOf([
			...each(start + 5000, start + hour - 1, 10_000, () => 1),
			...each(start + 2 * hour + 5000, start + 3 * hour, 10_000, () => 2),
		]);
		expect(means(past, start + 3 * hour, hour / 4, 12)).toEqual([1, 1, 1, 1, gap, gap, gap, gap, 2, 2, 2, 2]);
	});

	test('after the clock was set back, what happened last counts', () => {
		const past = pastOf([
			...each(start + 5000, start + 2 * hour, 10_000, () => 1),
			...each(start + hour + 5000, start + 2 * hour, 10_000, () => 2),
		]);
		expect(means(past, start + 2 * hour, hour / 2, 4)).toEqual([1, 1, 2, 2]);
	});
});

test('a mean is never outside of what was read', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({min: 200, max: 70_000}), fc.double({min: 0, max: 100, noNaN: true})), {
				minLength: 1,
				maxLength: 300,
			}),
			fc.integer({min: 100, max: 600_000}),
			fc.integer({min: 1, max: 60}),
			(steps, step, count) => {
				let at = 1_000_000;
				const readings = steps.map(([passed, value]) => {
					at += passed;
					return [at, value] as const;
				});
				const values = readings.map(([, value]) => value);
				const [least, most] = [Math.min(...values), Math.max(...values)];

				for (const mean of means(pastOf(readings), at + 1, step, count)) {
					expect(Number.isNaN(mean) || (mean >= least - 1e-5 && mean <= most + 1e-5)).toBe(true);
				}
			},
		),
	);
});
