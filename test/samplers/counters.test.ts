import {describe, expect, test} from 'vitest';
import type {Sampler} from '../../src/core/sampler.js';
import {cpu} from '../../src/samplers/cpu.js';
import {io} from '../../src/samplers/io.js';
import {network} from '../../src/samplers/network.js';
import {tcp} from '../../src/samplers/tcp.js';
import {vmstat} from '../../src/samplers/vmstat.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost} from '../helpers/fake-host.js';

/** Readings a second apart; gives what series of these names each of them has. */
async function story(sampler: Sampler, readings: readonly FakeFiles[], names: readonly string[]) {
	const host = fakeHost({});
	const collect = sampler.start();
	const found: (number | undefined)[][] = [];

	for (const [second, files] of readings.entries()) {
		for (const path of Object.keys(host.files)) {
			delete host.files[path];
		}

		Object.assign(host.files, files);
		const series = new Map((await collect(host, contextAt(second * 1000))).series);
		found.push(names.map(name => series.get(name)));
	}

	return found;
}

/** A device's counters: reads, sectors read, ms read, writes, sectors written, ms written, ms busy. */
type Disk = [
	name: string,
	reads: number,
	read: number,
	ms: number,
	writes: number,
	written: number,
	wms: number,
	busy: number,
];

const disks = (...rows: Disk[]): FakeFiles => ({
	'/proc/diskstats': rows
		.map(
			([name, reads, read, ms, writes, written, wms, busy]) =>
				`8 0 ${name} ${reads} 0 ${read} ${ms} ${writes} 0 ${written} ${wms} 0 ${busy} 0\n`,
		)
		.join(''),
});

const ioNames = ['io.reads:sda', 'io.read:sda', 'io.writes:sda', 'io.written:sda', 'io.latency:sda', 'io.busy:sda'];
const gap = [undefined, undefined, undefined, undefined, undefined, undefined];
const start: Disk = ['sda', 10, 100, 1000, 20, 200, 2000, 5000];
const grown: Disk = ['sda', 14, 102, 1030, 22, 206, 2030, 5500];
const rates = [4, 1024, 2, 3072, 10, 50];

const ioStories: Record<string, [readings: Disk[][], found: (number | undefined)[][]]> = {
	growth: [
		[[start], [grown], [grown]],
		[gap, rates, [0, 0, 0, 0, undefined, 0]],
	],
	'a device that appears, disappears and comes back': [
		[[], [start], [grown], [], [grown], [grown]],
		[gap, gap, rates, gap, gap, [0, 0, 0, 0, undefined, 0]],
	],
	'all counters reset': [
		[[grown], [start], [grown]],
		[gap, gap, rates],
	],
	'sectors wrap at 32 bit: only their rate is a gap': [
		[[['sda', 10, 2 ** 32 - 1, 0, 0, 0, 0, 0]], [['sda', 11, 1, 8, 0, 0, 0, 1]]],
		[gap, [1, undefined, 0, 0, 8, 0.1]],
	],
	'time of reads wraps at 32 bit: neither latency nor a negative one': [
		[[['sda', 10, 0, 2 ** 32 - 5, 0, 0, 50, 0]], [['sda', 12, 0, 5, 0, 0, 70, 0]]],
		[gap, [2, 0, 0, 0, undefined, 0]],
	],
	'writes wrap: no latency of all, for nobody knows how many there were': [
		[[['sda', 10, 0, 0, 2 ** 32 - 1, 0, 0, 0]], [['sda', 12, 0, 40, 0, 0, 0, 0]]],
		[gap, [2, 0, undefined, 0, undefined, 0]],
	],
	'busy for longer than the time there was is 100 %': [
		[[['sda', 0, 0, 0, 0, 0, 0, 0]], [['sda', 1, 0, 0, 0, 0, 0, 1008]]],
		[gap, [1, 0, 0, 0, 0, 100]],
	],
};

test.each(Object.entries(ioStories))('devices: %s', async (_, [readings, found]) => {
	expect(
		await story(
			io,
			readings.map(rows => disks(...rows)),
			ioNames,
		),
	).toEqual(found);
});

