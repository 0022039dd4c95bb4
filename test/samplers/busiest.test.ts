import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {busiest} from '../../src/samplers/busiest.js';

type One = {name: string; a: number; b: number; c: number};

const one = (name: string, a: number, b = 0, c = 0): One => ({name, a, b, c});
const measures = [({a}: One) => a, ({b}: One) => b, ({c}: One) => c];

const cases: Record<string, [all: One[], most: number, chosen: string]> = {
	nobody: [[], 3, ''],
	'nobody who did something': [[one('x', 0), one('y', Number.NaN), one('z', -1)], 3, ''],
	'one order only': [[one('x', 1), one('y', 3), one('z', 2)], 9, 'yzx'],
	'no more than wanted': [[one('x', 1), one('y', 3), one('z', 2)], 2, 'yz'],
	'each order in turn': [[one('x', 9), one('y', 8), one('z', 0, 1), one('w', 0, 0, 1)], 3, 'xzw'],
	'first in two orders takes one turn, and the second of the other comes up': [
		[one('x', 9, 9), one('y', 8), one('z', 0, 1)],
		2,
		'xz',
	],
	'an order that has come to its end leaves its turns to the others': [
		[one('x', 5), one('y', 4), one('z', 3), one('w', 0, 1)],
		4,
		'xwyz',
	],
	'of equals the first ones': [[one('x', 1), one('y', 1), one('z', 1)], 2, 'xy'],
	'none is wanted': [[one('x', 1)], 0, ''],
};

describe('the busiest', () => {
	test.each(Object.entries(cases))('%s', (_, [all, most, chosen]) => {
		expect(
			busiest(all, measures, most)
				.map(({name}) => name)
				.join(''),
		).toBe(chosen);
	});

	test('whatever there is, every order has its first ones, as far as its turns go', () => {
		const number = fc.integer({min: -1, max: 9});
		const some = fc.array(fc.record({name: fc.constant('x'), a: number, b: number, c: number}), {maxLength: 60});
		fc.assert(
			fc.property(some, fc.integer({min: 0, max: 20}), (all, most) => {
				const chosen = busiest(all, measures, most);
				const active = all.filter(({a, b, c}) => Math.max(a, b, c) > 0);
				expect(new Set(chosen).size).toBe(chosen.length);
				expect(chosen.length).toBe(Math.min(most, active.length));
				expect(chosen.every(row => active.includes(row))).toBe(true);

				for (const measure of measures) {
					const values = all.map(measure).filter(value => value > 0);
					const best = values.sort((a, b) => b - a).slice(0, Math.floor(most / measures.length));
					const kept = chosen.map(measure).sort((a, b) => b - a);
					expect(kept.slice(0, best.length)).toEqual(best);
				}
			}),
		);
	});
});
