import {describe, expect, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import type {Check, Snapshot} from '../../src/core/snapshot.js';
import {expectGolden} from '../helpers/golden.js';
import {aSnapshot, everydaySnapshot} from '../helpers/scene.js';
import {aCheck, fewChecks, machineWithServices, manyChecks, someChecks, withChecks} from '../helpers/scene-checks.js';
import {openScreen, type TestScreen} from '../helpers/screen.js';

type Row = {columns: number; rows: number; keys?: string[]; isAscii?: true; checks?: readonly Check[]};

const well = fewChecks.map(check =>
	check.status === 'critical' ? aCheck('orders-db', 'mysql', {result: {ms: 3}}) : check,
);

const screens: Record<string, Row> = {
	'screen-services-80x24': {columns: 80, rows: 24},
	'screen-services-well-80x24': {columns: 80, rows: 24, checks: well},
	'screen-services-all-states-120x36': {columns: 120, rows: 36, checks: someChecks},
	'screen-services-200x50': {columns: 200, rows: 50, checks: someChecks},
	'screen-services-500-80x24': {columns: 80, rows: 24, checks: manyChecks(500), keys: ['5', 'end']},
	'screen-services-40x12': {columns: 40, rows: 12},
	'screen-services-ascii-80x24': {columns: 80, rows: 24, isAscii: true},
	'screen-services-bar-80x24': {columns: 80, rows: 24, keys: ['5', 'down', 'down']},
	'screen-services-zoomed-80x24': {columns: 80, rows: 24, keys: ['5', 'down', 'down', 'down', 'enter']},
	'screen-services-zoomed-40x12': {columns: 40, rows: 12, keys: ['5', 'e']},
	'screen-services-zoomed-120x36': {columns: 120, rows: 36, keys: ['5', 'e', 'down', 'down']},
	'screen-services-zoomed-200x50': {columns: 200, rows: 50, keys: ['5', 'e', 'down', 'down'], checks: someChecks},
	'screen-services-past-80x24': {columns: 80, rows: 24, keys: ['5', 'down', 'h', 'H', 'h']},
};

describe('a whole screen', () => {
	test.each(Object.entries(screens))('%s', async (name, {columns, rows, keys = [], isAscii = false, checks}) => {
		const screen = await openScreen({columns, rows, isAscii, snapshot: machineWithServices(checks)});
		screen.keys(...keys);
		const frame = await screen.rows();
		screen.view.stop(() => {});
		expect(frame).toHaveLength(rows);
		await expectGolden(name, frame);
	});
});

/** A screen of 80x24 and what is on it, with other checks from one second to the next. */
async function follow(checks: readonly Check[]) {
	const screen = await openScreen({columns: 80, rows: 24, snapshot: machineWithServices(checks)});
	let seconds = 0;
	const publish = (snapshot: Snapshot) => {
		seconds += 1;
		screen.store.publish({...snapshot, at: snapshot.at + seconds * 1000, sequence: snapshot.sequence + seconds}, 0);
	};
	return {screen, publish, next: (checks: readonly Check[]) => publish(machineWithServices(checks))};
}

const text = async (screen: TestScreen) => (await screen.rows()).join('\n');
/** The row that is drawn in reverse. */
const barOf = async (screen: TestScreen) => {
	const looks = await screen.looks();
	const rows = await screen.rows();
	return rows.find((_, y) => looks[y * 80 + 10]?.isInverse && y > 0 && y < 23);
};

describe('the panel', () => {
	test('comes with the first check and goes with the last one, and no other panel is lost', async () => {
		const {screen, publish, next} = await follow([]);
		const before = await text(screen);
		expect(before).not.toContain('Services');
		next(fewChecks);
		expect(await text(screen)).toMatch(/5 Services[\s\S]*orders-db[\s\S]*6 Processes/);
		publish(everydaySnapshot());
		const bordersOf = (screen: string) => screen.split('\n').map(row => row.replace(/[^╭╮╰╯─│\d A-Z]/g, ''));
		expect(bordersOf(await text(screen)).filter(row => row.startsWith('╭'))).toEqual(
			bordersOf(before).filter(row => row.startsWith('╭')),
		);
		screen.view.stop(() => {});
	});

	test('becomes higher with more of them', async () => {
		const {screen, next} = await follow(manyChecks(1));
		/** Rows with a service in them, between the borders of the panel. */
		const rows = async () => {
			const all = await screen.rows();
			const top = all.findIndex(row => row.startsWith('╭5'));
			const bottom = all.findIndex((row, y) => y > top && row.startsWith('╰'));
			return all.slice(top + 1, bottom).filter(row => row.includes('service-')).length;
		};
		expect(await rows()).toBe(1);
		next(manyChecks(4));
		expect(await rows()).toBe(4);
		next(manyChecks(2));
		expect(await rows()).toBe(2);
		screen.view.stop(() => {});
	});

	test('keeps the digit and its zoom from meaning anything while there is none', async () => {
		const {screen} = await follow([]);
		const before = await text(screen);
		screen.keys('5', 'tab', 'shift+tab');
		expect(await text(screen)).toBe(before);
		screen.view.stop(() => {});
	});

	test('of a frozen picture stays as it is', async () => {
		const {screen, next} = await follow(fewChecks);
		screen.keys('f');
		await screen.rows();
		next([]);
		expect(await text(screen)).toContain('5 Services');
		screen.keys('f');
		expect(await text(screen)).not.toContain('5 Services');
		screen.view.stop(() => {});
	});

	test('of a moment of the past that nothing is known of keeps its place', async () => {
		const screen = await openScreen({columns: 80, rows: 24, snapshot: machineWithServices()});
		screen.keys('h', 'H', 'H', 'h', 'h', 'h', 'h');
		expect(await text(screen)).toMatch(/5 Services[\s\S]*none remembered/);
		screen.view.stop(() => {});
	});
});

describe('the bar', () => {
	const [shop, nginx, backup, ...others] = fewChecks as readonly [Check, Check, Check, ...Check[]];
	const failedShop: Check = {
		...shop,
		status: 'critical',
		result: {
			status: 'critical',
			at: shop.since,
			text: safe``,
			reason: safe`refused`,
			stages: [],
			conditions: [],
			facts: [],
		},
	};

	test('stays on its check when that changes its row, and goes with it', async () => {
		const {screen, next} = await follow(fewChecks);
		screen.keys('5', 'down', 'down', 'down');
		expect(await barOf(screen)).toContain('shop');
		next([failedShop, nginx, backup, ...others]);
		expect(await barOf(screen)).toContain('✗ CRIT shop');
		next([nginx, backup, ...others]);
		expect(await barOf(screen)).toBeUndefined();
		screen.view.stop(() => {});
	});

	test('in the zoom what is read stays the same when something else becomes worse', async () => {
		const {screen, next} = await follow([nginx, shop]);
		screen.keys('5', 'e');
		expect(await text(screen)).toMatch(/── nginx {2}process/);
		next([nginx, failedShop]);
		expect(await text(screen)).toMatch(/✗ CRIT shop[\s\S]*── nginx {2}process/);
		screen.keys('up');
		expect(await text(screen)).toMatch(/── shop {2}http/);
		screen.view.stop(() => {});
	});
});

test('500 services are painted in a few milliseconds', async () => {
	const snapshot = withChecks(aSnapshot(), manyChecks(500));
	const screen = await openScreen({columns: 200, rows: 50, snapshot});
	const began = performance.now();

	for (let second = 1; second <= 20; second++) {
		const checks = [...snapshot.checks];
		checks[second] = {...aCheck(`service-${second + 1}`, 'tcp', {result: {ms: second}})};
		screen.store.publish({...snapshot, checks, at: snapshot.at + second * 1000, sequence: 200 + second}, 0);
	}

	expect((performance.now() - began) / 20).toBeLessThan(100);
	screen.view.stop(() => {});
});
