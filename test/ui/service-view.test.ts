import {describe, expect, test} from 'vitest';
import type {Check, Snapshot} from '../../src/core/snapshot.js';
import {type RowBar, withListRows} from '../../src/ui/row-bar.js';
import {boxesOf, listedIn, withPanels} from '../../src/ui/shown-panels.js';
import {type Around, type Command, initialView, reduce, type ViewState} from '../../src/ui/view-state.js';
import {allPanels, aSnapshot} from '../helpers/scene.js';
import {anAlert, oneNotifier, someNotifiers} from '../helpers/scene-alerts.js';
import {manyChecks} from '../helpers/scene-checks.js';

const rows = manyChecks(30);
const idsOf = (checks: readonly Check[]) => checks.map(({check}) => check);
const bar = (row: number): RowBar => ({id: rows[row]?.check ?? '', row});
const wanted = [...allPanels, 'services'] as const;
const start: ViewState = {
	...withPanels(initialView(wanted), wanted, {services: rows.length, alerts: 'none'}),
	focused: 'services',
};
const around: Around = {
	key: '',
	onScreen: start.panels,
	page: 10,
	lastOffset: 20,
	time: {newest: 1_000_000, beat: 1000},
	processes: {rows: aSnapshot().processes, mostSideways: 0, ownPid: 100, forbidden: undefined},
	lists: {services: idsOf(rows), alerts: []},
};
const process = {pid: 100, startTicks: 1000, row: 0};

type Row = [before: Partial<ViewState>, command: Command, changes: Partial<ViewState>, around?: Partial<Around>];

const commands: Record<string, Row> = {
	'the first step down only shows the bar': [{}, 'down', {bars: {services: bar(0)}}],
	'on the first row that is seen': [{offsets: {services: 7}}, 'up', {bars: {services: bar(7)}}],
	'a row down': [{bars: {services: bar(0)}}, 'down', {bars: {services: bar(1)}}],
	'a row up': [{bars: {services: bar(5)}}, 'up', {bars: {services: bar(4)}}],
	'not above the first row': [{bars: {services: bar(0)}}, 'up', {}],
	'nor below the last one': [{bars: {services: bar(29)}, offsets: {services: 20}}, 'down', {}],
	'out of sight, and the list follows': [
		{bars: {services: bar(9)}},
		'down',
		{bars: {services: bar(10)}, offsets: {services: 1}},
	],
	'a page down': [{bars: {services: bar(3)}}, 'page-down', {bars: {services: bar(13)}, offsets: {services: 4}}],
	'to the last row': [{}, 'last', {bars: {services: bar(29)}, offsets: {services: 20}}],
	'to the first row': [
		{bars: {services: bar(29)}, offsets: {services: 20}},
		'first',
		{bars: {services: bar(0)}, offsets: {services: 0}},
	],
	'from a check that has changed its row': [
		{bars: {services: {...bar(20), row: 3}}},
		'down',
		{bars: {services: bar(21)}, offsets: {services: 12}},
	],
	'where there is no check': [{}, 'down', {}, {lists: {services: [], alerts: []}}],
	'in the zoom it moves, too': [{bars: {services: bar(1)}, zoomed: 'services'}, 'down', {bars: {services: bar(2)}}],
	'another panel has its own rows': [{focused: 'disk', bars: {services: bar(1)}}, 'down', {offsets: {disk: 1}}],
	'enter zooms': [{bars: {services: bar(3)}}, 'zoom', {zoomed: 'services'}, {key: 'enter'}],
	'and leaves the zoom again, with the bar where it is': [
		{bars: {services: bar(3)}, zoomed: 'services'},
		'zoom',
		{zoomed: undefined},
		{key: 'enter'},
	],
	'escape takes the bar away, and shows the beginning of the list': [
		{bars: {services: bar(20)}, offsets: {services: 15}},
		'peel',
		{bars: {}, offsets: {services: 0}},
	],
	'in the zoom it leaves that': [
		{bars: {services: bar(20)}, zoomed: 'services'},
		'peel',
		{zoomed: undefined},
		{onScreen: ['services']},
	],
	'of two bars the one that the keys move goes first': [
		{bars: {services: bar(2)}, selected: process},
		'peel',
		{bars: {}, offsets: {services: 0}},
	],
	'the other one while they move that': [
		{bars: {services: bar(2)}, selected: process, focused: 'processes'},
		'peel',
		{selected: undefined, offsets: {processes: 0}},
	],
	'one that is not seen stays': [
		{bars: {services: bar(2)}, isFrozen: true},
		'peel',
		{isFrozen: false},
		{onScreen: ['cpu']},
	],
	'the digit focuses the panel': [{focused: 'cpu'}, 'focus', {focused: 'services'}, {key: '5'}],
	'and opens it zoomed where there is no room for it': [
		{focused: 'cpu'},
		'focus',
		{focused: 'services', zoomed: 'services'},
		{key: '5', onScreen: ['cpu']},
	],
};

describe('a command', () => {
	test.each(Object.entries(commands))('%s', (_, [before, command, changes, near = {}]) => {
		const view = {...start, ...before};
		const after = reduce(view, command, {...around, ...near});
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});
});

