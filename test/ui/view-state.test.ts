import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {safeText} from '../../src/core/safe.js';
import type {Dialog} from '../../src/ui/dialogs/dialog.js';
import {bindings} from '../../src/ui/keys-table.js';
import {withPanels} from '../../src/ui/shown-panels.js';
import {type Around, type Command, initialView, reduce, type ViewState} from '../../src/ui/view-state.js';
import {allPanels} from '../helpers/scene.js';

const start = initialView(allPanels);
const processes = {rows: [], mostSideways: 0, ownPid: 4242, forbidden: undefined};
const around: Around = {
	key: '',
	onScreen: allPanels,
	page: 10,
	lastOffset: 35,
	time: {newest: 1_000_000, beat: 1000},
	processes,
	lists: {services: [], alerts: []},
};

const helpDialog: Dialog = {kind: 'help', offset: 0};

/** What the last line says of a theme. */
const named = (theme: string) =>
	({level: 'ok', text: safeText(`theme ${theme}; to keep it: --theme, or screen.theme`)}) as const;

type Row = [before: Partial<ViewState>, command: Command, changes: Partial<ViewState>, around?: Partial<Around>];

const rows: Record<string, Row> = {
	'the next panel': [{focused: 'cpu'}, 'next-panel', {focused: 'memory'}],
	'from the last panel to the first': [{}, 'next-panel', {focused: 'cpu'}],
	'the panel before': [{focused: 'memory'}, 'previous-panel', {focused: 'cpu'}],
	'from the first panel to the last': [{focused: 'cpu'}, 'previous-panel', {focused: 'processes'}],
	'a panel by its digit': [{}, 'focus', {focused: 'disk'}, {key: '3'}],
	'digits do not move when a panel is missing': [{}, 'focus', {focused: 'processes'}, {key: '6'}],
	'a digit of a panel with nothing to show': [{}, 'focus', {}, {key: '5'}],
	'a digit of no panel': [{}, 'focus', {}, {key: '9'}],
	'a panel that there is no room for opens zoomed': [
		{},
		'focus',
		{focused: 'disk', zoomed: 'disk'},
		{key: '3', onScreen: ['processes']},
	],
	'in the zoom the next panel is zoomed too': [
		{focused: 'cpu', zoomed: 'cpu'},
		'next-panel',
		{focused: 'memory', zoomed: 'memory'},
		{onScreen: ['cpu']},
	],
	'a row down': [{focused: 'disk'}, 'down', {offsets: {disk: 1}}],
	'a row up': [{focused: 'disk', offsets: {disk: 5}}, 'up', {offsets: {disk: 4}}],
	'up from the first row': [{focused: 'disk', offsets: {disk: 0}}, 'up', {}],
	'up where nothing was scrolled yet': [{focused: 'disk'}, 'up', {}],
	'down from the last row': [{focused: 'disk', offsets: {disk: 35}}, 'down', {}],
	'a page down': [{focused: 'disk', offsets: {disk: 5}}, 'page-down', {offsets: {disk: 15}}],
	'less than a page down': [{focused: 'disk', offsets: {disk: 30}}, 'page-down', {offsets: {disk: 35}}],
	'a page up': [{focused: 'disk', offsets: {disk: 25}}, 'page-up', {offsets: {disk: 15}}],
	'less than a page up': [{focused: 'disk', offsets: {disk: 5}}, 'page-up', {offsets: {disk: 0}}],
	'to the end': [{focused: 'disk'}, 'last', {offsets: {disk: 35}}],
	'to the beginning': [{focused: 'disk', offsets: {disk: 20}}, 'first', {offsets: {disk: 0}}],
	'rows that have gone are scrolled back': [{focused: 'disk', offsets: {disk: 90}}, 'up', {offsets: {disk: 34}}],
	'where all fits nothing scrolls': [{focused: 'disk'}, 'down', {}, {lastOffset: 0}],
	'each panel has its own place': [
		{focused: 'disk', offsets: {processes: 7}},
		'down',
		{offsets: {processes: 7, disk: 1}},
	],
	zoom: [{focused: 'cpu'}, 'zoom', {zoomed: 'cpu'}],
	'and back': [{focused: 'cpu', zoomed: 'cpu'}, 'zoom', {zoomed: undefined}],
	'leave the zoom': [{focused: 'cpu', zoomed: 'cpu'}, 'leave-zoom', {zoomed: undefined}],
	'leave no zoom': [{}, 'leave-zoom', {}],
	'peel off the help first': [{dialog: helpDialog, isFrozen: true, zoomed: 'processes'}, 'peel', {dialog: undefined}],
	'then leave the zoom': [{isFrozen: true, zoomed: 'processes'}, 'peel', {zoomed: undefined}],
	'then thaw': [{isFrozen: true}, 'peel', {isFrozen: false}],
	'the help scrolls, and nothing behind it': [{dialog: helpDialog}, 'down', {dialog: {kind: 'help', offset: 1}}],
	'the help that is all seen does not': [{dialog: helpDialog}, 'down', {}, {lastOffset: 0}],
	'behind the help nothing is zoomed': [{dialog: helpDialog}, 'zoom', {}],
	'and then nothing': [{}, 'peel', {}],
	'sort by memory, from the first row, the usual way round': [
		{isReversed: true, offsets: {processes: 9, disk: 2}},
		'sort-memory',
		{sort: 'memory', isReversed: false, offsets: {processes: 0, disk: 2}},
	],
	'sort by pid': [{}, 'sort-pid', {sort: 'pid', offsets: {processes: 0}}],
	reverse: [{}, 'reverse', {isReversed: true}],
	'reverse twice': [{isReversed: true}, 'reverse', {isReversed: false}],
	freeze: [{}, 'freeze', {isFrozen: true}],
	thaw: [{isFrozen: true}, 'freeze', {isFrozen: false}],
	'from the dark theme to the light one': [{}, 'next-theme', {theme: 'light', notice: named('light')}],
	'from there to the colours of the terminal': [
		{theme: 'light'},
		'next-theme',
		{theme: 'terminal', notice: named('terminal')},
	],
	'and round to the dark one': [{theme: 'terminal'}, 'next-theme', {theme: 'dark', notice: named('dark')}],
	'behind the help the theme stays': [{dialog: helpDialog}, 'next-theme', {}],
	help: [{}, 'help', {dialog: helpDialog}],
	'close help': [{dialog: helpDialog}, 'help', {dialog: undefined}],
	'repaint is not about the view': [{}, 'repaint', {}],
	'nor is suspend': [{}, 'suspend', {}],
	'nor quit': [{}, 'quit', {}],
};

