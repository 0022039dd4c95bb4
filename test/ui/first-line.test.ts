import {describe, expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {Check, Snapshot} from '../../src/core/snapshot.js';
import type {Standing} from '../../src/engine/store.js';
import {joinedTroubles, quietText, standingTroubles, troublesOf} from '../../src/ui/headline.js';
import {paintHeader} from '../../src/ui/lines.js';
import type {ViewState} from '../../src/ui/view-state.js';
import {aScene, aSnapshot} from '../helpers/scene.js';
import {fewAlerts, oneNotifier} from '../helpers/scene-alerts.js';
import {aCheck, manyChecks} from '../helpers/scene-checks.js';
import {painted} from '../helpers/screen.js';

const {at} = aSnapshot();
const well: Partial<Snapshot> = {filesystems: [], problems: []};
const problem = {area: 'network', source: safe`/proc/net/dev`, reason: safe`has no header`};
const failed = (name: string, reason = 'refused on 127.0.0.1:3306'): Check =>
	aCheck(name, 'mysql', {
		status: 'critical',
		since: at - 134_000,
		result: {status: 'critical', reason: safeText(reason)},
	});

const waiting = (name: string): Check => aCheck(name, 'tcp', {status: 'waiting'});
const failing = (name: string, reason: string, parts: Partial<Check> = {}): Check => ({
	...aCheck(name, 'http', {attempt: {count: 1, of: 3}, result: {status: 'critical', reason: safeText(reason)}}),
	...parts,
});

test.each<[string, readonly Check[], isWell: boolean, text: string]>([
	['no services', [], true, ' · up 12d 3h · alerts: screen only'],
	['one', [aCheck('a', 'tcp', {result: {}})], true, ' · 1 service · up 12d 3h · alerts: screen only'],
	['some', manyChecks(7), true, ' · 7 services · up 12d 3h · alerts: screen only'],
	[
		'one that waits',
		[...manyChecks(2), waiting('b')],
		true,
		' · 3 services, 1 waiting · up 12d 3h · alerts: screen only',
	],
	['all of which wait', [waiting('a'), waiting('b')], false, '2 services, no results yet · up 12d 3h'],
	['one, which waits', [waiting('a')], false, '1 service, no result yet · up 12d 3h'],
	[
		'one that fails, which is not certain',
		[...manyChecks(2), failing('shop', 'no answer in 5 s: connected, then silent')],
		false,
		'1 failing, not certain yet: shop no answer in 5 s: connected, then silent 1/3',
	],
	[
		'more that fail',
		[failing('shop', 'refused'), waiting('b'), failing('api', 'silent', {status: 'waiting'})],
		false,
		'2 failing, not certain yet: shop refused 1/3 · api silent 1/3',
	],
	[
		'one that failed in the past',
		[
			{
				check: 'shop',
				name: safe`shop`,
				type: safe`http`,
				status: 'ok',
				since: at,
				result: {status: 'critical', at, text: safe`not remembered`, stages: [], conditions: [], facts: []},
				dueAt: at,
				recent: '',
				changes: [],
			},
		],
		false,
		'1 failing, not certain yet: shop',
	],
])('without troubles it says of services: %s', (_, checks, isWell, text) => {
	expect(quietText(aSnapshot({checks}), safe`·`)).toEqual({isWell, text});
});

test('of the past, and where alerts are not ours, nothing is said of who is told', () => {
	const past = {values: undefined, processes: undefined};
	expect(quietText(aSnapshot({past}), safe`·`).text).toBe(' · up 12d 3h');
	expect(quietText(aSnapshot(), safe`·`, true).text).toBe(' · up 12d 3h');
});

test('without troubles it says how long the machine has been up, if it knows', () => {
	expect(quietText(aSnapshot({series: new Map()}), safe`·`)).toEqual({isWell: true, text: ' · alerts: screen only'});
	const snapshot = aSnapshot({series: new Map(), checks: [waiting('a')]});
	expect(quietText(snapshot, safe`·`)).toEqual({isWell: false, text: '1 service, no result yet'});
});

const configuration = {
	area: 'configuration',
	source: safe`healthtop.jsonc`,
	reason: safe`line 3: not JSON, kept as it was`,
};

describe('troubles of screen and engine', () => {
	const names = (standing: Partial<Standing>, changes: Partial<Snapshot>) =>
		joinedTroubles(
			standingTroubles({role: 'own', others: 0, ...standing}),
			troublesOf(aSnapshot({...well, ...changes})),
		).map(({text}) => text);
	const three = ['a', 'b', 'c'].map(name => failed(name));
	const told = (name: string) => `${name} refused on 127.0.0.1:3306 2m14s`;

	test.each<[string, Partial<Standing>, Partial<Snapshot>, readonly string[]]>([
		[
			'the engine’s configuration',
			{},
			{checks: three, problems: [problem, configuration]},
			[
				told('a'),
				'healthtop.jsonc: line 3: not JSON, kept as it was',
				told('b'),
				told('c'),
				'/proc/net/dev: has no header',
			],
		],
		[
			'the screen’s configuration',
			{problem: safe`keys: no such key`},
			{checks: three},
			[told('a'), 'keys: no such key', told('b'), told('c')],
		],
		[
			'that there is no engine',
			{trouble: safe`no engine for 5s`, problem: safe`keys: no such key`},
			{checks: three},
			['no engine for 5s', 'keys: no such key', told('a'), told('b'), told('c')],
		],
		[
			'the same of both',
			{problem: safe`healthtop.jsonc: line 3: not JSON, kept as it was`},
			{problems: [configuration]},
			['healthtop.jsonc: line 3: not JSON, kept as it was'],
		],
	])('%s', (_, standing, changes, texts) => {
		expect(names(standing, changes)).toEqual(texts);
	});
});

describe('the first line', () => {
	const long = 'no answer in 5 s: connected and logged in as monitor, then silent';
	const slowDb = failed('orders-db', long);
	const line = (columns: number, changes: Partial<Snapshot>) =>
		painted(columns, 1, aScene({snapshot: aSnapshot({...well, ...changes})}), paintHeader)
			.join('')
			.trim();

	test.each<[string, columns: number, Partial<Snapshot>, string]>([
		['all of the first reason', 120, {checks: [slowDb]}, `web-01  ✗ CRIT orders-db ${long} 2m14s`],
		[
			'the first cut by the end of the line',
			80,
			{checks: [slowDb]},
			'web-01  ✗ CRIT orders-db no answer in 5 s: connected and logged in …',
		],
		[
			'how many others there are',
			80,
			{checks: [slowDb, failed('b')]},
			'web-01  ✗ CRIT orders-db no answer in 5 s: connected and logged … +1',
		],
		[
			'others that fit behind it',
			150,
			{checks: [slowDb, failed('b')]},
			`web-01  ✗ CRIT orders-db ${long} 2m14s  ✗ CRIT b refused on 127.0.0.1:3306 2m14s`,
		],
		[
			'the configuration behind it, though other services have failed',
			150,
			{checks: [failed('a'), failed('b'), failed('c')], problems: [configuration]},
			'web-01  ✗ CRIT a refused on 127.0.0.1:3306 2m14s  ▲ WARN healthtop.jsonc: line 3: not JSON, kept as it was +2',
		],
		[
			'the beginning of it where there is not room for more',
			100,
			{checks: [failed('a'), failed('b')], problems: [configuration]},
			'web-01  ✗ CRIT a refused on 127.0.0.1:3306 2m14s  ▲ WARN healthtop.jsonc: line 3: no… +1',
		],
		[
			'it rather than all of the first reason',
			115,
			{checks: [slowDb, failed('b')], problems: [configuration]},
			'web-01  ✗ CRIT orders-db no answer in 5 s: connected and… 2m14s  ▲ WARN healthtop.jsonc: line 3: no… +1',
		],
		[
			'all of the first reason where there is no room for it anyway',
			80,
			{checks: [slowDb], problems: [configuration]},
			'web-01  ✗ CRIT orders-db no answer in 5 s: connected and logged … +1',
		],
		[
			'what is not certain yet',
			80,
			{checks: [failing('shop', long)]},
			'web-01  1 failing, not certain yet: shop no answer in 5 s: connecte…',
		],
		['that nothing is known yet', 80, {checks: [waiting('shop')]}, 'web-01  1 service, no result yet · up 12d 3h'],
		[
			'that all is well, and that nobody is told when it is not',
			80,
			{checks: manyChecks(2)},
			'web-01  all well · 2 services · up 12d 3h · alerts: screen only',
		],
		[
			'that all is well',
			80,
			{checks: manyChecks(2), notifiers: oneNotifier},
			'web-01  all well · 2 services · up 12d 3h',
		],
		[
			'alerts',
			80,
			{alerts: fewAlerts, notifiers: oneNotifier},
			'web-01  ✗ CRIT orders-db refused on 127.0.0.1:3306 2m14s +1',
		],
		[
			'alerts whole',
			160,
			{alerts: fewAlerts, notifiers: oneNotifier},
			'web-01  ✗ CRIT orders-db refused on 127.0.0.1:3306 2m14s  ▲ WARN Disk nearly full / 94.1%, above 85% 1d 2h, acked',
		],
	])('has %s', (_, columns, changes, text) => {
		expect(line(columns, changes).replace(/ *03:14:51$/, '')).toBe(text);
	});
});

describe('while nobody pressed a key', () => {
	const missed = (columns: number, alerts: readonly Alert[], awayFor: number, view: Partial<ViewState> = {}) => {
		const snapshot = aSnapshot({...well, alerts, notifiers: oneNotifier});
		const scene = aScene({snapshot, view: {keyAt: at - awayFor, ...view}});
		return painted(columns, 1, scene, paintHeader)
			.join('')
			.trim()
			.replace(/ *03:14:51$/, '');
	};
	const minute = 60_000;
	const over = fewAlerts.slice(2);

	test.each<[string, columns: number, readonly Alert[], awayFor: number, string]>([
		['all was well again', 120, over, 200 * minute, 'web-01  all well · while you were away (3h 20m): 1 alert, over'],
		['nothing happened', 120, over, 60 * minute, 'web-01  all well · up 12d 3h'],
		[
			'something is wrong',
			120,
			fewAlerts,
			192 * minute,
			'web-01  ✗ CRIT orders-db refused on 127.0.0.1:3306 2m14s +1   while you were away (3h 12m): 2 alerts, 1 open',
		],
		[
			'on a small screen in short',
			80,
			fewAlerts,
			192 * minute,
			'✗ CRIT orders-db refused on 127.0… +1  away 3h 12m: 2 alerts, 1 open',
		],
		[
			'on a tiny one what is wrong now',
			60,
			fewAlerts,
			192 * minute,
			'web-01  ✗ CRIT orders-db refused on 127.0.0.… +1',
		],
	])('and %s', (_, columns, alerts, awayFor, text) => {
		expect(missed(columns, alerts, awayFor)).toBe(text);
	});

	test('nothing of it is said beside the past, nor beside what is frozen', () => {
		const time = {span: 'readings', past: {at: at - 60_000, end: at}} as const;
		expect(missed(120, fewAlerts, 192 * minute, {time})).not.toContain('away');
		expect(missed(120, fewAlerts, 192 * minute, {isFrozen: true})).not.toContain('away');
	});
});
