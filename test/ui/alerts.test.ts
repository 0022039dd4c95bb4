import {describe, expect, test} from 'vitest';
import type {Alert, NotifierState} from '../../src/core/alerts/alert.js';
import type {Safe} from '../../src/core/safe.js';
import {widthOf} from '../../src/core/width.js';
import {alertAt, alerts} from '../../src/ui/panels/alerts.js';
import {Styles} from '../../src/ui/screen/styles.js';
import {ascii} from '../../src/ui/theme.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, type SceneChanges} from '../helpers/scene.js';
import {
	anAlert,
	fewAlerts,
	manyAlerts,
	oneNotifier,
	someAlerts,
	someNotifiers,
	withAlerts,
} from '../helpers/scene-alerts.js';
import {painted} from '../helpers/screen.js';

const some = withAlerts();
const of = (alerts: readonly Alert[], notifiers: readonly NotifierState[] = oneNotifier) => ({
	snapshot: withAlerts(aSnapshot(), alerts, notifiers),
});

/** Bodies as they are beside the processes at 120 and 200 columns, and alone on small screens and large ones. */
const sizes: readonly (readonly [columns: number, rows: number])[] = [
	[36, 9],
	[56, 16],
	[76, 16],
	[96, 16],
	[196, 16],
];

function frames(changes: SceneChanges, shown = sizes): readonly string[] {
	const scene = aScene(changes);
	return shown.flatMap(([columns, rows]) => [
		`${columns}x${rows}: ${alerts.summary(scene, rows, columns)}`,
		...painted(columns, rows, scene, alerts.paint).map(row => `|${row}|`),
	]);
}

const past = (ago: number) => ({time: {span: '6h', past: {at: some.at - ago, end: some.at}}}) as const;

const goldens: Record<string, [changes: SceneChanges, sizes?: typeof sizes]> = {
	few: [of(fewAlerts), [[56, 4]]],
	'all-states': [{snapshot: some}],
	'all-states-in-ascii': [{snapshot: some, symbols: ascii}],
	scrolled: [{...of(someAlerts), view: {offsets: {alerts: 9}}}, [[76, 4]]],
	'scrolled-too-far': [{...of(someAlerts), view: {offsets: {alerts: 99}}}, [[76, 4]]],
	'of-the-past': [{snapshot: some, view: past(150 * 60_000)}, [[96, 8]]],
};

describe('the panel', () => {
	test.each(Object.entries(goldens))('%s', async (name, [changes, shown]) => {
		await expectGolden(`alerts-${name}`, frames(changes, shown));
	});

	test('fills its width exactly, whatever that is', () => {
		for (let columns = 10; columns < 500; columns += 13) {
			const rows = painted(columns, 16, aScene({snapshot: some}), alerts.paint);
			expect(rows.filter(row => widthOf(row as Safe) !== columns)).toEqual([]);
		}
	});

	test('has the word beside the sign, in every state', () => {
		const rows = painted(76, 16, aScene(of(someAlerts)), alerts.paint).map(row => row.slice(0, 7));
		expect([...new Set(rows)].slice(0, 7)).toEqual([
			'✗ CRIT ',
			'~ flap ',
			'▲ WARN ',
			'i info ',
			'↺ recov',
			'… pend ',
			'● over ',
		]);
	});

	test('never shows what is named outside as it is', () => {
		expect(painted(196, 16, aScene({snapshot: some}), alerts.paint).join('')).not.toMatch(/[\p{Cc}\u202e]/u);
	});

	test('is the same without colours but for what only they tell', () => {
		const scene = {snapshot: some, styles: new Styles('none')};
		expect(frames(scene)).toEqual(frames({snapshot: some}));
	});

	test('without alerts says so', () => {
		expect(painted(36, 2, aScene(), alerts.paint).join('')).toContain('no alerts in the last 24 hours');
		expect(alerts.summary(aScene(), 2, 36)).toBe('');
	});

	test('of a moment that no alert is remembered of says that', () => {
		const scene = aScene({snapshot: withAlerts(aSnapshot(), fewAlerts), view: past(5 * 24 * 3_600_000)});
		expect(painted(36, 2, scene, alerts.paint).join('')).toContain('none remembered');
	});

	test.each<[told: Alert['told'], mute: Alert['mute'], phase: Alert['phase'], text: string]>([
		[{sent: 0, waiting: 0, refused: 0}, undefined, 'firing', ''],
		[{sent: 2, waiting: 0, refused: 0}, undefined, 'firing', '✉ 2 sent'],
		[{sent: 2, waiting: 1, refused: 0}, undefined, 'firing', '1 waiting'],
		[{sent: 2, waiting: 1, refused: 3}, undefined, 'firing', '3 refused'],
		[{sent: 2, waiting: 0, refused: 0}, 'acknowledged', 'firing', 'acked'],
		[{sent: 2, waiting: 0, refused: 0}, 'silenced', 'pending', 'silenced'],
		[{sent: 2, waiting: 0, refused: 0}, 'silenced', 'resolved', '✉ 2 sent'],
		[{sent: 0, waiting: 0, refused: 0}, 'maintenance', 'firing', 'maintenance'],
		[{sent: 0, waiting: 0, refused: 0}, 'held', 'firing', 'held'],
		[{sent: 0, waiting: 0, refused: 0}, 'flapping', 'firing', 'not told'],
	])('says of %o, %s and %s: %s', (told, mute, phase, text) => {
		const alert = anAlert('a', 'a', {told, phase, ...(mute && {mute})});
		const [row = ''] = painted(76, 1, aScene(of([alert])), alerts.paint);
		expect(row.slice(-24, -12).trim()).toBe(text);
	});

	test('does not move when a number becomes longer', () => {
		const row = (sent: number, ago: number) =>
			painted(
				76,
				1,
				aScene(of([anAlert('a', 'a', {since: some.at - ago, told: {sent, waiting: 0, refused: 0}})])),
				alerts.paint,
			)[0] ?? '';
		expect(row(9, 59_000).indexOf('✉')).toBe(row(10, 3_600_000).indexOf('✉'));
	});
});

