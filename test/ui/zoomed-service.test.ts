import {describe, expect, test} from 'vitest';
import {type Safe, safe, safeText} from '../../src/core/safe.js';
import type {Check} from '../../src/core/snapshot.js';
import {widthOf} from '../../src/core/width.js';
import {services} from '../../src/ui/panels/services.js';
import {ascii} from '../../src/ui/theme.js';
import {live} from '../../src/ui/time-view.js';
import {Timeline} from '../../src/ui/timeline.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, type SceneChanges} from '../helpers/scene.js';
import {aCheck, someChecks, withChecks} from '../helpers/scene-checks.js';
import {historyOf} from '../helpers/scene-history.js';
import {painted} from '../helpers/screen.js';

const some = withChecks(aSnapshot());

/** Of the body, on screens of 40x12, 80x24, 120x36 and 200x50. */
const sizes = [
	[36, 8],
	[76, 20],
	[116, 32],
	[196, 46],
] as const;

type Size = readonly [columns: number, rows: number];

/** The zoomed panel about one of the services. */
function zoomed(name: string, [columns, rows]: Size, changes: SceneChanges = {}): readonly string[] {
	const {snapshot = some, view} = changes;
	const row = Math.max(
		0,
		snapshot.checks.findIndex(({check}) => check === name),
	);
	const bars = {services: {id: snapshot.checks[row]?.check ?? '', row}};
	const scene = aScene({...changes, snapshot, view: {focused: 'services', zoomed: 'services', bars, ...view}});
	return [
		`${columns}x${rows}: ${services.summary(scene, rows, columns)}`,
		...painted(columns, rows, scene, services.paint).map(row => `|${row}|`),
	];
}

const text = (name: string, size: Size, changes: SceneChanges = {}) => zoomed(name, size, changes).join('\n');