type Link = [name: string, index: number | undefined, received: number, sent?: number];

/** In the order of the kernel: that of the indices. */
function links(...rows: Link[]): FakeFiles {
	const lines = rows.map(
		([name, , received, sent = 0]) => `${name}: ${received} 0 0 0 0 0 0 0 ${sent} 0 0 0 0 0 0 0\n`,
	);
	const indices = rows.map(([name, index]) => [`/sys/class/net/${name}/ifindex`, `${index}\n`]);
	return {
		'/proc/self/net/dev': `a\nb\n${lines.join('')}`,
		...Object.fromEntries(indices.filter((_, i) => rows[i]?.[1])),
	};
}

const linkStories: Record<string, [readings: FakeFiles[], found: Record<string, (number | undefined)[]>]> = {
	'a renamed interface goes on under its new name, without a spike': [
		[
			links(['eth0', 2, 5_000_000]),
			links(['eth0', 2, 5_000_100]),
			links(['wan0', 2, 5_000_300]),
			links(['wan0', 2, 5_000_400]),
		],
		{eth0: [undefined, 100, undefined, undefined], wan0: [undefined, undefined, 200, 100]},
	],
	'two that exchange their names exchange their counters, too': [
		[
			links(['a', 2, 1000], ['b', 3, 9000]),
			links(['b', 2, 1010], ['a', 3, 9020]),
			links(['b', 2, 1040], ['a', 3, 9060]),
		],
		{a: [undefined, 20, 40], b: [undefined, 10, 30]},
	],
	'one that takes the name of one that left is another': [
		[links(['a', 2, 1000], ['b', 3, 9000]), links(['a', 3, 9005]), links(['a', 3, 9010])],
		{a: [undefined, 5, 5], b: [undefined, undefined, undefined]},
	],
	'one that is gone for a while is made anew': [
		[
			links(['lo', 1, 1], ['tun0', 7, 500]),
			links(['lo', 1, 1]),
			links(['lo', 1, 1], ['tun0', 8, 600]),
			links(['lo', 1, 1], ['tun0', 8, 650]),
		],
		{tun0: [undefined, undefined, undefined, 50]},
	],
	'one that is made anew between two readings, behind another': [
		[links(['tun0', 7, 500], ['x', 8, 1]), links(['x', 8, 2], ['tun0', 9, 700]), links(['x', 8, 3], ['tun0', 9, 710])],
		{tun0: [undefined, undefined, 10]},
	],
	'one that is made anew between two readings, in its place': [
		[links(['lo', 1, 1], ['tun0', 7, 500]), links(['lo', 1, 1], ['tun0', 8, 30]), links(['lo', 1, 1], ['tun0', 8, 50])],
		{tun0: [undefined, undefined, 20]},
	],
	'counters that wrap at 32 bit': [
		[links(['eth0', 2, 2 ** 32 - 100]), links(['eth0', 2, 100]), links(['eth0', 2, 200])],
		{eth0: [undefined, undefined, 100]},
	],
	'counters that reset': [
		[links(['eth0', 2, 900]), links(['eth0', 2, 0]), links(['eth0', 2, 5])],
		{eth0: [undefined, undefined, 5]},
	],
	'without indices the name counts': [
		[links(['eth0', undefined, 100]), links(['eth0', undefined, 150]), links(['wan0', undefined, 180])],
		{eth0: [undefined, 50, undefined], wan0: [undefined, undefined, undefined]},
	],
};

test.each(Object.entries(linkStories))('interfaces: %s', async (_, [readings, found]) => {
	const names = Object.keys(found);
	const rows = await story(
		network,
		readings,
		names.map(name => `network.received:${name}`),
	);
	expect(Object.fromEntries(names.map((name, i) => [name, rows.map(row => row[i])]))).toEqual(found);
});

test('of one interface a counter that resets is a gap, and the others go on', async () => {
	const names = [
		'network.received:eth0',
		'network.sent:eth0',
		'network.received_total:eth0',
		'network.sent_total:eth0',
	];
	expect(await story(network, [links(['eth0', 2, 900, 50]), links(['eth0', 2, 5, 70])], names)).toEqual([
		[undefined, undefined, 900, 50],
		[undefined, 20, 5, 70],
	]);
});

