import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {fileOf} from '../../src/journal/format.js';
import {reserveBytes} from '../../src/journal/reserve.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';
import {atName, besides, fileIn, opened, records, replayed} from './records.js';

const corrupt = `journal.corrupt-${atName}`;

describe('a damaged file', () => {
	test.each<[string, (file: Buffer) => Buffer, readonly unknown[], number]>([
		['with a torn end', file => file.subarray(0, -3), [1, 2], 10],
		['without its last line end', file => file.subarray(0, -1), [1, 2, 3], 0],
		['with NUL behind it', file => Buffer.concat([file, Buffer.alloc(4096)]), [1, 2, 3], 4096],
		['with a bad record in the middle', file => Buffer.from(file.toString().replace(' 2\n', ' 3\n')), [1, 3], 13],
		['that is empty', () => Buffer.alloc(0), [], 0],
	])(
		'%s: what is right is kept, all of it is set aside, and the next record is found',
		async (_, damage, kept, badBytes) => {
			const directory = folder();
			const bad = damage(fileOf(1, [1, 2, 3]));
			writeFileSync(fileIn(directory), bad, {mode: 0o600});
			const {journal, ...found} = await opened(directory);
			const setAside = {reason: 'is damaged', badBytes, name: join(directory, corrupt)};
			expect(found).toEqual({records: kept, setAside});
			expect(readFileSync(join(directory, corrupt))).toEqual(bad);
			await journal.append([4]);
			await journal.close();
			expect(await replayed(directory)).toEqual({records: [...kept, 4], setAside: undefined});
		},
	);

	test('cut at every byte can be gone on with', async () => {
		const directory = folder();
		const whole = fileOf(1, [1, {two: 2}, 'three']);

		for (let length = 0; length < whole.length; length++) {
			writeFileSync(fileIn(directory), whole.subarray(0, length), {mode: 0o600});
			const {journal, records: before} = await opened(directory);
			await journal.append(['next']);
			await journal.close();
			expect((await replayed(directory)).records, `cut at ${length}`).toEqual([...before, 'next']);
			expect([1, {two: 2}, 'three'].slice(0, before.length)).toEqual(before);
		}

		// A disk that does this does it again.
		expect(besides(directory)).toHaveLength(10);
	});

	test('is set aside beside what has its name', async () => {
		const directory = folder();
		writeFileSync(fileIn(directory), fileOf(1, [1, 2]).subarray(0, -2), {mode: 0o600});
		mkdirSync(join(directory, corrupt));
		const {setAside} = await opened(directory);
		expect(setAside?.name).toBe(`${join(directory, corrupt)}-2`);
		expect(readFileSync(setAside?.name ?? '')).toEqual(fileOf(1, [1, 2]).subarray(0, -2));
	});
});

