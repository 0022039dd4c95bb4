import {describe, expect, test} from 'vitest';
import type {ProcessMinute} from '../../src/core/snapshot.js';
import {disk, type Fields, minute, ratesOf, second, started} from './minute-machine.js';

const mb = 60_000;

/** What a row says of whom, in its order. */
const rowsOf = (ended: ProcessMinute | undefined) =>
	(ended?.processes ?? []).map(row => [row.pid, row.state, row.cpuPercent, row.disk]);

describe('who ended within the minute', () => {
	test('is there with its last row and the mean of the whole minute: 30 s at 100 % are 50 %', async () => {
		const machine = await started({7: {ticks: 100, pages: 1}, 8: {pages: 1}});
		machine.change({7: {ticks: 3100, pages: 5, state: 'R'}});
		await machine.at(30 * second);
		machine.change({7: undefined});
		expect((await machine.at(31 * second))?.processes).toBeUndefined();
		expect(machine.live.at(-1)?.map(({pid}) => pid)).toEqual([8]);
		const ended = await machine.at(minute);
		expect(ended?.processes[0]).toMatchObject({
			pid: 7,
			state: 'X',
			cpuPercent: 50,
			cpuSmoothed: 50,
			memoryBytes: 5 * 4096,
		});
		expect(ratesOf(await machine.at(2 * minute))).toEqual({8: [0, disk(0, 0)]});
	});

	test('has what it moved until it was read for the last time: it is read each second while it moves something', async () => {
		const machine = await started({7: {pages: 1}});
		const reads: number[] = [];

		for (const at of [10, 11, 12, 13]) {
			machine.change({7: {written: (at - 9) * mb, pages: 1}});
			await machine.at(at * second);
			reads.push(machine.ioReads.length);
		}

		machine.change({7: undefined});
		await machine.at(14 * second);
		expect(reads).toEqual([1, 1, 1, 1]);
		expect(rowsOf(await machine.at(minute))).toEqual([[7, 'X', 0, disk(0, 4000)]]);
	});

	test('and was in state D to its end is not asked, and its disk traffic is not known', async () => {
		const machine = await started({7: {pages: 1}});
		machine.change({7: {state: 'D', ticks: 600, written: mb, pages: 1}});
		await machine.at(10 * second);
		expect(machine.ioReads).toEqual([]);
		machine.change({7: undefined});
		expect(rowsOf(await machine.at(minute))).toEqual([[7, 'X', 10, undefined]]);
	});

	test('and began in it, too, counts from zero', async () => {
		const machine = await started({8: {pages: 1}});
		machine.change({7: {start: 501, ticks: 1200, read: 2 * mb, pages: 1}});
		await machine.at(20 * second);
		machine.change({7: undefined});
		await machine.at(21 * second);
		expect(ratesOf(await machine.at(minute))).toEqual({7: [20, disk(2000, 0)], 8: [0, disk(0, 0)]});
		expect(ratesOf(await machine.at(2 * minute))).toEqual({8: [0, disk(0, 0)]});
	});

	test('but was hidden when it began is not there: nobody knows what of it was before', async () => {
		const machine = await started({8: {pages: 1}});
		machine.change({7: {start: 499, ticks: 1200, read: 2 * mb, pages: 1}});
		await machine.at(20 * second);
		machine.change({7: undefined});
		expect(ratesOf(await machine.at(minute))).toEqual({8: [0, disk(0, 0)]});
	});

	test('stands beside the one that got its pid', async () => {
		const machine = await started({7: {ticks: 100, pages: 1}});
		machine.change({7: {ticks: 1300, written: mb, pages: 1}});
		await machine.at(20 * second);
		machine.change({7: {start: 900, ticks: 600, read: 2 * mb, pages: 1}});
		await machine.at(21 * second);
		expect(rowsOf(await machine.at(minute))).toEqual([
			[7, 'X', 20, disk(0, 1000)],
			[7, 'S', 10, disk(2000, 0)],
		]);
	});

	test('belongs to that minute only, also when it ended with it', async () => {
		const machine = await started({7: {pages: 1}, 8: {pages: 1}});
		machine.change({7: {ticks: 600, pages: 1}});
		await machine.at(59 * second);
		machine.change({7: undefined});
		expect(ratesOf(await machine.at(minute))[7]).toEqual([10, disk(0, 0)]);
		expect(ratesOf(await machine.at(2 * minute))[7]).toBeUndefined();
	});

	test('of hundreds that began and ended those are remembered that did most', async () => {
		const machine = await started({});

		for (let at = 1; at <= 50; at++) {
			const pids = Array.from({length: 10}, (_, index) => (51 - at) * 10 + index);
			machine.change(
				Object.fromEntries(
					pids.map((pid): [number, Fields] => [pid, {start: 501, ticks: pid % 2 ? pid : 0, read: pid % 2 ? 0 : pid}]),
				),
			);
			await machine.at(at * second);
			machine.change(Object.fromEntries(pids.map(pid => [pid, undefined])));
		}

		const rows = (await machine.at(minute))?.processes ?? [];
		// Eight new ones are read a pass; of the others only CPU is known.
		expect(rows.filter(({cpuPercent}) => cpuPercent).map(({pid}) => pid)).toEqual([
			509, 507, 505, 503, 501, 499, 497, 495, 493, 491,
		]);
		expect(rows.filter(({cpuPercent}) => !cpuPercent).map(({pid}) => pid)).toEqual([
			506, 504, 502, 500, 496, 494, 492, 490, 486, 484,
		]);
	});
});

