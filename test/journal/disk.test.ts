import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {fileOf, headerOf, recordLine} from '../../src/journal/format.js';
import {reserveBytes} from '../../src/journal/reserve.js';
import {folder} from '../helpers/folder.js';
import {testOnDisk} from '../helpers/small-disk.js';
import {atName, besides, fileIn, opened, replayed} from './records.js';

const corrupt = `journal.corrupt-${atName}`;

/** Takes what is left. @returns what gives it back. */
function fill(directory: string): () => void {
	const path = join(directory, 'filling');

	try {
		for (;;) {
			appendFileSync(path, Buffer.alloc(4096));
		}
	} catch {
		return () => rmSync(path);
	}
}

describe('a full disk', () => {
	const record = {text: 'x'.repeat(2000)};

	testOnDisk('size=4m,mode=700', 'is written on from the reserve, and says so', async directory => {
		const {journal} = await opened(directory);
		const free = fill(directory);
		const given: unknown[] = [];

		for (let count = 0; count < 100; count++) {
			await journal.append([record]);
			given.push(record);
			// Whoever filled the disk takes at once whatever there is.
			fill(directory);
		}

		const {state} = journal;
		expect(state).toMatchObject({kind: 'short', code: 'ENOSPC'});
		expect(state.kind === 'short' && state.left).toBeGreaterThan(reserveBytes / 4);
		free();
		await journal.refill();
		expect(journal.state).toEqual({kind: 'well'});
		await journal.close();
		expect((await replayed(directory)).records).toEqual(given);
	});

	testOnDisk(
		'size=4m,mode=700',
		'without a reserve refuses, keeps what was accepted, and goes on when there is room',
		async directory => {
			const {journal} = await opened(directory);
			const free = fill(directory);
			const given: unknown[] = [];
			const large = {text: 'x'.repeat(100_000)};
			const codes = new Set<string>();

			for (let count = 0; count < 30; count++) {
				await journal.append([large]).then(
					() => given.push(large),
					error => codes.add(`${error.name} ${error.code}`),
				);
			}

			expect(given.length).toBeGreaterThan(5);
			expect(given.length).toBeLessThan(15);
			expect([...codes]).toEqual(['JournalError ENOSPC']);
			expect(journal.state).toEqual({kind: 'failing', code: 'ENOSPC'});
			// Nothing half-written is left, so that what is short still has its place.
			expect(statSync(fileIn(directory)).size).toBe(fileOf(1, given).length);
			free();
			await journal.append(['after']);
			expect(journal.state).toMatchObject({kind: 'short', left: 0});
			await journal.refill();
			expect(journal.state).toEqual({kind: 'well'});
			await journal.close();
			expect((await replayed(directory)).records).toEqual([...given, 'after']);
		},
	);

	testOnDisk(
		'size=4m,mode=700',
		'refuses what is too large for it, and takes what is given beside that',
		async directory => {
			const {journal} = await opened(directory);
			fill(directory);
			const large = ['x'.repeat(400_000)];
			await journal.append(large);
			await journal.append(large);
			const work = await Promise.allSettled([
				journal.append(['first']),
				journal.append(large),
				journal.append(['last']),
			]);
			expect(work.map(({status}) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
			await journal.close();
			expect((await replayed(directory)).records).toEqual([...large, ...large, 'first', 'last']);
		},
	);

	testOnDisk('size=4m,mode=700', 'can be compacted on, which gives its room back', async directory => {
		const {journal} = await opened(directory);
		await journal.append(Array.from({length: 500}, () => record));
		fill(directory);
		await journal.append([record]);
		await journal.compact(['all of it']);
		expect(journal.state).toEqual({kind: 'well'});
		await journal.append(['after']);
		await journal.close();
		expect(await replayed(directory)).toEqual({records: ['all of it', 'after'], setAside: undefined});
	});

	testOnDisk(
		'size=4m,nr_inodes=4,mode=700',
		'without inodes is written on, and compacted with that of the reserve',
		async directory => {
			// The directory, the journal, its reserve, and this one.
			const {journal} = await opened(directory);
			writeFileSync(join(directory, 'last'), '');
			await journal.append([1]);
			expect(journal.state).toEqual({kind: 'well'});
			await journal.compact([1]);
			await journal.append([2]);
			await journal.close();
			expect((await replayed(directory)).records).toEqual([1, 2]);
		},
	);

	testOnDisk(
		'size=4m,nr_inodes=2,mode=700',
		'on which there can be no journal at all says so, and has one as soon as there can',
		async directory => {
			writeFileSync(join(directory, 'last'), '');
			const {journal, records: found} = await opened(directory);
			expect(found).toEqual([]);
			expect(journal.state).toEqual({kind: 'failing', code: 'ENOSPC'});
			await expect(journal.append([1])).rejects.toMatchObject({code: 'ENOSPC'});
			rmSync(join(directory, 'last'));
			await journal.append([2]);
			expect(journal.state).toEqual({kind: 'short', code: 'ENOSPC', left: 0});
			await journal.close();
			expect((await replayed(directory)).records).toEqual([2]);
		},
	);

	testOnDisk('size=4m,mode=700', 'stops no start with a damaged file', async directory => {
		const first = await opened(directory);
		await first.journal.append([1, record]);
		await first.journal.close();
		truncateSync(fileIn(directory), statSync(fileIn(directory)).size - 1000);
		fill(directory);
		const {journal, ...found} = await opened(directory);
		expect(found).toMatchObject({records: [1], setAside: {name: join(directory, corrupt)}});
		await journal.append([2]);
		await journal.close();
		expect((await replayed(directory)).records).toEqual([1, 2]);
	});
});

describe('a read-only disk', () => {
	const remount = (directory: string, how: string) => execFileSync('mount', ['-o', `remount,${how}`, directory]);

	testOnDisk('size=4m,mode=700', 'is read, says so, and is written as soon as it can be', async directory => {
		writeFileSync(fileIn(directory), fileOf(1, [1]), {mode: 0o600});
		remount(directory, 'ro');
		const {journal, ...found} = await opened(directory);
		expect(found).toEqual({records: [1], setAside: undefined});
		expect(journal.state).toEqual({kind: 'failing', code: 'EROFS'});
		await expect(journal.append([2])).rejects.toMatchObject({code: 'EROFS'});
		remount(directory, 'rw');
		await journal.append([3]);
		await journal.refill();
		expect(journal.state).toEqual({kind: 'well'});
		await journal.close();
		expect((await replayed(directory)).records).toEqual([1, 3]);
	});

	testOnDisk('size=4m,mode=700', 'keeps a damaged file for when it can be set aside', async directory => {
		const bad = Buffer.concat([headerOf(1), recordLine(1), Buffer.from('half')]);
		writeFileSync(fileIn(directory), bad, {mode: 0o600});
		remount(directory, 'ro');
		const {journal, records: found, setAside} = await opened(directory);
		expect(found).toEqual([1]);
		expect(besides(directory)).toEqual([]);
		remount(directory, 'rw');
		await journal.append([2]);
		await journal.close();
		expect(readFileSync(setAside?.name ?? '')).toEqual(bad);
		expect((await replayed(directory)).records).toEqual([1, 2]);
	});
});

test('a directory that went away is waited for', async () => {
	const directory = folder();
	const {journal} = await opened(directory);
	await journal.append([1]);
	rmSync(directory, {recursive: true});
	await expect(journal.append([2])).rejects.toMatchObject({code: 'ENOENT'});
	mkdirSync(directory, 0o700);
	await journal.append([3]);
	await journal.close();
	expect((await replayed(directory)).records).toEqual([1, 3]);
});
