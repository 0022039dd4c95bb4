import {describe, expect, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import type {Process} from '../../src/core/snapshot.js';
import {followBar, type Selected, withRows} from '../../src/ui/process-view.js';
import {type Around, type Command, initialView, reduce, type ViewState} from '../../src/ui/view-state.js';
import {allPanels, aSnapshot} from '../helpers/scene.js';

const rows = aSnapshot().processes;
const bar = (row: number): Selected => ({
	pid: rows[row]?.pid ?? 0,
	startTicks: rows[row]?.startTicks ?? 0,
	row,
});
const start = initialView(allPanels);
const processes = {rows, mostSideways: 21, ownPid: 100, forbidden: undefined};
const time = {newest: 1_000_000, beat: 1000};
const around: Around = {
	key: '',
	onScreen: allPanels,
	page: 10,
	lastOffset: 32,
	time,
	processes,
	lists: {services: [], alerts: []},
};

type Row = [before: Partial<ViewState>, command: Command, changes: Partial<ViewState>, around?: Partial<Around>];

const moves: Record<string, Row> = {
	'the first step down only shows the bar': [{}, 'down', {selected: bar(0)}],
	'so does the first step up': [{}, 'up', {selected: bar(0)}],
	'on the first row that is seen': [{offsets: {processes: 7}}, 'down', {selected: bar(7)}],
	'a row down': [{selected: bar(0)}, 'down', {selected: bar(1)}],
	'a row up': [{selected: bar(5)}, 'up', {selected: bar(4)}],
	'not above the first row': [{selected: bar(0)}, 'up', {}],
	'nor below the last one': [{selected: bar(41), offsets: {processes: 32}}, 'down', {}],
	'out of sight, and the list follows': [{selected: bar(9)}, 'down', {selected: bar(10), offsets: {processes: 1}}],
	'out of sight at the top': [
		{selected: bar(5), offsets: {processes: 5}},
		'up',
		{selected: bar(4), offsets: {processes: 4}},
	],
	'a page down': [{selected: bar(3)}, 'page-down', {selected: bar(13), offsets: {processes: 4}}],
	'a page down without a bar': [{}, 'page-down', {selected: bar(10), offsets: {processes: 1}}],
	'to the last row': [{}, 'last', {selected: bar(41), offsets: {processes: 32}}],
	'to the first row': [
		{selected: bar(41), offsets: {processes: 32}},
		'first',
		{selected: bar(0), offsets: {processes: 0}},
	],
	'from a process that has changed its row': [
		{selected: {...bar(20), row: 3}},
		'down',
		{selected: bar(21), offsets: {processes: 12}},
	],
	'from the row of a process that has gone': [{selected: {pid: 9, startTicks: 1, row: 3}}, 'down', {selected: bar(4)}],
	'where there is no process': [{}, 'down', {}, {processes: {...processes, rows: []}}],
	'another panel has its own rows': [{focused: 'disk'}, 'down', {offsets: {disk: 1}}],
	'escape takes the bar away, and shows the beginning of the list': [
		{selected: bar(20), offsets: {processes: 15}, zoomed: 'processes'},
		'peel',
		{selected: undefined, offsets: {processes: 0}},
	],
	'but not one that is not seen': [
		{selected: bar(20), focused: 'cpu', zoomed: 'cpu'},
		'peel',
		{zoomed: undefined},
		{onScreen: ['cpu']},
	],
	'another order leaves the bar on its process': [
		{selected: bar(20)},
		'sort-memory',
		{sort: 'memory', offsets: {processes: 0}},
	],
	'a tree': [{}, 'tree', {isTree: true, offsets: {processes: 0}}],
	'and a list again': [{isTree: true}, 'tree', {isTree: false, offsets: {processes: 0}}],
	'command lines to the right': [{}, 'scroll-right', {sideways: 8}],
	'as far as there is something': [{sideways: 24}, 'scroll-right', {}],
	'to the left': [{sideways: 16}, 'scroll-left', {sideways: 8}],
	'not further than the beginning': [{}, 'scroll-left', {}],
	'only where the keys are': [{focused: 'cpu'}, 'scroll-right', {}],
};

const {pid, startTicks, name, command = name, user} = rows[2] as Process;
const target = {pid, startTicks, name, command, user, isOwn: false};
const signal = {kind: 'signal', offset: 0, target, chosen: 0, isAsked: false} as const;
const details = {kind: 'details', offset: 0, id: {pid, startTicks}} as const;
const refused = (text: ReturnType<typeof safe>): Partial<ViewState> => ({notice: {level: 'warning', text}});

const opens: Record<string, Row> = {
	'K binds the process under the bar': [{selected: bar(2)}, 'signal', {dialog: signal}],
	'K knows our own process': [
		{selected: bar(2)},
		'signal',
		{dialog: {...signal, target: {...target, isOwn: true}}},
		{processes: {...processes, ownPid: pid}},
	],
	'K without a bar': [{}, 'signal', refused(safe`move to a process first: up, down`)],
	'K for a process that has gone': [
		{selected: {pid, startTicks: startTicks + 1, row: 2}},
		'signal',
		refused(safe`that process has ended, or is not in the list`),
	],
	'K where no process is seen': [
		{selected: bar(2)},
		'signal',
		refused(safe`the processes have not the keys: 6`),
		{onScreen: ['cpu']},
	],
	'K where another panel has the keys': [
		{selected: bar(2), focused: 'cpu'},
		'signal',
		refused(safe`the processes have not the keys: 6`),
	],
	'K where nothing may be acted upon': [
		{selected: bar(2)},
		'signal',
		refused(safe`read-only`),
		{processes: {...processes, forbidden: safe`read-only`}},
	],
	'K while the picture is frozen': [{selected: bar(2), isFrozen: true}, 'signal', {dialog: signal}],
	'd opens the details': [{selected: bar(2)}, 'details', {dialog: details}],
	'and where nothing may be acted upon, too': [
		{selected: bar(2)},
		'details',
		{dialog: details},
		{processes: {...processes, forbidden: safe`read-only`}},
	],
	'd closes them': [{selected: bar(2), dialog: details}, 'details', {dialog: undefined}],
	'enter opens them in the zoom': [{selected: bar(2), zoomed: 'processes'}, 'zoom', {dialog: details}, {key: 'enter'}],
	'e leaves the zoom': [{selected: bar(2), zoomed: 'processes'}, 'zoom', {zoomed: undefined}, {key: 'e'}],
	'enter without a bar does, too': [{zoomed: 'processes'}, 'zoom', {zoomed: undefined}, {key: 'enter'}],
	'enter zooms first': [{selected: bar(2)}, 'zoom', {zoomed: 'processes'}, {key: 'enter'}],
};

describe('a command', () => {
	test.each(Object.entries({...moves, ...opens}))('%s', (_, [before, command, changes, near = {}]) => {
		const view = {...start, ...before};
		const after = reduce(view, command, {...around, ...near});
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});
});

describe('when the rows change', () => {
	const view = {...start, selected: bar(3), offsets: {processes: 0}};
	const without = (...indices: number[]) => rows.filter((_, index) => !indices.includes(index));
	const cases: Record<string, [now: readonly Process[], all: readonly Process[], changes: Partial<ViewState>]> = {
		'nothing changes where the process has its row': [rows, rows, {}],
		'the bar stays on its process': [without(0, 1), rows, {selected: {...bar(3), row: 1}}],
		'and the list follows it': [rows.toReversed(), rows, {selected: {...bar(3), row: 38}, offsets: {processes: 29}}],
		'when it has ended nobody else gets the bar': [without(3), without(3), {}],
		'nor when all behind it have ended, too': [rows.slice(0, 2), rows.slice(0, 2), {}],
		'when the filter leaves it out the bar goes': [without(3), rows, {selected: undefined}],
		'as where there is no row': [[], rows, {selected: undefined}],
		'another process of its number is another': [
			rows.map((row, index) => (index === 3 ? {...row, startTicks: 77} : row)),
			rows.map((row, index) => (index === 3 ? {...row, startTicks: 77} : row)),
			{},
		],
	};

	test.each(Object.entries(cases))('%s', (_, [now, all, changes]) => {
		const after = withRows(view, now, all, 10);
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});

	test('without a bar the view stays as it is', () => {
		expect(withRows(start, rows, rows, 10)).toBe(start);
	});

	test('a list that has become short is scrolled back', () => {
		const far = {...start, selected: bar(3), offsets: {processes: 30}};
		expect(followBar(far, rows.slice(0, 12), 10).offsets.processes).toBe(2);
	});
});
