import {describe, expect, test} from 'vitest';
import type {Check} from '../../src/core/snapshot.js';
import {type SelectedService, withServiceRows} from '../../src/ui/service-view.js';
import {withPanels} from '../../src/ui/shown-panels.js';
import {type Around, type Command, initialView, reduce, type ViewState} from '../../src/ui/view-state.js';
import {allPanels, aSnapshot} from '../helpers/scene.js';
import {manyChecks} from '../helpers/scene-checks.js';

const rows = manyChecks(30);
const bar = (row: number): SelectedService => ({check: rows[row]?.check ?? '', row});
const wanted = [...allPanels, 'services'] as const;
const start: ViewState = {...withPanels(initialView(wanted), wanted, rows.length), focused: 'services'};
const around: Around = {
	key: '',
	onScreen: start.panels,
	page: 10,
	lastOffset: 20,
	time: {newest: 1_000_000, beat: 1000},
	processes: {rows: aSnapshot().processes, mostSideways: 0, ownPid: 100, forbidden: undefined},
	services: rows,
};
const process = {pid: 100, startTicks: 1000, row: 0};

type Row = [before: Partial<ViewState>, command: Command, changes: Partial<ViewState>, around?: Partial<Around>];

const commands: Record<string, Row> = {
	'the first step down only shows the bar': [{}, 'down', {service: bar(0)}],
	'on the first row that is seen': [{offsets: {services: 7}}, 'up', {service: bar(7)}],
	'a row down': [{service: bar(0)}, 'down', {service: bar(1)}],
	'a row up': [{service: bar(5)}, 'up', {service: bar(4)}],
	'not above the first row': [{service: bar(0)}, 'up', {}],
	'nor below the last one': [{service: bar(29), offsets: {services: 20}}, 'down', {}],
	'out of sight, and the list follows': [{service: bar(9)}, 'down', {service: bar(10), offsets: {services: 1}}],
	'a page down': [{service: bar(3)}, 'page-down', {service: bar(13), offsets: {services: 4}}],
	'to the last row': [{}, 'last', {service: bar(29), offsets: {services: 20}}],
	'to the first row': [{service: bar(29), offsets: {services: 20}}, 'first', {service: bar(0), offsets: {services: 0}}],
	'from a check that has changed its row': [
		{service: {...bar(20), row: 3}},
		'down',
		{service: bar(21), offsets: {services: 12}},
	],
	'where there is no check': [{}, 'down', {}, {services: []}],
	'in the zoom it moves, too': [{service: bar(1), zoomed: 'services'}, 'down', {service: bar(2)}],
	'another panel has its own rows': [{focused: 'disk', service: bar(1)}, 'down', {offsets: {disk: 1}}],
	'enter zooms': [{service: bar(3)}, 'zoom', {zoomed: 'services'}, {key: 'enter'}],
	'and leaves the zoom again, with the bar where it is': [
		{service: bar(3), zoomed: 'services'},
		'zoom',
		{zoomed: undefined},
		{key: 'enter'},
	],
	'escape takes the bar away, and shows the beginning of the list': [
		{service: bar(20), offsets: {services: 15}},
		'peel',
		{service: undefined, offsets: {services: 0}},
	],
	'in the zoom it leaves that': [
		{service: bar(20), zoomed: 'services'},
		'peel',
		{zoomed: undefined},
		{onScreen: ['services']},
	],
	'of two bars the one that the keys move goes first': [
		{service: bar(2), selected: process},
		'peel',
		{service: undefined, offsets: {services: 0}},
	],
	'the other one while they move that': [
		{service: bar(2), selected: process, focused: 'processes'},
		'peel',
		{selected: undefined, offsets: {processes: 0}},
	],
	'one that is not seen stays': [{service: bar(2), isFrozen: true}, 'peel', {isFrozen: false}, {onScreen: ['cpu']}],
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
		'nothing changes where the check has its row': [{service: bar(3)}, rows, {}],
		'the bar stays on its check': [{service: bar(3)}, without(0, 1), {service: {...bar(3), row: 1}}],
		'and the list follows it': [
			{service: bar(3)},
			rows.toReversed(),
			{service: {...bar(3), row: 26}, offsets: {services: 17}},
		],
		'it goes with its check': [{service: bar(3)}, without(3), {service: undefined}],
		'in the zoom the first one is shown instead': [
			{service: bar(3), zoomed: 'services'},
			without(3),
			{service: bar(0)},
		],
		'in the zoom what is first when it opens is what is read': [{zoomed: 'services'}, rows, {service: bar(0)}],
		'and stays it when another one becomes worse': [
			{service: bar(0), zoomed: 'services'},
			rows.toReversed(),
			{service: {...bar(0), row: 29}, offsets: {services: 20}},
		],
		'a moment of the past that knows no check takes no bar away': [{service: bar(3), time: past}, [], {}],
		'nowhere it stays, where there is none left': [{service: bar(3), zoomed: 'services'}, [], {service: undefined}],
		'without a bar the view stays as it is': [{}, rows, {}],
	};

	test.each(Object.entries(cases))('%s', (_, [before, now, changes]) => {
		const view = {...start, ...before};
		const after = withServiceRows(view, now, 10);
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});
});

describe('the panel of services', () => {
	const panelsFor = (wanted: Parameters<typeof withPanels>[1], count: number) =>
		withPanels(initialView(wanted), wanted, count).panels;

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
		expect(withPanels(view, wanted, 0)).toMatchObject({focused: 'processes', zoomed: undefined, services: 0});
		expect(withPanels({...view, focused: 'cpu', zoomed: 'cpu'}, wanted, 0)).toMatchObject({
			focused: 'cpu',
			zoomed: 'cpu',
		});
		expect(withPanels(view, wanted, 4)).toMatchObject({focused: 'services', zoomed: 'services', services: 4});
	});
});
