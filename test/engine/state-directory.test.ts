import {chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openStateDirectory, stateDirectoryOf} from '../../src/engine/state-directory.js';
import {folder} from '../helpers/folder.js';
import {testOnDisk} from '../helpers/small-disk.js';

const everything = {
	HEALTHTOP_STATE_DIR: '/from/us',
	STATE_DIRECTORY: '/var/lib/healthtop:/var/lib/other',
	XDG_STATE_HOME: '/from/xdg',
	HOME: '/home/bob',
};

const inHome = {path: '/home/bob/.local/state/healthtop', home: '/home/bob'};

test.each<[name: string, place: Parameters<typeof stateDirectoryOf>[0], chosen: ReturnType<typeof stateDirectoryOf>]>([
	['the option', {option: '/given', env: everything}, {path: '/given'}],
	['our own variable', {option: undefined, env: everything}, {path: '/from/us'}],
	[
		'the first that systemd names',
		{option: undefined, env: {...everything, HEALTHTOP_STATE_DIR: undefined}},
		{path: '/var/lib/healthtop'},
	],
	[
		'XDG_STATE_HOME',
		{option: undefined, env: {XDG_STATE_HOME: '/from/xdg', HOME: '/home/bob'}},
		{path: '/from/xdg/healthtop'},
	],
	['the home', {option: undefined, env: {HOME: '/home/bob'}}, inHome],
	[
		'the home, when everything else is empty',
		{option: '', env: {HEALTHTOP_STATE_DIR: '', STATE_DIRECTORY: '', XDG_STATE_HOME: '', HOME: '/home/bob'}},
		inHome,
	],
	[
		'the home, not a relative XDG_STATE_HOME',
		{option: undefined, env: {XDG_STATE_HOME: 'x', HOME: '/home/bob'}},
		inHome,
	],
	['nothing without a home', {option: undefined, env: {HOME: ''}}, undefined],
	['nothing in an empty environment', {option: undefined, env: {}}, undefined],
])('chosen is %s', (_, place, chosen) => {
	expect(stateDirectoryOf(place)).toEqual(chosen);
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

function directory(mode: number, files: readonly string[] = []): string {
	const path = join(folder(), 'state');
	mkdirSync(path);
	chmodSync(path, mode);

	for (const name of files) {
		writeFileSync(join(path, name), '');
	}

	return path;
}

describe('a directory that can be used', () => {
	test('is made, with those above it, and only ours', async () => {
		const path = join(folder(), 'a', 'b', 'state');
		expect(await openStateDirectory({path})).toBeUndefined();
		expect(modeOf(path)).toBe(0o700);
		expect(modeOf(join(path, '..'))).toBe(0o700);
	});

	test('is taken from others when it is empty', async () => {
		const path = directory(0o775);
		expect(await openStateDirectory({path})).toBeUndefined();
		expect(modeOf(path)).toBe(0o700);
	});

	test('is taken from others when we have used it before', async () => {
		const path = directory(0o755, ['healthtop.log', 'history']);
		expect(await openStateDirectory({path})).toBeUndefined();
		expect(modeOf(path)).toBe(0o700);
	});

	test('may be a link, and is left alone when it is ours already', async () => {
		const path = directory(0o700, ['anything']);
		const link = join(folder(), 'link');
		symlinkSync(path, link);
		expect(await openStateDirectory({path: link})).toBeUndefined();
		expect(readdirSync(path)).toEqual(['anything']);
	});
});

describe('refused, and says why:', () => {
	test('one with files of others that is open to them', async () => {
		const path = directory(0o777, ['somebody-elses']);
		expect(await openStateDirectory({path})).toBe(
			`'${path}' is open to others and holds other files: name a directory that is for healthtop only`,
		);
		expect(modeOf(path)).toBe(0o777);
	});

	test.runIf(process.getuid?.() === 0)('one where somebody else put a file of our name', async () => {
		const path = directory(0o1777, ['healthtop.log']);
		chownSync(join(path, 'healthtop.log'), 65_534, 65_534);
		expect(await openStateDirectory({path})).toContain('holds other files');
		expect(modeOf(path)).toBe(0o777);
	});

	test('one that belongs to another user', async () => {
		const path = process.getuid?.() === 0 ? directory(0o700) : '/usr';

		if (path !== '/usr') {
			chownSync(path, 65_534, 65_534);
		}

		const {uid} = statSync(path);
		expect(await openStateDirectory({path})).toBe(
			`'${path}' belongs to another user (uid ${uid}): name another directory`,
		);
	});

	test('a file in its place, or above it', async () => {
		const file = join(folder(), 'file');
		writeFileSync(file, 'precious');
		const remedy = 'cannot be used: there is a file in its place; mend that or name another directory';
		expect(await openStateDirectory({path: file})).toBe(`'${file}' ${remedy}`);
		expect(await openStateDirectory({path: join(file, 'state')})).toBe(`'${file}/state' ${remedy}`);
		chmodSync(file, 0o700);
		expect(await openStateDirectory({path: file})).toBe(`'${file}' ${remedy}`);
		expect(statSync(file).size).toBe(8);
	});

	test('one below a home that is not there', async () => {
		const home = join(folder(), 'nonexistent');
		const path = join(home, '.local/state/healthtop');
		expect(await openStateDirectory({path, home})).toContain('a directory that it lies in is not there');
		expect(existsSync(home)).toBe(false);
	});

	testOnDisk('ro,mode=700', 'a read-only file system', async path => {
		expect(await openStateDirectory({path})).toContain('the file system is read-only');
		expect(await openStateDirectory({path: join(path, 'state')})).toContain('the file system is read-only');
	});

	testOnDisk('nr_inodes=2', 'a full file system', async path => {
		expect(await openStateDirectory({path: join(path, 'a', 'state')})).toContain('no space is left on the device');
	});
});