test('indices are read when the names change, and not every second', () => {
	const host = fakeHost(links(['lo', 1, 1], ['eth0', 2, 1]));
	const collect = network.start();
	const reads = (second: number) => {
		host.reads.length = 0;
		collect(host, contextAt(second * 1000));
		return host.reads.filter(path => path.endsWith('ifindex')).length;
	};
	expect([0, 1, 2].map(reads)).toEqual([2, 0, 0]);
	Object.assign(host.files, links(['lo', 1, 1], ['wan0', 2, 1]));
	expect([3, 4].map(reads)).toEqual([2, 0]);
});

const core = (number: number, busy: number, idle: number) => `cpu${number} ${busy} 0 0 ${idle} 0 0 0 0\n`;
const stat = (...cores: string[]): FakeFiles => ({'/proc/stat': `cpu  1 0 0 1\n${cores.join('')}ctxt 1\n`});

test('a core that goes offline has no series, and none made of the time it was away when it is back', async () => {
	const readings = [
		stat(core(0, 10, 10), core(1, 10, 10)),
		stat(core(0, 20, 20), core(1, 10, 30)),
		stat(core(0, 30, 30)),
		stat(core(0, 40, 40), core(1, 5000, 30)),
		stat(core(0, 50, 50), core(1, 5030, 40)),
	];
	expect(await story(cpu, readings, ['core.used:0', 'core.used:1'])).toEqual([
		[undefined, undefined],
		[50, 0],
		[50, undefined],
		[50, undefined],
		[50, 75],
	]);
	const host = fakeHost({});
	const collect = cpu.start();
	const cores = readings.map(files => {
		Object.assign(host.files, files);
		return collect(host, contextAt(0));
	});
	expect(cores.map(sample => 'cores' in sample && sample.cores)).toEqual([2, 2, 1, 2, 2]);
});

const events = (ctxt: number, forks: number): FakeFiles => ({
	'/proc/stat': `cpu  1 0 0 1\nctxt ${ctxt}\nprocesses ${forks}\n`,
});
const pages = (swapIn: number, swapOut: number, kills: number): FakeFiles => ({
	'/proc/vmstat': `pswpin ${swapIn}\npswpout ${swapOut}\noom_kill ${kills}\n`,
});
const segments = (established: number, again: number, drops: number): FakeFiles => ({
	'/proc/self/net/snmp': `Tcp: CurrEstab RetransSegs\nTcp: ${established} ${again}\n`,
	'/proc/self/net/netstat': `TcpExt: ListenDrops\nTcpExt: ${drops}\n`,
});

describe('events', () => {
	test('switches and forks, reset and wrapped', async () => {
		const readings = [events(100, 7), events(150, 9), events(10, 12), events(2 ** 32, 15), events(5, 15)];
		expect(await story(cpu, readings, ['cpu.switches', 'cpu.forks'])).toEqual([
			[undefined, undefined],
			[50, 2],
			[undefined, 3],
			[2 ** 32 - 10, 3],
			[undefined, 0],
		]);
	});

	test('pages to and from swap; kills are a count since boot, whatever became of it', async () => {
		const readings = [pages(1, 1, 5), pages(3, 1, 6), pages(2, 4, 0)];
		expect(await story(vmstat, readings, ['swap.in', 'swap.out', 'swap.traffic', 'memory.oom_kills'])).toEqual([
			[undefined, undefined, undefined, 5],
			[8192, 0, 8192, 6],
			[undefined, 12_288, undefined, 0],
		]);
	});

	test('segments sent again and connections dropped', async () => {
		const readings = [segments(5, 10, 100), segments(3, 14, 100), segments(9, 0, 101)];
		expect(await story(tcp, readings, ['tcp.established', 'tcp.retransmits', 'tcp.listen_drops'])).toEqual([
			[5, undefined, undefined],
			[3, 4, 0],
			[9, undefined, 1],
		]);
	});
});