describe("in the journal's place", () => {
	const elsewhere = fileOf(1, ['of somebody else']);
	type Plant = (path: string, outside: string) => void;
	const plants: Record<string, [plant: Plant, reason: string]> = {
		'a directory': [path => mkdirSync(path), 'is a directory'],
		'a symbolic link': [(path, outside) => symlinkSync(outside, path), 'is a symbolic link'],
		'a symbolic link to nothing': [path => symlinkSync('/nonexistent/x', path), 'is a symbolic link'],
		'a pipe': [path => execFileSync('mkfifo', [path]), 'is no regular file'],
		'a file that the group may write': [
			path => {
				writeFileSync(path, elsewhere);
				chmodSync(path, 0o660);
			},
			'can be written by others (mode 660)',
		],
		'a file of 65 MiB': [
			path => {
				writeFileSync(path, '', {mode: 0o600});
				truncateSync(path, 65 << 20);
			},
			'is 68157440 bytes, a journal has at most 67108864',
		],
	};

	async function tryPlant(plant: Plant, reason: string) {
		const [directory, outside] = [folder(), join(folder(), 'outside')];
		writeFileSync(outside, elsewhere);
		plant(fileIn(directory), outside);
		const kind = lstatSync(fileIn(directory)).mode;
		const {journal, ...found} = await opened(directory);
		expect(found).toMatchObject({records: [], setAside: {reason, name: join(directory, corrupt)}});
		await journal.append([1]);
		await journal.close();
		expect(lstatSync(join(directory, corrupt)).mode).toBe(kind);
		expect(readFileSync(outside)).toEqual(elsewhere);
		expect(await replayed(directory)).toEqual({records: [1], setAside: undefined});
	}

	test.each(Object.entries(plants))('%s is set aside unread', (_, [plant, reason]) => tryPlant(plant, reason));

	testAsRoot()("another user's file is set aside unread", () =>
		tryPlant(path => {
			writeFileSync(path, elsewhere, {mode: 0o600});
			chownSync(path, 65534, 65534);
		}, 'belongs to another user (uid 65534)'),
	);

	test('a file that others may read is taken from them', async () => {
		const directory = folder();
		writeFileSync(fileIn(directory), fileOf(1, records), {mode: 0o644});
		expect((await opened(directory)).records).toEqual(records);
		expect(statSync(fileIn(directory)).mode & 0o777).toBe(0o600);
	});

	test("a link in the reserve's place is not written through", async () => {
		const [directory, outside] = [folder(), join(folder(), 'outside')];
		writeFileSync(outside, elsewhere);
		symlinkSync(outside, join(directory, 'journal.reserve'));
		const {journal} = await opened(directory);
		await journal.append([1]);
		expect(journal.state).toEqual({kind: 'short', code: 'ELOOP', left: 0});
		expect(readFileSync(outside)).toEqual(elsewhere);
	});

	test("a pipe in the reserve's place is no reserve", async () => {
		const directory = folder();
		execFileSync('mkfifo', [join(directory, 'journal.reserve')]);
		const {journal} = await opened(directory);
		expect(journal.state).toEqual({kind: 'short', code: 'EEXIST', left: 0});
	});

	test('a reserve with holes is no room, and is filled', async () => {
		const directory = folder();
		const path = join(directory, 'journal.reserve');
		writeFileSync(path, '');
		truncateSync(path, reserveBytes);
		expect(statSync(path).blocks).toBe(0);
		expect((await opened(directory)).journal.state).toEqual({kind: 'well'});
		expect(statSync(path).blocks * 512).toBeGreaterThanOrEqual(reserveBytes);
	});

	test('what a kill left half made is deleted', async () => {
		const directory = folder();
		writeFileSync(join(directory, 'journal.new-0123456789ab'), 'half');
		await opened(directory);
		expect(besides(directory)).toEqual([]);
	});
});

describe('another version', () => {
	test('a newer one is neither read nor written', async () => {
		const directory = folder();
		const newer = fileOf(2, records).subarray(0, -1);
		writeFileSync(fileIn(directory), newer, {mode: 0o600});
		const {journal, ...found} = await opened(directory);
		expect(found).toEqual({records: [], setAside: undefined});
		expect(journal.state).toEqual({kind: 'read-only', version: 2});
		await expect(journal.append([1])).rejects.toMatchObject({code: 'NEWER'});
		await expect(journal.compact([1])).rejects.toMatchObject({code: 'NEWER'});
		await expect(journal.refill()).rejects.toMatchObject({code: 'NEWER'});
		await journal.close();
		expect(readFileSync(fileIn(directory))).toEqual(newer);
	});

	test('an older one is migrated, and kept as it was', async () => {
		const directory = folder();
		const older = fileOf(1, [1, 2]);
		writeFileSync(fileIn(directory), older, {mode: 0o600});
		const migrate = (old: readonly unknown[], from: number) => old.map(record => ({from, record}));
		const {journal, ...found} = await opened(directory, {version: 3, migrate});
		const migrated = [
			{from: 1, record: 1},
			{from: 1, record: 2},
		];
		expect(found).toEqual({records: migrated, setAside: undefined});
		await journal.append([3]);
		await journal.close();
		expect(readFileSync(join(directory, `journal.version-1-${atName}`))).toEqual(older);
		expect(readFileSync(fileIn(directory))).toEqual(fileOf(3, [...migrated, 3]));
	});
});
