import {describe, expect, test} from 'vitest';
import type {Alert, NotifierState} from '../../src/core/alerts/alert.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {expectGolden} from '../helpers/golden.js';
import {aSnapshot, everydaySnapshot} from '../helpers/scene.js';
import {
	anAlert,
	fewAlerts,
	machineWithAlerts,
	manyAlerts,
	oneNotifier,
	someAlerts,
	someNotifiers,
	withAlerts,
} from '../helpers/scene-alerts.js';
import {openScreen, type TestScreen} from '../helpers/screen.js';

type Row = {columns: number; rows: number; keys?: string[]; isAscii?: true; snapshot?: Snapshot};

const screens: Record<string, Row> = {
	'screen-alerts-40x12': {columns: 40, rows: 12},
	'screen-alerts-80x24': {columns: 80, rows: 24},
	'screen-alerts-120x36': {columns: 120, rows: 36},
	'screen-alerts-all-states-120x36': {columns: 120, rows: 36, snapshot: withAlerts()},
	'screen-alerts-all-states-200x50': {columns: 200, rows: 50, snapshot: withAlerts()},
	'screen-alerts-ascii-120x36': {columns: 120, rows: 36, isAscii: true},
	'screen-alerts-bar-120x36': {columns: 120, rows: 36, keys: ['7', 'down', 'down']},
	'screen-alerts-zoomed-40x12': {columns: 40, rows: 12, keys: ['7']},
	'screen-alerts-zoomed-80x24': {columns: 80, rows: 24, keys: ['7', 'down']},
	'screen-alerts-zoomed-120x36': {columns: 120, rows: 36, keys: ['7', 'e', 'down']},
	'screen-alerts-zoomed-200x50': {columns: 200, rows: 50, keys: ['7', 'e', 'down'], snapshot: withAlerts()},
	'screen-alerts-zoomed-ascii-80x24': {columns: 80, rows: 24, keys: ['7', 'down'], isAscii: true},
	'screen-alerts-past-120x36': {columns: 120, rows: 36, keys: ['7', 'h', 'H', 'H', 'H']},
};

describe('a whole screen', () => {
	test.each(Object.entries(screens))('%s', async (name, {columns, rows, keys = [], isAscii = false, snapshot}) => {
		const screen = await openScreen({columns, rows, isAscii, snapshot: snapshot ?? machineWithAlerts()});
		screen.keys(...keys);
		const frame = await screen.rows();
		screen.view.stop(() => {});
		expect(frame).toHaveLength(rows);
		await expectGolden(name, frame);
	});
});

const start = aSnapshot();

/** A screen and what is on it, with other alerts from one second to the next. */
async function follow(alerts: readonly Alert[], [columns, rows] = [120, 36], notifiers = oneNotifier) {
	const screen = await openScreen({columns, rows, snapshot: machineWithAlerts(alerts, notifiers)});
	let seconds = 0;
	const next = (alerts: readonly Alert[], notifiers: readonly NotifierState[] = oneNotifier, after = 1) => {
		seconds += after;
		screen.clock.pass(after * 1000);
		const snapshot = machineWithAlerts(alerts, notifiers);
		screen.store.publish({...snapshot, at: start.at + seconds * 1000, sequence: 200 + seconds}, after - 1);
	};
	return {screen, next};
}

const text = async (screen: TestScreen) => (await screen.rows()).join('\n');
/** The rows that are drawn in reverse, without the first and the last line. */
const barsOf = async (screen: TestScreen, columns = 120) => {
	const looks = await screen.looks();
	const rows = await screen.rows();
	return rows.filter((_, y) => looks[y * columns + 70]?.isInverse && y > 0 && y < rows.length - 1);
};

const pending = anAlert('p', 'slow', {phase: 'pending'});
const [first, second, over] = fewAlerts as readonly [Alert, Alert, Alert];

describe('the panel', () => {
	test('comes beside the processes with the first alert that fires, and goes with the last one', async () => {
		const {screen, next} = await follow([]);
		const before = (await text(screen)).replace(/03:14:\d\d/, '');
		expect(before).not.toContain('Alerts');
		next(fewAlerts);
		expect(await text(screen)).toMatch(/6 Processes .*7 Alerts/);
		next([over]);
		expect(await text(screen)).toMatch(/7 Alerts .* 1 over/);
		next([]);
		expect(await text(screen)).not.toContain('Alerts');
		screen.view.stop(() => {});
	});

	test('does not come for what only is pending, but its digit opens it', async () => {
		const {screen, next} = await follow([]);
		next([pending]);
		expect(await text(screen)).not.toContain('7 Alerts');
		screen.keys('7');
		expect(await text(screen)).toMatch(/7 Alerts .* 1 pend ╮[\s\S]*… pend {2}slow/);
		screen.view.stop(() => {});
	});

	test('comes for a way to tell people that does not work', async () => {
		const {screen, next} = await follow([]);
		next([], someNotifiers);
		expect(await text(screen)).toMatch(/7 Alerts[\s\S]*✗ notifier pager/);
		expect((await screen.rows())[0]).toMatch(/▲ WARN notifier ops: 3 waiting, refused on mai/);
		screen.view.stop(() => {});
	});

	test('opens zoomed by its digit where there is no room for it, and leaves with another panel', async () => {
		const {screen} = await follow(fewAlerts, [80, 24]);
		expect(await text(screen)).not.toContain('7 Alerts');
		screen.keys('7');
		expect(await text(screen)).toMatch(/7 Alerts[\s\S]*── orders-db {2}check {2}k3f9/);
		screen.keys('6', 'escape');
		expect(await text(screen)).toContain('1 CPU');
		screen.view.stop(() => {});
	});

	test('keeps its digit from meaning anything while there is none', async () => {
		const screen = await openScreen({columns: 80, rows: 24, snapshot: everydaySnapshot()});
		const before = await text(screen);
		screen.keys('7');
		expect(await text(screen)).toBe(before);
		screen.view.stop(() => {});
	});

	test('is found by the last line, and a click there', async () => {
		const {screen} = await follow(fewAlerts, [80, 24]);
		const last = (await screen.rows())[23] ?? '';
		expect(last).toContain('7 alerts');
		screen.view.mouse({kind: 'press', x: last.indexOf('7 alerts') + 3, y: 23});
		expect(await text(screen)).toContain('7 Alerts');
		screen.view.stop(() => {});
	});
});

