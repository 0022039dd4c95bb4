import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ask, isRunning, openScreen, quit, startEngine, statusWhen} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import type {Pty} from '../helpers/pty.js';

const clockOf = ({screen}: Pty) => /(\d\d:\d\d:\d\d) *$/.exec(screen[0] ?? '')?.[1];

/** What stands on screens of every size, and is another at nearly every reading: our own cost, to the tenth, and the clock. */
const numbersOf = (pty: Pty) => [
	clockOf(pty),
	/ me +(\S+ +\S+ *\S*) *$/.exec(pty.screen.at(-1) ?? '')?.[1],
	/1 CPU .* (\d+%)/.exec(pty.text)?.[1],
	/load +([\d.]+)/.exec(pty.text)?.[1],
	/by cpu · 1-\d+ of (\d+)/.exec(pty.text)?.[1],
];

/** Resolves when both screens are of the same second and say the same, at so many seconds. */
async function showTheSame(one: Pty, other: Pty, seconds: number): Promise<void> {
	const seen = new Set<string>();
	await one.until(`${seconds} seconds of which both say the same`, () => {
		const numbers = numbersOf(one).join(' ');

		if (numbers === numbersOf(other).join(' ')) {
			seen.add(numbers);
		}

		return seen.size >= seconds;
	});
	expect([...seen].join()).not.toContain('undefined');
}

describe('two screens over one engine', () => {
	test('of different sizes: the same numbers; whichever way one goes, the engine stays', async () => {
		const {directory, pid} = await startEngine();
		const small = await openScreen(['--state-dir', directory]);
		const large = await openScreen(['--state-dir', directory], {columns: 120, rows: 36});
		await showTheSame(small, large, 4);
		expect(await statusWhen(directory)).toMatchObject({pid, viewers: 2});
		expect(await quit(small)).toEqual({exitCode: 0, signal: undefined});
		expect(small.buffer).toBe('normal');
		expect(small.output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(small.output.lastIndexOf('\x1b[?25l'));
		large.process.kill('SIGHUP');
		expect(await large.end()).toEqual({exitCode: 0, signal: 1});
		expect(await statusWhen(directory, ({viewers}) => viewers === 0)).toMatchObject({pid});
	});

	test('that one of them has inside: it warns, and when it is quit the other says so, until there is an engine again', async () => {
		const directory = folder();
		const inside = await openScreen(['--state-dir', directory], {columns: 120});
		await inside.shows('q quit');
		await statusWhen(directory);
		const attached = await openScreen(['--state-dir', directory], {columns: 120});
		await attached.shows('q leave');
		await inside.shows('q STOP');
		await showTheSame(inside, attached, 2);
		const last = clockOf(attached);
		expect(await quit(inside)).toEqual({exitCode: 0, signal: undefined});
		await attached.until(
			'says so',
			({screen}) => /no engine for \d+s, all is of \S+: it was stopped/.test(screen[0] ?? ''),
			2000,
		);
		await attached.shows(/no engine for 3s, all is of \d\d:\d\d:\d\d: it was stopped/);
		const of = /all is of (\d\d:\d\d:\d\d)/.exec(attached.text)?.[1] ?? '';
		expect(of >= (last ?? '')).toBe(true);
		expect(clockOf(attached)).toBe(of);
		await startEngine({directory});
		await attached.until(
			'is well again',
			({text}) => !text.includes('no engine') && (clockOf(attached) ?? '') > of,
			3000,
		);
		// The past of another engine is another one: there is none yet.
		await attached.until('the numbers of the new one', ({screen}) => /\d+%/.test(screen[1] ?? ''));
		attached.type('\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D');
		await attached.until('the oldest there is', ({text}) => momentOf(text) !== undefined);
		expect((momentOf(attached.text) ?? '') > of).toBe(true);
		await quit(attached);
	});

	test('a screen inside and one attached to it are one picture, cell for cell, but for what the quitting key does', async () => {
		const directory = folder();
		const args = ['--root', 'test/fixtures/trees/web-01/before', '--state-dir', directory];
		const inside = await openScreen(args, {columns: 120, rows: 36});
		await statusWhen(directory);
		const attached = await openScreen(args, {columns: 120, rows: 36});
		const seconds = new Set<string>();
		await inside.until('q STOP', ({text}) => text.includes('q STOP'));
		await attached.until('three seconds of which both are the same', () => {
			const [one, other] = [inside.screen, attached.screen];

			if (one.slice(0, -1).join('\n') === other.slice(0, -1).join('\n')) {
				seconds.add(clockOf(inside) ?? '');
			}

			return seconds.size >= 3;
		});
		expect(attached.screen.at(-1)).toContain('q leave');
		expect(attached.screen.at(-1)?.replace('q leave', 'q STOP ')).toBe(inside.screen.at(-1));
		await quit(inside);
		await quit(attached);
	});
});

/** Of what moment in the past the first line says that all is. */
const momentOf = (text: string) => /◀ (\d\d:\d\d:\d\d)/.exec(text)?.[1];

test('engine stop ends it in order: screens say so, and the journal has who did it', async () => {
	const {directory, said} = await startEngine();
	const screen = await openScreen(['--state-dir', directory]);
	const answer = await ask('stop', directory);
	expect(answer).toMatchObject({code: 0, stdout: '{"stopped":true}\n'});
	const {code, stderr} = await said;
	expect(code).toBe(0);
	expect(stderr).toContain('engine stop');
	await screen.until('says so', ({text}) => /no engine for \d+s, all is of \S+: it was stopped/.test(text), 2000);
	expect(await ask('stop', directory)).toMatchObject({code: 1});
	await quit(screen);
});

test('a configuration that cannot be used changes nothing: every screen and the command name the line, until it is mended', async () => {
	const {path, write} = configuration('{}');
	const engine = await startEngine({args: ['--config', path]});
	const {directory} = engine;
	const withFile = await openScreen(['--state-dir', directory, '--config', path], {columns: 160});
	const without = await openScreen(['--state-dir', directory], {columns: 160});
	write('{\n  "every": "1s",\n  "screen": {"panels": ["cpu", "nonsense"]}\n}');
	const refused = await ask('reload', directory);
	expect(refused.code).toBe(78);
	expect(refused.stderr).toMatch(/config\.json[\s\S]*line 3[\s\S]*nonsense/);

	for (const screen of [withFile, without]) {
		await screen.until('names the line', ({screen: [first = '']}) =>
			/config\.json: line 3, screen\.panels/.test(first),
		);
	}

	expect(isRunning(engine.pid)).toBe(true);
	write('{\n  "every": "500ms"\n}');
	expect(await ask('reload', directory)).toMatchObject({code: 0});

	for (const screen of [withFile, without]) {
		await screen.until('all is well', ({text}) => !text.includes('line 3'));
	}

	await quit(withFile);
	await quit(without);
});

function configuration(text: string) {
	const path = join(folder(), 'config.json');
	writeFileSync(path, text);
	return {path, write: (next: string) => writeFileSync(path, next)};
}
