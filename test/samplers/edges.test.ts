import {describe, expect, test} from 'vitest';
import {clockOf} from '../../src/core/kernel-clock.js';
import {io} from '../../src/samplers/io.js';
import {memorySeries, parseMeminfo} from '../../src/samplers/memory.js';
import {network} from '../../src/samplers/network.js';
import {self} from '../../src/samplers/self.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

const memories: Record<string, [meminfo: string, used: number, available: number]> = {
	'what is available counts as free': ['MemTotal: 100 kB\nMemAvailable: 25 kB\n', 75, 25],
	'more available than there is (a container) is all of it': ['MemTotal: 100 kB\nMemAvailable: 900 kB\n', 0, 100],
	'nothing available': ['MemTotal: 100 kB\nMemFree: 50 kB\nMemAvailable: 0 kB\n', 100, 0],
	'without MemAvailable, shared pages in the cache are not free': [
		'MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 5 kB\nCached: 40 kB\nSReclaimable: 5 kB\nShmem: 20 kB\n',
		60,
		40,
	],
	'without MemAvailable, never less than nothing': [
		'MemTotal: 100 kB\nMemFree: 1 kB\nCached: 2 kB\nShmem: 20 kB\n',
		100,
		0,
	],
};

describe('memory', () => {
	test.each(Object.entries(memories))('%s', (_, [meminfo, used, available]) => {
		const series = Object.fromEntries(memorySeries(parseMeminfo(meminfo)));
		expect(series['memory.used']).toBeCloseTo(used, 9);
		expect(series['memory.available']).toBe(available * 1024);
	});

	test('what the kernel does not tell has no series', () => {
		expect(memorySeries(parseMeminfo('MemTotal: 100 kB\nMemAvailable: 40 kB\n')).map(([name]) => name)).toEqual([
			'memory.used',
			'memory.total',
			'memory.available',
			'memory.cached',
		]);
	});
});

describe('a meminfo that is cut', () => {
	const whole =
		'MemTotal: 100 kB\nMemFree: 10 kB\nMemAvailable: 60 kB\nCached: 40 kB\nSwapTotal: 50 kB\nSwapFree: 50 kB\n';

	test.each(['MemTotal: 100 kB\n', 'MemTotal: 100 kB\nMemFree: 10 kB\n'])('is no memory in use: %j', text => {
		expect(whole.startsWith(text)).toBe(true);
		expect(() => parseMeminfo(text)).toThrow('neither MemAvailable nor MemFree and Cached');
	});

	test('is no swap in use', () => {
		const text = whole.slice(0, whole.indexOf('SwapFree'));
		const names = memorySeries(parseMeminfo(text)).map(([name]) => name);
		expect(names).toContain('swap.total');
		expect(names).not.toContain('swap.used');
	});
});

const row = (name: string, sectors = 8) => `   8       0 ${name} 1 0 ${sectors} 1 1 0 8 1 0 8 1\n`;

function devicesOf(diskstats: string, files: Record<string, string> = {}) {
	const sample = io.start()(fakeHost({'/proc/diskstats': diskstats, ...files}), contextAt(0));
	return 'tables' in sample ? sample.tables?.devices?.map(({device}) => device) : undefined;
}

const disks: Record<string, [diskstats: string, files: Record<string, string>, devices: string[]]> = {
	'with /sys, what stands in it': [
		row('sda') + row('sda1') + row('nvme0n1p1'),
		{'/sys/block/sda/x': '', '/sys/block/nvme0n1p1/x': ''},
		['sda', 'nvme0n1p1'],
	],
	'the kernel writes a slash as an exclamation mark there': [
		row('cciss/c0d0') + row('cciss/c0d0p1'),
		{'/sys/block/cciss!c0d0/x': ''},
		['cciss/c0d0'],
	],
	'without /sys, partitions are known by their disk': [
		['sda', 'sda1', 'sda15', 'nvme0n1', 'nvme0n1p2', 'mmcblk0', 'mmcblk0p1', 'md0', 'md0p1', 'dm-0', 'xvdb2']
			.map(name => row(name))
			.join(''),
		{},
		['sda', 'nvme0n1', 'mmcblk0', 'md0', 'dm-0', 'xvdb2'],
	],
	'loops that nothing was read from are none': [
		row('loop0') + row('loop1', 0).replace(' 8 1 0 8 1', ' 0 1 0 8 1'),
		{},
		['loop0'],
	],
	'no devices at all': ['', {}, []],
};

