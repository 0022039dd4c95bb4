import {spawnSync} from 'node:child_process';
import {cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

type Line = Readonly<Record<string, unknown>>;

function linesOf(file: string): readonly Line[] {
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	return text
		.split('\n')
		.slice(0, -1)
		.map(line => JSON.parse(line));
}

/** A screen whose state directory is `state` in a new directory. */
function screen(args: readonly string[] = [], nodeArgs: readonly string[] = []) {
	const state = join(folder(), 'state');
	const pty = new Pty(process.execPath, [...nodeArgs, ...healthtop('--state-dir', state, ...args)]);
	return {pty, state, log: join(state, 'healthtop.log')};
}

describe('a screen', () => {
	test('says in its log how it started and ended, and nothing of it on the terminal', async () => {
		const {pty, log, state} = screen();
		await pty.shows('6 Processes');
		await until('is written', () => linesOf(log).length > 0);
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		const lines = linesOf(log);
		const {pid} = pty.process;
		expect(lines[0]).toMatchObject({level: 'info', message: 'start', version: '0.1.0', configuration: 'none', pid});
		expect(lines[0]?.['host']).toBe(readFileSync('/proc/sys/kernel/hostname', 'utf8').trim());
		expect(lines.at(-1)).toMatchObject({level: 'info', message: 'end', code: 0, pid});
		expect(statSync(state).mode & 0o777).toBe(0o700);
		expect(statSync(log).mode & 0o777).toBe(0o600);
		expect(pty.output).not.toMatch(/"level"|healthtop\.log|pino/);
	});

	test('that is ended before its log was opened writes it all the same', async () => {
		const {pty, log} = screen();
		await pty.until('has the terminal', ({buffer}) => buffer === 'alternate');
		pty.process.kill('SIGTERM');
		expect(await pty.end()).toEqual({exitCode: 0, signal: 15});
		expect(linesOf(log).map(({message, signal}) => [message, signal])).toEqual(
			expect.arrayContaining([
				['start', undefined],
				['end', 'SIGTERM'],
			]),
		);
	});

	test('says once that a problem came, and that it went', async () => {
		const root = join(folder(), 'root');
		cpSync('test/fixtures/trees/web-01/before', root, {recursive: true});
		const loadavg = join(root, 'proc/loadavg');
		const good = readFileSync(loadavg);
		const {pty, log} = screen(['--root', root]);
		const messages = () => linesOf(log).filter(({area}) => area === 'load');
		await pty.shows('6 Processes');
		writeFileSync(loadavg, 'nonsense');
		await until('appears', () => messages().length > 0);
		const clock = /\d\d:\d\d:\d\d/.exec(pty.text)?.[0] ?? '';
		await pty.until('another tick', ({text}) => !text.includes(clock));
		writeFileSync(loadavg, good);
		await until('disappears', () => messages().length > 1);
		pty.type('q');
		await pty.end();
		const about = {area: 'load', reason: expect.stringContaining('does not begin with three numbers')};
		expect(messages()).toMatchObject([
			{level: 'warn', message: 'problem appeared', ...about},
			{level: 'info', message: 'problem disappeared', ...about},
		]);
	});

	test('keeps to --log-level', async () => {
		const {pty, log} = screen(['--log-level', 'error']);
		await pty.shows('6 Processes');
		pty.type('q');
		await pty.end();
		expect(linesOf(log)).toEqual([]);
	});

	test('goes on without a log where none can be', async () => {
		const file = join(folder(), 'file');
		writeFileSync(file, 'precious');
		const pty = new Pty(process.execPath, healthtop('--state-dir', file), {columns: 200});
		await pty.shows('6 Processes');
		await pty.shows(/1 CPU .*\d+% ×/);
		await pty.shows(/WARN (?:state directory|log): .*there is a file in its place/);
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		expect(readFileSync(file, 'utf8')).toBe('precious');
	});

	test('makes no home for a user who has none', async () => {
		const home = join(folder(), 'nonexistent');
		const pty = new Pty(process.execPath, healthtop(), {env: {HOME: home}});
		await pty.shows('6 Processes');
		await pty.shows(/1 CPU .*\d+% ×/);
		expect(pty.text).not.toContain('log:');
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		expect(existsSync(home)).toBe(false);
	});
});

describe('an error that nobody caught', () => {
	const failing = (code: string) => {
		const preload = join(folder(), 'throw.mjs');
		writeFileSync(preload, code);
		return ['--import', pathToFileURL(preload).href];
	};

	test('is in the log and in a file, which is named after the trace', async () => {
		const {pty, log, state} = screen([], failing("setTimeout(() => {throw new Error('thrown by the test')}, 1500);"));
		expect(await pty.end()).toEqual({exitCode: 70, signal: undefined});
		const [name, ...others] = readdirSync(state).filter(file => file.startsWith('crash-'));
		expect(others).toEqual([]);
		expect(name).toMatch(/^crash-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.txt$/);
		const file = join(state, name ?? '');
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, 'utf8')).toMatch(/^healthtop 0\.1\.0\n[\s\S]*\nError: thrown by the test\n {4}at /);
		const {output} = pty;
		expect(output.indexOf('Error: thrown by the test')).toBeGreaterThan(output.lastIndexOf('\x1b[?1049l'));
		expect(output.indexOf(`a report of it is in ${file}`)).toBeGreaterThan(output.indexOf('Error: thrown by the test'));
		expect(linesOf(log).at(-1)).toMatchObject({
			level: 'error',
			message: 'uncaught error',
			trace: expect.stringContaining('Error: thrown by the test'),
		});
	});

	test('leaves a file without a screen, too, and none where it cannot be written', () => {
		const preload = failing("setTimeout(() => {throw new Error('thrown by the test')}, 300);");
		const state = join(folder(), 'state');
		const run = (path: string) =>
			spawnSync(process.execPath, [...preload, ...healthtop('snapshot', '--interval', '5s', '--state-dir', path)], {
				encoding: 'utf8',
				env: {PATH: process.env['PATH']},
			});
		const kept = run(state);
		expect([kept.status, kept.stderr]).toEqual([70, expect.stringContaining('Error: thrown by the test')]);
		const [name = ''] = readdirSync(state);
		expect(kept.stderr.endsWith(`\nhealthtop: a report of it is in ${join(state, name)}\n`)).toBe(true);
		const lost = run('/dev/full');
		expect([lost.status, lost.stderr]).toEqual([70, expect.stringContaining('Error: thrown by the test')]);
		expect(lost.stderr).not.toContain('a report of it');
	});

	test('has no secret of the configuration in its file', () => {
		const directory = folder();
		const config = join(directory, 'config.json');
		writeFileSync(config, `{"mounts": {"except": ["\${HIDDEN}"]}}`);
		const {status} = spawnSync(
			process.execPath,
			[
				...failing("setTimeout(() => {throw new Error('it is ' + process.env.HIDDEN)}, 2000);"),
				...healthtop('snapshot', '--interval', '5s', '--config', config, '--state-dir', join(directory, 'state')),
			],
			{env: {PATH: process.env['PATH'], HIDDEN: 'hunter22'}},
		);
		expect(status).toBe(70);
		const [name = ''] = readdirSync(join(directory, 'state'));
		expect(readFileSync(join(directory, 'state', name), 'utf8')).toContain('Error: it is [secret]\n');
	});
});

