import {describe, expect, test} from 'vitest';
import type {TierName} from '../../src/core/history.js';
import {Tiers} from '../../src/history/tiers.js';
import {
	type Beat,
	day,
	empty,
	everything,
	gap,
	hour,
	minute,
	one,
	type Point,
	pushed,
	quarter,
	rowsOf,
	start,
} from './points-table.js';

type Story = {beats: Beat[]; minutes: Point[]; quarters: Point[]};

/** What becomes of series `a`. */
const stories: Record<string, Story> = {
	'nothing yet': {beats: [], minutes: [], quarters: []},
	'the first value': {beats: [[0, {a: 5}]], minutes: [one(0, 5)], quarters: [one(0, 5)]},
	'values of one minute': {
		beats: [
			[1, {a: 4}],
			[2, {a: -1}],
			[59.999, {a: 9}],
		],
		minutes: [[0, -1, 4, 9, 3]],
		quarters: [[0, -1, 4, 9, 3]],
	},
	'a beat at the full minute is of the next one': {
		beats: [
			[59, {a: 1}],
			[60, {a: 2}],
		],
		minutes: [one(0, 1), one(60, 2)],
		quarters: [[0, 1, 1.5, 2, 2]],
	},
	'gaps leave no trace': {
		beats: [
			[1, {a: 1}],
			[2, {b: 9}],
			[3, {a: gap}],
			[4, {a: Number.POSITIVE_INFINITY}],
			[5, {a: 2}],
		],
		minutes: [[0, 1, 1.5, 2, 2]],
		quarters: [[0, 1, 1.5, 2, 2]],
	},
	'a minute without any value': {
		beats: [
			[0, {a: 1}],
			[60, {b: 9}],
			[120, {a: 3}],
		],
		minutes: [one(0, 1), empty(60), one(120, 3)],
		quarters: [[0, 1, 2, 3, 2]],
	},
	'a minute with gaps only': {
		beats: [
			[0, {a: gap}],
			[60, {a: 1}],
		],
		minutes: [empty(0), one(60, 1)],
		quarters: [one(0, 1)],
	},
	'a quarter without any value': {
		beats: [
			[0, {a: 1}],
			[quarter, {}],
			[2 * quarter, {a: 2}],
		],
		minutes: [one(0, 1), empty(quarter), one(2 * quarter, 2)],
		quarters: [one(0, 1), empty(quarter), one(2 * quarter, 2)],
	},
	'a time in which nothing ran has no points': {
		beats: [
			[0, {a: 1}],
			[10 * hour, {a: 2}],
		],
		minutes: [one(0, 1), one(10 * hour, 2)],
		quarters: [one(0, 1), one(10 * hour, 2)],
	},
	'a quarter weighs every value alike': {
		beats: [
			[0, {a: 100}],
			[60, {a: 0}],
			[61, {a: 0}],
			[62, {a: 0}],
			[quarter, {a: 7}],
		],
		minutes: [one(0, 100), [60, 0, 0, 0, 3], one(quarter, 7)],
		quarters: [[0, 0, 25, 100, 4], one(quarter, 7)],
	},
	'a series that joins late has points before it, without values': {
		beats: [
			[0, {b: 1}],
			[60, {a: 2}],
		],
		minutes: [empty(0), one(60, 2)],
		quarters: [one(0, 2)],
	},
	'a series that is not kept': {beats: [[0, {a: 1, z: 2}]], minutes: [one(0, 1)], quarters: [one(0, 1)]},
	'the clock set back within the minute': {
		beats: [
			[50, {a: 1}],
			[20, {a: 3}],
		],
		minutes: [[0, 1, 2, 3, 2]],
		quarters: [[0, 1, 2, 3, 2]],
	},
	'the clock set back by a few seconds, over the full minute': {
		beats: [
			[59, {a: 1}],
			[61, {a: 2}],
			[58, {a: 3}],
			[62, {a: 4}],
		],
		minutes: [one(0, 1), one(60, 2), one(0, 3), one(60, 4)],
		quarters: [[0, 1, 2.5, 4, 4]],
	},
	'the clock set back by an hour': {
		beats: [
			[hour, {a: 1}],
			[hour + 60, {a: 2}],
			[120, {a: 3}],
			[180, {a: 4}],
			[hour, {a: 5}],
		],
		minutes: [one(hour, 1), one(hour + 60, 2), one(120, 3), one(180, 4), one(hour, 5)],
		quarters: [[hour, 1, 1.5, 2, 2], [0, 3, 3.5, 4, 2], one(hour, 5)],
	},
	'the clock set back by a day': {
		beats: [
			[0, {a: 1}],
			[-day, {a: 2}],
			[-day + 60, {a: 3}],
		],
		minutes: [one(0, 1), one(-day, 2), one(-day + 60, 3)],
		quarters: [one(0, 1), [-day, 2, 2.5, 3, 2]],
	},
	'the clock set forward by a day, and back': {
		beats: [
			[0, {a: 1}],
			[day + 60, {a: 2}],
			[60, {a: 3}],
		],
		minutes: [one(0, 1), one(day + 60, 2), one(60, 3)],
		quarters: [one(0, 1), one(day, 2), one(0, 3)],
	},
	'before 1970': {
		beats: [
			[-start / 1000 - 61, {a: 1}],
			[-start / 1000 - 1, {a: 2}],
			[-start / 1000, {a: 3}],
		],
		minutes: [one(-start / 1000 - 120, 1), one(-start / 1000 - 60, 2), one(-start / 1000, 3)],
		quarters: [[-start / 1000 - quarter, 1, 1.5, 2, 2], one(-start / 1000, 3)],
	},
};

