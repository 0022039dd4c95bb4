import {describe, expect, test} from 'vitest';
import type {Safe} from '../../src/core/safe.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {Check} from '../../src/core/snapshot.js';
import {widthOf} from '../../src/core/width.js';
import {serviceAt, services} from '../../src/ui/panels/services.js';
import {Styles} from '../../src/ui/screen/styles.js';
import {ascii} from '../../src/ui/theme.js';
import {live} from '../../src/ui/time-view.js';
import {Timeline} from '../../src/ui/timeline.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, type SceneChanges} from '../helpers/scene.js';
import {aCheck, fewChecks, manyChecks, withChecks} from '../helpers/scene-checks.js';
import {historyOf} from '../helpers/scene-history.js';
import {painted} from '../helpers/screen.js';

const some = withChecks(aSnapshot());
const few = withChecks(aSnapshot(), fewChecks);
const of = (...checks: readonly Check[]) => ({snapshot: withChecks(aSnapshot(), checks)});

/** Bodies as they are at 40, 80, 120 and 200 columns. */
const sizes: readonly (readonly [columns: number, rows: number])[] = [
	[36, 5],
	[76, 12],
	[116, 12],
	[196, 12],
];

function frames(changes: SceneChanges, shown = sizes): readonly string[] {
	const scene = aScene(changes);
	return shown.flatMap(([columns, rows]) => [
		`${columns}x${rows}: ${services.summary(scene, rows, columns)}`,
		...painted(columns, rows, scene, services.paint).map(row => `|${row}|`),
	]);
}

const past = {time: {span: 'readings', past: {at: some.at - 60_000, end: some.at}}} as const;

const goldens: Record<string, [changes: SceneChanges, sizes?: typeof sizes]> = {
	'of-screens': [{snapshot: few}, [[76, 5]]],
	'all-states': [{snapshot: some}],
	'all-states-in-ascii': [{snapshot: some, symbols: ascii}],
	scrolled: [{snapshot: some, view: {offsets: {services: 4}}}, [[76, 4]]],
	'scrolled-too-far': [{snapshot: some, view: {offsets: {services: 99}}}, [[76, 4]]],
	'of-the-past': [{snapshot: some, view: past}, [sizes[1] ?? [76, 12], sizes[3] ?? [196, 12]]],
	'of-a-gap-in-the-past': [
		{snapshot: some, view: {time: {span: 'readings', past: {at: some.at - 25_000, end: some.at}}}},
		[[76, 3]],
	],
};

describe('the panel', () => {
	test.each(Object.entries(goldens))('%s', async (name, [changes, shown]) => {
		await expectGolden(`services-${name}`, frames(changes, shown));
	});

	test('fills its width exactly, whatever that is', () => {
		for (let columns = 10; columns < 500; columns += 13) {
			const rows = painted(columns, 12, aScene({snapshot: some}), services.paint);
			expect(rows.filter(row => widthOf(row as Safe) !== columns)).toEqual([]);
		}
	});

	test('has a reason whole, and the attempt whatever is cut', () => {
		const soft = aCheck('api', 'http', {
			attempt: {count: 2, of: 3},
			result: {status: 'critical', reason: safe`no answer in 5 s: connected, then silent, for the third time`},
		});
		const rows = (columns: number) => painted(columns, 1, aScene(of(soft)), services.paint).join('');

		for (const columns of [36, 46, 60, 76, 100, 156, 196]) {
			expect(rows(columns)).toMatch(/no answer.* 2\/3/);
		}

		expect(rows(236)).toContain('no answer in 5 s: connected, then silent, for the third time 2/3');
	});

	test.each([156, 196, 300])(
		'of %i columns has what is found and why it is not ok, once where they are the same',
		columns => {
			const row = (reason: string) => {
				const result = {status: 'critical', text: safe`DISK CRITICAL`, reason: safeText(reason)} as const;
				return painted(
					columns,
					1,
					aScene(of(aCheck('disk', 'command', {status: 'critical', result}))),
					services.paint,
				)[0];
			};
			expect(row('DISK CRITICAL')?.match(/DISK CRITICAL/g)).toHaveLength(1);
			expect(row('[STATUS] (2) == 0')).toMatch(/DISK CRITICAL .*\[STATUS\] \(2\) == 0/);
		},
	);

	test('does not say for how long what is not certain is so', () => {
		const soft = {attempt: {count: 1, of: 3}, result: {status: 'warning', reason: safe`slow`}} as const;
		const row = (status: 'ok' | 'warning') =>
			painted(116, 1, aScene(of(aCheck('a', 'tcp', {...soft, status}))), services.paint).join('');
		expect(row('warning')).toContain('for 1h 0m');
		expect(row('ok')).toMatch(/▲ fail a +tcp +slow 1\/3/);
		expect(row('ok')).not.toContain('for ');
	});

	test('has the word beside the sign, in every state', () => {
		const rows = painted(76, 12, aScene({snapshot: some}), services.paint).map(row => row.slice(0, 6));
		expect([...new Set(rows)]).toEqual(['✗ CRIT', '▲ WARN', '? unkn', '○ held', '○ wait', '● ok  ', '▲ fail']);
	});

	test('never shows what is named outside as it is', () => {
		expect(painted(196, 12, aScene({snapshot: some}), services.paint).join('')).not.toMatch(/[\p{Cc}\u202e]/u);
	});

	test('without checks says so', () => {
		expect(painted(36, 2, aScene(), services.paint).join('')).toContain('no checks are configured');
		expect(services.summary(aScene(), 2, 36)).toBe('');
	});
});

