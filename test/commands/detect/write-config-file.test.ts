import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {writeConfigFile} from '../../../src/commands/detect/write-config-file.js';
import {folder} from '../../helpers/folder.js';
import {testOnDisk} from '../../helpers/small-disk.js';

describe('writing', () => {
	const at = Date.UTC(2026, 11, 1, 3, 14, 51, 123);
	const write = (file: string, text: string, isForced = false) => writeConfigFile({file, text, isForced, at});

	test('makes what is missing, for nobody else', async () => {
		const file = join(folder(), 'a', 'b', 'config.json');
		expect(await write(file, '{}')).toBeUndefined();
		expect(readFileSync(file, 'utf8')).toBe('{}');
		expect([file, join(file, '..'), join(file, '../..')].map(path => statSync(path).mode & 0o777)).toEqual([
			0o600, 0o700, 0o700,
		]);
	});

	test('overwrites nothing', async () => {
		const file = join(folder(), 'config.json');
		writeFileSync(file, 'mine');
		await expect(write(file, '{}')).rejects.toThrow(`${file} is there already: --force `);
		expect(readFileSync(file, 'utf8')).toBe('mine');
	});

	test('keeps the old one, by force', async () => {
		const directory = folder();
		const file = join(directory, 'config.json');
		writeFileSync(file, 'mine');
		chmodSync(file, 0o640);
		const before = `${file}.before-2026-12-01T03-14-51.123Z`;
		expect(await write(file, '{}', true)).toBe(before);
		expect([readFileSync(file, 'utf8'), readFileSync(before, 'utf8')]).toEqual(['{}', 'mine']);
		await expect(write(file, '{"a": 1}', true)).rejects.toThrow('nothing was written');
		expect([readFileSync(file, 'utf8'), readFileSync(before, 'utf8')]).toEqual(['{}', 'mine']);
	});

	test('follows no link', async () => {
		const directory = folder();
		const [file, elsewhere] = [join(directory, 'config.json'), join(directory, 'elsewhere')];
		symlinkSync(elsewhere, file);
		await expect(write(file, '{}')).rejects.toThrow('is there already');
		expect(readdirSync(directory)).toEqual(['config.json']);
		await write(file, '{}', true);
		expect(lstatSync(file).isFile()).toBe(true);
		expect(readdirSync(directory)).toHaveLength(2);
	});

	test('says why it cannot', async () => {
		const directory = folder();
		writeFileSync(join(directory, 'file'), '');
		await expect(write(join(directory, 'file', 'config.json'), '{}')).rejects.toThrow(
			'cannot be written: there is a file in its place',
		);
	});

	testOnDisk('rw', 'brings the old one back when there is no room for the new one', async disk => {
		mkdirSync(join(disk, 'etc'));
		const file = join(disk, 'etc', 'config.json');
		writeFileSync(file, 'mine');
		await expect(write(file, 'x'.repeat(100_000), true)).rejects.toThrow('no space is left on the device');
		expect([readdirSync(join(disk, 'etc')), readFileSync(file, 'utf8')]).toEqual([['config.json'], 'mine']);
	});
});
