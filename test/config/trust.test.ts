import {chmodSync, chownSync, mkdirSync, statSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {distrustOf} from '../../src/config/trust.js';
import {directory, load, parse, put, refusal} from './given.js';

const commands = '{\n"checks": [{"name": "shop",\n"restart": {"command": ["true"]}}]\n}';
const self = process.geteuid?.();

const reasonOf = (file: string) => distrustOf(file, statSync(file), self);

/** A file in a directory, each with its mode in octal. */
function given(fileMode: string, directoryMode: string) {
	const dir = join(directory(), 'conf');
	const file = join(dir, 'config.json');
	put(file, commands, Number.parseInt(fileMode, 8));
	chmodSync(dir, Number.parseInt(directoryMode, 8));
	return {dir, file};
}

describe('nobody else may write', () => {
	test.each([
		['600', '700'],
		['644', '755'],
		['444', '755'],
		['600', '1777'],
		['640', '1775'],
	])('a file of mode %s in a directory of mode %s', (fileMode, directoryMode) => {
		expect(reasonOf(given(fileMode, directoryMode).file)).toBe(undefined);
	});
});

describe('others may write', () => {
	test.each([
		['602', '700'],
		['620', '700'],
		['666', '1777'],
		['777', '777'],
	])('a file of mode %s in a directory of mode %s', (fileMode, directoryMode) => {
		const {file} = given(fileMode, directoryMode);
		expect(reasonOf(file)).toBe(`others may write ${file} (mode ${fileMode}): chmod go-w ${file}`);
	});

	test.each([
		['600', '777'],
		['600', '770'],
		['600', '2775'],
	])('in the directory of a file of mode %s, of mode %s', (fileMode, directoryMode) => {
		const {dir, file} = given(fileMode, directoryMode);
		expect(reasonOf(file)).toBe(`others may write ${dir} (mode ${directoryMode}): chmod go-w ${dir}`);
	});

	test('where a link leads to', () => {
		const {dir, file} = given('600', '777');
		const link = join(directory(), 'config.json');
		symlinkSync(file, link);
		expect(reasonOf(link)).toBe(`others may write ${dir} (mode 777): chmod go-w ${dir}`);
	});

	test('where a link is', () => {
		const {file} = given('600', '700');
		const dir = directory();
		chmodSync(dir, 0o777);
		symlinkSync(file, join(dir, 'config.json'));
		expect(reasonOf(join(dir, 'config.json'))).toBe(`others may write ${dir} (mode 777): chmod go-w ${dir}`);
	});
});

test.skipIf(self !== 0)('what belongs to somebody else is his (only root can give files away)', () => {
	const {dir, file} = given('600', '700');
	chownSync(file, 4711, -1);
	expect(reasonOf(file)).toBe(`${file} belongs to user 4711: chown it to root or to yourself`);
	expect(distrustOf(file, statSync(file), 4711)).toBe(undefined);
	chownSync(file, 0, -1);
	chownSync(dir, 4711, -1);
	expect(reasonOf(file)).toBe(`${dir} belongs to user 4711: chown it to root or to yourself`);
});

test('what has gone meanwhile cannot be trusted', () => {
	const {file} = given('600', '700');
	expect(distrustOf(join(file, 'x'), statSync(file), self)).toBe(
		`who may write ${join(file, 'x')} cannot be told (ENOTDIR)`,
	);
});

describe('a file that others may write', () => {
	test('is refused where it holds a command, and nothing else is said of it', async () => {
		const {file} = given('666', '700');
		expect(await refusal(() => load({file}))).toBe(
			`${file}: line 3, checks[0].restart: is a command, and others may write ${file} (mode 666): chmod go-w ${file}`,
		);
		chmodSync(file, 0o644);
		expect(await refusal(() => load({file}))).toContain('checks[0].type: is missing');
	});

	test('is read where it holds none', async () => {
		const file = join(directory(), 'config.json');
		put(file, '{"every": "2s"}', 0o666);
		expect((await load({file})).config.every).toBe(2000);
	});
});

describe('a command is', () => {
	test.each([
		['{"command": "x"}', 'line 1, command'],
		['{"a": [[{"b": {\n"command": null}}]]}', 'line 2, a[0][0].b.command'],
		['{"restart": false}', 'line 1, restart'],
		['{"\\u0063ommand": "x"}', 'line 1, command'],
		['{"every": "1s", "every": {"command": 1}}', 'line 1, every.command'],
		[`{"command": "\${HOME}"}`, 'line 1, command'],
	])('%s', async (text, place) => {
		const message = await refusal(() => parse(text, {distrust: () => 'nobody knows who wrote it'}));
		expect(message).toBe(`config.json: ${place}: is a command, and nobody knows who wrote it`);
	});

	test.each(['{"every": "command"}', '{"commands": 1}', '{"a": ["restart"]}'])('not in %s', async text => {
		const attempt = () =>
			parse(text, {
				distrust() {
					throw new Error('who asks?');
				},
			});
		expect(await refusal(attempt)).toContain('has 1 problem');
	});
});

test('nothing is looked up for a file that somebody else may have put commands into', async () => {
	const dir = directory();
	mkdirSync(join(dir, 'a'));
	const text = '{"x": {"file": "nowhere"}, "command": 1}';
	const message = await refusal(() => parse(text, {file: join(dir, 'config.json'), distrust: () => 'no'}));
	expect(message).not.toContain('nowhere');
});
