import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dialogExtent, dialogPlace} from '../../src/ui/dialogs/index.js';
import {placedHints} from '../../src/ui/hints.js';
import {bodyOf, layout} from '../../src/ui/layout.js';
import {answerTo, type Pictured, type Target, targetAt} from '../../src/ui/mouse.js';
import {panels} from '../../src/ui/panels/index.js';
import {inOrder} from '../../src/ui/panels/process-rows.js';
import type {MouseEvent} from '../../src/ui/screen/mouse.js';
import {type Command, initialView, type ViewState} from '../../src/ui/view-state.js';
import {allPanels, aScene} from '../helpers/scene.js';

const [columns, rows] = [80, 24];

/** A screen of 80x24 as it is drawn: CPU and Memory in rows 1 to 5, Disk and Network in 6 to 9, Processes in 10 to 22, hints in 23. */
function pictured(changes: Partial<ViewState> = {}, [wide, high] = [columns, rows]): Pictured {
	const scene = aScene({view: changes});
	const {view} = scene;
	const places = layout(wide, high, {panels: allPanels, zoomed: view.zoomed, services: 0});
	const dialog = view.dialog && dialogPlace(view.dialog, wide, high);
	const focused = places.panels.find(({panel}) => panel === view.focused);
	const body = focused && bodyOf(focused);
	const extent =
		view.dialog && dialog
			? dialogExtent(view.dialog, dialog, scene)
			: body && panels.find(({name}) => name === view.focused)?.extent?.(scene, body.rows, body.columns);
	const around = {
		key: '',
		onScreen: places.panels.map(({panel}) => panel),
		page: extent?.shown ?? 1,
		lastOffset: Math.max(0, (extent?.total ?? 0) - (extent?.shown ?? 0)),
		time: {newest: scene.newest, beat: 1000},
		processes: {rows: inOrder(scene.snapshot.processes, view), mostSideways: 0, ownPid: 1, forbidden: undefined},
		lists: {services: [], alerts: []},
	};
	return {scene, places, dialog, panels, around};
}

/** The nth process from the top. */
const nth = (index: number) => {
	const {snapshot, view} = aScene();
	return inOrder(snapshot.processes, view)[index];
};

const help = {kind: 'help', offset: 0} as const;

/** The column where the hint of a command begins. */
const hintOf = (command: Command, changes?: Partial<ViewState>) =>
	placedHints(pictured(changes).scene, columns).find(one => one.command === command)?.x ?? Number.NaN;

const targets: Record<string, [x: number, y: number, target: Target | undefined, changes?: Partial<ViewState>]> = {
	'the first line': [5, 0, undefined],
	'the corner of a panel': [0, 1, {kind: 'title', panel: 'cpu'}],
	'the title of a panel': [5, 1, {kind: 'title', panel: 'cpu'}],
	'the last column of a panel': [39, 3, {kind: 'panel', panel: 'cpu'}],
	'the first column of the next': [40, 3, {kind: 'panel', panel: 'memory'}],
	'the lower border of a panel': [5, 5, {kind: 'panel', panel: 'cpu'}],
	'the title of the processes': [5, 10, {kind: 'title', panel: 'processes'}],
	'the border beside the headings': [0, 11, {kind: 'panel', panel: 'processes'}],
	'the heading PID': [7, 11, {kind: 'heading', panel: 'processes', sort: 'pid'}],
	'left of it, where its column begins': [2, 11, {kind: 'heading', panel: 'processes', sort: 'pid'}],
	'the heading USER, by which nobody sorts': [12, 11, {kind: 'panel', panel: 'processes'}],
	'the heading CPU%': [23, 11, {kind: 'heading', panel: 'processes', sort: 'cpu'}],
	'the heading MEM': [33, 11, {kind: 'heading', panel: 'processes', sort: 'memory'}],
	'the heading COMMAND': [36, 11, {kind: 'heading', panel: 'processes', sort: 'name'}],
	'the end of the headings': [77, 11, {kind: 'heading', panel: 'processes', sort: 'name'}],
	'the first row': [20, 12, {kind: 'row', panel: 'processes', process: nth(0) as never, row: 0}],
	'the last row': [20, 21, {kind: 'row', panel: 'processes', process: nth(9) as never, row: 9}],
	'a row that was scrolled to': [
		20,
		12,
		{kind: 'row', panel: 'processes', process: nth(7) as never, row: 7},
		{offsets: {processes: 7}},
	],
	'the border below the rows': [20, 22, {kind: 'panel', panel: 'processes'}],
	'a hint': [hintOf('quit'), 23, {kind: 'hint', command: 'quit'}],
	'the end of a hint': [hintOf('quit') + 5, 23, {kind: 'hint', command: 'quit'}],
	'behind a hint': [hintOf('quit') + 6, 23, undefined],
	'what healthtop costs': [79, 23, undefined],
	'the dialog': [40, 12, {kind: 'dialog'}, {dialog: help}],
	'the border of the dialog': [2, 5, {kind: 'dialog'}, {dialog: help}],
	'beside the dialog': [0, 12, {kind: 'beside dialog'}, {dialog: help}],
	'above the dialog': [40, 0, {kind: 'beside dialog'}, {dialog: help}],
	'a hint while there is a dialog': [
		hintOf('peel', {dialog: help}),
		23,
		{kind: 'hint', command: 'peel'},
		{dialog: help},
	],
	'hints while a filter is typed': [3, 23, undefined, {filter: {text: '', before: ''}}],
	'right of the screen': [80, 12, undefined],
	'below the screen': [5, 24, undefined],
	'far beyond the screen': [99_998, 99_998, undefined],
};