describe('when the rows change', () => {
	const without = (...indices: number[]) => rows.filter((_, index) => !indices.includes(index));
	const past = {span: '5m', past: {at: 1, end: 1}} as const;
	const cases: Record<string, [before: Partial<ViewState>, now: readonly Check[], changes: Partial<ViewState>]> = {
		'nothing changes where the check has its row': [{bars: {services: bar(3)}}, rows, {}],
		'the bar stays on its check': [{bars: {services: bar(3)}}, without(0, 1), {bars: {services: {...bar(3), row: 1}}}],
		'and the list follows it': [
			{bars: {services: bar(3)}},
			rows.toReversed(),
			{bars: {services: {...bar(3), row: 26}}, offsets: {services: 17}},
		],
		'it goes with its check': [{bars: {services: bar(3)}}, without(3), {bars: {}}],
		'in the zoom the first one is shown instead': [
			{bars: {services: bar(3)}, zoomed: 'services'},
			without(3),
			{bars: {services: bar(0)}},
		],
		'in the zoom what is first when it opens is what is read': [{zoomed: 'services'}, rows, {bars: {services: bar(0)}}],
		'and stays it when another one becomes worse': [
			{bars: {services: bar(0)}, zoomed: 'services'},
			rows.toReversed(),
			{bars: {services: {...bar(0), row: 29}}, offsets: {services: 20}},
		],
		'a moment of the past that knows no check takes no bar away': [{bars: {services: bar(3)}, time: past}, [], {}],
		'nowhere it stays, where there is none left': [{bars: {services: bar(3)}, zoomed: 'services'}, [], {bars: {}}],
		'without a bar the view stays as it is': [{}, rows, {}],
	};

	test.each(Object.entries(cases))('%s', (_, [before, now, changes]) => {
		const view = {...start, ...before};
		const after = withListRows(view, 'services', idsOf(now), 10);
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});
});

describe('the panel of services', () => {
	const panelsFor = (wanted: Parameters<typeof withPanels>[1], count: number) =>
		withPanels(initialView(wanted), wanted, {services: count, alerts: 'none'}).panels;

	test('is there when there are some, in the order of the digits', () => {
		expect(panelsFor(['services', 'processes', 'cpu'], 1)).toEqual(['cpu', 'services', 'processes']);
		expect(panelsFor(['services', 'processes', 'cpu'], 0)).toEqual(['cpu', 'processes']);
		expect(panelsFor(['cpu'], 3)).toEqual(['cpu']);
	});

	test('says itself that there are none where it is the only one', () => {
		expect(panelsFor(['services'], 0)).toEqual(['services']);
	});

	test('takes the focus and the zoom along when it goes, and nothing else', () => {
		const view = {...start, zoomed: 'services'} as const;
		expect(withPanels(view, wanted, {services: 0, alerts: 'none'})).toMatchObject({
			focused: 'processes',
			zoomed: undefined,
			services: 0,
		});
		expect(withPanels({...view, focused: 'cpu', zoomed: 'cpu'}, wanted, {services: 0, alerts: 'none'})).toMatchObject({
			focused: 'cpu',
			zoomed: 'cpu',
		});
		expect(withPanels(view, wanted, {services: 4, alerts: 'none'})).toMatchObject({
			focused: 'services',
			zoomed: 'services',
			services: 4,
		});
	});
});

describe('the panel of alerts', () => {
	const panelsFor = (wanted: Parameters<typeof withPanels>[1], alerts: ViewState['alerts']) =>
		withPanels(initialView(wanted), wanted, {services: 1, alerts});

	test('is there when there are some, and has a box when any is more than pending', () => {
		const all = [...wanted, 'alerts'] as const;
		expect(panelsFor(all, 'none').panels).not.toContain('alerts');
		expect(panelsFor(all, 'pending').panels).toContain('alerts');
		expect(boxesOf(panelsFor(all, 'pending'))).not.toContain('alerts');
		expect(boxesOf(panelsFor(all, 'some'))).toContain('alerts');
	});

	test('says itself that there are none where it is the only one', () => {
		for (const alerts of ['none', 'pending', 'some'] as const) {
			expect(boxesOf(panelsFor(['alerts'], alerts))).toEqual(['alerts']);
		}
	});

	test.each<[string, Partial<Snapshot>, ViewState['alerts']]>([
		['nothing', {}, 'none'],
		['one that is pending', {alerts: [anAlert('a', 'a', {phase: 'pending'})]}, 'pending'],
		['one that fires', {alerts: [anAlert('a', 'a')]}, 'some'],
		['one that is over', {alerts: [anAlert('a', 'a', {phase: 'resolved'})]}, 'some'],
		['a notifier that is well', {notifiers: oneNotifier}, 'none'],
		['one that is not', {notifiers: someNotifiers}, 'some'],
	])('there is %s', (_, changes, alerts) => {
		expect(listedIn(aSnapshot(changes)).alerts).toBe(alerts);
	});

	test('has a bar of its own, beside that of the services', () => {
		const both = {...start, bars: {services: bar(2), alerts: {id: 'a', row: 0}}, focused: 'alerts'} as const;
		const near = {
			...around,
			onScreen: [...around.onScreen, 'alerts'],
			lists: {...around.lists, alerts: ['a', 'b']},
		} as const;
		expect(reduce(both, 'down', near).bars).toEqual({services: bar(2), alerts: {id: 'b', row: 1}});
		expect(reduce(both, 'peel', near).bars).toEqual({services: bar(2)});
		expect(reduce({...both, focused: 'cpu'}, 'peel', near).bars).toEqual({alerts: {id: 'a', row: 0}});
	});
});
