import {describe, expect, test} from 'vitest';
import {disk, type Fields, minute, ratesOf, running, second, started} from './minute-machine.js';

describe('in state D', () => {
	const waiting = (read: number): Fields => ({state: 'D', read, pages: 1});
	const awake = (read: number): Fields => ({read, pages: 1});

	test('nobody is read, and the former counters stay', async () => {
		const machine = await started({7: awake(0)});
		machine.change({7: waiting(1e6)});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, undefined]});
		expect(machine.ioReads).toEqual([]);
		machine.change({7: awake(119_500)});
		// Since 0.5 s, when they were read.
		expect(ratesOf(await machine.at(2 * minute))).toEqual({7: [0, disk(1000, 0)]});
	});

	test('one that began so counts from zero once it is awake', async () => {
		const machine = await started({6: awake(0)});
		machine.change({7: {...waiting(5), start: 501}});
		expect(ratesOf(await machine.at(minute))[7]).toEqual([0, undefined]);
		machine.change({7: {...awake(120_000), start: 501}});
		expect(ratesOf(await machine.at(2 * minute))[7]).toEqual([0, disk(1000, 0)]);
	});

	test('one that was seen waiting is read as soon as it is awake, and counts as far as it was read', async () => {
		const machine = await started({7: awake(0)});
		machine.change({7: waiting(0)});
		await machine.at(10 * second);
		expect(machine.ioReads).toEqual([]);
		machine.change({7: awake(50_000)});
		await machine.at(50.5 * second);
		expect(machine.ioReads).toEqual(['/proc/7/io']);
		machine.change({7: waiting(1e6)});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, disk(1000, 0)]});
		machine.change({7: awake(50_000 + 139_000)});
		expect(ratesOf(await machine.at(2 * minute))).toEqual({7: [0, disk(2000, 0)]});
	});

	test('one that was waiting only when all were read is read as soon as it is awake', async () => {
		const machine = running({7: awake(0)});
		await machine.at(0);
		machine.change({7: waiting(0)});
		await machine.at(0.5 * second);
		machine.change({7: awake(0)});
		await machine.at(10 * second);
		expect(machine.ioReads).toEqual(['/proc/7/io']);
		machine.change({7: awake(50_000)});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, disk(1000, 0)]});
	});

	test('what was read of less than half of the minute says nothing', async () => {
		const machine = await started({7: waiting(0)});
		machine.change({7: awake(0)});
		await machine.at(31 * second);
		machine.change({7: awake(1e6)});
		expect(ratesOf(await machine.at(minute))).toEqual({7: [0, undefined]});
		machine.change({7: awake(1e6 + 60_000)});
		expect(ratesOf(await machine.at(2 * minute))).toEqual({7: [0, disk(1000, 0)]});
	});

	test('of hundreds that were seen waiting a few are read a pass, and all of them in turn', async () => {
		const pids = Array.from({length: 40}, (_, index) => index + 1);
		const all = (fields: Fields) => Object.fromEntries(pids.map(pid => [pid, fields]));
		const machine = await started(all(awake(0)));
		machine.change(all(waiting(0)));
		await machine.at(8 * second);
		machine.change(all(awake(0)));
		const read: string[][] = [];

		for (const at of [10, 11, 12, 13]) {
			await machine.at(at * second);
			read.push(machine.ioReads);
		}

		// Then the first ones again, for some seconds.
		expect(read.map(paths => paths.length)).toEqual([16, 16, 16, 16]);
		expect(new Set(read.slice(0, 3).flat()).size).toBe(40);
		await machine.at(30 * second);
		expect(machine.ioReads).toHaveLength(4);
	});
});

describe('what the kernel adds to a parent when its child ends', () => {
	const family = {
		5: {parent: 1, pages: 1},
		6: {parent: 5, read: 1000, pages: 1},
		7: {parent: 6, read: 6e9, written: 8e9, pages: 1},
	};

	test('is not its own traffic of this minute, but for what the child did in it', async () => {
		const machine = await started(family);
		machine.change({6: {parent: 5, read: 1000 + 6e9 + 59_500, written: 8e9, pages: 1}, 7: undefined});
		expect(ratesOf(await machine.at(minute))[6]).toEqual([0, disk(1000, 0)]);
		machine.change({6: {parent: 5, read: 1000 + 59_500 + 18e9, written: 20e9, pages: 1}});
		expect(ratesOf(await machine.at(2 * minute))[6]).toEqual([0, disk(2e8, 2e8)]);
	});

	test('goes on to the nearest that is still there', async () => {
		const machine = await started(family);
		machine.change({5: {parent: 1, read: 6e9 + 1000 + 119_000, written: 8e9, pages: 1}, 6: undefined, 7: undefined});
		expect(ratesOf(await machine.at(minute))).toEqual({5: [0, disk(2000, 0)]});
	});

	test('is not subtracted where it was not added: nobody waited', async () => {
		const machine = await started(family);
		machine.change({6: {parent: 5, read: 1000 + 59_500, pages: 1}, 7: undefined});
		expect(ratesOf(await machine.at(minute))[6]).toEqual([0, disk(1000, 0)]);
	});
});
