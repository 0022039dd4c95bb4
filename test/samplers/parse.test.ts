import {describe, expect, test} from 'vitest';
import {ParseError} from '../../src/core/errors.js';
import {parseDiskstats} from '../../src/samplers/diskstats.js';
import {parseFileNr} from '../../src/samplers/files.js';
import {parseLoadavg} from '../../src/samplers/load.js';
import {parseMeminfo} from '../../src/samplers/memory.js';
import {parseMountinfo} from '../../src/samplers/mounts.js';
import {parseNetDev} from '../../src/samplers/net-dev.js';
import {parsePressure} from '../../src/samplers/pressure.js';
import {parseStat} from '../../src/samplers/proc-stat.js';
import {parseMdstat} from '../../src/samplers/raid.js';
import {protocolCounter} from '../../src/samplers/tcp.js';
import {parseUptime} from '../../src/samplers/uptime.js';
import {parseVmstat, type VmstatRaw} from '../../src/samplers/vmstat.js';

const wrong: Record<string, [parse: () => unknown, message: string]> = {
	'an empty stat': [() => parseStat(''), "/proc/stat: has no row 'cpu'"],
	'a stat with cores only': [() => parseStat('cpu0 1 2 3 4\n'), "/proc/stat: has no row 'cpu'"],
	'a stat row that is cut': [
		() => parseStat('cpu  1 2 3 4\ncpu0 1 2'),
		"/proc/stat: has a row that is not numbers: '1 2'",
	],
	'a stat row with words': [() => parseStat('cpu  1 2 x 4\n'), "/proc/stat: has a row that is not numbers: '1 2 x 4'"],
	'an empty meminfo': [() => parseMeminfo(''), '/proc/meminfo: has no MemTotal'],
	'a meminfo whose total is 0': [() => parseMeminfo('MemTotal: 0 kB\n'), '/proc/meminfo: has no MemTotal'],
	'a meminfo in another unit': [() => parseMeminfo('MemTotal: 16 GB\n'), '/proc/meminfo: has no MemTotal'],
	'an empty loadavg': [() => parseLoadavg(''), '/proc/loadavg: does not begin with three numbers'],
	'a loadavg of two numbers': [() => parseLoadavg('0.1 0.2'), '/proc/loadavg: does not begin with three numbers'],
	'a loadavg with a word': [() => parseLoadavg('0.1 x 0.2 1/2 3'), '/proc/loadavg: does not begin with three numbers'],
	'an empty uptime': [() => parseUptime(''), '/proc/uptime: does not begin with a number'],
	'a pressure without averages': [
		() => parsePressure('/proc/pressure/io', 'full avg10=1.00\n'),
		"/proc/pressure/io: has no 'some avg10='",
	],
	'a net/dev with headings only': [
		() => parseNetDev('/proc/1/net/dev', 'Inter-|\n face |bytes\n'),
		'/proc/1/net/dev: has no row that can be read',
	],
	'a net/dev of words': [
		() => parseNetDev('/proc/1/net/dev', `\n\n lo: ${'x '.repeat(16)}\n`),
		'/proc/1/net/dev: has no row that can be read',
	],
	'a file-nr of two numbers': [() => parseFileNr('1952\t0\n'), '/proc/sys/fs/file-nr: is not three numbers'],
	'a file-nr of words': [() => parseFileNr('many\t0\t100\n'), '/proc/sys/fs/file-nr: is not three numbers'],
	'a file-nr that allows none': [() => parseFileNr('0\t0\t0\n'), '/proc/sys/fs/file-nr: is not three numbers'],
	'an uptime without end': [() => parseUptime('1e999 1'), '/proc/uptime: does not begin with a number'],
	'an empty mountinfo': [
		() => parseMountinfo('/proc/1/mountinfo', ''),
		'/proc/1/mountinfo: has no row that can be read',
	],
	'a mountinfo in the form of /proc/mounts': [
		() => parseMountinfo('/proc/1/mountinfo', '/dev/sda1 / ext4 rw 0 0\n'),
		'/proc/1/mountinfo: has no row that can be read',
	],
};

describe('refused, and said why', () => {
	test.each(Object.entries(wrong))('%s', (_, [parse, message]) => {
		expect(parse).toThrow(ParseError);
		expect(parse).toThrow(expect.objectContaining({message}));
	});
});

test('rows of /proc/stat with four fields, as Linux 2.4 has them, count the rest as 0', () => {
	const {all, cores} = parseStat('cpu  1 2 3 4\ncpu7 5 6 7 8');
	expect(all).toEqual({user: 1, nice: 2, system: 3, idle: 4, iowait: 0, irq: 0, softirq: 0, steal: 0});
	expect(cores.get(7)).toMatchObject({user: 5, nice: 6, system: 7, idle: 8});
});

