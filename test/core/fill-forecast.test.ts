import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fullIn, notFilling, type SpacePoint} from '../../src/core/fill-forecast.js';

const minute = 60_000;

/** A point a minute. */
const points = (...used: number[]): SpacePoint[] => used.map((usedBytes, i) => ({at: i * minute, usedBytes}));

/** So many points that grow by so many bytes a minute. */
const growing = (count: number, step: number) => points(...Array.from({length: count}, (_, i) => 1000 + i * step));

/** The same with something added from the point `from` on. */
const lifted = (all: SpacePoint[], from: number, bytes: number) =>
	all.map((point, i) => (i < from ? point : {...point, usedBytes: point.usedBytes + bytes}));

const forecasts: Record<string, [points: SpacePoint[], freeBytes: number, seconds: number | undefined]> = {
	'nothing is known': [[], 100, undefined],
	'four points are too few': [growing(4, 60), 100, undefined],
	'five are enough: 1 byte a second': [growing(5, 60), 100, 100],
	'an even number of slopes': [points(0, 60, 120, 180, 240, 300, 360, 420), 50, 50],
	'an hour': [growing(60, 6000), 100, 1],
	'nothing left': [growing(60, 60), 0, 0],
	flat: [growing(60, 0), 100, notFilling],
	'flat and full': [growing(60, 0), 0, notFilling],
	shrinking: [growing(60, -60), 100, notFilling],
	'so slow that it takes more than a year': [growing(60, 60), 1e12, notFilling],
	'just under a year': [growing(60, 60), notFilling - 1, notFilling - 1],
	'one large file written makes no trend': [lifted(growing(60, 0), 30, 1e9), 1e6, notFilling],
	'one large file deleted makes none either': [lifted(growing(60, 60), 30, -1e9), 100, 100],
	'a file that comes and goes makes none': [
		growing(61, 60).map((point, i) => (i === 20 ? {...point, usedBytes: 1e12} : point)),
		100,
		100,
	],
	'growth that has begun forty minutes ago is a trend': [
		points(...Array.from({length: 60}, (_, i) => Math.max(0, i - 20) * 60)),
		100,
		100,
	],
	'growth that has begun in the last third is none yet': [
		points(...Array.from({length: 60}, (_, i) => Math.max(0, i - 40) * 60)),
		100,
		notFilling,
	],
	// The least trusted of 1,770 slopes is 10/11, worked out by sorting them all by other means.
	'growth in leaps of ten minutes shows': [
		points(...Array.from({length: 60}, (_, i) => Math.floor(i / 10) * 600)),
		100,
		110,
	],
};

describe('a forecast', () => {
	test.each(Object.entries(forecasts))('%s', (_, [all, freeBytes, seconds]) => {
		const answer = fullIn(all, freeBytes);

		if (seconds === undefined) {
			expect(answer).toBe(seconds);
		} else {
			expect(answer).toBeCloseTo(seconds, 6);
		}
	});
});

const anyPoints = fc
	.array(fc.record({gap: fc.integer({min: 1, max: 10 * minute}), usedBytes: fc.nat(1e9)}), {
		minLength: 5,
		maxLength: 30,
	})
	.map(rows => {
		let at = 0;
		return rows.map(({gap, usedBytes}): SpacePoint => {
			at += gap;
			return {at, usedBytes};
		});
	});
const anyFree = fc.integer({min: 1, max: 1e9});

describe('whatever the points', () => {
	test('it is between 0 and a year', () => {
		fc.assert(
			fc.property(anyPoints, anyFree, (all, free) => {
				const seconds = fullIn(all, free);
				expect(seconds).toBeGreaterThanOrEqual(0);
				expect(seconds).toBeLessThanOrEqual(notFilling);
			}),
		);
	});

	test('it does not depend on the unit of bytes', () => {
		fc.assert(
			fc.property(anyPoints, anyFree, fc.constantFrom(2, 1024, 0.5, 4096), (all, free, factor) => {
				const scaled = all.map(({at, usedBytes}) => ({at, usedBytes: usedBytes * factor}));
				expect(fullIn(scaled, free * factor)).toBe(fullIn(all, free));
			}),
		);
	});

	test('it does not depend on when and from where it is counted', () => {
		fc.assert(
			fc.property(anyPoints, anyFree, fc.nat(1e9), fc.nat(1e9), (all, free, later, more) => {
				const moved = all.map(({at, usedBytes}) => ({at: at + later, usedBytes: usedBytes + more}));
				expect(fullIn(moved, free)).toBe(fullIn(all, free));
			}),
		);
	});

	test('a clock of half the pace gives half the time', () => {
		fc.assert(
			fc.property(anyPoints, anyFree, (all, free) => {
				const [slow, fast] = [
					fullIn(all, free),
					fullIn(
						all.map(({at, usedBytes}) => ({at: at / 2, usedBytes})),
						free,
					),
				];
				fc.pre(slow !== undefined && slow < notFilling);
				expect(fast).toBeCloseTo((slow ?? Number.NaN) / 2, 6);
			}),
		);
	});

	test('twice the room lasts twice as long, up to a year', () => {
		fc.assert(
			fc.property(anyPoints, anyFree, (all, free) => {
				expect(fullIn(all, free * 2)).toBeCloseTo(Math.min(notFilling, (fullIn(all, free) ?? Number.NaN) * 2), 6);
			}),
		);
	});

	test('one step changes nothing, however large it is and whenever it was', () => {
		for (const step of [60, 0]) {
			for (let count = 5; count <= 60; count++) {
				for (let from = 1; from < count; from++) {
					for (const bytes of [1e12, -1e12]) {
						const seconds = fullIn(lifted(growing(count, step), from, bytes), 100);
						expect(seconds, `${count} points, step ${bytes} at ${from}`).toBeCloseTo(step > 0 ? 100 : notFilling, 6);
					}
				}
			}
		}
	});

	test('nor does a file of an hour that took up to five minutes to write', () => {
		for (let from = 0; from < 60; from++) {
			for (let minutes = 2; minutes <= 5; minutes++) {
				const written = growing(60, 60).map(({at, usedBytes}, i) => ({
					at,
					usedBytes: usedBytes + (1e12 * Math.min(minutes, Math.max(0, i - from))) / minutes,
				}));
				expect(fullIn(written, 100), `${minutes} minutes from ${from}`).toBeCloseTo(100, 6);
			}
		}
	});

	test('growth without any noise is told to the second', () => {
		fc.assert(
			fc.property(fc.integer({min: 5, max: 60}), fc.integer({min: 1, max: 1e9}), anyFree, (count, step, free) => {
				expect(fullIn(growing(count, step), free)).toBeCloseTo(Math.min(notFilling, (free * 60) / step), 3);
			}),
		);
	});
});
