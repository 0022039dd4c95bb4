import {describe, expect, test} from 'vitest';
import {type FlapRing, flapPercent, noFlaps, withState} from '../../../src/core/alerts/flap.js';

/** Alternates in the newest, or the oldest, `changes` places. */
const newest = (changes: number) =>
	'o'.repeat(21 - changes) + Array.from({length: changes}, (_, index) => (index % 2 ? 'o' : 'c')).join('');
const oldest = (changes: number) => [...newest(changes)].toReversed().join('');

const rows: readonly [name: string, states: string, percent: number][] = [
	['all the same', 'o'.repeat(21), 0],
	['always another', 'oc'.repeat(10).concat('o'), 100],
	['the newest 1', newest(1), 6.25],
	['the newest 2', newest(2), 12.368],
	['the newest 3', newest(3), 18.355],
	['the newest 4', newest(4), 24.211],
	['the newest 5', newest(5), 29.934],
	['the newest 6', newest(6), 35.526],
	['the oldest 1', oldest(1), 3.75],
	['the oldest 4', oldest(4), 15.789],
	['the oldest 6', oldest(6), 24.474],
	['the oldest 7', oldest(7), 29.013],
	["Nagios' own history", '000110000100110002200', 40.658],
	['fewer than are remembered', 'c', 6.25],
];

test.each(rows)('%s', (_, states, percent) => {
	expect(flapPercent(states)).toBeCloseTo(percent, 3);
});

const ringAfter = (ring: FlapRing, states: string) => [...states].reduce(withState, ring);

describe('it flaps', () => {
	test('from the sixth change on, not from the fifth', () => {
		expect(ringAfter(noFlaps, 'cococ').isFlapping).toBe(false);
		expect(ringAfter(noFlaps, 'cococo').isFlapping).toBe(true);
	});

	test('until a fifth or less of the states are changes', () => {
		const flapping = ringAfter(noFlaps, 'cococo');
		const steady = [...'o'.repeat(21)].map((_, index) => ringAfter(flapping, 'o'.repeat(index + 1)));
		const ends = steady.findIndex(({isFlapping}) => !isFlapping);
		expect(ends).toBe(15);
		expect(flapPercent(steady[ends]?.states ?? '')).toBeLessThanOrEqual(20);
		expect(flapPercent(steady[ends - 1]?.states ?? '')).toBeGreaterThan(20);
	});

	test('and remembers 21 states', () => {
		expect(ringAfter(noFlaps, 'oc'.repeat(40)).states).toHaveLength(21);
	});
});
