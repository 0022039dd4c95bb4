import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

/** A directory that is gone after the test. */
function temporary(): string {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-faults-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** A file system in user space whose server can be stopped: every question to it then waits. */
async function fuseMount() {
	const directory = temporary();
	const [source, mount] = [join(directory, 'source'), join(directory, 'mount')];
	mkdirSync(source);
	mkdirSync(mount);
	const server = spawn('bindfs', ['-f', source, mount], {stdio: 'ignore'});
	onTestFinished(() => {
		server.kill('SIGKILL');
		execFileSync('umount', ['--lazy', mount]);
	});
	await until('bindfs has mounted', () => readFileSync('/proc/self/mountinfo', 'latin1').includes(` ${mount} `));
	return {mount, server};
}

describe('a mount whose server stands still', () => {
	testAsRoot('bindfs', 'umount', '/dev/fuse')(
		'is stuck since then, holds up nothing else, and comes back',
		async () => {
			const {mount, server} = await fuseMount();
			const config = join(temporary(), 'config.json');
			writeFileSync(config, JSON.stringify({sampling: {filesystem: '1s'}, mounts: {only: ['/', mount]}}));
			const pty = new Pty(process.execPath, healthtop('--config', config), {columns: 200, rows: 50});
			await pty.shows('…/mount');
			await pty.shows('all well');
			server.kill('SIGSTOP');
			await pty.shows(/stuck since \d\d:\d\d:\d\d/);
			const since = /stuck since (\S+)/.exec(pty.text)?.[1];
			const clock = () => /(\d\d:\d\d:\d\d) *$/.exec(pty.screen[0] ?? '')?.[1];
			const seen = new Set<string | undefined>();
			await pty.until('the clock goes on', () => seen.add(clock()).size >= 4);
			expect(/stuck since (\S+)/.exec(pty.text)?.[1]).toBe(since);
			server.kill('SIGCONT');
			await pty.shows('all well');
			pty.type('q');
			expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		},
		60_000,
	);

	testAsRoot(
		'bindfs',
		'umount',
		'/dev/fuse',
	)('is told to scripts', async () => {
		const {mount, server} = await fuseMount();
		server.kill('SIGSTOP');
		const output = execFileSync(process.execPath, healthtop('snapshot', '--json', '--interval', '6s'), {
			encoding: 'utf8',
		});
		const row = JSON.parse(output).filesystems.find((one: {mount: string}) => one.mount === mount);
		expect(row).toMatchObject({stuck: true, problem: expect.stringMatching(/^stuck since/)});
		expect(Date.now() - Date.parse(row.stuckSince)).toBeLessThan(20_000);
		expect(row).not.toHaveProperty('usedBytes');
	});
});

describe('processes of others are hidden', () => {
	testAsRoot(
		'unshare',
		'setpriv',
		'mount',
	)('by hidepid: our own are shown, and it is said why', () => {
		// Somebody who is nobody cannot read the checkout, perhaps: the program is in the temporary directory.
		const directory = temporary();
		execFileSync('cp', ['-r', 'dist', 'package.json', directory]);
		execFileSync('chmod', ['-R', 'a+rX', directory]);
		const program = join(directory, 'dist/main.js');
		const script = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=65534 --regid=65534 --clear-groups \
			"$0" "$1" snapshot --json --interval 100ms`;
		const output = execFileSync('unshare', ['--mount', 'sh', '-c', script, process.execPath, program], {
			encoding: 'utf8',
			cwd: '/',
			env: {PATH: process.env['PATH']},
		});
		const {processes, problems} = JSON.parse(output);
		expect(processes.length).toBeGreaterThan(0);
		expect(processes.length).toBeLessThan(10);
		expect(processes.map(({pid}: {pid: number}) => pid)).not.toContain(1);
		expect(problems).toEqual([
			{area: 'process', source: '/proc', reason: expect.stringMatching(/^mounted with hidepid: only our own/)},
		]);
	});
});

/** Lines of the log with a message that matches. */
function logged(state: string, message: RegExp): readonly Record<string, unknown>[] {
	return readFileSync(join(state, 'healthtop.log'), 'utf8')
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Record<string, unknown>)
		.filter(line => message.test(String(line['message'])));
}

describe('time', () => {
	const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

	testWith(library)('that is set on by an hour and back by a day is told, and nothing else changes', async () => {
		const state = temporary();
		const offset = join(state, 'offset');
		writeFileSync(offset, '+0\n');
		const env = {
			LD_PRELOAD: library,
			FAKETIME_TIMESTAMP_FILE: offset,
			FAKETIME_NO_CACHE: '1',
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
		};
		const pty = new Pty(process.execPath, healthtop('--state-dir', state), {columns: 80, rows: 24, env});
		await pty.shows('6 Processes');
		await pty.until('the log begins', () => readdirSync(state).includes('healthtop.log'));

		for (const [index, change] of ['+1h', '-1d'].entries()) {
			writeFileSync(offset, `${change}\n`);
			await pty.until(`${change} is logged`, () => logged(state, /clock was set/).length === index + 1);
			const hours = new Date(Date.now() + (change === '+1h' ? 3_600_000 : -86_400_000)).toISOString().slice(11, 13);
			await pty.shows(new RegExp(`\\b${hours}:\\d\\d:\\d\\d *\\n`));
		}

		const [on, back] = logged(state, /clock was set/).map(({byMs}) => Number(byMs));
		expect(Math.abs((on ?? 0) - 3_600_000)).toBeLessThan(2000);
		expect(Math.abs((back ?? 0) + 90_000_000)).toBeLessThan(2000);
		expect(pty.text).not.toMatch(/NaN|Infinity|-\d+ B\/s/);
		pty.type('q');
		await pty.end();
	});

	test('that we were stopped for is told, and is no burst of work afterwards', async () => {
		const state = temporary();
		const pty = new Pty(process.execPath, healthtop('--state-dir', state), {columns: 80, rows: 24});
		await pty.shows('6 Processes');
		await pty.until('the log begins', () => readdirSync(state).includes('healthtop.log'));
		const start = performance.now();
		process.kill(pty.process.pid, 'SIGSTOP');
		await until('seven seconds have passed', () => performance.now() - start > 7000);
		process.kill(pty.process.pid, 'SIGCONT');
		await pty.until('it is logged', () => logged(state, /stood still/).length === 1);
		const clocks = new Set<string>();
		await pty.until('the picture goes on', ({screen}) => clocks.add(screen[0]?.slice(-10) ?? '').size >= 3);
		expect(logged(state, /stood still/)).toHaveLength(1);
		pty.type('q');
		await pty.end();
	});
});