describe('the bar', () => {
	test('stays on its incident when that changes its row, and goes with it', async () => {
		const {screen, next} = await follow(fewAlerts);
		screen.keys('7', 'down', 'down');
		expect(await barsOf(screen)).toEqual([expect.stringContaining('Disk nearly full /')]);
		next([second, first, over]);
		expect(await barsOf(screen)).toEqual([expect.stringContaining('Disk nearly full /')]);
		next([first, over]);
		expect(await barsOf(screen)).toEqual([]);
		screen.view.stop(() => {});
	});

	test('in the zoom what is read stays the same when something else becomes worse', async () => {
		const {screen, next} = await follow([second]);
		screen.keys('7', 'e');
		expect(await text(screen)).toMatch(/── Disk nearly full \/ {2}disk\.used:\/ {2}p0d2/);
		next([first, second]);
		expect(await text(screen)).toMatch(/✗ CRIT {2}orders-db[\s\S]*── Disk nearly full \//);
		screen.keys('up');
		expect(await text(screen)).toMatch(/── orders-db {2}check/);
		screen.view.stop(() => {});
	});

	test('sorts the processes by the cause while its panel has the keys', async () => {
		const {screen} = await follow(someAlerts);
		screen.keys('n', '7', 'down', 'down');
		expect(await text(screen)).toMatch(/by memory for the alert ·/);
		screen.keys('up');
		expect(await text(screen)).toMatch(/by name ·/);
		screen.keys('down', 'tab');
		expect(await text(screen)).toMatch(/by name ·/);
		screen.keys('shift+tab');
		expect(await text(screen)).toMatch(/by memory for the alert ·/);
		screen.keys('p');
		expect(await text(screen)).toMatch(/by pid ·/);
		screen.keys('tab');
		expect(await text(screen)).toMatch(/by pid ·/);
		screen.view.stop(() => {});
	});

	test('is put by a click on a row', async () => {
		const {screen} = await follow(fewAlerts);
		const y = (await screen.rows()).findIndex(row => row.includes('Disk nearly full /') && row.startsWith('│'));
		screen.view.mouse({kind: 'press', x: 80, y});
		expect(await barsOf(screen)).toEqual([expect.stringContaining('Disk nearly full /')]);
		screen.view.stop(() => {});
	});
});

/** When something is fired now. */
const fresh = (incident: string, second: number) =>
	anAlert(incident, incident, {since: start.at + second * 1000, firedAt: start.at + second * 1000});

describe('whoever is not looking', () => {
	/** Bells and titles in what was written. */
	const calls = (screen: TestScreen) =>
		screen.output
			.take()
			.join('')
			.match(/\x07|\x1b\]2;.*?\x1b\\/g) ?? [];

	test('hears the bell for what is critical and new, and reads in the title how much is', async () => {
		const {screen, next} = await follow([first]);
		expect(calls(screen)).toEqual(['\x1b]2;healthtop: 1 critical\x1b\\']);
		next([first, fresh('a', 1)]);
		expect(calls(screen)).toEqual(['\x1b]2;healthtop: 2 critical\x1b\\', '\x07']);
		next([first, fresh('a', 1)]);
		expect(calls(screen)).toEqual([]);
		next([]);
		expect(calls(screen)).toEqual(['\x1b]2;healthtop: 0 critical\x1b\\']);
		screen.view.stop(() => {});
		expect(calls(screen)).toEqual(['\x1b]2;\x1b\\']);
	});

	test('is not called for the past', async () => {
		const {screen, next} = await follow([]);
		screen.keys('h');
		next([fresh('a', 1)]);
		expect(calls(screen)).toEqual(['\x1b]2;healthtop: 1 critical\x1b\\']);
		screen.keys('0');
		next([fresh('a', 1)]);
		expect(calls(screen)).toEqual(['\x07']);
		screen.view.stop(() => {});
	});

	test('reads what was missed until the next key', async () => {
		const {screen, next} = await follow([]);
		next([fresh('a', 600)], oneNotifier, 4 * 3600);
		expect((await screen.rows())[0]).toContain('while you were away (4h 0m): 1 alert, 1 open');
		screen.keys('x');
		expect((await screen.rows())[0]).not.toContain('away');
		screen.view.stop(() => {});
	});

	test('is there with the mouse, too', async () => {
		const {screen, next} = await follow([]);
		next([fresh('a', 600)], oneNotifier, 4 * 3600);
		screen.view.mouse({kind: 'wheel-down', x: 1, y: 30});
		expect((await screen.rows())[0]).not.toContain('away');
		screen.view.stop(() => {});
	});
});

test('a hundred alerts are painted in a few milliseconds', async () => {
	const {screen, next} = await follow(manyAlerts(100), [200, 50]);
	screen.keys('7', 'e');
	const began = performance.now();

	for (let second = 1; second <= 20; second++) {
		next(manyAlerts(100));
	}

	expect((performance.now() - began) / 20).toBeLessThan(100);
	screen.view.stop(() => {});
});