describe('what the kernel adds to a parent of a child that is listed itself', () => {
	const family = {5: {parent: 1, pages: 1}, 7: {parent: 5, written: 100 * mb, pages: 1}};

	test('is told once: of the child up to its last reading, of the parent what came after it', async () => {
		const machine = await started(family);
		machine.change({7: {parent: 5, written: 110 * mb, pages: 1}});
		await machine.at(9 * second);
		await machine.at(10 * second);
		machine.change({5: {parent: 1, written: 113 * mb, pages: 1}, 7: undefined});
		await machine.at(11 * second);
		// Those of the parent are since 0.5 s, when it was read for the first time.
		expect(ratesOf(await machine.at(minute))).toEqual({
			5: [0, disk(0, (3 * mb * 1000) / 59_500)],
			7: [0, disk(0, 10_000)],
		});
	});

	test('is told once where a parent had it and ended, too', async () => {
		const machine = await started({5: {parent: 1, pages: 1}});
		machine.change({
			6: {start: 501, parent: 5, written: mb, pages: 1},
			7: {start: 502, parent: 6, written: 2 * mb, pages: 1},
		});
		await machine.at(10 * second);
		// 7 moved another one before it ended.
		machine.change({6: {start: 501, parent: 5, written: 4 * mb, pages: 1}, 7: undefined});
		await machine.at(11 * second);
		machine.change({5: {parent: 1, written: 4 * mb, pages: 1}, 6: undefined});
		await machine.at(12 * second);
		expect(ratesOf(await machine.at(minute))).toEqual({
			5: [0, disk(0, 0)],
			6: [0, disk(0, 2000)],
			7: [0, disk(0, 2000)],
		});
	});

	test('is not subtracted from a parent that was not read after it, and ended, too', async () => {
		const machine = await started({5: {parent: 1, pages: 1}});
		machine.change({
			6: {start: 501, parent: 5, written: 3 * mb, pages: 1},
			7: {start: 502, parent: 6, written: 2 * mb, pages: 1},
		});
		await machine.at(10 * second);
		machine.change({5: {parent: 1, written: 5 * mb, pages: 1}, 6: undefined, 7: undefined});
		await machine.at(11 * second);
		expect(ratesOf(await machine.at(minute))).toEqual({
			5: [0, disk(0, 0)],
			6: [0, disk(0, 3000)],
			7: [0, disk(0, 2000)],
		});
	});

	test('is subtracted, too, where the one between them is not worth a row', async () => {
		const machine = await started({5: {parent: 1, pages: 1}});
		machine.change({6: {start: 501, parent: 5}, 7: {start: 502, parent: 6, written: 2 * mb}});
		await machine.at(10 * second);
		machine.change({5: {parent: 1, written: 2 * mb, pages: 1}, 6: undefined, 7: undefined});
		await machine.at(11 * second);
		expect(ratesOf(await machine.at(minute))).toEqual({5: [0, disk(0, 0)], 7: [0, disk(0, 2000)]});
	});

	test('stays with the parent for children that got no row', async () => {
		const machine = await started({5: {parent: 1, pages: 1}});

		for (let at = 1; at <= 30; at++) {
			machine.change({[100 + at]: {start: 500 + at, parent: 5, written: mb}});
			await machine.at(at * second);
			machine.change({[100 + at]: undefined, 5: {parent: 1, written: at * mb, pages: 1}});
		}

		const rows = ratesOf(await machine.at(minute));
		const {5: parent, ...children} = rows;
		expect(Object.values(children)).toEqual(Array.from({length: 19}, () => [0, disk(0, 1000)]));
		expect(parent).toEqual([0, disk(0, (11 * mb * 1000) / 59_500)]);
	});
});

describe('disk traffic in the course of the minute', () => {
	const many = (count: number, fields: Fields = {}) =>
		Object.fromEntries(Array.from({length: count}, (_, index) => [index + 1, fields]));

	test.each([
		[100, 10],
		[500, 50],
		[1000, 50],
	])('of %d that do nothing %d are read a pass, each in its turn', async (count, most) => {
		const machine = await started(many(count));
		const read: string[] = [];

		for (let at = 1; at <= count / most; at++) {
			await machine.at(at * second);
			expect(machine.ioReads).toHaveLength(most);
			read.push(...machine.ioReads);
		}

		expect(new Set(read).size).toBe(count);
	});

	test('who moves something is read each pass, and no more when it has not for five seconds', async () => {
		const machine = await started(many(100));
		machine.change({1: {read: 1}});
		const reads: boolean[] = [];

		for (let at = 1; at <= 8; at++) {
			await machine.at(at * second);
			reads.push(machine.ioReads.includes('/proc/1/io'));
		}

		expect(reads).toEqual([true, true, true, true, true, false, false, false]);
	});

	test('of many new ones eight are read a pass; what may not be read is asked for once a minute', async () => {
		const machine = await started({});
		const {read} = machine.host;
		machine.host.read = path => {
			const bytes = read(path);

			if (path.endsWith('/io')) {
				throw Object.assign(new Error('denied'), {code: 'EACCES'});
			}

			return bytes;
		};
		machine.change(many(20, {start: 501}));
		const reads: number[] = [];

		for (const at of [1, 2, 3, 4]) {
			await machine.at(at * second);
			reads.push(machine.ioReads.length);
		}

		expect(reads).toEqual([8, 8, 4, 0]);
		await machine.at(minute);
		expect(machine.ioReads).toHaveLength(20);
	});
});
