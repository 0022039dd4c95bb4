import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {stackedLayers, stackedTotal} from '../../src/core/graph.js';
import {safe} from '../../src/core/safe.js';
import {Area} from '../../src/ui/area.js';
import {panels} from '../../src/ui/panels/index.js';
import {type Column, fitted} from '../../src/ui/panels/zoomed-table.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {ascii, unicode} from '../../src/ui/theme.js';
import {aScene, aSnapshot, firstSnapshot} from '../helpers/scene.js';
import {rowsOf} from '../helpers/screen.js';

const gap = Number.NaN;

test('stacked graphs add up, and have a gap only where none has a value', () => {
	expect([
		...stackedTotal([
			[1, gap, 3, gap],
			[10, 20, gap, gap],
		]),
	]).toEqual([11, 20, 3, gap]);
	expect([...stackedTotal([])]).toEqual([]);
});

type Row = [layers: number[][], cells: number[]];

/** One column of two cells with a top of 100: the upper cell, then the lower one. */
const stacks: Record<string, Row> = {
	'each fills a cell': [
		[[50], [50]],
		[1, 0],
	],
	'the one that fills most of a cell': [
		[[30], [60]],
		[1, 0],
	],
	'the lower one fills both': [
		[[80], [20]],
		[0, 0],
	],
	'the upper one fills most of both': [
		[[20], [80]],
		[1, 1],
	],
	'the first where both fill the same': [
		[[25], [25]],
		[0, 0],
	],
	'nothing is of the first': [
		[[0], [0]],
		[0, 0],
	],
	'a missing one takes no room': [
		[[gap], [60]],
		[1, 1],
	],
	'a negative one takes no room': [
		[[-50], [60]],
		[1, 1],
	],
	'what is over the top is not seen': [
		[[100], [100]],
		[0, 0],
	],
};

describe('of stacked graphs a cell shows', () => {
	test.each(Object.entries(stacks))('%s', (_, [layers, cells]) => {
		expect([...stackedLayers(layers, 1, 2, 100, 'block')]).toEqual(cells);
	});

	test('the newest values at the right, two a column as dots', () => {
		const layers = [
			[0, 90, 90, 10, 10],
			[0, 10, 10, 90, 90],
		];
		expect([...stackedLayers(layers, 2, 1, 100, 'braille')]).toEqual([0, 1]);
	});
});

test('a stack has the outline of the sum and the style of each layer', () => {
	const cells = new Cells(2, 2, new Clusters());
	const layers = [
		{values: [50, 50], style: 3},
		{values: [0, 50], style: 7},
	];
	new Area(cells, {x: 0, y: 0, columns: 2, rows: 2}).stack(layers, 100, 'block');
	expect(rowsOf(cells)).toEqual([' █', '██']);
	expect([...cells.styles]).toEqual([3, 7, 3, 3]);
});

describe('columns of a table', () => {
	const column = (heading: string, least: number, leaves: number, most?: number): Column<never> => ({
		heading: heading === 'a' ? safe`a` : heading === 'b' ? safe`b` : safe`c`,
		least,
		leaves,
		...(most !== undefined && {most}),
		paint: () => {},
	});
	const all = [column('a', 4, 0, 6), column('b', 5, 2, Number.POSITIVE_INFINITY), column('c', 3, 1)];
	const places = (width: number) => fitted(all, width).map(({column, x, columns}) => [column.heading, x, columns]);

	test.each([
		[
			'all have their least',
			14,
			[
				['a', 0, 4],
				['b', 5, 5],
				['c', 11, 3],
			],
		],
		[
			'the first has what it can use, the next what is left',
			20,
			[
				['a', 0, 6],
				['b', 7, 9],
				['c', 17, 3],
			],
		],
		[
			'the least important leaves, and gives its room',
			13,
			[
				['a', 0, 6],
				['c', 7, 3],
			],
		],
		['the next one leaves', 7, [['a', 0, 6]]],
		['the last one stays whatever the width', 1, [['a', 0, 4]]],
	] as const)('%s', (_, width, expected) => {
		expect(places(width)).toEqual(expected);
	});
});

const canary = 0x2588;
const nothing = aSnapshot({
	cores: 0,
	series: new Map(),
	filesystems: [],
	devices: [],
	interfaces: [],
	listeners: [],
	processes: [],
});
const scenes = [aSnapshot(), firstSnapshot(), nothing].flatMap(snapshot =>
	[unicode, ascii].map(symbols => aScene({snapshot, symbols})),
);
const zooming = panels.filter(({name}) => name !== 'processes');

test.each(zooming.map(panel => [panel.name, panel] as const))(
	'whatever the size, zoomed %s draws nothing outside',
	(_, panel) => {
		fc.assert(
			fc.property(fc.nat(130), fc.nat(40), fc.constantFrom(...scenes), fc.nat(60), (columns, rows, scene, offset) => {
				const cells = new Cells(columns + 4, rows + 2, new Clusters());
				cells.codes.fill(canary);
				const view = {...scene.view, zoomed: panel.name, offsets: {disk: offset, network: offset}};
				panel.paint(new Area(cells, {x: 2, y: 1, columns, rows}), {...scene, view});
				const isOutside = (at: number) => {
					const [x, y] = [at % cells.columns, Math.floor(at / cells.columns)];
					return x < 2 || x >= columns + 2 || y < 1 || y > rows;
				};
				expect(cells.codes.every((code, at) => code === canary || !isOutside(at))).toBe(true);
			}),
			{numRuns: 150},
		);
	},
);