test('a level that is none: a message that lists them, and 1', () => {
	for (const args of [
		['--log-level', 'wrong'],
		['snapshot', '--log-level', 'wrong'],
	]) {
		const {status, stderr} = spawnSync(process.execPath, healthtop(...args), {encoding: 'utf8', input: ''});
		expect([status, stderr]).toEqual([1, "healthtop: --log-level 'wrong': must be debug, info, warn or error\n"]);
	}
});

describe('what needs no log', () => {
	/** Our own files that a run loaded, from the coverage that V8 left in this directory. */
	function loaded(directory: string): readonly string[] {
		return readdirSync(directory)
			.flatMap(file => JSON.parse(readFileSync(join(directory, file), 'utf8')).result)
			.map(({url}: {url: string}) => url)
			.filter(url => url.includes('/dist/'));
	}

	const isLogFile = (url: string) => /\/log-file-\w+\.js$/.test(url);

	test.each(['--version', 'snapshot --interval 50ms', 'config check'])('%s does not load it', args => {
		const directory = folder();
		const {status} = spawnSync(process.execPath, healthtop(...args.split(' ')), {
			env: {PATH: process.env['PATH'], NODE_V8_COVERAGE: directory},
		});
		expect(status).toBe(0);
		expect(loaded(directory).length).toBeGreaterThan(0);
		expect(loaded(directory).filter(isLogFile)).toEqual([]);
	});

	test('but a screen does, in a part of its own', async () => {
		const directory = folder();
		const state = join(folder(), 'state');
		const pty = new Pty(process.execPath, healthtop('--state-dir', state), {env: {NODE_V8_COVERAGE: directory}});
		await pty.shows('6 Processes');
		pty.type('q');
		await pty.end();
		expect(loaded(directory).filter(isLogFile)).toHaveLength(1);
		const withPino = readdirSync('dist/chunks').filter(name =>
			readFileSync(join('dist/chunks', name), 'utf8').includes('pino.'),
		);
		expect(withPino).toHaveLength(1);
		// Whatever it is called: nothing but the two kinds of log asks for it.
		const users = readdirSync('dist/chunks').filter(name =>
			readFileSync(join('dist/chunks', name), 'utf8').includes(withPino[0] ?? '?'),
		);
		expect(users.map(name => name.replace(/-\w+\.js$/, '')).toSorted()).toEqual(['log-file', 'log-stream']);
	});
});
