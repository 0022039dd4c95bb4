import {describe, expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Problem} from '../../src/core/snapshot.js';
import {compose} from '../../src/ui/compose.js';
import {dialogPlace} from '../../src/ui/dialogs/index.js';
import {bodyOf, layout} from '../../src/ui/layout.js';
import {panels} from '../../src/ui/panels/index.js';
import type {Panel} from '../../src/ui/panels/panel.js';
import type {Scene} from '../../src/ui/scene.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {initialView} from '../../src/ui/view-state.js';
import {allPanels, aScene, aSnapshot} from '../helpers/scene.js';
import {rowsOf} from '../helpers/screen.js';

const withHelp = aScene({view: {...initialView(allPanels), dialog: {kind: 'help', offset: 0}}});

/** The picture over an empty structure. */
function composed(columns: number, rows: number, shown: readonly Panel[], scene: Scene): string {
	const clusters = new Clusters();
	const [cells, base] = [new Cells(columns, rows, clusters), new Cells(columns, rows, clusters)];
	const places = layout(columns, rows, {panels: shown.map(({name}) => name), zoomed: undefined, services: 0});
	const {dialog} = scene.view;
	compose(cells, base, places, dialog && dialogPlace(dialog, columns, rows), scene, shown);
	return rowsOf(cells).join('\n');
}

function broken(name: string, changes: Partial<Panel>): readonly Panel[] {
	return panels.map(panel => (panel.name === name ? {...panel, ...changes} : panel));
}

function fail(): never {
	throw new Error('no \x1b[31m luck');
}

const failures: Record<string, Partial<Panel>> = {
	'a painter that throws': {paint: fail},
	'a painter that throws half way': {
		paint(area) {
			area.text(0, 0, safe`half a number`, 0);
			area.text(0, 1, safe`and another one`, 0);
			fail();
		},
	},
	'a summary that throws': {summary: fail},
};

describe('one panel’s bug', () => {
	test.each(Object.entries(failures))('%s says so in its panel, and the others are painted', (_, changes) => {
		const text = composed(80, 24, broken('memory', changes), aScene());
		expect(text).toContain('this panel failed: no \\x1b[31m');
		expect(text).not.toContain('half a number');
		expect(text).not.toContain('another');
		expect(text).not.toContain('avail');
		expect(text).toContain('load    0.42');
		expect(text).toContain('mariadbd');
		expect(text).toContain('me 0.3%');
	});
});

describe('a sampler that could read nothing', () => {
	// No sampler tells of alerts.
	const sampled = panels.filter(({name}) => name !== 'alerts');

	test.each(sampled.map(panel => [panel.name, panel.area] as const))('is told in %s', (_, area) => {
		const problem: Problem = {area, source: safeText(area), reason: safe`/proc/x: is cut`, isWhole: true};
		const scene = aScene({snapshot: aSnapshot({problems: [problem]})});
		const body = composed(80, 24, panels, scene).split('\n').slice(1);
		expect(body.join('\n').match(/\/proc\/x: is cut/g)).toHaveLength(1);
	});

	test('what it could read before is not shown beside it', () => {
		const problem: Problem = {area: 'memory', source: safe`memory`, reason: safe`has no MemTotal`, isWhole: true};
		const text = composed(80, 24, panels, aScene({snapshot: aSnapshot({problems: [problem]})}));
		expect(text).not.toContain('avail');
		expect(text).toContain('load    0.42');
	});

	test('a part that could not be read takes nothing else away', () => {
		const problem: Problem = {area: 'filesystem', source: safe`/mnt`, reason: safe`no answer`};
		const text = composed(80, 24, panels, aScene({snapshot: aSnapshot({problems: [problem]})}));
		expect(text).toContain('94%  3.1 GiB free');
	});
});

test('a screen that is too small says so, as far as there is room', () => {
	expect(composed(10, 2, panels, aScene())).toBe('too small \n          ');
	expect(composed(4, 1, panels, aScene())).toBe('too…');
	expect(composed(1, 1, panels, aScene())).toBe('…');
});

test('the structure shows where nothing is painted, and the help above what is', () => {
	const clusters = new Clusters();
	const [cells, base] = [new Cells(80, 24, clusters), new Cells(80, 24, clusters)];

	for (let y = 0; y < 24; y++) {
		base.text(0, y, '#'.repeat(80), 0);
	}

	const places = layout(80, 24, {panels: ['processes'], zoomed: undefined, services: 0});
	compose(cells, base, places, {x: 10, y: 5, columns: 30, rows: 3, title: safe``}, withHelp, panels);
	const rows = rowsOf(cells);
	expect(rows[5]?.slice(10, 40)).toBe('#'.repeat(30));
	expect(rows[6]?.slice(10, 40)).toBe('# tab           next panel   #');
	expect(rows[8]?.slice(10, 40)).toContain('root');
	expect(rows[1]?.slice(0, 14)).toBe('#'.repeat(14));
});

test('a wide character under the edge of the help leaves no half of it', () => {
	const wide: Panel = {
		name: 'cpu',
		title: safe`CPU`,
		area: 'cpu',
		summary: () => safe``,
		paint: area => area.text(0, 2, safeText('日'.repeat(30)), 0),
	};
	const clusters = new Clusters();
	const [cells, base] = [new Cells(60, 12, clusters), new Cells(60, 12, clusters)];
	const places = layout(60, 12, {panels: ['cpu'], zoomed: 'cpu', services: 0});
	compose(cells, base, places, {x: 11, y: 3, columns: 10, rows: 4, title: safe``}, withHelp, [wide]);
	expect(rowsOf(cells)[4]).toBe(`  ${'日'.repeat(4)}  tab    …  ${'日'.repeat(17)}…   `);
});

test.each([
	[
		{x: 0, y: 1, columns: 40, rows: 5},
		{x: 2, y: 2, columns: 36, rows: 3},
	],
	[
		{x: 5, y: 1, columns: 29, rows: 3},
		{x: 6, y: 2, columns: 27, rows: 1},
	],
	[
		{x: 0, y: 0, columns: 1, rows: 1},
		{x: 1, y: 1, columns: 0, rows: 0},
	],
])('the body of %o is %o', (place, body) => {
	expect(bodyOf(place)).toEqual(body);
});
