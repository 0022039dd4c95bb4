import {describe, expect, test} from 'vitest';
import {ParseError, Unsupported} from '../../src/core/errors.js';
import {parseStat} from '../../src/samplers/cpu.js';
import {parseDiskstats} from '../../src/samplers/io.js';
import {parseLoadavg} from '../../src/samplers/load.js';
import {parseMeminfo} from '../../src/samplers/memory.js';
import {parseMountinfo} from '../../src/samplers/mounts.js';
import {parseNetDev} from '../../src/samplers/network.js';
import {parsePressure, pressure} from '../../src/samplers/pressure.js';
import {parseUptime} from '../../src/samplers/uptime.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

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
	expect([...parseMeminfo('MemTotal:       16 kB\nHugePages_Total:  5\nActive(anon): 2 kB\n')]).toEqual([
		['MemTotal', 16_384],
		['Active(anon)', 2048],
	]);
});

test('diskstats reads its columns whatever their number, and not the four of an old partition', () => {
	const fourteen = '   8       0 sda 1 2 3 4 5 6 7 8 9 10 11';
	const counters = {readBytes: 3 * 512, writtenBytes: 7 * 512, busyMs: 10};
	const rows = [fourteen, `${fourteen} 12 13 14 15`, `${fourteen} 12 13 14 15 16 17`];

	for (const row of rows) {
		expect([...parseDiskstats(`${row}\n   8       1 sda1 1 2 3 4\n`)]).toEqual([['sda', counters]]);
	}
});

test('net/dev reads a name that touches its first number', () => {
	const row = 'eth0:4294967295 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15';
	expect([...parseNetDev('', `a\nb\n${row}\n`)]).toEqual([
		['eth0', {received: 4_294_967_295, sent: 8, errors: 2 + 10}],
	]);
});

describe('pressure', () => {
	const collect = (code: string) =>
		pressure.start()(
			fakeHost(
				{},
				{
					readText: () => {
						throw systemError(code);
					},
				},
			),
			contextAt(0),
		);

	test.each(['ENOENT', 'EOPNOTSUPP', 'ENOTSUP'])('is unsupported where the kernel says %s', code => {
		expect(() => collect(code)).toThrow(Unsupported);
	});

	test('is a problem where it may not be read', () => {
		expect(() => collect('EACCES')).toThrow(expect.objectContaining({code: 'EACCES'}));
	});
});
