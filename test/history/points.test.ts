import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Tiers} from '../../src/history/tiers.js';
import {
	type Beat,
	empty,
	everything,
	expectClose,
	minute,
	model,
	type Point,
	pushed,
	quarter,
	rowsOf,
	start,
	walk,
} from './points-table.js';

test('whatever comes, minutes and quarters are what a plain list of their values says', () => {
	fc.assert(
		fc.property(walk, beats => {
			const tiers = pushed(beats);

			for (const series of ['a', 'b']) {
				expectClose(tiers.points(series, 'minute', everything), model(beats, minute, series));
				expectClose(tiers.points(series, 'quarter', everything), model(beats, quarter, series));
			}
		}),
		{numRuns: 300},
	);
});

test('whatever comes while the clock goes forward, a quarter is the weighted mean of its minutes', () => {
	fc.assert(
		fc.property(walk, beats => {
			const forward = beats.map(([, values], index): Beat => [index * 13, values]);
			const tiers = pushed(forward);
			const minutes = rowsOf(tiers.points('a', 'minute', everything));
			const expected = model(forward, quarter, 'a').map(([at]): Point => {
				const own = minutes.filter(
					([second, , , , count]) => Math.floor(second / quarter) * quarter === at && count > 0,
				);
				const count = own.reduce((sum, point) => sum + point[4], 0);
				const avg = own.reduce((sum, point) => sum + point[2] * point[4], 0) / count;
				return count === 0
					? empty(at)
					: [at, Math.min(...own.map(([, min]) => min)), avg, Math.max(...own.map(point => point[3])), count];
			});
			expectClose(tiers.points('a', 'quarter', everything), expected);
		}),
	);
});

test('whatever comes, a copy stands still, and leaves the original alone', () => {
	fc.assert(
		fc.property(walk, walk, (before, after) => {
			const tiers = pushed(before);
			const copy = tiers.copy();
			const read = (from: Pick<Tiers, 'points'>) =>
				(['minute', 'quarter'] as const).flatMap(tier => ['a', 'b'].map(name => from.points(name, tier, everything)));
			const then = read(tiers);
			expect(read(copy)).toEqual(then);
			const end = (before.at(-1)?.[0] ?? 0) + 1;
			const later = after.map(([second, values]): Beat => [end + second, values]);
			pushed(later, tiers);
			expect(read(copy)).toEqual(then);
			expect(read(tiers)).toEqual(read(pushed([...before, ...later])));
		}),
	);
});

test('a copy stands still while a hundred series join, and while what it shows is given up', () => {
	const tiers = pushed(Array.from({length: 150}, (_, index) => [index * minute, {a: index}]));
	const copy = tiers.copy();
	const then = copy.points('a', 'minute', everything);
	const names = ['a', ...Array.from({length: 100}, (_, index) => `s:${index}`)];

	for (let beat = 150; beat < 3400; beat++) {
		tiers.push(start + beat * minute * 1000, new Map(names.map(name => [name, beat])), names);
	}

	expect(tiers.points('a', 'minute', everything).at[0]).toBeGreaterThan(then.at.at(-1) ?? 0);
	expect(copy.points('a', 'minute', everything)).toEqual(then);
	expect(copy.points('s:7', 'minute', everything).count).toEqual(new Uint16Array(150));
});
