import fc from 'fast-check';
import {expect} from 'vitest';
import type {Points} from '../../src/core/history.js';
import {Tiers} from '../../src/history/tiers.js';

export const gap = Number.NaN;
export const minute = 60;
export const quarter = 900;
export const hour = 3600;
export const day = 86_400;

/** A whole day, and so a whole quarter; ms. Times below are seconds after it. */
export const start = Date.UTC(2026, 10, 22);

export type Beat = [second: number, values: Record<string, number>];
export type Point = [second: number, min: number, avg: number, max: number, count: number];
export const empty = (second: number): Point => [second, gap, gap, gap, 0];
export const one = (second: number, value: number): Point => [second, value, value, value, 1];

/** Tiers after these beats; series `a` and `b` are kept. */
export function pushed(beats: readonly Beat[], tiers = new Tiers()): Tiers {
	for (const [second, values] of beats) {
		tiers.push(start + second * 1000, new Map(Object.entries(values)), ['a', 'b']);
	}

	return tiers;
}

/** Points as rows of a table. */
export function rowsOf({at, min, avg, max, count}: Points): Point[] {
	return [...at].map((at, i) => [(at - start) / 1000, min[i] ?? 0, avg[i] ?? 0, max[i] ?? 0, count[i] ?? 0]);
}

export const everything = Number.POSITIVE_INFINITY;

/** What a plain list says: runs of beats in one bucket, with all the values in them. */
export function model(beats: readonly Beat[], step: number, series: string): Point[] {
	const runs: {at: number; values: number[]}[] = [];

	for (const [second, values] of beats) {
		const at = Math.floor(second / step) * step;
		const last = runs.at(-1);
		const run = last && last.at === at ? last : {at, values: []};
		const value = values[series];

		if (run !== last) {
			runs.push(run);
		}

		if (value !== undefined && !Number.isNaN(value)) {
			run.values.push(value);
		}
	}

	return runs.map(({at, values}) =>
		values.length === 0 ? empty(at) : [at, Math.min(...values), mean(values), Math.max(...values), values.length],
	);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Equal but for what 32 bits cannot hold: a millionth of the largest number, and what is next to nothing. */
export function expectClose(points: Points, expected: readonly Point[]): void {
	const rows = rowsOf(points);
	expect(rows.map(([second, , , , count]) => [second, count])).toEqual(
		expected.map(([at, , , , count]) => [at, count]),
	);

	for (const [index, [, ...numbers]] of expected.entries()) {
		const largest = Math.max(Math.abs(numbers[0]), Math.abs(numbers[2]));

		for (const field of [0, 1, 2] as const) {
			const seen = rows[index]?.[(field + 1) as 1 | 2 | 3] ?? gap;
			expect(Number.isNaN(seen)).toBe(Number.isNaN(numbers[field]));
			expect(
				Math.abs(seen - numbers[field]) > largest * 1e-6 + 1e-30,
				`point ${index}: ${seen}, ${numbers[field]}`,
			).toBe(false);
		}
	}
}

const value = fc.oneof(fc.double({min: -1e12, max: 1e12, noNaN: true}), fc.constant(gap), fc.constant(0));
/** Seconds to the next beat: mostly one to twenty, sometimes a clock that jumps. */
const stride = fc.oneof(
	{weight: 30, arbitrary: fc.integer({min: 1, max: 20})},
	{weight: 1, arbitrary: fc.constantFrom(-30, -hour, hour, -day, day, 61, quarter)},
);
export const walk = fc
	.array(fc.tuple(stride, fc.dictionary(fc.constantFrom('a', 'b'), value, {maxKeys: 2})), {maxLength: 300})
	.map(steps => {
		let second = 0;
		return steps.map(([stride, values]): Beat => {
			second += stride;
			return [second, values];
		});
	});
