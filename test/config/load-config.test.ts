import {chmodSync, existsSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {builtIn} from '../../src/config/config.js';
import type {ConfigPlace} from '../../src/config/load-config.js';
import {directory, load, pipe, put, refusal} from './given.js';

const refused = (place: Partial<ConfigPlace>) => refusal(() => load(place));

/** Files by where they are, each with a beat of its own. */
const everywhere = {
	'named.json': '{"every": "2s"}',
	'env.json': '{"every": "3s"}',
	'xdg/healthtop/config.json': '{"every": "4s"}',
	'home/.config/healthtop/config.json': '{"every": "5s"}',
	'config.json': '{"every": "6s"}',
};

test('the first of its places counts', async () => {
	const dir = directory(everywhere);
	const env = {
		HEALTHTOP_CONFIG: join(dir, 'env.json'),
		XDG_CONFIG_HOME: join(dir, 'xdg'),
		HOME: join(dir, 'home'),
	};
	const every = async (place: Partial<ConfigPlace>) => {
		const {config, file} = await load(place);
		return [config.every, file];
	};
	expect(await every({file: join(dir, 'named.json'), env})).toEqual([2000, join(dir, 'named.json')]);
	expect(await every({env})).toEqual([3000, join(dir, 'env.json')]);
	expect(await every({env: {...env, HEALTHTOP_CONFIG: undefined}})).toEqual([
		4000,
		join(dir, 'xdg/healthtop/config.json'),
	]);
	expect((await every({env: {...env, HEALTHTOP_CONFIG: ''}}))[0]).toBe(4000);
	expect((await every({env: {HOME: env.HOME}}))[0]).toBe(5000);
	expect((await every({env: {HOME: env.HOME, XDG_CONFIG_HOME: ''}}))[0]).toBe(5000);
});

test('without a file there are the defaults, whatever the current directory holds', async () => {
	const dir = directory(everywhere);
	const before = process.cwd;
	process.cwd = () => dir;
	onTestFinished(() => {
		process.cwd = before;
	});
	expect(await load({env: {HOME: join(dir, 'nobody')}})).toBe(builtIn);
	expect(await load({})).toBe(builtIn);
});

test('a file that was named must be there', async () => {
	const dir = directory(everywhere);
	const file = join(dir, 'missing.json');
	expect(await refused({file})).toBe(`${file}: there is no such file`);
	expect(await refused({env: {HEALTHTOP_CONFIG: file, HOME: join(dir, 'home')}})).toBe(
		`${file}: there is no such file`,
	);
	const below = join(dir, 'named.json', 'x.json');
	expect(await refused({file: below})).toBe(`${below}: there is no such file`);
	const link = join(dir, 'link.json');
	symlinkSync('nowhere', link);
	expect(await refused({file: link})).toBe(`${link}: there is no such file`);
});

test('a byte order mark is no part of it', async () => {
	const dir = directory({'marked.json': '\ufeff{"every": "7s"}'});
	expect((await load({file: join(dir, 'marked.json')})).config.every).toBe(7000);
});

test('a directory is no file', async () => {
	const dir = directory();
	expect(await refused({file: dir})).toBe(`${dir}: is a directory, name the file in it`);
});

test('what is no regular file is not opened for ever', async () => {
	const dir = directory();
	const silent = pipe(join(dir, 'pipe'));
	expect(await refused({file: silent})).toBe(`${silent}: is no regular file`);
	expect(await refused({file: '/dev/zero'})).toBe('/dev/zero: is no regular file');

	const socket = join(dir, 'socket');
	const server = createServer();
	onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())));
	await new Promise<void>(resolve => server.listen(socket, resolve));
	expect(await refused({file: socket})).toBe(`${socket}: is no regular file`);
});

test('a link to itself is told', async () => {
	const file = join(directory(), 'loop');
	symlinkSync('loop', file);
	expect(await refused({file})).toBe(`${file}: cannot be read (ELOOP)`);
});

test('a file too large is not parsed', async () => {
	const dir = directory({
		'large.json': `{}${' '.repeat(1 << 20)}`,
		'home/.config/healthtop/config.json': 'x'.repeat(1_048_577),
	});
	const large = join(dir, 'large.json');
	expect(await refused({file: large})).toBe(`${large}: is 1048578 bytes, a configuration has at most 1048576`);
	const found = join(dir, 'home/.config/healthtop/config.json');
	expect(await refused({env: {HOME: join(dir, 'home')}})).toBe(
		`${found}: is 1048577 bytes, a configuration has at most 1048576`,
	);
});

test('a file as large as one may be is read', async () => {
	const dir = directory({'large.json': `{"every": "2s"}${' '.repeat((1 << 20) - 15)}`});
	expect((await load({file: join(dir, 'large.json')})).config.every).toBe(2000);
});

test('of a file far too large nothing is read', async () => {
	const file = join(directory(), 'huge.json');
	writeFileSync(file, '');
	// All holes: larger than a buffer may be.
	truncateSync(file, 10 * 2 ** 30);
	expect(await refused({file})).toBe(`${file}: is 10737418240 bytes, a configuration has at most 1048576`);
});

test.skipIf(!existsSync('/proc/kallsyms'))(
	'a file that does not know its size is read no further than that',
	async () => {
		expect(await refused({file: '/proc/self/status'})).toBe('/proc/self/status:1: is not JSON: invalid symbol');
		expect(await refused({file: '/proc/kallsyms'})).toBe(
			'/proc/kallsyms: is 1048577 bytes, a configuration has at most 1048576',
		);
	},
);

test('a file in its usual place that is bad is told, not passed over', async () => {
	const dir = directory({'home/.config/healthtop/config.json': '{"every": 1}'});
	const file = join(dir, 'home/.config/healthtop/config.json');
	expect(await refused({env: {HOME: join(dir, 'home')}})).toBe(
		`${file} has 1 problem:\n  line 1, every: must be a string, got 1`,
	);
});

test.skipIf(process.getuid?.() === 0)(
	'a file that may not be read is told when it was named, and else passed over (root may read everything)',
	async () => {
		const dir = directory();
		const file = join(dir, 'home/.config/healthtop/config.json');
		put(file, '{}');
		chmodSync(file, 0);
		expect(await refused({file})).toBe(`${file}: may not be read by this user`);
		expect(await load({env: {HOME: join(dir, 'home')}})).toBe(builtIn);
	},
);
