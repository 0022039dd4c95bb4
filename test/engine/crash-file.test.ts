import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type Crash, writeCrashFile} from '../../src/engine/crash-file.js';
import {folder} from '../helpers/folder.js';
import {wallAtZero} from '../helpers/hand-clock.js';

function crash(path: string, changes: Partial<Crash> = {}): Crash {
	return {error: new Error('it broke'), directory: {path}, version: '1.2.3', at: wallAtZero, secrets: [], ...changes};
}

test('tells version, time, surroundings, the stack and what caused it, to its owner only', () => {
	const path = join(folder(), 'state');
	const error = new Error('it broke', {cause: new TypeError('the reason', {cause: 'no error at all'})});
	const file = writeCrashFile(crash(path, {error}));
	expect(file).toBe(join(path, 'crash-2026-11-22T03-14-51.000Z.txt'));
	const text = readFileSync(file ?? '', 'utf8');
	expect(text).toMatch(
		/^healthtop 1\.2\.3\ntime {6}2026-11-22T03:14:51\.000Z\nnode {6}\d+\.\d+\.\d+\nplatform {2}linux \w+\nuptime {4}\d+\.\d s\n\n/,
	);
	expect(text).toMatch(
		/\nError: it broke\n {4}at .*crash-file\.test[\s\S]*\nCaused by: TypeError: the reason\n[\s\S]*\nCaused by: no error at all\n$/,
	);
	expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
	expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('has no secret in it', () => {
	const file = writeCrashFile(crash(folder(), {error: new Error('login with hunter22 failed'), secrets: ['hunter22']}));
	expect(readFileSync(file ?? '', 'utf8')).toContain('login with [secret] failed');
	expect(readFileSync(file ?? '', 'utf8')).not.toContain('hunter22');
});

test('ten are kept, and everything else that lies there', () => {
	const path = folder();
	writeFileSync(join(path, 'healthtop.log'), '');

	for (let second = 0; second < 12; second++) {
		writeCrashFile(crash(path, {at: wallAtZero + second * 1000}));
	}

	const files = readdirSync(path).toSorted();
	expect(files).toHaveLength(11);
	expect(files[0]).toBe('crash-2026-11-22T03-14-53.000Z.txt');
	expect(files.at(-1)).toBe('healthtop.log');
});

test('where it cannot be written there is none, and nothing is thrown', () => {
	const path = folder();
	writeFileSync(join(path, 'file'), '');
	mkdirSync(join(path, 'state'));
	expect(writeCrashFile(crash(join(path, 'file')))).toBeUndefined();
	expect(
		writeCrashFile({...crash(''), directory: {path: join(path, 'home/state'), home: join(path, 'home')}}),
	).toBeUndefined();
	expect(readdirSync(path).toSorted()).toEqual(['file', 'state']);
	expect(writeCrashFile(crash(join(path, 'state')))).toBeDefined();
	// Of the same millisecond there is one already: what it says is not overwritten.
	expect(writeCrashFile(crash(join(path, 'state')))).toBeUndefined();
});

test('anything can be thrown', () => {
	const file = writeCrashFile(crash(folder(), {error: 'just a string'}));
	expect(readFileSync(file ?? '', 'utf8')).toContain('\njust a string\n');
});