test('meminfo reads kB as 1024 bytes and passes over what has no unit', () => {
	expect([
		...parseMeminfo('MemTotal:       16 kB\nMemAvailable: 1 kB\nHugePages_Total:  5\nActive(anon): 2 kB\n'),
	]).toEqual([
		['MemTotal', 16_384],
		['MemAvailable', 1024],
		['Active(anon)', 2048],
	]);
});

test('diskstats reads its columns whatever their number, and not the four of an old partition', () => {
	const fourteen = '   8       0 sda 1 2 3 4 5 6 7 8 9 10 11';
	const counters = {reads: 1, readBytes: 3 * 512, writes: 5, writtenBytes: 7 * 512, waitedMs: 4 + 8, busyMs: 10};
	const rows = [fourteen, `${fourteen} 12 13 14 15`, `${fourteen} 12 13 14 15 16 17`];

	for (const row of rows) {
		expect([...parseDiskstats(`${row}\n   8       1 sda1 1 2 3 4\n`)]).toEqual([['sda', counters]]);
	}
});

test('net/dev reads a name that touches its first number', () => {
	const row = 'eth0:4294967295 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15';
	const bytesAndPackets = {receivedBytes: 4_294_967_295, receivedPackets: 1, sentBytes: 8, sentPackets: 9};
	expect([...parseNetDev('', `a\nb\n${row}\n`)]).toEqual([
		['eth0', {...bytesAndPackets, errors: 2 + 10, drops: 3 + 11}],
	]);
});

const stats: Record<string, [text: string, switches: number | undefined, forks: number | undefined]> = {
	'in any order': ['cpu  1 2 3 4\nprocesses 7\nctxt 5\n', 5, 7],
	'without them, as 2.2 was': ['cpu  1 2 3 4\n', undefined, undefined],
	'cut behind the name': ['cpu  1 2 3 4\nctxt', undefined, undefined],
	'cut behind the space': ['cpu  1 2 3 4\nctxt ', undefined, undefined],
	'with a word': ['cpu  1 2 3 4\nctxt many\nprocesses 7', undefined, 7],
	'behind a long row of interrupts, whose numbers are no names': [
		`cpu  1 2 3 4\nintr ${'9 '.repeat(5000)}\nctxt 18446744073709551615\nbtime 1\nprocesses 7\nnewer 1 2 3\n`,
		2 ** 64,
		7,
	],
};

test.each(Object.entries(stats))('switches and forks %s', (_, [text, switches, forks]) => {
	expect(parseStat(text)).toMatchObject({all: {user: 1, idle: 4}, switches, forks});
});

test('rows of /proc/stat of a newer kernel have more columns, and they are passed over', () => {
	const {all, cores} = parseStat('cpu  1 2 3 4 5 6 7 8 9 10 11 12\ncpu3 1 2 3 4 5 6 7 8 9 10 x\n');
	expect(all).toEqual({user: 1, nice: 2, system: 3, idle: 4, iowait: 5, irq: 6, softirq: 7, steal: 8});
	expect([...cores.keys()]).toEqual([3]);
});

const vmstats: Record<string, [text: string, raw: Partial<VmstatRaw>]> = {
	"pages are of the kernel's size": ['pswpin 3\npswpout 4\noom_kill 5\n', {swappedIn: 48, swappedOut: 64, oomKills: 5}],
	'before 4.13 nobody counts kills': ['pswpin 3\npswpout 4\n', {swappedIn: 48, swappedOut: 64, oomKills: undefined}],
	'other names are others': [
		'zpswpin 1\npswpin_zero 2\npswpin 3\noom_kill_x 1\n',
		{swappedIn: 48, oomKills: undefined},
	],
	'none of it': ['', {swappedIn: undefined, swappedOut: undefined, oomKills: undefined}],
};

test.each(Object.entries(vmstats))('vmstat: %s', (_, [text, raw]) => {
	expect(parseVmstat(text, 16)).toMatchObject(raw);
});

