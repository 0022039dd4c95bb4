import {readFileSync, rmSync, statSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {fileOf} from '../../src/journal/format.js';
import {Journal, mostFileBytes} from '../../src/journal/journal.js';
import {JournalFile} from '../../src/journal/journal-file.js';
import {Reserve, reserveBytes} from '../../src/journal/reserve.js';
import {folder} from '../helpers/folder.js';
import {besides, fileIn, opened, records, replayed} from './records.js';

/** A real file that waits until it is let, and counts what it is asked for. */
class Held extends JournalFile {
	readonly writes: number[] = [];
	readonly #gates: (() => void)[] = [];

	override async append(bytes: Uint8Array): Promise<void> {
		this.writes.push(bytes.length);
		await new Promise<void>(resolve => this.#gates.push(resolve));
		await super.append(bytes);
	}

	async letOne(): Promise<void> {
		while (this.#gates.length === 0) {
			await new Promise(setImmediate);
		}

		this.#gates.shift()?.();
	}
}

/** A real file that says it has nearly as much as a file may have. */
class NearlyFull extends JournalFile {
	override get size(): number {
		return mostFileBytes - 20;
	}
}

async function held(directory: string) {
	const file = new Held(fileIn(directory), {pending: {bytes: fileOf(1, [])}});
	return {journal: await begun(directory, file), file};
}

async function begun(directory: string, file: JournalFile): Promise<Journal> {
	const path = fileIn(directory);
	const reserve = new Reserve(join(directory, 'journal.reserve'));
	const journal = new Journal({path, version: 1, file, reserve, newerVersion: undefined});
	await journal.begin();
	return journal;
}

test('what is appended is found by the next start, in its order', async () => {
	const directory = folder();
	const first = await opened(directory);
	expect(first).toMatchObject({records: [], setAside: undefined});

	for (const record of records) {
		await first.journal.append([record]);
	}

	await first.journal.append(records);
	expect(first.journal.state).toEqual({kind: 'well'});
	expect(first.journal.size).toBe(statSync(fileIn(directory)).size);
	await first.journal.close();
	const second = await opened(directory);
	expect(second).toMatchObject({records: [...records, ...records], setAside: undefined});
	await second.journal.append(['after']);
	await second.journal.close();
	expect((await replayed(directory)).records).toEqual([...records, ...records, 'after']);
	expect(besides(directory)).toEqual([]);
});

test('nobody else may read the files, whatever the mask', async () => {
	const directory = folder();
	const mask = process.umask(0);
	const {journal} = await opened(directory).finally(() => process.umask(mask));
	await journal.compact([]);
	expect(statSync(fileIn(directory)).mode & 0o777).toBe(0o600);
	expect(statSync(join(directory, 'journal.reserve')).mode & 0o777).toBe(0o600);
	expect(statSync(join(directory, 'journal.reserve')).blocks * 512).toBeGreaterThanOrEqual(reserveBytes);
});

test('what is appended while the disk is busy is written together, in the order of the calls', async () => {
	const directory = folder();
	const {journal, file} = await held(directory);
	const done: number[] = [];
	const appended = (number: number) => journal.append([number]).then(() => done.push(number));
	const first = [appended(1), appended(2)];
	await file.letOne();
	await Promise.all(first);
	const second = [appended(3)];
	await new Promise(setImmediate);
	second.push(...Array.from({length: 100}, (_, index) => appended(4 + index)));
	expect(done).toEqual([1, 2]);
	await file.letOne();
	await file.letOne();
	await Promise.all(second);
	await journal.close();
	const all = Array.from({length: 103}, (_, index) => index + 1);
	expect(file.writes).toHaveLength(3);
	expect(done).toEqual(all);
	expect((await replayed(directory)).records).toEqual(all);
});

test('what is written at once has its limit', async () => {
	const {journal, file} = await held(folder());
	const text = 'x'.repeat(400_000);
	const work = Promise.all([1, 2, 3, 4, 5].map(() => journal.append([text])));
	await file.letOne();
	await file.letOne();
	await file.letOne();
	await work;
	await journal.close();
	expect(file.writes.map(bytes => Math.round(bytes / 400_000))).toEqual([2, 2, 1]);
});

test('a record is as it was when it was given', async () => {
	const directory = folder();
	const {journal} = await opened(directory);
	const record = {state: 'before'};
	const work = journal.append([record]);
	record.state = 'after';
	await work;
	await journal.close();
	expect((await replayed(directory)).records).toEqual([{state: 'before'}]);
});

test('a record that cannot be one stops no other', async () => {
	const directory = folder();
	const {journal} = await opened(directory);
	const [first, bad, last] = await Promise.allSettled([
		journal.append([1]),
		journal.append([2, undefined]),
		journal.append([3]),
	]);
	expect([first?.status, bad?.status, last?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	await journal.close();
	expect((await replayed(directory)).records).toEqual([1, 3]);
});

test('what would make the file longer than a start reads is refused', async () => {
	const directory = folder();
	const journal = await begun(directory, new NearlyFull(fileIn(directory), {pending: {bytes: fileOf(1, [])}}));
	const work = await Promise.allSettled([journal.append(['a']), journal.append(['long enough'])]);
	expect(work.map(({status}) => status)).toEqual(['fulfilled', 'rejected']);
	await expect(journal.append(['long enough'])).rejects.toMatchObject({code: 'TOO_LARGE'});
	expect(journal.state).toEqual({kind: 'well'});
	await journal.close();
	expect((await replayed(directory)).records).toEqual(['a']);
});

describe('compaction', () => {
	test('leaves what it is given, and is asked for above 4 MiB', async () => {
		const directory = folder();
		const {journal} = await opened(directory);
		const text = 'x'.repeat(1_000_000);

		for (let count = 0; count < 4; count++) {
			await journal.append([text]);
		}

		expect(journal.isLong).toBe(false);
		await journal.append([text]);
		expect(journal.isLong).toBe(true);
		await journal.compact(records);
		expect(journal.isLong).toBe(false);
		await journal.append(['after']);
		await journal.close();
		expect((await replayed(directory)).records).toEqual([...records, 'after']);
		expect(besides(directory)).toEqual([]);
	});

	test('stands between the appends before and after it, however busy the disk is', async () => {
		const directory = folder();
		const {journal, file} = await held(directory);
		const work = [journal.append([1])];
		await new Promise(setImmediate);
		work.push(journal.append([2]), journal.compact(['1 and 2']), journal.append([3]), journal.compact(['1 to 3']));
		work.push(journal.append([4]));

		for (let count = 0; count < 4; count++) {
			await file.letOne();
		}

		await Promise.all(work);
		await journal.close();
		expect((await replayed(directory)).records).toEqual(['1 to 3', 4]);
	});

	test('beside 1,000 appends loses none', async () => {
		const directory = folder();
		const {journal} = await opened(directory);
		const given: number[] = [];
		const work: Promise<void>[] = [];

		for (let number = 0; number < 1000; number++) {
			given.push(number);
			work.push(journal.append([number]));

			if (number % 97 === 0) {
				work.push(journal.compact(given));
				await new Promise(setImmediate);
			}
		}

		await Promise.all(work);
		await journal.close();
		expect((await replayed(directory)).records).toEqual(given);
	});
});

describe('the end', () => {
	test('comes after what was asked for before, and nothing is taken after it', async () => {
		const directory = folder();
		const {journal} = await opened(directory);
		const work = [journal.append([1]), journal.compact([1]), journal.append([2])];
		await journal.close();
		await Promise.all(work);
		await expect(journal.append([3])).rejects.toMatchObject({code: 'CLOSED'});
		await expect(journal.compact([])).rejects.toMatchObject({code: 'CLOSED'});
		expect((await replayed(directory)).records).toEqual([1, 2]);
	});
});

describe('when others have been at the file', () => {
	test('one that was removed is there again with the next record', async () => {
		const directory = folder();
		const {journal} = await opened(directory);
		await journal.append([1]);
		rmSync(fileIn(directory));
		await journal.append([2]);
		await journal.close();
		expect((await replayed(directory)).records).toEqual([1, 2]);
	});

	test('one that was shortened is not written behind the hole, and compaction mends it', async () => {
		const directory = folder();
		const {journal} = await opened(directory);
		await journal.append(records);
		truncateSync(fileIn(directory), 10);
		await expect(journal.append([1])).rejects.toMatchObject({code: 'CUT'});
		expect(journal.state).toEqual({kind: 'failing', code: 'CUT'});
		expect(readFileSync(fileIn(directory))).toHaveLength(10);
		await journal.compact(records);
		await journal.append([2]);
		expect(journal.state).toEqual({kind: 'well'});
		await journal.close();
		expect((await replayed(directory)).records).toEqual([...records, 2]);
	});
});
