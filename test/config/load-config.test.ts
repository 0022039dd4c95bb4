import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {defaults} from '../../src/config/config.js';
import {type ConfigPlace, loadConfig} from '../../src/config/load-config.js';
import {ConfigError} from '../../src/core/errors.js';

/** A directory of its own with these files in it. */
function directory(files: Record<string, string> = {}): string {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-config-'));
	onTestFinished(() => rmSync(path, {recursive: true}));

	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(path, name)), {recursive: true});
		writeFileSync(join(path, name), text);
	}

	return path;
}

const load = (place: Partial<ConfigPlace>) => loadConfig({file: undefined, env: {}, ...place}, ['cpu']);

async function refused(place: Partial<ConfigPlace>): Promise<string> {
	const error = await load(place).then(
		() => undefined,
		reason => reason,
	);
	expect(error).toBeInstanceOf(ConfigError);
	return error.message;
}

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
	const every = async (place: Partial<ConfigPlace>) => (await load(place)).every;
	expect(await every({file: join(dir, 'named.json'), env})).toBe(2000);
	expect(await every({env})).toBe(3000);
	expect(await every({env: {...env, HEALTHTOP_CONFIG: undefined}})).toBe(4000);
	expect(await every({env: {...env, HEALTHTOP_CONFIG: ''}})).toBe(4000);
	expect(await every({env: {HOME: env.HOME}})).toBe(5000);
	expect(await every({env: {HOME: env.HOME, XDG_CONFIG_HOME: ''}})).toBe(5000);
});

test('without a file there are the defaults, whatever the current directory holds', async () => {
	const dir = directory(everywhere);
	const before = process.cwd;
	process.cwd = () => dir;
	onTestFinished(() => {
		process.cwd = before;
	});
	expect(await load({env: {HOME: join(dir, 'nobody')}})).toEqual(defaults);
	expect(await load({})).toEqual(defaults);
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
});

test('a byte order mark is no part of it', async () => {
	const dir = directory({'marked.json': '\ufeff{"every": "7s"}'});
	expect((await load({file: join(dir, 'marked.json')})).every).toBe(7000);
});

test('a directory is no file', async () => {
	const dir = directory();
	expect(await refused({file: dir})).toBe(`${dir}: is a directory, name the file in it`);
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

test('a file in its usual place that is bad is told, not passed over', async () => {
	const dir = directory({'home/.config/healthtop/config.json': '{"every": 1}'});
	const file = join(dir, 'home/.config/healthtop/config.json');
	expect(await refused({env: {HOME: join(dir, 'home')}})).toBe(
		`${file} has 1 problem:\n  line 1, every: must be a string, got 1`,
	);
});

test.skipIf(process.getuid?.() === 0)(
	'a file that may not be read is told, not passed over (root may read everything)',
	async () => {
		const dir = directory({'home/.config/healthtop/config.json': '{}'});
		const file = join(dir, 'home/.config/healthtop/config.json');
		chmodSync(file, 0);
		expect(await refused({env: {HOME: join(dir, 'home')}})).toBe(`${file}: may not be read by this user`);
	},
);
