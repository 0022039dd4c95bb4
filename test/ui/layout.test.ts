import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type LayoutView, layout, type Places, type Rect} from '../../src/ui/layout.js';
import type {PanelName} from '../../src/ui/panel-name.js';

const now: LayoutView = {panels: ['cpu', 'memory', 'disk', 'network', 'processes'], zoomed: undefined, services: 0};
const later: LayoutView = {
	panels: ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts'],
	zoomed: undefined,
	services: 7,
};

/** `cpu 40x5+0+1`, as X11 writes a place. */
function written({panels}: Places): string {
	return panels.map(({panel, x, y, columns, rows}) => `${panel} ${columns}x${rows}+${x}+${y}`).join(', ');
}

type Row = [columns: number, rows: number, view: LayoutView, panels: string];

const sizes: Record<string, Row> = {
	'a small terminal': [
		80,
		24,
		now,
		'cpu 40x5+0+1, memory 40x5+40+1, disk 40x4+0+6, network 40x4+40+6, processes 80x13+0+10',
	],
	'a usual one': [
		120,
		36,
		now,
		'cpu 60x7+0+1, memory 60x7+60+1, disk 60x6+0+8, network 60x6+60+8, processes 120x21+0+14',
	],
	'three columns': [
		160,
		50,
		now,
		'cpu 53x14+0+1, memory 54x14+53+1, disk 53x7+107+1, network 53x7+107+8, processes 160x34+0+15',
	],
	'a large one': [
		200,
		50,
		now,
		'cpu 67x14+0+1, memory 66x14+67+1, disk 67x7+133+1, network 67x7+133+8, processes 200x34+0+15',
	],
	'a very large one': [
		500,
		200,
		now,
		'cpu 167x14+0+1, memory 166x14+167+1, disk 167x7+333+1, network 167x7+333+8, processes 500x184+0+15',
	],
	'one column less than a small one': [
		79,
		24,
		now,
		'cpu 40x5+0+1, memory 39x5+40+1, disk 40x4+0+6, network 39x4+40+6, processes 79x13+0+10',
	],
	'just wide enough for two columns': [
		60,
		20,
		now,
		'cpu 30x5+0+1, memory 30x5+30+1, disk 30x4+0+6, network 30x4+30+6, processes 60x9+0+10',
	],
	'too narrow for two columns: network leaves': [
		59,
		24,
		now,
		'cpu 59x5+0+1, memory 59x5+0+6, disk 59x4+0+11, processes 59x8+0+15',
	],
	'narrow and low: disk and memory leave': [40, 12, now, 'cpu 40x5+0+1, processes 40x5+0+6'],
	'low: all but the processes leave': [80, 10, now, 'processes 80x8+0+1'],
	'very low: what there is room for': [80, 6, now, 'processes 80x4+0+1'],
	lower: [80, 5, now, 'processes 80x3+0+1'],
	'no room for a border with something in it': [80, 4, now, ''],
	'the lowest': [80, 2, now, ''],
	'the smallest': [20, 3, now, ''],
	'narrow and high': [
		20,
		40,
		now,
		'cpu 20x5+0+1, memory 20x5+0+6, disk 20x4+0+11, network 20x4+0+15, processes 20x20+0+19',
	],
	'wide and low: two columns show more than three': [
		200,
		16,
		now,
		'cpu 100x5+0+1, memory 100x5+100+1, disk 100x4+0+6, network 100x4+100+6, processes 200x5+0+10',
	],
	'with services a small one has room for four of them': [
		80,
		24,
		later,
		'cpu 40x5+0+1, memory 40x5+40+1, disk 40x4+0+6, network 40x4+40+6, services 80x8+0+10, processes 80x5+0+18',
	],
	'services have a row for each, as far as the processes keep five': [
		80,
		24,
		{...now, panels: [...now.panels, 'services'], services: 5},
		'cpu 40x5+0+1, memory 40x5+40+1, disk 40x4+0+6, network 40x4+40+6, services 80x7+0+10, processes 80x6+0+17',
	],
	'of hundreds of services as many': [
		120,
		36,
		{...now, panels: [...now.panels, 'services'], services: 500},
		'cpu 60x7+0+1, memory 60x7+60+1, disk 60x6+0+8, network 60x6+60+8, services 120x16+0+14, processes 120x5+0+30',
	],
	'from 120x36 alerts join': [
		120,
		36,
		later,
		'cpu 60x7+0+1, memory 60x7+60+1, disk 60x6+0+8, network 60x6+60+8, services 120x9+0+14, processes 60x12+0+23, alerts 60x12+60+23',
	],
	'one row less, and they do not': [
		120,
		35,
		later,
		'cpu 60x7+0+1, memory 60x7+60+1, disk 60x6+0+8, network 60x6+60+8, services 120x9+0+14, processes 120x11+0+23',
	],
	'services stay longest': [80, 8, later, 'services 80x6+0+1'],
	'to the end': [80, 5, later, 'services 80x3+0+1'],
	zoomed: [80, 24, {...now, zoomed: 'network'}, 'network 80x22+0+1'],
	'zoomed, though there was no room for it': [40, 12, {...now, zoomed: 'disk'}, 'disk 40x10+0+1'],
	'zoomed, where nothing fits': [80, 4, {...now, zoomed: 'disk'}, ''],
	'one panel alone': [80, 24, {...now, panels: ['memory']}, 'memory 80x22+0+1'],
	'no panels': [80, 24, {...now, panels: []}, ''],
};