describe('devices', () => {
	test.each(Object.entries(disks))('%s', (_, [diskstats, files, devices]) => {
		expect(devicesOf(diskstats, files)).toEqual(devices);
	});

	test.each([
		['ENOENT', ['sda']],
		['EACCES', ['sda']],
	])('a /sys that answers %s is none', (code, devices) => {
		const list = () => {
			throw systemError(code);
		};
		const sample = io.start()(fakeHost({'/proc/diskstats': row('sda') + row('sda1')}, {list}), contextAt(0));
		expect(sample).toMatchObject({tables: {devices: devices.map(device => ({device}))}});
	});

	test('those that are not wanted are left out', () => {
		const context = contextAt(0);
		const filters = {...context.filters, devices: {only: ['sdb']}};
		const host = fakeHost({'/proc/diskstats': row('sda') + row('sdb')});
		expect(io.start()(host, {...context, filters})).toMatchObject({tables: {devices: [{device: 'sdb'}]}});
	});
});

test('interfaces with traffic come first, idle ones after them, lo last', () => {
	const line = (name: string, bytes: number) => `${name}: ${bytes} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
	const text = `a\nb\n${line('lo', 9)}${line('idle', 0)}${line('eth0', 1)}${line('eth1', 5)}`;
	const sample = network.start()(fakeHost({'/proc/self/net/dev': text}), contextAt(0));
	const names = ['eth0', 'eth1', 'idle', 'lo'].map(name => ({interface: name}));
	expect(sample).toMatchObject({tables: {interfaces: names}});
});

function auxv(pairs: [key: number, value: number][]): Uint8Array {
	return Buffer.from(BigUint64Array.from(pairs.flat().map(BigInt)).buffer);
}

describe("the kernel's clock", () => {
	const usual = {ticksPerSecond: 100, pageBytes: 4096, bootedAt: Number.NaN};

	test('is read from the auxiliary vector and btime', () => {
		const vector = auxv([
			[33, 1],
			[6, 65_536],
			[17, 250],
			[0, 0],
		]);
		const host = fakeHost({'/proc/self/auxv': vector, '/proc/stat': 'cpu  1\nbtime 1700000000\n'});
		expect(clockOf(host)).toEqual({ticksPerSecond: 250, pageBytes: 65_536, bootedAt: 1_700_000_000_000});
	});

	test.each([
		['no vector', {}],
		['an empty one', {'/proc/self/auxv': ''}],
		['one that is cut', {'/proc/self/auxv': auxv([[6, 65_536]]).subarray(0, 15)}],
	])('has the usual values with %s', (_, files) => {
		expect(clockOf(fakeHost({'/proc/stat': '', ...files}))).toEqual(usual);
	});

	test.each(['EACCES', 'EPERM'])('has the usual values when the vector answers %s', code => {
		const read = () => {
			throw systemError(code);
		};
		expect(clockOf(fakeHost({'/proc/stat': ''}, {read}))).toEqual(usual);
	});
});

test('our own cost is CPU time over real time, our memory, and how late the tick was, whatever the host is', async () => {
	const collect = self.start();
	const first = await collect(fakeHost({}), contextAt(0, {lag: 3}));
	expect(first.series).toEqual([
		['self.memory', expect.any(Number)],
		['self.lag', 3],
	]);
	const before = process.cpuUsage();

	while (process.cpuUsage(before).user < 20_000) {
		// Burn a little.
	}

	const {series} = await collect(fakeHost({}), contextAt(1000, {lag: 0}));
	const {user, system} = process.cpuUsage(before);
	const values = Object.fromEntries(series);
	// A second has 10,000 microseconds a percent; the sampler's own readings lie just outside of ours.
	expect(Math.abs((values['self.cpu'] ?? 0) - (user + system) / 10_000)).toBeLessThan(1);
	expect(values['self.cpu']).toBeGreaterThan(1);
	expect(values['self.lag']).toBe(0);
	expect(Math.abs((values['self.memory'] ?? 0) / process.memoryUsage.rss() - 1)).toBeLessThan(0.2);
});

test('no time between two readings is no rate of our own cost', async () => {
	const collect = self.start();
	await collect(fakeHost({}), contextAt(5));
	expect(Object.fromEntries((await collect(fakeHost({}), contextAt(5))).series)).not.toHaveProperty('self.cpu');
});