describe('a whole page', () => {
	test.each(['orders-db', 'shop'].flatMap(name => sizes.map(size => [name, ...size] as const)))(
		'about %s at %ix%i',
		async (name, columns, rows) => {
			await expectGolden(`zoomed-service-${name}-${columns}x${rows}`, zoomed(name, [columns, rows]));
		},
	);

	test.each(['api', 'orders-report', 'backup', 'cache', 'nginx', 'mailer'])('about %s', async name => {
		await expectGolden(`zoomed-service-${name}`, zoomed(name, [76, 20]));
	});

	test('in ASCII', async () => {
		await expectGolden('zoomed-service-ascii', zoomed('shop', [76, 20], {symbols: ascii}));
	});

	test('of a moment of the past', async () => {
		const view = {time: {span: '5m', past: {at: some.at - 60_000, end: some.at}}} as const;
		await expectGolden('zoomed-service-past', zoomed('shop', [76, 20], {view}));
	});

	test('about what is named and says what it likes', async () => {
		const {check: evil = ''} = someChecks.at(-1) ?? {};
		const page = zoomed(evil, [76, 20]);
		expect(page.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
		await expectGolden('zoomed-service-hostile', page);
	});

	test('is about the worst where none is chosen', () => {
		expect(text('', [76, 20], {view: {bars: {}}})).toMatch(/── orders-db {2}mysql ─/);
		expect(text('', [76, 20], {view: {bars: {services: {id: 'gone', row: 3}}}})).toMatch(/── orders-db {2}mysql ─/);
	});

	test.each(sizes)('fills %i columns and %i rows exactly, and those between', (columns, rows) => {
		for (let wide = Math.max(30, columns - 40); wide < columns + 10; wide += 7) {
			for (const name of ['orders-db', 'shop', 'backup', someChecks.at(-1)?.check ?? '']) {
				const page = zoomed(name, [wide, rows]).slice(1);
				expect(page.filter(row => widthOf(row as Safe) !== wide + 2)).toEqual([]);
			}
		}
	});
});

describe('nothing is said twice', () => {
	const page = (check: Check) => text(check.check, [116, 32], {snapshot: withChecks(aSnapshot(), [check])});
	const times = (page: string, part: string) => page.split(part).length - 1;

	test('that a program says why it is not ok', () => {
		const said = {status: 'critical', text: safe`DISK CRITICAL`, reason: safe`DISK CRITICAL`} as const;
		// Once in the row of the list, and once below it.
		expect(times(page(aCheck('disk', 'command', {status: 'critical', result: said})), 'DISK CRITICAL')).toBe(2);
		const other = {...said, reason: safe`exit 2`};
		expect(page(aCheck('disk', 'command', {status: 'critical', result: other}))).toMatch(/found +DISK CRITICAL/);
	});

	test('whose a certificate is', () => {
		const [subject, issuer] = [safe`shop.example.com`, safe`Some Authority`];
		const facts = [
			{label: safe`subject`, value: subject},
			{label: safe`issuer`, value: issuer},
			{label: safe`serial`, value: safe`0a1b`},
		];
		const certificate = {subject, issuer, validFrom: some.at - 1e9, validTo: some.at + 1e9};
		const both = page(aCheck('cert', 'certificate', {result: {text: safe`11 days`, certificate, facts}}));
		expect([times(both, subject), times(both, issuer), times(both, '0a1b')]).toEqual([1, 1, 1]);
		const alone = page(aCheck('cert', 'certificate', {result: {text: safe`11 days`, facts}}));
		expect([times(alone, subject), times(alone, issuer)]).toEqual([1, 1]);
	});
});

/** One check with everything that there can be too much of. */
const full: Check = aCheck('full', 'http', {
	status: 'critical',
	attempt: {count: 1, of: 2},
	since: some.at - 5000,
	changes: Array.from({length: 20}, (_, index) => ({
		at: some.at - 5000 - index * 3_600_000,
		status: index % 2 === 0 ? ('critical' as const) : ('ok' as const),
		...(index % 2 === 0 && {reason: safeText(`reason ${index}`)}),
	})),
	result: {
		status: 'critical',
		reason: safeText('word '.repeat(60)),
		ms: 42,
		stages: [
			{name: 'name', ms: 1},
			{name: 'connect', ms: 2},
			{name: 'tls', ms: 3},
			{name: 'login', ms: 4},
			{name: 'first byte', ms: 5},
			{name: 'whole', ms: 20},
		],
		conditions: Array.from({length: 12}, (_, index) => ({
			text: safeText(`[BODY].field${index} == ${index}`),
			status: index === 9 ? ('critical' as const) : ('ok' as const),
		})),
		certificate: {
			subject: safe`full.example.com`,
			issuer: safe`somebody`,
			validFrom: some.at - 90 * 86_400_000,
			validTo: some.at - 3 * 86_400_000 - 1000,
		},
		facts: Array.from({length: 9}, (_, index) => ({
			label: safeText(`fact ${index}`),
			value: safeText(`value ${index}`),
		})),
	},
});

describe('where there is not room for all', () => {
	const snapshot = {
		...withChecks(aSnapshot(), [full]),
		series: new Map([...some.series, ['check.time:full', 42]] as const),
	};
	const page = (columns: number, rows: number) => text('full', [columns, rows], {snapshot});

	test.each<[columns: number, rows: number, there: readonly RegExp[], missing: readonly RegExp[]]>([
		[36, 8, [/CRIT for 5s/, /word word/, /critical, 1 of 2/], [/issuer/, /fact/]],
		[76, 14, [/word word/, /uptime/, /field9 == 9/, /\+11 more/], [/field0/]],
		[76, 20, [/field9 == 9/, /TLS 3.0 ms/, /p95/, /expired 3 days ago/, /last changes, 1 of 20/], []],
		[116, 32, [/field9 == 9/, /p95/, /issuer +somebody/, /last changes, \d+ of 20/], []],
		[
			196,
			46,
			[/field11 == 11/, /whole 20 ms/, /issuer +somebody/, /fact 8/, /value 8/, /reason 18/],
			[/more/, /of 20/],
		],
	])('%ix%i has what is most important', (columns, rows, there, missing) => {
		const seen = page(columns, rows);

		for (const pattern of there) {
			expect(seen).toMatch(pattern);
		}

		for (const pattern of missing) {
			expect(seen).not.toMatch(pattern);
		}
	});

	test('failed conditions stand first', () => {
		const rows = page(196, 46).split('\n');
		const index = (part: string) => rows.findIndex(row => row.includes(part));
		expect(index('field9')).toBeLessThan(index('field0'));
		expect(index('field0')).toBeLessThan(index('field1 '));
	});

	test('a reason is there in full where there is room, in lines of words', () => {
		expect(page(196, 46).match(/word/g)).toHaveLength(60 + 10);
	});
});

describe('response times', () => {
	const withTimes = (values: readonly number[]) => {
		const scene = aScene({
			snapshot: withChecks(aSnapshot(), [aCheck('shop', 'http', {result: {ms: 1}})]),
			view: {focused: 'services', zoomed: 'services'},
		});
		const {at} = scene.snapshot;
		const timeline = new Timeline(historyOf('check.time:shop', values, at), live, at);
		return painted(76, 20, {...scene, timeline}, services.paint).join('\n');
	};

	test('are told of what is drawn, gaps left out', () => {
		const values = [...Array.from({length: 99}, (_, index) => index + 1), Number.NaN, 900];
		expect(withTimes(values)).toMatch(/response {2}min 1.0 ms {2}average 59 ms {2}p95 95 ms {2}max 900 ms +to 1000 ms/);
	});

	test('of one result are that', () => {
		expect(withTimes([7])).toMatch(/min 7.0 ms {2}average 7.0 ms {2}p95 7.0 ms {2}max 7.0 ms/);
	});

	test('that nobody knows are not there', () => {
		expect(withTimes([])).not.toMatch(/average|NaN/);
	});
});