describe('the border', () => {
	test.each<[string, SceneChanges, rows: number, columns: number, text: string]>([
		['counts what there is', {snapshot: few}, 5, 76, '3 ok · 1 wait · 1 crit'],
		['and says how many are seen', {snapshot: few}, 4, 76, '3 ok · 1 wait · 1 crit · 4 of 5'],
		['all states', {snapshot: some}, 12, 76, '4 ok · 1 wait · 1 held · 1 fail · 1 unknown · 1 warn · 3 crit'],
		['on a small one the worst', {snapshot: some}, 2, 36, '1 warn · 3 crit · 2 of 12'],
		['on a tiny one the very worst', {snapshot: some}, 2, 17, '3 crit'],
		['of what is all well', of(...manyChecks(500)), 3, 36, '500 ok · 3 of 500'],
	])('%s', (_, changes, rows, columns, text) => {
		expect(services.summary(aScene(changes), rows, columns)).toBe(text);
	});
});

test.each([
	[0, 3],
	[4, 7],
	[5, undefined],
	[-1, undefined],
])('in line %i of a body of five rows is row %s of the list', (y, row) => {
	const scene = aScene({snapshot: some, view: {offsets: {services: 3}}});
	expect(serviceAt(scene, 5, y)?.row).toBe(row);
});

test('without colours the last results are told apart by their signs', () => {
	const scene = aScene({...of(aCheck('a', 'tcp', {recent: 'owcuo', result: {}})), styles: new Styles('none')});
	expect(painted(76, 1, scene, services.paint)[0]).toContain('······▇▲╳·▇');
});

test('the graph of a row moves only with a new result', () => {
	const result = {at: some.at - 3000, ms: 42, text: safe`200`};
	const check = aCheck('shop', 'http', {dueAt: some.at + 7000, result});
	const snapshot = withChecks(aSnapshot(), [check]);
	/** One run each ten beats, and each took longer; the series has the last one at every beat. */
	const at = (ageOfNewest: number) => {
		const now = result.at + ageOfNewest * 1000;
		const values = Array.from({length: 101 + ageOfNewest}, (_, beat) => 10 + Math.floor(beat / 10) ** 2);
		const timeline = new Timeline(historyOf('check.time:shop', values, now), live, now);
		return {...aScene({snapshot: {...snapshot, at: now}}), timeline};
	};
	const rows = [0, 1, 4, 5, 9].map(age => painted(76, 1, at(age), services.paint)[0]);
	expect(new Set(rows).size).toBe(1);
	expect(rows[0]).toContain('42 ms ▁▁▁▁▂▃▃▄▅▇█');
});
