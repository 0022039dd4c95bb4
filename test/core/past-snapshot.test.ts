import {describe, expect, test} from 'vitest';
import {pastSnapshot} from '../../src/core/past-snapshot.js';
import {valuesAt} from '../../src/core/past-values.js';
import {Past} from '../../src/history/past.js';
import {aSnapshot} from '../helpers/scene.js';

const minute = 60_000;
/** A whole hour. */
const start = 1_764_000_000_000;

const now = aSnapshot({at: start + 2 * minute});

/** Readings each second with these series, from one moment to another. */
function push(past: Past, from: number, to: number, seriesAt: (at: number) => Record<string, number>): Past {
	for (let at = from; at < to; at += 1000) {
		past.push({at, series: new Map(Object.entries(seriesAt(at))), intervalMs: 1000});
	}

	return past;
}

const counting = (at: number) => ({'cpu.used': (at - start) / 1000});

describe('the values of a moment', () => {
	const past = push(new Past(), start, start + 2 * minute, counting);

	test.each([
		['as it was read', 17_000, 17],
		['a little later', 17_400, 17],
		['a little earlier', 16_700, 17],
		['the newest', 119_000, 119],
		['the oldest', 0, 0],
	])('%s', (_, after, value) => {
		expect(valuesAt(past, start + after)?.values.get('cpu.used')).toBe(value);
	});

	test('before healthtop was started there are none', () => {
		expect(valuesAt(past, start - 5 * minute)).toBeUndefined();
	});

	test('nor of the minute and the quarter in which it was', () => {
		const late = push(new Past(), start + 30_000, start + 40 * minute, counting);
		expect(valuesAt(late, start + 20_000)).toBeUndefined();
		expect(valuesAt(late, start + 40_000)?.values.has('cpu.used')).toBe(true);
	});

	test('where a reading is missing there are none', () => {
		const late = push(push(new Past(), start, start + 10_000, counting), start + 12_000, start + 20_000, counting);
		expect(valuesAt(late, start + 9800)?.values.get('cpu.used')).toBe(9);
		expect(valuesAt(late, start + 10_900)).toBeUndefined();
		expect(valuesAt(late, start + 11_600)?.values.get('cpu.used')).toBe(12);
	});

	test('where nothing was read there are none, though the minute has a mean', () => {
		const asleep = push(push(new Past(), start, start + 10_000, counting), start + 50_000, start + minute, counting);
		expect(valuesAt(asleep, start + 30_000)).toBeUndefined();
		expect(valuesAt(asleep, start + 9000)?.values.get('cpu.used')).toBe(9);
	});

	test('of what is older than the single readings they are means of the minute, and say so', () => {
		const long = push(new Past(), start, start + 40 * minute, at => ({'cpu.used': Math.floor((at - start) / minute)}));
		const point = valuesAt(long, start + 7 * minute + 12_000);
		expect(point?.values.get('cpu.used')).toBe(7);
		expect([point?.from, point?.to]).toEqual([start + 7 * minute, start + 8 * minute]);
	});

	test('of what is older than two days they are means of the quarter', () => {
		const long = new Past();

		for (let at = start; at < start + 53 * 60 * minute; at += 10_000) {
			long.push({at, series: new Map([['cpu.used', Math.floor((at - start) / (15 * minute))]]), intervalMs: 10_000});
		}

		const point = valuesAt(long, start + 20 * minute);
		expect(point?.values.get('cpu.used')).toBe(1);
		expect([point?.from, point?.to]).toEqual([start + 15 * minute, start + 30 * minute]);
		// And the one that is open is there, too.
		expect(long.pointAt('quarter', start + 53 * 60 * minute - 20_000)?.values.get('cpu.used')).toBe(211);
	});

	test('of a time that was twice, since the clock was set back, they are those of the second one', () => {
		const twice = push(
			push(new Past(), start, start + minute, () => ({'cpu.used': 1})),
			start,
			start + 30_000,
			() => ({
				'cpu.used': 2,
			}),
		);
		expect(valuesAt(twice, start + 20_000)?.values.get('cpu.used')).toBe(2);
		expect(twice.pointAt('minute', start + 20_000)?.values.get('cpu.used')).toBeCloseTo(1.333, 3);
	});
});