describe('ways to tell people that do not work', () => {
	const rows = (height: number, notifiers = someNotifiers) =>
		painted(76, height, aScene(of(manyAlerts(20), notifiers)), alerts.paint);

	test('stand above the list, what somebody has to mend first', () => {
		expect(rows(8).slice(0, 3)).toEqual([
			expect.stringMatching(/^✗ notifier pager: broken, 12 waiting, password not accepted for bot +$/),
			expect.stringMatching(/^▲ notifier ops: 3 waiting, retry in 40s, refused on mail\.example\.com:587 +$/),
			expect.stringMatching(/^✗ CRIT {2}alert-1 /),
		]);
	});

	test('leave most of the room to the list, and say how many there are', () => {
		expect(rows(4)[0]).toMatch(/^✗ notifier pager: .* \+1$/);
		expect(rows(4)[1]).toContain('alert-1');
		expect(rows(1)[0]).toContain('alert-1');
	});

	test('are told without alerts, too', () => {
		const text = painted(76, 3, aScene(of([], someNotifiers)), alerts.paint).join('\n');
		expect(text).toMatch(/notifier pager: .*\n.*no alerts/);
	});

	test('do not name those that are well', () => {
		expect(rows(8, oneNotifier)[0]).toContain('alert-1');
	});
});

describe('the border', () => {
	test.each<[string, SceneChanges, rows: number, columns: number, text: string]>([
		['counts what there is, the worst first', of(fewAlerts), 5, 56, '1 crit · 1 warn · 1 over'],
		['and says how many are seen', of(fewAlerts), 2, 56, '1 crit · 1 warn · 1 over · 2 of 3'],
		['all states', of(someAlerts), 16, 76, '4 crit · 3 warn · 1 flap · 1 info · 1 recov · 1 pend · 2 over'],
		['on a small one the worst', of(someAlerts), 9, 36, '4 crit · 3 warn · 9 of 13'],
		['on a tiny one the very worst', of(someAlerts), 2, 17, '4 crit'],
	])('%s', (_, changes, rows, columns, text) => {
		expect(alerts.summary(aScene(changes), rows, columns)).toBe(text);
	});
});

test.each([
	[0, undefined],
	[1, undefined],
	[2, 3],
	[7, 8],
	[8, undefined],
	[-1, undefined],
])('in line %i of a body of eight rows, two of them about notifiers, is row %s of the list', (y, row) => {
	const scene = aScene({snapshot: some, view: {offsets: {alerts: 3}}});
	expect(alertAt(scene, 8, y)?.row).toBe(row);
	expect(alertAt(scene, 8, y)?.id).toBe(row === undefined ? undefined : someAlerts[row]?.incident);
});
