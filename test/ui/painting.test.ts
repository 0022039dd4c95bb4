import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Area} from '../../src/ui/area.js';
import {paintFooter, paintHeader} from '../../src/ui/lines.js';
import {panels} from '../../src/ui/panels/index.js';
import type {Scene} from '../../src/ui/scene.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {ascii, unicode} from '../../src/ui/theme.js';
import {aScene, aSnapshot, firstSnapshot} from '../helpers/scene.js';
import {withAlerts} from '../helpers/scene-alerts.js';
import {openScreen} from '../helpers/screen.js';

const canary = 0x2588;

const nothing = aSnapshot({
	cores: 0,
	series: new Map(),
	filesystems: [],
	devices: [],
	interfaces: [],
	processes: [],
	problems: [],
});
const scenes: readonly Scene[] = [aSnapshot(), firstSnapshot(), nothing, withAlerts()].flatMap(snapshot =>
	[unicode, ascii].map(symbols => aScene({snapshot, symbols})),
);

const painters: Record<string, (area: Area, scene: Scene) => void> = {
	...Object.fromEntries(panels.map(panel => [panel.name, panel.paint])),
	header: paintHeader,
	footer: paintFooter,
};

/** Cells outside of the rectangle that are no longer what they were. */
function touched(cells: Cells, x: number, y: number, columns: number, rows: number): number {
	const isInside = (at: number) => {
		const [column, row] = [at % cells.columns, Math.floor(at / cells.columns)];
		return column >= x && column < x + columns && row >= y && row < y + rows;
	};
	return cells.codes.filter((code, at) => !isInside(at) && (code !== canary || cells.styles[at] !== 999)).length;
}

describe('whatever the size, nothing is drawn outside', () => {
	test.each(Object.entries(painters))('of %s', (_, paint) => {
		fc.assert(
			fc.property(fc.nat(90), fc.nat(24), fc.constantFrom(...scenes), fc.nat(60), (columns, rows, scene, offset) => {
				const cells = new Cells(columns + 6, rows + 4, new Clusters());
				cells.codes.fill(canary);
				cells.styles.fill(999);
				const offsets = {processes: offset, disk: offset, network: offset, alerts: offset};
				paint(new Area(cells, {x: 3, y: 2, columns, rows}), {...scene, view: {...scene.view, offsets}});
				expect(touched(cells, 3, 2, columns, rows)).toBe(0);
			}),
			{numRuns: 300},
		);
	});
});

test('whatever the size and the keys, the screen is painted, and no row is wider than the columns', async () => {
	const key = fc.constantFrom('1', '3', '4', '6', '7', 'e', '?', 'm', 'i', 'f', 'down', 'pgdn', 'G', 'escape', 'tab');
	await fc.assert(
		fc.asyncProperty(
			fc.integer({min: 2, max: 210}),
			fc.integer({min: 1, max: 55}),
			fc.array(key, {maxLength: 6}),
			async (columns, rows, keys) => {
				const screen = await openScreen({columns, rows, snapshot: withAlerts()});
				screen.keys(...keys);
				const frame = await screen.rows();
				screen.view.stop(() => {});
				expect(frame).toHaveLength(rows);
				expect(frame[0]?.trim()).not.toBe('');

				// What went over the edge would be at the beginning of the next row, where only borders may be.
				if (columns >= 20 && rows >= 2) {
					expect(frame.slice(1, -1).filter(row => !/^[╭│╰ ]/.test(row))).toEqual([]);
					expect(frame.slice(1, -1).filter(row => !/[╮│╯ ]$/.test(row))).toEqual([]);
				}
			},
		),
		{numRuns: 60},
	);
});