const protocols: Record<string, [text: string, values: Record<string, number>]> = {
	'two lines a protocol': ['Tcp: A B\nTcp: 1 -1\nUdp: A\nUdp: 3\n', {'Tcp.A': 1, 'Tcp.B': -1, 'Udp.A': 3}],
	'newer names in between': ['Tcp: A New B\nTcp: 1 2 3\n', {'Tcp.A': 1, 'Tcp.New': 2, 'Tcp.B': 3}],
	'fewer values than names': ['Tcp: A B C\nTcp: 1 2', {'Tcp.A': 1, 'Tcp.B': 2}],
	'cut behind a space is no 0': ['Tcp: A B C\nTcp: 1 2 ', {'Tcp.A': 1, 'Tcp.B': 2}],
	'values without names': ['Tcp: A\nTcp: 1 2 3\n', {'Tcp.A': 1}],
	'a word is no value': ['Tcp: A B\nTcp: x 2\n', {'Tcp.B': 2}],
	'lines that do not belong together': ['Tcp: A\nUdp: 1\n', {}],
	'a name without a colon': ['Tcp A\nTcp 1\n', {}],
	'only names': ['Tcp: A B', {}],
	nothing: ['', {}],
};

test.each(Object.entries(protocols))('snmp and netstat: %s', (_, [text, values]) => {
	const asked = ['Tcp.A', 'Tcp.B', 'Tcp.C', 'Tcp.New', 'Udp.A', 'Udp.B', 'cp.A', 'TcpX.A'];
	const found = asked.map(name => [name, protocolCounter(text, ...(name.split('.') as [string, string]))] as const);
	expect(Object.fromEntries(found.filter(([, value]) => value !== undefined))).toEqual(values);
});

const arrays: Record<string, [mdstat: string, degraded: Record<string, boolean>]> = {
	whole: ['md0 : active raid1 a[1] b[0]\n  9 blocks [2/2] [UU]\n', {md0: false}],
	'a member failed': ['md0 : active raid1 a[1](F) b[0]\n  9 blocks [2/1] [_U]\n', {md0: true}],
	'a member is being replaced': [
		'md0 : active raid5 c[3] b[1] a[0]\n  9 blocks [3/2] [UU_]\n  [=>...]  recovery =  5.0% (1/9)\n',
		{md0: true},
	],
	'checked, with all members': [
		'md0 : active raid1 a b\n  9 blocks [2/2] [UU]\n  [=>] check = 1.0% (1/2)\n',
		{md0: false},
	],
	'stands still': ['md0 : inactive a[0](S)\n  9 blocks\n', {md0: true}],
	'broken, of a newer kernel': ['md0 : broken raid0 a[0]\n  9 blocks\n', {md0: true}],
	'written by nobody yet': ['md0 : active (auto-read-only) raid1 a b\n  9 blocks [2/2] [UU]\n', {md0: false}],
	'a level without members to lose': ['md0 : active raid0 a[0] b[1]\n  9 blocks 512k chunks\n', {md0: false}],
	'several, with empty lines, bitmaps and what is unused': [
		`Personalities : [raid1]\nmd1 : active raid1 a b\n  9 blocks [2/2] [UU]\n  bitmap: 1/2 pages [4KB]\n
md_home : active raid1 c d\n  9 blocks [2/1] [U_]\n\nunused devices: md9\n`,
		{md1: false, md_home: true},
	],
	'the pair of the next array is not that of this one': [
		'md0 : active raid0 a\n\nmd1 : active raid1 a b\n  9 [2/1] [U_]\n',
		{md0: false, md1: true},
	],
	'no arrays': ['Personalities : \nunused devices: <none>\n', {}],
	nothing: ['', {}],
};

test.each(Object.entries(arrays))('mdstat: %s', (_, [mdstat, degraded]) => {
	expect(Object.fromEntries(parseMdstat(mdstat))).toEqual(degraded);
});

test.each([
	['1952\t0\t97600\n', 2],
	['1000 500 1000', 50],
	['0\t0\t9223372036854775807\n', 0],
	['5\t0\t100\t7\n', 5],
])('file-nr %j is %s %%', (text, percent) => {
	expect(parseFileNr(text)).toBe(percent);
});

const pressures: Record<string, [text: string, some: number, full: number | undefined]> = {
	'both rows': ['some avg10=1.50 avg60=2 total=9\nfull avg10=0.25 avg60=0 total=1\n', 1.5, 0.25],
	'only one, as of the CPU before 5.13': ['some avg10=1.50 avg60=2.00 total=9\n', 1.5, undefined],
	'full before some, and a newer row': ['full avg10=3.00 x=1\nirq avg10=9.00\nsome avg10=4.00\n', 4, 3],
	'averages of whole numbers': ['some avg10=7 avg60=1\n', 7, undefined],
};

test.each(Object.entries(pressures))('pressure: %s', (_, [text, some, full]) => {
	expect(parsePressure('', text)).toEqual(full === undefined ? {some} : {some, full});
});
