import {describe, expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {widthOf} from '../../src/core/width.js';
import {snapshotJson} from '../../src/report/snapshot-json.js';
import {snapshotText} from '../../src/report/snapshot-text.js';
import {expectGolden} from '../helpers/golden.js';
import {aSnapshot, firstSnapshot} from '../helpers/scene.js';
import {someChecks, withChecks} from '../helpers/scene-checks.js';

const full = aSnapshot();
const empty = aSnapshot({
	cores: 1,
	series: new Map(),
	filesystems: [],
	devices: [],
	interfaces: [],
	processes: [],
	problems: [],
});
const lines = (snapshot: Snapshot) => snapshotText(snapshot).trimEnd().split('\n');

describe('as text', () => {
	test.each([
		['report-snapshot', full],
		['report-first-reading', firstSnapshot()],
		['report-services', withChecks(full)],
	])('%s', async (name, snapshot) => {
		await expectGolden(name, lines(snapshot));
	});

	test('no line is wider than 110 columns, none has an escape, and it ends with a newline', () => {
		const text = snapshotText(full);
		expect(lines(full).filter(line => widthOf(safeText(line)) > 110)).toEqual([]);
		expect(text).not.toMatch(/[^\P{Cc}\n]/u);
		expect(text.endsWith('\n')).toBe(true);
	});

	test('what is not known is no number', () => {
		const text = snapshotText(empty);
		expect(text).not.toMatch(/NaN|undefined|Infinity/);
		expect(text.split('\n')[0]).toBe('web-01  2026-11-22 03:14:51  1 core');
	});

	test('at most ten processes are printed, the busiest, and it says of how many', () => {
		const rows = lines(full).slice(lines(full).findIndex(line => line.includes('COMMAND')));
		expect(rows[0]).toContain('(10 of 42)');
		expect(rows.filter(row => /^ *\d+ /.test(row))).toHaveLength(10);
	});
});

describe('services', () => {
	const snapshot = aSnapshot({checks: someChecks, impaired: safe`2 of 3 other hosts cannot be reached from here`});
	const json = JSON.parse(snapshotJson(snapshot));

	test('stand in JSON in the order of the configuration, with all that is known of them', () => {
		expect(json.checks.map(({name}: {name: string}) => name).slice(0, 3)).toEqual(['shop', 'nginx', 'backup']);
		expect(json.impaired).toBe('2 of 3 other hosts cannot be reached from here');
		expect(json.checks[0]).toEqual({
			name: 'shop',
			type: 'http',
			status: 'ok',
			since: '2026-11-10T03:14:51.000Z',
			at: '2026-11-22T03:14:48.000Z',
			lastStatus: 'ok',
			text: '200',
			responseMs: 42.3,
			stages: [
				{name: 'name', ms: 0.31},
				{name: 'connect', ms: 0.42},
				{name: 'tls', ms: 11.9},
				{name: 'first byte', ms: 40.2},
				{name: 'whole', ms: 42.3},
			],
			conditions: [
				{text: '[STATUS] == 200', status: 'ok'},
				{text: '[RESPONSE_TIME] < 500', status: 'ok'},
				{text: '[BODY].status == ok', status: 'ok'},
			],
			certificate: {
				subject: 'shop.example.com',
				issuer: "R11, Let's Encrypt",
				validFrom: '2026-10-04T03:14:51.000Z',
				validTo: '2027-01-02T06:14:51.000Z',
			},
			facts: [
				{label: 'address', value: '192.0.2.80:443'},
				{label: 'server', value: 'nginx'},
				{label: 'protocol', value: 'HTTP/1.1'},
				{label: 'body size', value: '12.4 KiB'},
			],
			dueAt: '2026-11-22T03:14:58.000Z',
			uptimePercent: 99.98,
			uptimeOfMs: 86_400_000,
			changes: [
				{at: '2026-11-10T03:14:51.000Z', status: 'ok'},
				{
					at: '2026-11-10T03:14:11.000Z',
					status: 'critical',
					reason: 'no answer in 5 s: connected, then silent',
				},
			],
		});
	});

	test('that have failed say why, and which result it is of how many', () => {
		const of = (name: string) => json.checks.find((check: {name: string}) => check.name === name);
		expect(of('orders-db')).toMatchObject({status: 'critical', reason: 'refused on 127.0.0.1:3306', text: ''});
		expect(of('orders-report')).toMatchObject({status: 'critical', blockedBy: 'orders-db'});
		expect(of('api')).toMatchObject({status: 'ok', lastStatus: 'critical', attempt: {count: 2, of: 3}});
	});

	test('that have had no result yet have none', () => {
		expect(json.checks[2]).toEqual({
			name: 'backup',
			type: 'command',
			status: 'waiting',
			since: '2026-11-22T02:14:51.000Z',
			dueAt: '2026-11-22T03:59:51.000Z',
			changes: [],
		});
	});

	test('are named so that nothing happens to the terminal, and every key is camelCase', () => {
		expect(snapshotJson(snapshot)).not.toMatch(/[^\P{Cc}\n]|\u202e|\bnull\b/u);
		expect(snapshotText(snapshot)).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
		expect(keysOf(json.checks).filter(key => !/^[a-z]+(?:[A-Z][a-z]+)*$/.test(key))).toEqual([]);
	});

	test('in text are no wider than all else', () => {
		expect(lines(snapshot).filter(line => widthOf(safeText(line)) > 110)).toEqual([]);
		expect(lines(snapshot).filter(line => line.startsWith('service '))).toHaveLength(someChecks.length);
		expect(lines(snapshot)).toContain('problem monitor impaired: 2 of 3 other hosts cannot be reached from here');
	});
});

test('the minute that is remembered is not printed', () => {
	const minute = {from: full.at - 60_000, to: full.at, processes: full.processes};
	expect(snapshotText({...full, minute})).toBe(snapshotText(full));
	expect(snapshotJson({...full, minute})).toBe(snapshotJson(full));
});

/** Every key, at any depth. */
function keysOf(value: unknown): readonly string[] {
	return value !== null && typeof value === 'object'
		? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)])
		: [];
}

