import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Rings} from '../../src/history/rings.js';

const gap = Number.NaN;

type Beat = Record<string, number> | number;

/** Beats of a ring of four: values by series, or a number of beats that were missed before the next. */
const stories: Record<string, [beats: Beat[], last: number[]]> = {
	'nothing yet': [[], [gap, gap, gap, gap]],
	'one value': [[{a: 1}], [gap, gap, gap, 1]],
	'newest last': [
		[{a: 1}, {a: 2}, {a: 3}],
		[gap, 1, 2, 3],
	],
	'the oldest goes': [
		[{a: 1}, {a: 2}, {a: 3}, {a: 4}, {a: 5}],
		[2, 3, 4, 5],
	],
	'a beat without it is a gap': [
		[{a: 1}, {}, {a: 3}],
		[gap, 1, gap, 3],
	],
	'a gap is no old value after a round': [
		[{a: 1}, {a: 2}, {a: 3}, {a: 4}, {}, {a: 6}],
		[3, 4, gap, 6],
	],
	'missed beats are gaps': [
		[{a: 1}, 2, {a: 4}],
		[1, gap, gap, 4],
	],
	'zero missed is none': [
		[{a: 1}, 0, {a: 2}],
		[gap, gap, 1, 2],
	],
	'more missed than there is room for': [
		[{a: 1}, {a: 2}, 1_000_000, {a: 9}],
		[gap, gap, gap, 9],
	],
	'one that joins late': [
		[{b: 1}, {b: 2}, {a: 3, b: 3}],
		[gap, gap, gap, 3],
	],
	'one that left': [
		[{a: 1}, {b: 2}, {b: 3}],
		[gap, 1, gap, gap],
	],
	'one that comes back after a round': [
		[{a: 1}, {b: 1}, {b: 1}, {b: 1}, {b: 1}, {b: 1}, {a: 7}],
		[gap, gap, gap, 7],
	],
};

function pushed(beats: readonly Beat[], rings = new Rings(4, 3)): Rings {
	let missed = 0;

	for (const beat of beats) {
		if (typeof beat === 'number') {
			missed = beat;
		} else {
			rings.push(0, new Map(Object.entries(beat)), missed);
			missed = 0;
		}
	}

	return rings;
}

describe('the past of a series', () => {
	test.each(Object.entries(stories))('%s', (_, [beats, last]) => {
		expect([...pushed(beats).last('a', 4)]).toEqual(last);
	});
});

test('more can be asked for than there is, and less', () => {
	const rings = pushed([{a: 1}, {a: 2}, {a: 3}, {a: 4}, {a: 5}]);
	expect([...rings.last('a', 6)]).toEqual([gap, gap, 2, 3, 4, 5]);
	expect([...rings.last('a', 2)]).toEqual([4, 5]);
	expect([...rings.last('a', 0)]).toEqual([]);
	expect([...rings.last('unknown', 2)]).toEqual([gap, gap]);
});

test('a series that was not seen for a whole round is dropped', () => {
	const rings = pushed([{a: 1, b: 1}, {b: 2}, {b: 3}, {b: 4}, {b: 5}]);
	expect(rings.size).toBe(2);
	expect([...rings.last('a', 4)]).toEqual([gap, gap, gap, gap]);
	rings.push(0, new Map([['b', 6]]));
	expect(rings.size).toBe(1);
});

test('what was dropped makes room for others', () => {
	const rings = pushed([{a: 1, b: 1, c: 1, d: 1, e: 1}]);
	expect([rings.size, rings.refused]).toEqual([3, 2]);
	pushed([{c: 2, d: 2}, {c: 3}, {c: 4}, {c: 5}, {c: 6, d: 6}], rings);
	expect([rings.size, rings.refused]).toEqual([2, 0]);
	expect([...rings.last('d', 2)]).toEqual([gap, 6]);
});

test('there are at most 2,000 series of 900 beats', () => {
	const rings = new Rings();
	const many = new Map(Array.from({length: 2500}, (_, index) => [`s:${index}`, index] as const));
	rings.push(0, many);
	expect([rings.size, rings.refused]).toEqual([2000, 500]);
	rings.push(0, many);
	expect([rings.size, rings.refused]).toEqual([2000, 500]);
	expect([...rings.last('s:1999', 1), ...rings.last('s:2000', 1)]).toEqual([1999, gap]);

	for (let beat = 0; beat < 900; beat++) {
		rings.push(0, new Map([['s:0', beat]]));
	}

	expect([...rings.last('s:0', 901)].slice(0, 3)).toEqual([gap, 0, 1]);
	expect(rings.size).toBe(1 + 1999);
	rings.push(0, new Map());
	expect(rings.size).toBe(1);
});

test('a copy stands still, and leaves the original alone', () => {
	const rings = pushed([{a: 1}, {a: 2}]);
	const copy = rings.copy();
	pushed([{a: 3}, 5, {b: 4}], rings);
	expect([...copy.last('a', 3)]).toEqual([gap, 1, 2]);
	expect([...copy.last('b', 1)]).toEqual([gap]);
	expect([...rings.last('b', 1)]).toEqual([4]);
});

test('whatever comes, it is what a plain list would say', () => {
	const names = ['a', 'b', 'c'];
	const beat = fc.record({
		values: fc.dictionary(fc.constantFrom(...names), fc.double({noNaN: true}), {maxKeys: 3}),
		missed: fc.oneof({weight: 4, arbitrary: fc.constant(0)}, fc.nat(12)),
	});
	fc.assert(
		fc.property(fc.array(beat, {maxLength: 40}), fc.integer({min: 1, max: 7}), fc.nat(12), (beats, room, count) => {
			const rings = new Rings(room, 3);
			const lists: Record<string, number[]> = {a: [], b: [], c: []};

			for (const {values, missed} of beats) {
				rings.push(0, new Map(Object.entries(values)), missed);

				for (const name of names) {
					lists[name]?.push(...Array.from({length: missed}, () => gap), values[name] ?? gap);
				}
			}

			for (const name of names) {
				const kept = (lists[name] ?? []).slice(-room).slice(-count || Number.POSITIVE_INFINITY);
				const expected = [...Array.from({length: count}, () => gap), ...(count === 0 ? [] : kept)].slice(
					-count || undefined,
				);
				expect([...rings.last(name, count)]).toEqual(count === 0 ? [] : expected);
			}
		}),
		{numRuns: 500},
	);
});
