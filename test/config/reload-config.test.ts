import {mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {builtIn, type Loaded} from '../../src/config/config.js';
import {type Reloaded, reloadConfig} from '../../src/config/reload-config.js';
import {watchConfig} from '../../src/config/watch-config.js';
import {handClock} from '../helpers/hand-clock.js';
import {until} from '../helpers/until.js';
import {directory, known, load} from './given.js';

const again = (previous: Loaded, env: Readonly<Record<string, string>> = {}): Promise<Reloaded> =>
	reloadConfig(previous, {file: undefined, env}, async () => known);

/** A configuration that was read from a file of its own. */
async function given(): Promise<{file: string; loaded: Loaded}> {
	const file = join(directory({'config.json': '{"every": "1s"}'}), 'config.json');
	return {file, loaded: await load({file})};
}

/** What a deed to the file leads to: a beat in ms, or a problem with DIR for its directory. */
const deeds: Record<string, [deed: (file: string) => void, outcome: number | string]> = {
	'a good one': [file => writeFileSync(file, '{"every": "2s"}'), 2000],
	'nothing changed': [() => undefined, 1000],
	'half of one': [
		file => writeFileSync(file, '{"every": "2'),
		'DIR/config.json:1: is not JSON: unexpected end of string',
	],
	'an empty one': [file => writeFileSync(file, ''), 'DIR/config.json: is empty; write {} for the defaults'],
	'a bad one': [
		file => writeFileSync(file, '{"every": 2}'),
		'DIR/config.json has 1 problem:\n  line 1, every: must be a string, got 2',
	],
	'none any more': [file => unlinkSync(file), 'DIR/config.json: there is no such file'],
	'no directory any more': [file => rmSync(dirname(file), {recursive: true}), 'DIR/config.json: there is no such file'],
	'a directory in its place': [
		file => {
			unlinkSync(file);
			mkdirSync(file);
		},
		'DIR/config.json: is a directory, name the file in it',
	],
	'a reference to nothing': [
		file => writeFileSync(file, `{"every": "\${NOPE}"}`),
		'DIR/config.json has 1 problem:\n  line 1, every: environment variable NOPE is not set',
	],
	'a secret file that has gone': [
		file => writeFileSync(file, '{"every": {"file": "a"}}'),
		"DIR/config.json has 1 problem:\n  line 1, every: secret file 'DIR/a' is missing",
	],
};

describe('read again, with', () => {
	test.each(Object.entries(deeds))('%s', async (_, [deed, outcome]) => {
		const {file, loaded} = await given();
		deed(file);
		const result = await again(loaded);
		const seen = 'loaded' in result ? result.loaded.config.every : result.problem.replaceAll(dirname(file), 'DIR');
		expect(seen).toBe(outcome);
	});
});

test('it is the file that it was, whatever appears elsewhere', async () => {
	const dir = directory({'home/.config/healthtop/config.json': '{"every": "5s"}'});
	const env = {HOME: join(dir, 'home')};
	const {file, loaded} = await given();
	unlinkSync(file);
	expect(await again(loaded, env)).toEqual({problem: `${file}: there is no such file`});
});

test('where there was none, one that has appeared counts', async () => {
	const dir = directory();
	const env = {HOME: dir};
	expect(await again(builtIn, env)).toEqual({loaded: builtIn});
	const file = join(dir, '.config/healthtop/config.json');
	mkdirSync(dirname(file), {recursive: true});
	writeFileSync(file, '{"every": "5s"}');
	expect(await again(builtIn, env)).toMatchObject({loaded: {file, config: {every: 5000}}});
});

test('what is our bug is no problem of the file', async () => {
	const {loaded} = await given();
	await expect(reloadConfig(loaded, {file: undefined, env: {}}, null as never)).rejects.toThrow(TypeError);
});

/** As an engine does it: watches the file, and reads it again whenever it has changed. */
async function followed() {
	const {file, loaded} = await given();
	const clock = handClock();
	const story: (number | string)[] = [];
	let current = loaded;
	let reading = Promise.resolve();

	const onChange = () => {
		reading = reading.then(async () => {
			const result = await again(current);
			current = 'loaded' in result ? result.loaded : current;
			story.push('loaded' in result ? current.config.every : result.problem.replace(file, 'FILE'));
		});
	};
	const watch = watchConfig({file, wake: clock.wake, onChange});
	onTestFinished(() => watch.close());

	return {
		file,
		config: () => current.config,
		/** What was told since the last time, after so much has been. */
		async tells(count: number): Promise<readonly (number | string)[]> {
			await until('a change is noticed', () => clock.due.length > 0);
			await clock.advance(300);
			await reading;
			expect(story).toHaveLength(count);
			return story.splice(0);
		},
	};
}

describe('followed while it is edited:', () => {
	test('half-written, then complete', async () => {
		const {file, tells, config} = await followed();
		writeFileSync(file, '{"every": "2s", "sampl');
		expect(await tells(1)).toEqual(['FILE:1: is not JSON: unexpected end of string']);
		expect(config().every).toBe(1000);
		writeFileSync(file, '{"every": "2s", "sampling": {}}');
		expect(await tells(1)).toEqual([2000]);
	});

	test('truncated and written before anybody looks', async () => {
		const {file, tells} = await followed();
		writeFileSync(file, '');
		writeFileSync(file, '{"every": "2s"}');
		expect(await tells(1)).toEqual([2000]);
	});

	test('renamed over, as editors do it, twice', async () => {
		const {file, tells} = await followed();

		for (const every of [2, 3]) {
			writeFileSync(`${file}.tmp`, `{"every": "${every}s"}`);
			renameSync(`${file}.tmp`, file);
			expect(await tells(1)).toEqual([every * 1000]);
		}
	});

	test('deleted, then back', async () => {
		const {file, tells, config} = await followed();
		unlinkSync(file);
		expect(await tells(1)).toEqual(['FILE: there is no such file']);
		expect(config().every).toBe(1000);
		writeFileSync(file, '{"every": "3s"}');
		expect(await tells(1)).toEqual([3000]);
	});

	test('replaced by a link, which is switched', async () => {
		const {file, tells} = await followed();
		const dir = dirname(file);

		for (const every of [2, 3]) {
			mkdirSync(join(dir, `..${every}`));
			writeFileSync(join(dir, `..${every}`, 'config.json'), `{"every": "${every}s"}`);
			symlinkSync(`..${every}`, join(dir, '..data_tmp'));
			renameSync(join(dir, '..data_tmp'), join(dir, '..data'));

			if (every === 2) {
				unlinkSync(file);
				symlinkSync('..data/config.json', file);
			}

			expect(await tells(1)).toEqual([every * 1000]);
		}
	});
});