describe('as JSON', () => {
	const small = aSnapshot({
		intervalMs: 1000.4,
		series: new Map([
			['cpu.used', 23],
			['disk.used:/a:b', 93.6],
			['memory.total', 2 ** 34],
			['network.up:eth0', 1],
			['network.speed:eth0', 1e9],
		]),
		filesystems: full.filesystems.filter(({mount}) => mount === '/snap/core20/2318' || mount === '/mnt/backup'),
		devices: full.devices.slice(0, 1),
		interfaces: [{interface: 'eth0', name: safe`eth0`, receivedBytes: 4, sentBytes: 2}],
		processes: full.processes.slice(3, 5),
		problems: [{area: 'memory', source: safe`memory`, reason: safe`no luck`, isWhole: true}],
	});

	test('the whole of a small one', () => {
		expect(JSON.parse(snapshotJson(small))).toEqual({
			version: 1,
			host: 'web-01',
			at: '2026-11-22T03:14:51.000Z',
			intervalMs: 1000,
			series: {
				'cpu.used': 23,
				'disk.used:/a:b': 93.6,
				'memory.total': 2 ** 34,
				'network.up:eth0': 1,
				'network.speed:eth0': 1e9,
			},
			cores: 4,
			filesystems: [
				{
					mount: '/snap/core20/2318',
					device: '/dev/squashfs',
					type: 'squashfs',
					options: ['ro', 'relatime'],
					readOnly: true,
					totalBytes: 64_424_509.44,
					usedBytes: 64_424_509.44,
					freeBytes: 0,
					usedPercent: 100,
					inodesTotal: 1000,
					inodesUsed: 40,
					inodesFree: 960,
					inodesUsedPercent: 4,
					stuck: false,
				},
				{
					mount: '/mnt/backup',
					device: 'nas:/backup',
					type: 'nfs4',
					options: ['rw'],
					readOnly: false,
					stuck: true,
					stuckSince: '2026-11-22T03:13:36.000Z',
					problem: 'stuck since 03:13:36',
				},
			],
			devices: [
				{
					device: 'vda',
					physical: true,
					readBytesPerSecond: 2_100_000,
					writtenBytesPerSecond: 9_400_000,
					readsPerSecond: 31,
					writesPerSecond: 1204.5,
					latencyMs: 0.8,
					busyPercent: 37,
				},
			],
			interfaces: [{interface: 'eth0', up: true, speedBitsPerSecond: 1e9, receivedBytes: 4, sentBytes: 2}],
			processes: [
				{
					pid: 391,
					parent: 1,
					state: 'I',
					name: 'kworker/0:1',
					cpuPercent: 7.95,
					memoryBytes: 2_577_399_808,
					memoryPercent: (2_577_399_808 * 100) / 2 ** 34,
					openFiles: 9,
					threads: 94,
					startedAt: '2026-11-21T12:14:51.000Z',
				},
				{
					pid: 488,
					parent: 1,
					user: 'www-data',
					state: 'Z',
					name: 'name4',
					command: 'evil \\x1b]0;owned\\x07\\x1b[2J name',
					cpuPercent: 3.95,
					memoryBytes: 2_291_138_560,
					memoryPercent: (2_291_138_560 * 100) / 2 ** 34,
					openFiles: 12,
					threads: 125,
					startedAt: '2026-11-21T07:14:51.000Z',
				},
			],
			checks: [],
			problems: [{area: 'memory', source: 'memory', reason: 'no luck'}],
		});
	});

	test.each([
		['full', full],
		['of the first reading', firstSnapshot()],
		['empty', empty],
	])('%s, every key is camelCase, nothing is null, and it ends with a newline', (_, snapshot) => {
		const text = snapshotJson(snapshot);
		const {series, ...rest} = JSON.parse(text);
		expect(keysOf(rest).filter(key => !/^[a-z]+(?:[A-Z][a-z]+)*$/.test(key))).toEqual([]);
		expect(Object.keys(series)).toEqual([...snapshot.series.keys()]);
		expect(text).not.toMatch(/\bnull\b/);
		expect(text.endsWith('}\n')).toBe(true);
	});

	test('a name cannot act on the terminal that it is shown on', () => {
		expect(snapshotJson(full)).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
	});
});

test('a mount that has not answered yet is neither stuck nor well', () => {
	const {filesystems} = aSnapshot();
	const waiting = filesystems.map(({usage: _, stuckSince: __, problem: ___, ...row}) => row);
	const [row] = JSON.parse(snapshotJson(aSnapshot({filesystems: waiting}))).filesystems;
	expect(row).not.toHaveProperty('stuck');
	expect(row).toMatchObject({problem: 'no answer yet'});
});

test('series and tables name a mount in the same letters', () => {
	const mount = Buffer.from('/Ünï', 'utf8').toString('latin1');
	const series = new Map([[`disk.used:${mount}`, 5]]);
	expect(JSON.parse(snapshotJson(aSnapshot({series}))).series).toEqual({'disk.used:/Ünï': 5});
});