describe('the machine at a moment', () => {
	const series = {
		'cpu.used': 50,
		'core.used:0': 40,
		'core.used:1': 60,
		'disk.used:/': 75,
		'disk.free:/': 1000,
		'disk.size:/': 4200,
		'disk.inodes_used:/': 10,
		'disk.read_only:/data': 1,
		'disk.used:/data': 100,
		'disk.free:/data': 0,
		'disk.used:/gone': 50,
		'disk.free:/gone': 10,
		'io.busy:vda': 12,
		'io.read:vda': 5,
		'io.written:old\xe9': 1,
		'io.busy:old\xe9': 1,
		'network.received:eth0': 7,
		'network.sent_total:eth0': 99,
	};
	const past = push(new Past(), start, start + minute, () => series);
	const then = pastSnapshot(now, past, start + 30_000);

	test('is that moment, and says so', () => {
		expect([then.at, then.cores, then.host]).toEqual([start + 30_000, 2, now.host]);
		expect(then.past).toEqual({values: {from: start + 30_000, to: start + 30_000}, processes: undefined});
		expect(then.series.get('cpu.used')).toBe(50);
		expect(then.problems).toEqual([]);
	});

	test('file systems: what was free and used then, what else is known of them now', () => {
		const root = then.filesystems.find(({mount}) => mount === '/');
		expect(root).toMatchObject({device: '/dev/ext4', type: 'ext4', isReadOnly: false});
		expect(root?.usage).toMatchObject({totalBytes: 4200, usedBytes: 3000, freeBytes: 1000, usedPercent: 75});
		expect(root?.usage?.inodes?.usedPercent).toBe(10);
		expect(then.filesystems.find(({mount}) => mount === '/data')?.isReadOnly).toBe(true);
		expect(then.filesystems.map(({mount}) => mount)).toEqual(['/', '/data', '/gone']);
		expect(then.filesystems.at(-1)).toMatchObject({name: '/gone', device: '-', usage: {usedBytes: 10, totalBytes: 20}});
	});

	test('devices and interfaces: those there were', () => {
		expect(then.devices.map(({name}) => name)).toEqual(['vda', 'old\\xe9']);
		expect(then.devices[0]).toEqual({
			device: 'vda',
			name: 'vda',
			isPhysical: true,
			readBytesPerSecond: 5,
			busyPercent: 12,
		});
		expect(then.interfaces).toEqual([{interface: 'eth0', name: 'eth0', receivedBytesPerSecond: 7, sentBytes: 99}]);
	});

	test('processes: those that were read then', () => {
		const then = push(new Past(), start, start + 5000, () => series);
		const {processes} = aSnapshot();
		then.push({at: start + 5000, series: new Map(Object.entries(series)), intervalMs: 1000, processes});
		const moment = pastSnapshot(now, then, start + 5200);
		expect(moment.processes).toBe(processes);
		expect(moment.past?.processes).toEqual({from: start + 5000, to: start + 5000});
	});

	test('processes: where their disk traffic is asked for, the busiest of the minute', () => {
		const then = new Past();
		const {processes} = aSnapshot();
		const minute = {from: start - 30_000, to: start + 30_000, processes: processes.slice(0, 20)};
		then.push({at: start, series: new Map([['cpu.used', 1]]), intervalMs: 1000, processes, minute});
		expect(pastSnapshot(now, then, start).processes).toHaveLength(processes.length);
		expect(pastSnapshot(now, then, start, true).processes.map(({pid}) => pid)).toEqual(
			minute.processes.map(({pid}) => pid),
		);
		expect(pastSnapshot(now, then, start, true).past?.processes).toEqual({from: minute.from, to: minute.to});
		expect(pastSnapshot(now, then, start - 20_000).processes).toHaveLength(20);
	});

	test('of a moment that nobody knows there is nothing', () => {
		const never = pastSnapshot(now, past, start - minute);
		expect([never.series.size, never.filesystems, never.devices, never.interfaces]).toEqual([0, [], [], []]);
		expect(never.past).toEqual({values: undefined, processes: undefined});
		expect(never.cores).toBe(now.cores);
	});
});
