import {describe, expect, test} from 'vitest';
import {everyPid} from '../../src/core/sampler.js';
import {process as sampler} from '../../src/samplers/process.js';
import {engineOf} from '../helpers/engine.js';
import {type FakeFiles, systemError} from '../helpers/fake-host.js';
import {disk, type Fields, filesOf, minute, ratesOf, running, second, started} from './minute-machine.js';

test('a minute has means of CPU and disk from both ends, and all else as it was at the end', async () => {
	const machine = await started({7: {ticks: 100, read: 1000, pages: 2}});
	machine.change({7: {ticks: 99_999, pages: 99}});
	expect(await machine.at(30 * second)).toBeUndefined();
	machine.change({7: {ticks: 700, read: 1000 + 595_000, written: 59_500, pages: 3, state: 'R'}});
	expect(await machine.at(60 * second)).toEqual({
		from: 0,
		to: minute,
		processes: [
			expect.objectContaining({
				pid: 7,
				state: 'R',
				cpuPercent: 10,
				cpuSmoothed: 10,
				disk: disk(10_000, 1000),
				memoryBytes: 3 * 4096,
				openFiles: undefined,
			}),
		],
	});
});

test('the first minute is complete after 60 s, and stays the same object until the next is', async () => {
	const machine = await started({7: {pages: 1}});
	expect(await machine.at(59.7 * second)).toBeUndefined();
	// A beat that comes too early by less than it may is the end all the same.
	const first = await machine.at(59.75 * second);
	expect(first).toMatchObject({from: 0, to: 59_750});
	expect(await machine.at(119 * second)).toBe(first);
	const next = await machine.at(120 * second);
	expect(next).toMatchObject({from: 59_750, to: 120_000});
	expect(await machine.at(121 * second)).toBe(next);
});

test('what is shown live stays as it is, and the disk traffic of what is shown is not read twice a pass', async () => {
	const machine = running({7: {pages: 1}, 8: {pages: 1}});
	const visible = new Set([8]);
	const reads: string[][] = [];

	for (const at of [0, 0.5, 1.5, 59.5, 60.5, 61.5]) {
		machine.change({7: {pages: 1, read: at * 1000}, 8: {pages: 1, read: at * 2000}});
		await machine.at(at * second, {visible});
		reads.push(machine.ioReads);
	}

	const own = ['/proc/8/io'];
	const all = ['/proc/8/io', '/proc/7/io'];
	// Of two one has its turn in a pass, and who moved something is read for some seconds.
	expect(reads).toEqual([own, all, all, own, all, all]);
	const shown = machine.live.map(rows => rows.map(({disk}) => disk));
	expect(shown).toEqual([[undefined, undefined], ...[0, 0, 0, 0, 0].map(() => [undefined, disk(2000, 0)])]);
	expect((await machine.at(62.5 * second))?.processes.map(({disk}) => disk)).toEqual([disk(1000, 0), disk(2000, 0)]);
});

describe('a process that', () => {
	const beginnings: Record<string, [start: number, rates: unknown]> = {
		'began within the minute counts from zero': [501, [10, disk(1000, 0)]],
		'was hidden when it began has no rates yet': [499, [undefined, undefined]],
		'began in the clock tick of the newest one, which nobody can tell from one that was hidden': [
			500,
			[undefined, undefined],
		],
	};

	test.each(Object.entries(beginnings))('%s', async (_, [start, rates]) => {
		const machine = await started({7: {pages: 1}});
		machine.change({9: {start, ticks: 600, read: 60_000, pages: 1}});
		expect(ratesOf(await machine.at(minute))[9]).toEqual(rates);
		machine.change({9: {start, ticks: 600, read: 180_000, pages: 1}});
		expect(ratesOf(await machine.at(2 * minute))[9]).toEqual([0, disk(2000, 0)]);
	});

	test('got the pid of another one is not compared with that', async () => {
		const machine = await started({7: {ticks: 50, read: 50, pages: 1}});
		machine.change({7: {start: 900, ticks: 600, read: 60_000, pages: 1}});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [10, disk(1000, 0)]});
	});

	test('ended and did nothing in the minute is not there', async () => {
		const machine = await started({7: {ticks: 50, pages: 1}, 8: {pages: 1}});
		machine.change({7: undefined});
		expect(ratesOf(await machine.at(minute))).toEqual({8: [0, disk(0, 0)]});
	});

	test('has a counter that goes backwards has a gap, and goes on from there', async () => {
		const machine = await started({7: {read: 500, pages: 1}, 8: {ticks: 500, pages: 1}});
		machine.change({7: {read: 499, written: 50, pages: 1}, 8: {ticks: 499, pages: 1}});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, undefined], 8: [undefined, disk(0, 0)]});
		machine.change({7: {read: 60_499, written: 50, pages: 1}});
		expect(ratesOf(await machine.at(2 * minute))[7]).toEqual([0, disk(1000, 0)]);
	});

	test('is not ours to look at is denied, also when that comes later, and known again after a whole minute', async () => {
		const machine = await started({7: {pages: 1}});
		const {read} = machine.host;
		machine.host.read = path => {
			if (path.endsWith('/io')) {
				throw systemError('EACCES');
			}

			return read(path);
		};
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, 'denied']});
		machine.host.read = read;
		expect(ratesOf(await machine.at(2 * minute))).toEqual({7: [0, undefined]});
		expect(ratesOf(await machine.at(3 * minute))).toEqual({7: [0, disk(0, 0)]});
	});

	test('has no io file is not known', async () => {
		const machine = await started({7: {pages: 1}});
		delete machine.host.files['/proc/7/io'];
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, undefined]});
	});
});