describe('the places of panels', () => {
	test.each(Object.entries(sizes))('%s', (_, [columns, rows, view, panels]) => {
		const places = layout(columns, rows, view);
		expect(written(places)).toBe(panels);
		expect(places.isTooSmall).toBe(false);
	});
});

test.each([
	[19, 5, true],
	[20, 1, true],
	[1, 1, true],
	[0, 0, true],
	[500, 1, true],
	[20, 2, false],
])('%i columns and %i rows are too small: %s', (columns, rows, isTooSmall) => {
	const places = layout(columns, rows, now);
	expect(places.isTooSmall).toBe(isTooSmall);
	expect(places.header === undefined && places.footer === undefined).toBe(isTooSmall);
});

const names: readonly PanelName[] = later.panels;
const views = fc.record({
	panels: fc.subarray([...names]),
	zoomed: fc.option(fc.constantFrom(...names), {nil: undefined, freq: 4}),
	services: fc.nat(60),
});

function cellsOf({x, y, columns, rows}: Rect): number {
	return columns > 0 && rows > 0 && x >= 0 && y >= 0 ? columns * rows : Number.NaN;
}

function overlap(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.columns && b.x < a.x + a.columns && a.y < b.y + b.rows && b.y < a.y + a.rows;
}

test('whatever the size, nothing overlaps, all is inside, and a panel has room for its border and a row', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 200}), views, (columns, rows, view) => {
			const {header, footer, panels, isTooSmall} = layout(columns, rows, view);
			const all = [...(header ? [header] : []), ...(footer ? [footer] : []), ...panels];
			const screen = {x: 0, y: 0, columns, rows};

			for (const [index, rect] of all.entries()) {
				expect(rect.x + rect.columns).toBeLessThanOrEqual(screen.columns);
				expect(rect.y + rect.rows).toBeLessThanOrEqual(screen.rows);
				expect(all.slice(index + 1).filter(other => overlap(rect, other))).toEqual([]);
			}

			const wanted = view.zoomed ? [view.zoomed] : view.panels;
			expect(panels.filter(({panel}) => !wanted.includes(panel))).toEqual([]);
			expect(panels.filter(one => one.rows < 3 || one.columns < 18)).toEqual([]);
			const covered = all.reduce((sum, rect) => sum + cellsOf(rect), 0);
			expect(covered).toBe(isTooSmall ? 0 : panels.length > 0 ? columns * rows : columns * 2);
		}),
		{numRuns: 3000},
	);
});

test('a larger screen never shows fewer panels', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 20, max: 250}),
			fc.integer({min: 2, max: 60}),
			fc.nat(60),
			fc.nat(20),
			(columns, rows, wider, higher) => {
				const count = layout(columns, rows, now).panels.length;
				expect(layout(columns + wider, rows + higher, now).panels.length).toBeGreaterThanOrEqual(count);
			},
		),
		{numRuns: 2000},
	);
});