describe('at a cell there is', () => {
	test.each(Object.entries(targets))('%s', (_, [x, y, target, changes]) => {
		expect(targetAt(pictured(changes), x, y)).toEqual(target);
	});

	test('nothing on a screen that is too small', () => {
		expect(targetAt(pictured({}, [12, 3]), 1, 1)).toBeUndefined();
	});
});

type Row = [
	event: [kind: MouseEvent['kind'], x: number, y: number],
	before: Partial<ViewState>,
	/** Undefined: nothing. */
	answer: Command | Partial<ViewState> | undefined,
	/** What the button was pressed on. */
	pressed?: Target,
];

const rowsOf: Record<string, Row> = {
	'a click on a panel focuses it': [['press', 45, 3], {}, {focused: 'memory'}],
	'so does one on its title': [['press', 45, 1], {}, {focused: 'memory'}],
	'a click on the panel that has the keys': [['press', 10, 3], {focused: 'cpu'}, {}],
	'a click on its title zooms': [['press', 10, 1], {focused: 'cpu'}, 'zoom'],
	'and back': [['press', 10, 1], {focused: 'cpu', zoomed: 'cpu'}, 'zoom'],
	'a click on a row of processes puts the bar there': [
		['press', 20, 14],
		{focused: 'cpu'},
		{focused: 'processes', selected: {pid: nth(2)?.pid ?? 0, startTicks: nth(2)?.startTicks ?? 0, row: 2}},
	],
	'the wheel moves the bar, where there is one': [
		['wheel-down', 20, 14],
		{selected: {pid: nth(2)?.pid ?? 0, startTicks: nth(2)?.startTicks ?? 0, row: 2}},
		{selected: {pid: nth(5)?.pid ?? 0, startTicks: nth(5)?.startTicks ?? 0, row: 5}},
	],
	'a click on a heading sorts by it': [['press', 33, 11], {}, {sort: 'memory', offsets: {processes: 0}}],
	'again, the other way round': [['press', 33, 11], {sort: 'memory'}, {sort: 'memory', isReversed: true}],
	'and again, back': [['press', 33, 11], {sort: 'memory', isReversed: true}, {sort: 'memory'}],
	'a click on a heading focuses, too': [
		['press', 7, 11],
		{focused: 'disk'},
		{focused: 'processes', sort: 'pid', offsets: {processes: 0}},
	],
	'a click on a hint': [['press', hintOf('help'), 23], {}, 'help'],
	'a click on the hint of quit waits for its end': [['press', hintOf('quit'), 23], {}, undefined],
	'which quits': [['release', hintOf('quit'), 23], {}, 'quit', {kind: 'hint', command: 'quit'}],
	'the end of a click that began elsewhere': [['release', hintOf('quit'), 23], {}, undefined, {kind: 'beside dialog'}],
	'the end of a click that went elsewhere': [['release', 20, 15], {}, undefined, {kind: 'hint', command: 'quit'}],
	'the end of any other click': [['release', hintOf('help'), 23], {}, undefined],
	'a click in the dialog': [['press', 40, 12], {dialog: help}, undefined],
	'a click beside the dialog closes it': [['press', 0, 12], {dialog: help}, 'peel'],
	'a click on nothing': [['press', 5, 0], {}, undefined],
	'the wheel scrolls what is below it by three rows': [['wheel-down', 20, 15], {}, {offsets: {processes: 3}}],
	'and leaves the keys where they are': [
		['wheel-down', 20, 15],
		{focused: 'cpu'},
		{focused: 'cpu', offsets: {processes: 3}},
	],
	'the wheel, up': [['wheel-up', 20, 15], {offsets: {processes: 8}}, {offsets: {processes: 5}}],
	'up to the first row and no further': [['wheel-up', 20, 15], {offsets: {processes: 2}}, {offsets: {processes: 0}}],
	'the wheel at the first row': [['wheel-up', 20, 15], {}, undefined],
	'down to the last row and no further': [
		['wheel-down', 20, 15],
		{offsets: {processes: 31}},
		{offsets: {processes: 32}},
	],
	'the wheel at the last row': [['wheel-down', 20, 15], {offsets: {processes: 32}}, undefined],
	'the wheel over what does not scroll': [['wheel-down', 10, 3], {}, undefined],
	'the wheel over another panel than the one with the keys': [
		['wheel-down', 5, 8],
		{offsets: {processes: 4}},
		{offsets: {processes: 4, disk: 3}},
	],
	'the wheel over nothing': [['wheel-down', 5, 0], {}, undefined],
	'the wheel beside a dialog that is all seen': [['wheel-down', 0, 12], {dialog: help}, {}],
};

