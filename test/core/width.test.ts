import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Safe, safeText} from '../../src/core/safe.js';
import {clustersOf, clusterWidth, cut, cutStart, widthOf, wrapped} from '../../src/core/width.js';

const widths: [text: string, width: number][] = [
	['', 0],
	['nginx', 5],
	['▂▃▅ │ ⣀⣤ ●', 10],
	['café', 4],
	['e\u0301x', 2],
	['\u0301', 0],
	['日本語', 6],
	['ｆｕｌｌ', 8],
	['한국', 4],
	['🦀', 2],
	['🇩🇪', 2],
	['カ\uff9e', 2],
	['α±°', 3],
];

test.each(widths)('%j takes %i columns', (text, width) => {
	expect(widthOf(text as Safe)).toBe(width);
});

const cuts: [text: string, columns: number, kept: string][] = [
	['nginx', 5, 'nginx'],
	['nginx', 4, 'ngi…'],
	['nginx', 1, '…'],
	['nginx', 0, ''],
	['nginx', -3, ''],
	['', 3, ''],
	['日本語', 6, '日本語'],
	['日本語', 5, '日本…'],
	['日本語', 4, '日…'],
	['日本語', 2, '…'],
	['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
	['a…b│c', 3, 'a……'],
];

test.each(cuts)('%j in %i columns is %j', (text, columns, kept) => {
	expect(cut(text as Safe, columns)).toBe(kept);
});

describe('whatever the text is', () => {
	const texts = fc.string({unit: 'grapheme', maxLength: 40}).map(safeText);

	test('its width is the sum of what is painted, cell by cell', () => {
		fc.assert(
			fc.property(texts, text => {
				const clusters = [...clustersOf(text)];
				expect(clusters.join('')).toBe(text);
				expect(clusters.reduce((sum, cluster) => sum + clusterWidth(cluster), 0)).toBe(widthOf(text));
			}),
		);
	});

	test('cut, it is never wider than the columns, and loses nothing that fits', () => {
		fc.assert(
			fc.property(texts, fc.nat(50), (text, columns) => {
				const kept = cut(text, columns);
				expect(widthOf(kept)).toBeLessThanOrEqual(columns);
				expect(kept === text).toBe(columns > 0 ? widthOf(text) <= columns : text === '');
			}),
		);
	});
});

test.each([
	['nginx', 0, 'nginx'],
	['nginx', 1, '…inx'],
	['nginx', 4, '…'],
	['nginx', 9, '…'],
	['', 3, ''],
	['日本語x', 2, '… 語x'],
	['日本語x', 1, '…本語x'],
	['日本語x', 6, '…'],
	['e\u0301e\u0301e\u0301', 1, '…e\u0301'],
	['├─ x', 1, '… x'],
])('%j scrolled %i columns to the left is %j', (text, columns, rest) => {
	expect(cutStart(text as Safe, columns)).toBe(rest);
});

test('what is scrolled begins with an ellipsis, and has as many columns less as it was scrolled', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', maxLength: 30}), fc.integer({min: 1, max: 40}), (text, columns) => {
			const whole = safeText(text);
			const rest = cutStart(whole, columns);
			fc.pre(whole !== '');
			expect(rest.startsWith('…')).toBe(true);
			expect(widthOf(rest)).toBe(Math.max(1, widthOf(whole) - columns));
		}),
	);
});

test.each([
	['', 5, ['']],
	['nginx', 5, ['nginx']],
	['nginx: worker', 5, ['nginx', ': wor', 'ker']],
	['one two three', 9, ['one two ', 'three']],
	['a bcdefghij', 6, ['a bcde', 'fghij']],
	['日本語', 4, ['日本', '語']],
	['日本語', 3, ['日', '本', '語']],
])('%j in lines of %i columns', (text, columns, lines) => {
	expect(wrapped(text as Safe, columns)).toEqual(lines);
});

test('lines hold all of the text, and none is too wide', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', maxLength: 80}), fc.integer({min: 2, max: 20}), (text, columns) => {
			const whole = safeText(text);
			const lines = wrapped(whole, columns);
			expect(lines.join('')).toBe(whole);
			expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
		}),
	);
});
