import {describe, expect, test} from 'vitest';
import {type Safe, safe} from '../../src/core/safe.js';
import {Area} from '../../src/ui/area.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {unicode} from '../../src/ui/theme.js';
import {rowsOf} from '../helpers/screen.js';

/** An area of 6x2 in the middle of a screen of 10x4 of dots: nothing may touch the dots. */
function drawn(paint: (area: Area) => void): readonly string[] {
	const cells = new Cells(10, 4, new Clusters());

	for (let y = 0; y < 4; y++) {
		cells.text(0, y, '··········', 0);
	}

	for (let y = 1; y < 3; y++) {
		cells.text(2, y, '      ', 0);
	}

	paint(new Area(cells, {x: 2, y: 1, columns: 6, rows: 2}));
	const rows = rowsOf(cells);
	expect([rows[0], rows[3]]).toEqual(['··········', '··········']);
	expect(rows.slice(1, 3).map(row => row.slice(0, 2))).toEqual(['··', '··']);
	expect(rows.slice(1, 3).map(row => row.slice(-2))).toEqual(['··', '··']);
	return rows.slice(1, 3).map(row => row.slice(2, -2));
}

type Row = [paint: (area: Area) => void, rows: [string, string]];
const graph = {top: 100, kind: 'block', style: () => 0} as const;

const pictures: Record<string, Row> = {
	text: [area => area.text(1, 0, safe`ab`, 0), [' ab   ', '      ']],
	'text that is too long': [area => area.text(1, 0, safe`abcdefgh`, 0), [' abcd…', '      ']],
	'text in a width of its own': [area => area.text(1, 0, safe`abcdefgh`, 0, 3), [' ab…  ', '      ']],
	'wide text that is too long': [area => area.text(0, 0, '日本語日' as Safe, 0), ['日本… ', '      ']],
	'text below': [area => area.text(0, 2, safe`ab`, 0), ['      ', '      ']],
	'text above': [area => area.text(0, -1, safe`ab`, 0), ['      ', '      ']],
	'text right of it': [area => area.text(6, 0, safe`ab`, 0), ['      ', '      ']],
	'text left of it': [area => area.text(-1, 0, safe`ab`, 0), ['      ', '      ']],
	'text from the right': [area => area.right(6, 1, safe`ab`, 0), ['      ', '    ab']],
	'text from the right that is too long': [area => area.right(4, 1, safe`abcdefgh`, 0), ['      ', 'abc…  ']],
	'a part': [area => area.part({x: 2, y: 1, columns: 2, rows: 1}).text(0, 0, safe`abc`, 0), ['      ', '  a…  ']],
	'a part that is larger': [
		area => area.part({x: 4, y: 0, columns: 9, rows: 9}).text(0, 1, safe`abc`, 0),
		['      ', '    a…'],
	],
	'a part that begins left of it': [
		area => area.part({x: -2, y: 0, columns: 4, rows: 1}).text(0, 0, safe`abcd`, 0),
		['a…    ', '      '],
	],
	'a part that begins above it': [
		area => area.part({x: 0, y: -1, columns: 4, rows: 2}).text(0, 0, safe`ab`, 0),
		['ab    ', '      '],
	],
	'a part outside': [
		area => area.part({x: 7, y: 3, columns: 4, rows: 4}).text(0, 0, safe`ab`, 0),
		['      ', '      '],
	],
	'a graph': [area => area.graph([50, 100], {x: 1, y: 0, columns: 2, rows: 2, ...graph}), ['  █   ', ' ██   ']],
	'a graph that is larger': [
		area => area.graph([0, 100, 100, 100], {x: 4, y: 1, columns: 4, rows: 3, ...graph}),
		['      ', '    ██'],
	],
	'a graph without room': [
		area => area.graph([100], {x: 6, y: 0, columns: 2, rows: 1, ...graph}),
		['      ', '      '],
	],
	'a bar': [area => area.bar(1, 0, 4, 0.5, unicode.bar, 0), [' ██   ', '      ']],
	'a bar in eighths': [area => area.bar(1, 0, 4, 0.65, unicode.bar, 0), [' ██▋  ', '      ']],
	'a bar of plain characters': [area => area.bar(1, 0, 4, 0.65, [safe`#`], 0), [' ###  ', '      ']],
	'a bar over 100 %': [area => area.bar(1, 0, 4, 7, unicode.bar, 0), [' ████ ', '      ']],
	'a bar under 0 %': [area => area.bar(1, 0, 4, -1, unicode.bar, 0), ['      ', '      ']],
	'a bar without room': [area => area.bar(1, 0, -4, 0.5, unicode.bar, 0), ['      ', '      ']],
	'a bar that is larger': [area => area.bar(4, 0, 9, 1, unicode.bar, 0), ['    █…', '      ']],
};

describe('in an area', () => {
	test.each(Object.entries(pictures))('%s', (_, [paint, rows]) => {
		expect(drawn(paint)).toEqual(rows);
	});
});

test('text tells where it ends, and from the right where it begins', () => {
	drawn(area => {
		expect(area.text(1, 0, safe`ab`, 0)).toBe(3);
		expect(area.text(1, 0, '日' as Safe, 0)).toBe(3);
		expect(area.text(1, 0, safe`abcdefgh`, 0)).toBe(6);
		expect(area.text(6, 0, safe`ab`, 0)).toBe(6);
		expect(area.right(6, 0, safe`ab`, 0)).toBe(4);
		expect(area.right(6, 0, '日本' as Safe, 0)).toBe(2);
	});
});

test('a column of a graph has the style of its largest value', () => {
	const cells = new Cells(2, 1, new Clusters());
	const area = new Area(cells, {x: 0, y: 0, columns: 2, rows: 1});
	const style = (value: number) => (value >= 90 ? 7 : 3);
	area.graph([95, 10, Number.NaN, 20], {x: 0, y: 0, columns: 2, rows: 1, top: 100, kind: 'braille', style});
	expect([...cells.styles]).toEqual([7, 3]);
});

test('an area of less than nothing is nothing', () => {
	const cells = new Cells(2, 1, new Clusters());
	const area = new Area(cells, {x: 0, y: 0, columns: -3, rows: -1});
	expect([area.columns, area.rows]).toEqual([0, 0]);
	area.text(0, 0, safe`x`, 0);
	expect(rowsOf(cells)).toEqual(['  ']);
});
