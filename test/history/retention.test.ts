import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expired, type Limits, type SegmentSize} from '../../src/history/retention.js';

type Row = [segments: [points: number, until: number, bytes: number][], limits: Limits, gone: number[]];

/** Segments, oldest first, and which of them go. */
const rows: Record<string, Row> = {
	'no segments': [[], {points: 0, since: 9, bytes: 0}, []],
	'no limits': [
		[
			[5, 5, 5],
			[5, 9, 5],
		],
		{},
		[],
	],
	'a point in it is still wanted': [
		[
			[10, 10, 1],
			[10, 20, 1],
			[9, 29, 1],
		],
		{points: 20},
		[],
	],
	'none of its points is wanted any more': [
		[
			[10, 10, 1],
			[10, 20, 1],
			[10, 30, 1],
		],
		{points: 20},
		[0],
	],
	'an empty one that was just begun takes nobody’s place': [
		[
			[10, 10, 1],
			[10, 20, 1],
			[0, 20, 1],
		],
		{points: 20},
		[],
	],
	'its last point ends after the limit': [
		[
			[1, 11, 1],
			[1, 20, 1],
		],
		{since: 10},
		[],
	],
	'its last point ends at the limit': [
		[
			[1, 10, 1],
			[1, 20, 1],
		],
		{since: 10},
		[0],
	],
	'only the one in between is too old: the clock had been set back': [
		[
			[1, 90, 1],
			[1, 5, 1],
			[1, 91, 1],
		],
		{since: 10},
		[1],
	],
	'all fit in': [
		[
			[1, 1, 30],
			[1, 2, 30],
			[1, 3, 40],
		],
		{bytes: 100},
		[],
	],
	'one byte too many': [
		[
			[1, 1, 31],
			[1, 2, 30],
			[1, 3, 40],
		],
		{bytes: 100},
		[0],
	],
	'a small one behind a large one goes with it': [
		[
			[1, 1, 1],
			[1, 2, 90],
			[1, 3, 40],
		],
		{bytes: 100},
		[0, 1],
	],
	'the newest stays, whatever the limits': [
		[
			[1, 1, 1],
			[10, 2, 900],
		],
		{points: 0, since: 9, bytes: 100},
		[0],
	],
};

const segmentsOf = (sizes: Row[0]): SegmentSize[] => sizes.map(([points, until, bytes]) => ({points, until, bytes}));

describe('what is given up', () => {
	test.each(Object.entries(rows))('%s', (_, [sizes, limits, gone]) => {
		const segments = segmentsOf(sizes);
		expect(expired(segments, limits).map(segment => segments.indexOf(segment))).toEqual(gone);
	});
});

const sizes = fc.array(fc.tuple(fc.nat(9), fc.nat(99), fc.nat(99)), {maxLength: 12});
const sum = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

function keptOf(segments: readonly SegmentSize[], limits: Limits): readonly SegmentSize[] {
	const gone = expired(segments, limits);
	return segments.filter(segment => !gone.includes(segment));
}

test('by points: those that are wanted are all there, and no segment without one of them', () => {
	fc.assert(
		fc.property(sizes, fc.nat(60), (sizes, points) => {
			const segments = segmentsOf(sizes);
			const kept = keptOf(segments, {points}).map(segment => segment.points);
			const all = sum(segments.map(segment => segment.points));
			expect(sum(kept)).toBeGreaterThanOrEqual(Math.min(points, all));
			expect(kept.length < 2 || sum(kept.slice(1)) < points).toBe(true);
		}),
	);
});

test('by age: exactly those that reach into the time that is wanted, and the newest', () => {
	fc.assert(
		fc.property(sizes, fc.nat(99), (sizes, since) => {
			const segments = segmentsOf(sizes);
			expect(keptOf(segments, {since})).toEqual(
				segments.filter((one, i) => one.until > since || i === sizes.length - 1),
			);
		}),
	);
});

test('by size: the newest that fit in, and one more would not', () => {
	fc.assert(
		fc.property(sizes, fc.nat(400), (sizes, bytes) => {
			const segments = segmentsOf(sizes);
			const kept = keptOf(segments, {bytes});
			const next = segments.at(-kept.length - 1);
			expect(kept).toEqual(segments.slice(segments.length - kept.length));
			expect(kept.length < 2 || sum(kept.map(one => one.bytes)) <= bytes).toBe(true);
			expect(kept.length === sizes.length || sum(kept.map(one => one.bytes)) + (next?.bytes ?? 0) > bytes).toBe(true);
		}),
	);
});

test('several limits give up what each of them would', () => {
	fc.assert(
		fc.property(sizes, fc.nat(60), fc.nat(99), fc.nat(400), (sizes, points, since, bytes) => {
			const segments = segmentsOf(sizes);
			const each = [{points}, {since}, {bytes}].flatMap(limits => expired(segments, limits));
			expect(expired(segments, {points, since, bytes})).toEqual(segments.filter(one => each.includes(one)));
		}),
	);
});
