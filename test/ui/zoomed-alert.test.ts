import {describe, expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import type {EvidenceHour} from '../../src/core/alerts/incident.js';
import {type Safe, safeText} from '../../src/core/safe.js';
import {widthOf} from '../../src/core/width.js';
import {alerts} from '../../src/ui/panels/alerts.js';
import {ascii} from '../../src/ui/theme.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, type SceneChanges} from '../helpers/scene.js';
import {anAlert, oneNotifier, someAlerts, withAlerts} from '../helpers/scene-alerts.js';
import {painted} from '../helpers/screen.js';

const some = withAlerts();

/** Of the body, on screens of 40x12, 80x24, 120x36 and 200x50. */
const sizes = [
	[36, 9],
	[76, 20],
	[116, 32],
	[196, 46],
] as const;

type Size = readonly [columns: number, rows: number];

/** The zoomed panel about one of the alerts. */
function zoomed(incident: string, [columns, rows]: Size, changes: SceneChanges = {}): readonly string[] {
	const {snapshot = some, view} = changes;
	const bars = {alerts: {id: incident, row: 0}};
	const scene = aScene({...changes, snapshot, view: {focused: 'alerts', zoomed: 'alerts', bars, ...view}});
	return [
		`${columns}x${rows}: ${alerts.summary(scene, rows, columns)}`,
		...painted(columns, rows, scene, alerts.paint).map(row => `|${row}|`),
	];
}

const text = (incident: string, size: Size, changes: SceneChanges = {}) => zoomed(incident, size, changes).join('\n');
const alone = (alert: Alert, size: Size = [116, 40]) =>
	text(alert.incident, size, {snapshot: withAlerts(aSnapshot(), [alert], oneNotifier)});

describe('a whole page', () => {
	test.each(['k3f9', 'm7xq'].flatMap(incident => sizes.map(size => [incident, ...size] as const)))(
		'about %s at %ix%i',
		async (incident, columns, rows) => {
			await expectGolden(`zoomed-alert-${incident}-${columns}x${rows}`, zoomed(incident, [columns, rows]));
		},
	);

	test.each(['p0d2', 'fl4p', 'st1e', 'inf0', 'rec0', 'pe4d', '0ver'])('about %s', async incident => {
		await expectGolden(`zoomed-alert-${incident}`, zoomed(incident, [76, 20]));
	});

	test('in ASCII', async () => {
		await expectGolden('zoomed-alert-ascii', zoomed('p0d2', [76, 20], {symbols: ascii}));
	});

	test('of a moment of the past', async () => {
		const view = {time: {span: '5m', past: {at: some.at - 180_000, end: some.at}}} as const;
		await expectGolden('zoomed-alert-past', zoomed('m7xq', [76, 20], {view}));
	});

	test('about what is named and says what it likes', async () => {
		const page = zoomed('h0st', [76, 20]);
		expect(page.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
		await expectGolden('zoomed-alert-hostile', page);
	});

	test('is about the worst where none is chosen', () => {
		expect(text('', [76, 20], {view: {bars: {}}})).toMatch(/── orders-db {2}check {2}k3f9 ─/);
		expect(text('gone', [76, 20])).toMatch(/── orders-db {2}check {2}k3f9 ─/);
	});

	test.each(sizes)('fills %i columns and %i rows exactly, and those between', (columns, rows) => {
		for (let wide = Math.max(30, columns - 40); wide < columns + 10; wide += 7) {
			for (const {incident} of someAlerts) {
				const page = zoomed(incident, [wide, rows]).slice(1);
				expect(page.filter(row => widthOf(row as Safe) !== wide + 2)).toEqual([]);
			}
		}
	});
});

describe('it is told', () => {
	test.each<[string, Parameters<typeof anAlert>[2], RegExp]>([
		['what it is', {text: '96.2%, above 95%'}, /96\.2%, above 95%/],
		['why nobody is told', {mute: 'acknowledged'}, /acknowledged: nobody is told again until it is over or worse/],
		['that it flaps', {isFlapping: true}, /flapping: nobody is told of each change/],
		['that there is no data', {isStale: true}, /no data, was 96\.2%, above 95%/],
		['what one that is pending would be', {phase: 'pending'}, /would be +critical[\s\S]*|pending: not for long enough/],
		['how bad one was that is over', {phase: 'resolved', endedAt: some.at - 60_000}, /was +critical/],
		['for how long it lasted', {phase: 'resolved', endedAt: some.at - 60_000}, /1m0s ago, lasted 1m14s/],
		['what to do', {runbook: safeText('https://wiki/x')}, /runbook https:\/\/wiki\/x/],
		['that nobody was told', {}, /told +nobody/],
		['how many were', {told: {sent: 2, waiting: 1, refused: 3}}, /told +3 refused, 1 waiting, 2 sent/],
	])('%s', (_, parts, pattern) => {
		expect(alone(anAlert('a', 'Some rule', parts))).toMatch(pattern);
	});

	test('once, that it flaps, where that is why nobody is told', () => {
		expect(alone(anAlert('a', 'a', {isFlapping: true, mute: 'flapping'})).match(/flapping:/g)).toHaveLength(1);
	});

	test('nothing of why nobody is told, when it is over', () => {
		expect(alone(anAlert('a', 'a', {phase: 'resolved', endedAt: some.at, mute: 'silenced'}))).not.toMatch(/silenced/);
	});
});

describe('the hour before', () => {
	const hour = (parts: Partial<EvidenceHour>) =>
		alone(
			anAlert('a', 'a', {
				evidence: {
					at: some.at,
					byCpu: [],
					byMemory: [],
					hour: {from: some.at - 3_600_000, to: some.at, unit: 'percent', values: [10, 96], ...parts},
				},
			}),
			[90, 30],
		);

	test('has its least and its most, and the levels', () => {
		expect(hour({warning: 90, critical: 95})).toMatch(/▲ 90% {2}✗ 95% {2}max 96% {2}min 10%/);
		expect(hour({})).not.toMatch(/▲ |✗ \d/);
	});

	test('has lines where the levels are, in the part that is empty', () => {
		const [low = '', high = ''] = [hour({warning: 50, critical: 95}), hour({})];
		expect(low.split('\n').filter(row => row.includes('╌╌╌╌'))).toHaveLength(2);
		expect(high).not.toContain('╌');
	});

	test('is high enough for its levels', () => {
		expect(hour({unit: 'ms', values: [1, 2], warning: 400})).toMatch(/to 500 ms/);
	});

	test('has the unit of its series', () => {
		const unit = (unit: EvidenceHour['unit'], value: number) =>
			/max (.+?) {2}/.exec(hour({unit, values: [value]}))?.[1];
		const units = ['bytes', 'bytes/s', 'seconds', 'per second', 'bits/s', 'MHz', 'days', 'degrees C', 'count'] as const;
		expect(units.map(one => unit(one, 5400))).toEqual([
			'5.3 KiB',
			'5.4 kB/s',
			'1h 30m',
			'5400/s',
			'5.4 kbit/s',
			'5400 MHz',
			'5400 days',
			'5400 °C',
			'5400',
		]);
	});

	test('is not there where nothing is known of it', () => {
		expect(hour({values: [null, null]})).not.toMatch(/hour before|NaN|Infinity/);
	});
});

describe('the graph of now', () => {
	test('is of the series, with its value', () => {
		expect(alone(anAlert('a', 'a', {series: 'cpu.used'}))).toMatch(/now 23% {2}max /);
	});

	test('of a check is of its response time', () => {
		const snapshot = withAlerts(undefined, [anAlert('a', 'shop', {check: 'shop'})], oneNotifier);
		expect(text('a', [116, 32], {snapshot})).toMatch(/now 42.3 ms {2}max /);
	});

	test('is not there without values', () => {
		expect(alone(anAlert('a', 'a', {series: 'no.such'}))).not.toMatch(/now \d|NaN|Infinity/);
	});
});

describe('what happened', () => {
	const alert = anAlert('a', 'a', {
		timeline: Array.from({length: 40}, (_, index) => ({
			at: some.at - (40 - index) * 60_000,
			kind: 'sent' as const,
			text: safeText(`message ${index}`),
		})),
	});

	test('has the last first, and says how many there are', () => {
		const rows = alone(alert, [76, 20]).split('\n');
		const first = rows.findIndex(row => row.includes('what happened'));
		expect(rows[first]).toMatch(/what happened, the last first, \d+ of 40/);
		expect(rows[first + 1]).toMatch(/03:13:51 ✉ sent {7}message 39/);
		expect(rows[first + 2]).toContain('message 38');
	});

	test('is whole where there is room', () => {
		expect(alone(alert, [76, 60])).toMatch(/message 39[\s\S]*message 0 /);
	});
});
