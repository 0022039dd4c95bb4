import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {command} from '../../src/checks/command.js';
import {answerOf, askOnce, checkOf, descriptors, hangingAnswer} from '../helpers/ask.js';
import {children, commandLineOf, isAlive} from '../helpers/children.js';
import {folder} from '../helpers/folder.js';
import {fuseMount, fuseNeeds} from '../helpers/fuse-mount.js';
import {testAsRoot} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

const shell = (script: string, ...args: string[]) => ({command: ['/bin/sh', '-c', script, 'script', ...args]});
const timeout = (waiting: string, ms = 300) => ({
	status: 'critical',
	reason: `no answer in ${ms} ms: ${waiting}`,
	isTimeout: true,
});

/** Processes that a script told of, a number a line. */
function told(file: string): readonly number[] {
	try {
		return readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(Number);
	} catch {
		return [];
	}
}

describe('at its deadline', () => {
	const silent: Record<string, [script: string, waiting: string]> = {
		'what says nothing is ended': ['sleep 1000', 'still running'],
		'what ignores every signal that can be ignored is ended': [
			'trap "" TERM INT HUP QUIT PIPE ALRM USR1 USR2; while :; do sleep 1000; done',
			'still running',
		],
		'what began to answer is ended': ['echo OK; echo why >&2; sleep 1000', 'still running'],
		'what has closed its output is ended': ['exec >&- 2>&- <&-; sleep 1000', 'still running'],
		'what stopped itself is ended': ['kill -STOP $$', 'still running'],
		'what prints for ever is ended': ['yes', 'still printing'],
		'what prints errors for ever is ended': ['yes >&2', 'still printing'],
	};

	test.each(Object.entries(silent))('%s, with nothing left', async (_, [script, waiting]) => {
		const before = new Set(children());
		const {answer, ...ended} = await hangingAnswer(command, shell(script));
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(timeout(waiting));
		// No zombie either: they would be among our children.
		await expect.poll(() => children().filter(pid => !before.has(pid))).toEqual([]);
	});

	test('children in its group are ended, too', async () => {
		const file = join(folder(), 'pids');
		const script = 'for i in 1 2 3; do sh -c \'trap "" TERM; echo $$ >>"$1"; exec sleep 1000\' x "$1" & done; wait';
		const ask = await checkOf(command, shell(script, file));
		const answer = askOnce(ask, {timeout: 2000});
		await until('three children run', () => told(file).length === 3);
		expect(told(file).filter(isAlive)).toHaveLength(3);
		expect((await answer).failure).toEqual({...timeout('still running'), reason: 'no answer in 2 s: still running'});
		await expect.poll(() => told(file).filter(isAlive)).toEqual([]);
	});

	test('who left its group, and holds its output, holds up nothing', async () => {
		const file = join(folder(), 'pids');
		const script = 'setsid sh -c \'echo $$ >>"$1"; exec sleep 1000\' x "$1" & sleep 1000';
		const {answer, ...ended} = await hangingAnswer(command, shell(script, file));
		onTestFinished(() => told(file).forEach(pid => void process.kill(pid, 'SIGKILL')));
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(timeout('still running'));
	});

	test('what cannot be ended is not started a second time', async () => {
		const ask = await checkOf(command, {command: ['/bin/sleep', '1000']});
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		expect((await askOnce(ask, {timeout: 100})).failure).toEqual(timeout('still running', 100));
		const [[group = 0] = []] = kill.mock.calls;
		kill.mockRestore();
		expect((await askOnce(ask, {timeout: 100})).failure).toEqual(
			timeout(`not started, for an earlier one (PID ${-group}) cannot be ended`, 100),
		);
		expect(children().filter(pid => commandLineOf(pid) === '/bin/sleep 1000')).toEqual([-group]);
		process.kill(group, 'SIGKILL');
		expect((await askOnce(ask, {timeout: 100})).failure).toEqual(timeout('still running', 100));
	});
});

describe('what has ended, and left somebody behind,', () => {
	test('is answered at once, and what is in its group is ended', async () => {
		const file = join(folder(), 'pids');
		const script = 'sh -c \'echo $$ >>"$1"; exec sleep 1000\' x "$1" & while [ ! -s "$1" ]; do :; done; echo OK';
		const from = performance.now();
		const answer = await answerOf(command, shell(script, file), {timeout: 20_000});
		expect(performance.now() - from).toBeLessThan(10_000);
		expect(answer).toMatchObject({text: 'OK', findings: []});
		expect(told(file)).toHaveLength(1);
		await expect.poll(() => told(file).filter(isAlive)).toEqual([]);
	});

	test('is answered at once, though a daemon holds its output', async () => {
		const file = join(folder(), 'pids');
		// Twice a fork, in a session of its own: a daemon as they are made.
		const daemon = '(setsid sh -c \'echo $$ >>"$1"; exec sleep 1000\' x "$1" &) & while [ ! -s "$1" ]; do :; done; ';
		const before = descriptors();
		const from = performance.now();
		const answer = await answerOf(command, shell(`${daemon}echo OK; exit 1`, file), {timeout: 20_000});
		onTestFinished(() => told(file).forEach(pid => void process.kill(pid, 'SIGKILL')));
		expect(performance.now() - from).toBeLessThan(10_000);
		expect(answer).toMatchObject({text: 'OK', findings: [{status: 'warning', reason: 'OK'}]});
		expect(told(file).filter(isAlive)).toHaveLength(1);
		await expect.poll(() => descriptors() - before).toBeLessThanOrEqual(0);
	});

	test('is answered at once, though a daemon prints for ever', async () => {
		const file = join(folder(), 'pids');
		const daemon = '(setsid sh -c \'echo $$ >>"$1"; exec yes\' x "$1" &) & while [ ! -s "$1" ]; do :; done; exit 2';
		const from = performance.now();
		const {findings} = await answerOf(command, shell(daemon, file), {timeout: 20_000});
		expect(performance.now() - from).toBeLessThan(10_000);
		expect(findings?.[0]?.status).toBe('critical');
		// Nobody reads what it prints any more.
		await expect.poll(() => told(file).filter(isAlive)).toEqual([]);
	});
});

