import {describe, expect, test} from 'vitest';
import {type GraphKind, graph, niceTop, valuesPerColumn} from '../../src/core/graph.js';

const gap = Number.NaN;

function drawn(kind: GraphKind, values: readonly number[], columns: number, rows: number, top = 100): string[] {
	const cells = graph(values, columns, rows, top, kind);
	return Array.from({length: rows}, (_, row) =>
		String.fromCharCode(...cells.subarray(row * columns, (row + 1) * columns)),
	);
}

type Row = [kind: GraphKind, values: number[], columns: number, rows: number, lines: string[]];

const frames: Record<string, Row> = {
	'braille, one row: two values a cell': ['braille', [25, 50, 75, 100], 2, 1, ['⣠⣾']],
	'braille, two rows': ['braille', [12.5, 37.5, 62.5, 100], 2, 2, [' ⣸', '⣰⣿']],
	'braille: a base line for 0': ['braille', [0, 0, 0, 0], 2, 1, ['⣀⣀']],
	'braille: nothing for a gap': ['braille', [gap, gap, 50, gap, gap, 50], 3, 1, [' ⡄⢠']],
	'braille: newest on the right, the rest of the space empty': ['braille', [100], 3, 1, ['  ⢸']],
	'braille: the oldest is left out': ['braille', [100, 100, 100, 0, 0], 1, 1, ['⣀']],
	'block: eighths': ['block', [0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100], 9, 1, ['▁▁▂▃▄▅▆▇█']],
	'block, two rows': ['block', [25, 50, 75, 100], 4, 2, ['  ▄█', '▄███']],
	'block: a gap': ['block', [100, gap, 100], 3, 1, ['█ █']],
	'ascii: three steps': ['ascii', [0, 33, 66, 100], 4, 1, ['..:|']],
	'ascii, two rows': ['ascii', [0, 50, 100, gap], 4, 2, ['  | ', '.|| ']],
	'above the top is the top': ['block', [1000], 1, 2, ['█', '█']],
	'below 0 is the base line': ['block', [-5], 1, 2, [' ', '▁']],
	'no values': ['braille', [], 2, 2, ['  ', '  ']],
};

describe('a graph', () => {
	test.each(Object.entries(frames))('%s', (_, [kind, values, columns, rows, lines]) => {
		expect(drawn(kind, values, columns, rows)).toEqual(lines);
	});

	test('is full at its top, whatever that is', () => {
		expect(drawn('block', [1, 2, 4], 3, 1, 4)).toEqual(['▂▄█']);
		expect(drawn('block', [1e9, 2e9, 4e9], 3, 1, 4e9)).toEqual(['▂▄█']);
	});

	test('takes typed arrays and no space at all', () => {
		expect(graph(Float64Array.of(1, 2), 0, 3, 1, 'block')).toHaveLength(0);
		expect(String.fromCharCode(...graph(Float64Array.of(1), 1, 1, 1, 'block'))).toBe('█');
		expect(['braille', 'block', 'ascii'].map(kind => valuesPerColumn(kind as GraphKind))).toEqual([2, 1, 1]);
	});
});

const tops: [values: number[], least: number, top: number][] = [
	[[], 10, 10],
	[[gap], 10, 10],
	[[3, gap, 7], 10, 10],
	[[11], 10, 20],
	[[20], 10, 20],
	[[20.1], 10, 50],
	[[51], 10, 100],
	[[1000], 10, 1000],
	[[1001], 10, 2000],
	[[1_200_000], 1000, 2_000_000],
	[[5e11], 1000, 5e11],
	[[0.3], 0.1, 0.5],
];

test.each(tops)('the top over %j, at least %d, is %d', (values, least, top) => {
	expect(niceTop([values], least)).toBeCloseTo(top, 9);
});
