import {describe, expect, test} from 'vitest';
import type {Check} from '../../src/core/snapshot.js';
import {listRows} from '../../src/ui/bars.js';
import {bodyOf, layout} from '../../src/ui/layout.js';
import {answerTo, type Pictured, type Target, targetAt} from '../../src/ui/mouse.js';
import {panels} from '../../src/ui/panels/index.js';
import type {MouseEvent} from '../../src/ui/screen/mouse.js';
import {withPanels} from '../../src/ui/shown-panels.js';
import {initialView, type ViewState} from '../../src/ui/view-state.js';
import {allPanels, aScene, aSnapshot} from '../helpers/scene.js';
import {manyChecks, withChecks} from '../helpers/scene-checks.js';

const snapshot = withChecks(aSnapshot(), manyChecks(20));
const wanted = [...allPanels, 'services'] as const;
const start = withPanels(initialView(wanted), wanted, {services: 20, alerts: 'none'});

/** A screen of 80x24: Services with six of twenty in rows 10 to 17, Processes in 18 to 22. */
function pictured(changes: Partial<ViewState> = {}): Pictured {
	const scene = aScene({snapshot, view: {...start, ...changes}});
	const {view} = scene;
	const places = layout(80, 24, {panels: view.panels, zoomed: view.zoomed, services: 20});
	const place = places.panels.find(({panel}) => panel === view.focused);
	const body = place && bodyOf(place);
	const extent = body && panels.find(({name}) => name === view.focused)?.extent?.(scene, body.rows, body.columns);
	const around = {
		key: '',
		onScreen: places.panels.map(({panel}) => panel),
		page: extent?.shown ?? 1,
		lastOffset: Math.max(0, (extent?.total ?? 0) - (extent?.shown ?? 0)),
		time: {newest: scene.newest, beat: 1000},
		processes: {rows: scene.snapshot.processes, mostSideways: 0, ownPid: 1, forbidden: undefined},
		lists: listRows(scene),
	};
	return {scene, places, dialog: undefined, panels, around};
}

const nth = (row: number) => snapshot.checks[row] as Check;
const bar = (row: number) => ({id: nth(row).check, row});
const target = (row: number): Target => ({kind: 'listed', panel: 'services', id: nth(row).check, row});

const targets: Record<string, [x: number, y: number, target: Target | undefined, changes?: Partial<ViewState>]> = {
	'the title': [5, 10, {kind: 'title', panel: 'services'}],
	'the first row': [20, 11, target(0)],
	'its last column': [77, 11, target(0)],
	'the last row': [20, 16, target(5)],
	'a row that was scrolled to': [20, 12, target(8), {offsets: {services: 7}}],
	'the border beside the rows': [0, 12, {kind: 'panel', panel: 'services'}],
	'the border below the rows': [20, 17, {kind: 'panel', panel: 'services'}],
	'a row of the list in the zoom': [20, 3, target(1), {zoomed: 'services', focused: 'services'}],
	'what is below that list': [20, 12, {kind: 'panel', panel: 'services'}, {zoomed: 'services', focused: 'services'}],
};

describe('at a cell there is', () => {
	test.each(Object.entries(targets))('%s', (_, [x, y, expected, changes]) => {
		expect(targetAt(pictured(changes), x, y)).toEqual(expected);
	});
});

type Row = [
	event: [kind: MouseEvent['kind'], x: number, y: number],
	before: Partial<ViewState>,
	answer: Partial<ViewState> | undefined,
];

const events: Record<string, Row> = {
	'a click on a row focuses, and puts the bar there': [
		['press', 20, 13],
		{focused: 'cpu'},
		{focused: 'services', bars: {services: bar(2)}},
	],
	'in the zoom it is what the page is about then': [
		['press', 20, 4],
		{focused: 'services', zoomed: 'services', bars: {services: bar(0)}},
		{bars: {services: bar(2)}},
	],
	'a click on what is below the list changes nothing': [
		['press', 20, 15],
		{focused: 'services', zoomed: 'services', bars: {services: bar(0)}},
		{},
	],
	'the wheel scrolls by three rows': [['wheel-down', 20, 13], {}, {offsets: {services: 3}}],
	'to the last row and no further': [['wheel-down', 20, 13], {offsets: {services: 13}}, {offsets: {services: 14}}],
	'the wheel moves the bar, where there is one': [
		['wheel-down', 20, 13],
		{bars: {services: bar(1)}},
		{bars: {services: bar(4)}},
	],
	'and the list follows': [
		['wheel-down', 20, 13],
		{bars: {services: bar(4)}},
		{bars: {services: bar(7)}, offsets: {services: 2}},
	],
	'whatever has the keys': [
		['wheel-up', 20, 13],
		{bars: {services: bar(4)}, focused: 'cpu'},
		{bars: {services: bar(1)}, focused: 'cpu'},
	],
	'a bar on a process does not move with it': [
		['wheel-down', 20, 13],
		{selected: {pid: 100, startTicks: 1000, row: 0}},
		{offsets: {services: 3}},
	],
};

describe('the mouse:', () => {
	test.each(Object.entries(events))('%s', (_, [[kind, x, y], before, answer]) => {
		const picture = pictured(before);
		const given = answerTo({kind, x, y}, picture);
		const {view} = picture.scene;
		expect(given).toEqual(answer && {...view, ...answer});
	});
});