describe('a command', () => {
	test.each(Object.entries(rows))('%s', (_, [before, command, changes, near = {}]) => {
		const view = {...start, ...before};
		const after = reduce(view, command, {...around, ...near});
		expect(after).toEqual({...view, ...changes});

		if (Object.keys(changes).length === 0) {
			expect(after).toBe(view);
		}
	});
});

test('first the processes have the keys, or what there is', () => {
	expect(start.focused).toBe('processes');
	expect(initialView(['memory', 'disk']).focused).toBe('memory');
	expect(initialView([]).focused).toBe('cpu');
});

test('the theme is what it is told to begin with, and other panels leave it', () => {
	expect(start.theme).toBe('dark');
	expect(initialView(allPanels, 'terminal').theme).toBe('terminal');
	expect(withPanels(initialView(allPanels, 'light'), ['cpu'], {services: 0, alerts: 'none'}).theme).toBe('light');
});

test('whatever the commands are, the focus is on a panel there is, offsets are in range, and the view is never changed in place', () => {
	const command = fc.constantFrom(...bindings.map(binding => binding.command));
	const step = fc.record({
		command,
		key: fc.constantFrom('1', '3', '5', '9'),
		onScreen: fc.subarray([...allPanels]),
		lastOffset: fc.nat(40),
		page: fc.integer({min: 1, max: 20}),
		time: fc.record({newest: fc.integer({min: 1e12, max: 2e12}), beat: fc.constantFrom(200, 1000, 60_000)}),
	});
	fc.assert(
		fc.property(fc.array(step, {maxLength: 40}), steps => {
			let view = start;

			for (const {command, ...near} of steps) {
				const before = structuredClone(view);
				const next = reduce(Object.freeze(view), command, {...near, processes, lists: {services: [], alerts: []}});
				expect(view).toEqual(before);
				view = next;
				expect(allPanels).toContain(view.focused);
				expect([undefined, view.focused]).toContain(view.zoomed);
				expect(Object.values(view.offsets).every(offset => offset >= 0)).toBe(true);
			}
		}),
	);
});