describe('the mouse:', () => {
	test.each(Object.entries(rowsOf))('%s', (_, [[kind, x, y], before, answer, pressed]) => {
		const picture = pictured(before);
		const given = answerTo({kind, x, y}, picture, pressed);
		const {view} = picture.scene;
		expect(given).toEqual(typeof answer === 'object' ? {...view, isReversed: false, ...answer} : answer);

		if (typeof answer === 'object' && Object.keys(answer).length === 0) {
			expect(given).toBe(view);
		}
	});

	test('the wheel scrolls the dialog, wherever it is turned', () => {
		const picture = pictured({dialog: help}, [80, 12]);
		const {view} = picture.scene;
		const after = {...view, dialog: {kind: 'help', offset: 2}};
		expect(picture.around.lastOffset).toBeGreaterThanOrEqual(2);
		expect(
			answerTo({kind: 'wheel-down', x: 0, y: 0}, {...picture, around: {...picture.around, lastOffset: 2}}),
		).toEqual(after);
	});

	test('whatever it does wherever, on a screen of any size, the view stays one that there can be', () => {
		const kind = fc.constantFrom('press', 'release', 'wheel-up', 'wheel-down');
		const view = fc.record({
			focused: fc.constantFrom(...allPanels),
			dialog: fc.constantFrom(undefined, help),
			offsets: fc.record({processes: fc.nat(60), disk: fc.nat(60)}, {requiredKeys: []}),
			isReversed: fc.boolean(),
		});
		fc.assert(
			fc.property(
				kind,
				fc.nat(210),
				fc.nat(60),
				fc.integer({min: 1, max: 200}),
				fc.integer({min: 1, max: 50}),
				view,
				fc.boolean(),
				(kind, x, y, wide, high, changes, isZoomed) => {
					const picture = pictured({...changes, zoomed: isZoomed ? changes.focused : undefined}, [wide, high]);
					const answer = answerTo({kind, x, y}, picture);

					if (typeof answer === 'object') {
						expect(initialView(allPanels).panels).toContain(answer.focused);
						expect([undefined, answer.focused]).toContain(answer.zoomed);
						expect(Object.values(answer.offsets).every(offset => offset >= 0)).toBe(true);
						expect(kind.startsWith('wheel') ? answer.focused : changes.focused).toBe(changes.focused);
					}
				},
			),
			{numRuns: 200},
		);
	});
});