describe('the points of a series', () => {
	test.each(Object.entries(stories))('%s', (_, {beats, minutes, quarters}) => {
		const tiers = pushed(beats);
		expect(rowsOf(tiers.points('a', 'minute', everything))).toEqual(minutes);
		expect(rowsOf(tiers.points('a', 'quarter', everything))).toEqual(quarters);
		expect(tiers.points('z', 'minute', everything).count).toEqual(new Uint16Array(minutes.length));
		expect(tiers.points('z', 'quarter', everything).avg).toEqual(new Float32Array(quarters.length).fill(gap));
	});
});

test('as many points as are asked for, the newest of them, over every border of segments', () => {
	const tiers = pushed(Array.from({length: 300}, (_, index) => [index * minute, {a: index}]));
	const all = Array.from({length: 300}, (_, index) => one(index * minute, index));

	for (const count of [0, 1, 2, 59, 60, 61, 179, 180, 181, 299, 300, 301]) {
		expect(rowsOf(tiers.points('a', 'minute', count))).toEqual(count === 0 ? [] : all.slice(-count));
	}
});

test('quarters over the border of segments', () => {
	const tiers = pushed(Array.from({length: 600}, (_, index) => [index * quarter, {a: index}]));
	const all = Array.from({length: 600}, (_, index) => one(index * quarter, index));
	expect(rowsOf(tiers.points('a', 'quarter', 599))).toEqual(all.slice(1));
	expect(rowsOf(tiers.points('a', 'quarter', 24))).toEqual(all.slice(-24));
});

const lengths: [tier: TierName, seconds: number, points: number, perSegment: number][] = [
	['minute', minute, 2880, 120],
	['quarter', quarter, 8640, 288],
];

test.each(lengths)('a %s is given up at its limit and never before', (tier, seconds, limit, perSegment) => {
	const tiers = new Tiers();
	const values = new Map([['a', 1]]);

	for (let beat = 0; beat < limit + 3 * perSegment; beat++) {
		tiers.push(start + beat * seconds * 1000, values, ['a']);
		const closed = beat;
		const over = Math.max(0, closed - limit);
		const {at} = tiers.points('a', tier, everything);
		expect(at.length).toBe(closed - Math.floor(over / perSegment) * perSegment + 1);
		expect(at.at(-1)).toBe(start + beat * seconds * 1000);
	}
});

test('a clock that is years ahead for a while makes nothing old', () => {
	const ahead = 4000 * day;
	const seconds = Array.from({length: 500}, (_, index) => index * minute + (index > 300 && index < 450 ? ahead : 0));
	const tiers = pushed(seconds.map((second, index) => [second, {a: index}]));
	expect(rowsOf(tiers.points('a', 'minute', everything))).toEqual(seconds.map((second, index) => one(second, index)));
});

test('memory is taken as it is needed, and given back', () => {
	const tiers = new Tiers();
	const names = Array.from({length: 100}, (_, index) => `s:${index}`);
	const all = new Map(names.map(name => [name, 1]));
	const few = new Map([['s:0', 1]]);
	const after = (from: number, until: number, series: ReadonlyMap<string, number>) => {
		for (let beat = from; beat < until; beat++) {
			tiers.push(start + beat * minute * 1000, series, names);
		}

		return tiers.bytes;
	};
	expect(after(0, 1, all)).toBe(0);
	const minuteSegment = 120 * (8 + 100 * 14);
	const quarterSegment = 288 * (8 + 100 * 14);
	expect(after(1, 2, all)).toBe(minuteSegment);
	expect(after(2, 122, all)).toBe(2 * minuteSegment + quarterSegment);
	// Two days and two hours later no minute of that is left, and the quarters are in one segment still.
	expect(after(122, 122 + 2880 + 120, few)).toBeLessThan(26 * 120 * (8 + 9 * 14) + quarterSegment);
});

test('a hundred series that join one by one are all there', () => {
	const tiers = new Tiers();
	const names = Array.from({length: 100}, (_, index) => `s:${index}`);

	for (let beat = 0; beat < 100; beat++) {
		const series = new Map(names.slice(0, beat + 1).map((name, index) => [name, 1000 * index + beat]));
		tiers.push(start + beat * minute * 1000, series, names);
	}

	for (const [index, name] of names.entries()) {
		const expected = Array.from({length: 100}, (_, beat) => (beat < index ? gap : 1000 * index + beat));
		expect([...tiers.points(name, 'minute', 100).avg]).toEqual(expected);
	}
});

test('what was asked for is the asker’s', () => {
	const tiers = pushed([
		[0, {a: 1}],
		[60, {a: 2}],
	]);
	const points = tiers.points('a', 'minute', 2);
	points.avg.fill(7);
	points.at.fill(7);
	expect(rowsOf(tiers.points('a', 'minute', 2))).toEqual([one(0, 1), one(60, 2)]);
});

test('more values than 16 bits can count', () => {
	const tiers = new Tiers();
	const series = new Map([['a', 1]]);

	for (let beat = 0; beat < 70_000; beat++) {
		tiers.push(start, series, ['a']);
	}

	expect([...tiers.points('a', 'minute', 1).count]).toEqual([65_535]);
	tiers.push(start + 60_000, series, ['a']);
	expect([...tiers.points('a', 'minute', 2).count]).toEqual([65_535, 1]);
	expect([...tiers.points('a', 'quarter', 2).count]).toEqual([65_535]);
});