test('nothing of what was printed is lost, however fast it ends and whoever holds the output', async () => {
	const file = join(folder(), 'pids');
	const daemon = 'setsid sh -c \'echo $$ >>"$1"; exec sleep 1000\' x "$1" & while [ ! -s "$1" ]; do :; done';
	const held = shell(`${daemon}; head -c 60000 /dev/zero | tr '\\0' x; echo end`, file);
	onTestFinished(() => told(file).forEach(pid => void process.kill(pid, 'SIGKILL')));
	const plain = {command: ['/usr/bin/printf', `${'x'.repeat(60_000)}end`]};

	for (let i = 0; i < 40; i++) {
		const {values} = await answerOf(command, i % 4 === 0 ? held : plain);
		expect(values.BODY?.length).toBe(60_003);
		expect(values.BODY?.endsWith('end')).toBe(true);
	}
});

test('of 10 MB 64 KiB are kept, and its exit code', async () => {
	const answer = await answerOf(command, shell("yes 0123456 | head -c 10000000; echo 'x | late=1'; exit 3"));
	expect(answer.values.STATUS).toBe(3);
	expect(answer.values.BODY?.length).toBe(65_535);
	expect(answer).toMatchObject({text: '0123456', findings: [{status: 'unknown', reason: '0123456'}], perfdata: []});
});

test('one line without an end is cut', async () => {
	const {text, findings} = await answerOf(command, shell("head -c 1000000 /dev/zero | tr '\\0' x; exit 1"));
	expect(text).toHaveLength(300);
	expect(findings?.[0]?.reason).toHaveLength(300);
});

test('what prints for ever takes neither memory nor time of others', async () => {
	const ask = await checkOf(command, {command: ['/usr/bin/yes', 'x'.repeat(4000)]});
	await askOnce(ask, {timeout: 500});
	const [rss, cpu] = [process.memoryUsage().rss, process.cpuUsage()];
	const {failure} = await askOnce(ask, {timeout: 3000});
	const {user, system} = process.cpuUsage(cpu);
	expect(failure).toEqual({...timeout('still printing'), reason: 'no answer in 3 s: still printing'});
	expect(process.memoryUsage().rss - rss).toBeLessThan(64 << 20);
	// Reading all the time would be all of it.
	expect((user + system) / 1000).toBeLessThan(500);
});

test('escapes, titles and bidi in what it prints are text', async () => {
	const script =
		'printf "\\033]0;owned\\007\\033[2J\\342\\200\\256OK\\001 | \'\\033[31ml\'=1\\033c\\nmore\\r\\033[H\\n\\377\\n"; exit 2';
	const answer = await answerOf(command, shell(script));
	const shown = [
		answer.text,
		...(answer.findings ?? []).map(one => one.reason),
		...(answer.facts ?? []).flatMap(one => [one.label, one.value]),
	];
	expect(answer.text).toBe('\\x1b]0;owned\\x07\\x1b[2J\ufffdOK\\x01');
	expect(shown.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('what waits for input gets its end', async () => {
	expect(await answerOf(command, shell('read line || echo no input'))).toMatchObject({text: 'no input', findings: []});
});

test('it has no terminal, though healthtop has one', async () => {
	const script = '(echo x >/dev/tty) 2>&1; [ -t 0 ] || [ -t 1 ] || [ -t 2 ] || echo none';
	const program = `
		import {openSync} from 'node:fs';
		import {command} from './src/checks/command.js';
		import {local} from './src/hosts/local.js';
		openSync('/dev/tty', 'r');
		const ask = command.start(command.options.parse({command: ['/bin/sh', '-c', ${JSON.stringify(script)}]}));
		const clock = () => performance.now();
		const signal = AbortSignal.timeout(30_000);
		const {values} = await ask({host: local(), now: clock, wall: clock, signal, timeout: 30_000, hide: text => text});
		console.log(JSON.stringify(values.BODY));
	`;
	const outfile = join(folder(), 'program.mjs');
	const stdin = {contents: program, resolveDir: process.cwd(), loader: 'ts'} as const;
	await build({stdin, bundle: true, platform: 'node', format: 'esm', outfile});
	const pty = new Pty(process.execPath, [outfile], {columns: 200});
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	expect(JSON.parse(pty.output)).toMatch(/^.*cannot create \/dev\/tty: No such device or address\nnone$/);
});

describe('on a file system that does not answer', () => {
	testAsRoot(...fuseNeeds)('a program, or its directory, holds up nothing', async () => {
		const {source, mount, stop} = await fuseMount();
		writeFileSync(join(source, 'plugin'), '#!/bin/sh\necho OK\n', {mode: 0o755});
		const plugin = {command: [join(mount, 'plugin')]};
		expect((await answerOf(command, plugin)).text).toBe('OK');
		expect((await answerOf(command, {command: ['/bin/pwd'], cwd: mount})).text).toBe(mount);
		stop();

		for (const options of [plugin, {command: ['/bin/pwd'], cwd: mount}]) {
			let beats = 0;
			const beat = setInterval(() => {
				beats += 1;
			}, 10);
			const {answer, ...ended} = await hangingAnswer(command, options);
			clearInterval(beat);
			expect(ended).toEqual({isInTime: true, left: 0});
			expect(answer.failure).toEqual(timeout('still running'));
			expect(beats).toBeGreaterThan(10);
		}
	});
});