test('ten thousand gigabytes, 30 processes: each order has its part of the 20', async () => {
	const pids = Array.from({length: 30}, (_, index) => index + 1);
	const machine = await started(Object.fromEntries(pids.map(pid => [pid, {}])));
	machine.change(
		Object.fromEntries(
			pids.map((pid): [number, Fields] => [
				pid,
				pid <= 10 ? {ticks: pid * 60} : pid <= 20 ? {pages: pid} : {written: pid * 1e12},
			]),
		),
	);
	const chosen = (await machine.at(minute))?.processes.map(({pid}) => pid);
	expect(chosen).toEqual([10, 20, 30, 9, 19, 29, 8, 18, 28, 7, 17, 27, 6, 16, 26, 5, 15, 25, 4, 14]);
});

test('who did nothing and holds nothing is not there', async () => {
	const machine = await started({7: {}, 8: {state: 'Z'}, 9: {pages: 1}});
	expect((await machine.at(minute))?.processes.map(({pid}) => pid)).toEqual([9]);
});

const clocks: Record<string, [monotonic: number, wall: number, from: number, mean: number]> = {
	'a minute as it should be': [60, 60, 0, 10],
	'a minute in which nothing ran for a while': [600, 600, 0, 1],
	'a suspended machine: the hours are in it, and the mean is of the time in which it ran': [60, 36_060, 0, 10],
	'a clock that was set back': [60, -3540, -3600, 10],
	'a clock that was set back a little': [60, 50, -10, 10],
};

test.each(Object.entries(clocks))('%s', async (_, [monotonic, wall, from, mean]) => {
	const machine = await started({7: {pages: 1}});
	machine.change({7: {pages: 1, ticks: 600}});
	const ended = await machine.at(monotonic * second, {wall: () => wall * second});
	expect(ended).toMatchObject({from: from * second, to: wall * second, processes: [{cpuPercent: mean}]});
	// No burst of minutes afterwards.
	expect(await machine.at((monotonic + 1) * second)).toBe(ended);
});

test('a view that shows everything has its disk traffic read once a pass', async () => {
	const machine = running({7: {pages: 1}});

	for (const at of [0, 1, 60, 61]) {
		await machine.at(at * second, {visible: everyPid});
		expect(machine.ioReads).toEqual(['/proc/7/io']);
	}
});

test('a long list is read in slices, and one that was given up is read at the next pass', async () => {
	const pids = Array.from({length: 1200}, (_, index) => index + 1);
	const machine = await started(Object.fromEntries(pids.map(pid => [pid, {}])));
	machine.change({1200: {read: 59_500}});
	let others = 0;
	const count = () => {
		others += 1;
		timer = setImmediate(count);
	};
	let timer = setImmediate(count);
	const stop = new AbortController();
	const {read} = machine.host;
	machine.host.read = path => {
		if (path === '/proc/600/io') {
			stop.abort();
		}

		return read(path);
	};
	await expect(machine.at(minute, {signal: stop.signal})).rejects.toThrow(
		expect.objectContaining({name: 'AbortError'}),
	);
	clearImmediate(timer);
	expect(others).toBeGreaterThan(3);
	expect(machine.ioReads.length).toBeLessThan(1000);
	expect(ratesOf(await machine.at(minute))).toEqual({1200: [0, disk(1000, 0)]});
});

test('what an engine saw can be read from its past', async () => {
	const files: FakeFiles = {'/proc/stat': 'btime 1000\n'};
	const {engine, clock} = engineOf({samplers: [sampler], files});
	Object.assign(files, filesOf(7, {pages: 1}));
	await engine.start();
	await clock.advance(30 * second);
	Object.assign(files, filesOf(7, {pages: 1, ticks: 605, read: 60_000}));
	await clock.advance(31 * second);
	const {snapshot, history} = engine.store;
	expect(ratesOf(snapshot?.minute)).toEqual({7: [10, disk(1000, 0)]});
	expect(history.busiestAt((snapshot?.at ?? 0) - 30 * second)).toEqual(snapshot?.minute);
	engine.stop();
});
