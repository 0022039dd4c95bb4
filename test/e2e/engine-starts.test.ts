import {once} from 'node:events';
import {existsSync, readdirSync, unlinkSync, writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {
	ask,
	command,
	cpuMs,
	gone,
	openScreen,
	quit,
	start,
	startEngine,
	statusWhen,
} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

const starts = 50;
const rounds = 10;

/** The first line that somebody says on a socket. */
async function greetingOf(path: string): Promise<string> {
	const socket = createConnection({path});

	try {
		const [chunk] = await once(socket, 'data');
		return String(chunk).split('\n')[0] ?? '';
	} finally {
		socket.destroy();
	}
}

test(`${starts} starts at once, ${rounds} times over one directory: one engine each, and the others name it`, async () => {
	const directory = folder();

	for (let round = 0; round < rounds; round++) {
		const all = Array.from({length: starts}, () => start(command('run', '--state-dir', directory)));
		let ended = 0;
		const losers = all.map(({said}) => said.then(() => ended++));
		await until('all but one have ended', () => ended === starts - 1, 60_000);
		const winner = all.find(({child}) => child.exitCode === null && child.signalCode === null);
		const said = await Promise.all(all.filter(one => one !== winner).map(one => one.said));
		expect(new Set(said.map(({code}) => code))).toEqual(new Set([1]));
		const strangers = said.filter(({stderr}) => !stderr.includes(`already (pid ${winner?.pid}, healthtop `));
		expect(strangers.map(({stderr}) => stderr)).toEqual([]);
		expect(await statusWhen(directory)).toMatchObject({pid: winner?.pid});
		expect(await greetingOf(join(directory, 'view.sock'))).toContain(`"pid":${winner?.pid}`);
		winner?.child.kill('SIGKILL');
		await Promise.all(losers);
	}
}, 300_000);

test('a dozen screens at once: one has the engine inside, the others look at it', async () => {
	const directory = folder();
	const screens = Array.from({length: 12}, () => new Pty(process.execPath, healthtop('--state-dir', directory)));
	await Promise.all(screens.map(screen => screen.shows('6 Processes')));
	await Promise.all(screens.map(screen => screen.shows(/q (leave|STOP) /)));
	const inside = screens.filter(({text}) => text.includes('q STOP'));
	const status = await statusWhen(directory, ({viewers}) => viewers === 11);
	expect(inside.map(({process: {pid}}) => pid)).toEqual([status.pid]);

	for (const screen of screens) {
		expect(screen.text).not.toContain('watching only');
	}

	for (const screen of screens.filter(one => !inside.includes(one))) {
		expect(await quit(screen)).toEqual({exitCode: 0, signal: undefined});
	}

	await inside[0]?.shows('q quit');
});

/** A screen with an engine inside, in a shell that writes down how it ended, and what takes its terminal away. */
async function hangable(directory: string, onHangup: string) {
	const config = join(directory, 'config.json');
	writeFileSync(config, JSON.stringify({screen: {onHangup}}));
	const words = command('--state-dir', directory, '--config', config).map(word => `'${word}'`);
	const pty = new Pty('sh', ['-c', `trap : HUP; ulimit -c 1000; ${words.join(' ')}; echo $? >code`], {cwd: directory});
	await pty.shows('6 Processes');
	const {pid} = await statusWhen(directory, ({readings}) => readings !== undefined);
	return {
		pty,
		pid,
		endedWith: () => until('says how it ended', () => existsSync(join(directory, 'code'))),
		hangUp: () => hangUp(pty),
	};
}

/** Closes the terminal's other end, as a terminal window that is closed. */
function hangUp({process: terminal}: Pty): void {
	if (!('destroy' in terminal && typeof terminal.destroy === 'function')) {
		throw new Error('this terminal cannot be closed');
	}

	terminal.destroy();
}

describe('a terminal that goes away', () => {
	test("with onHangup 'stay': the engine goes on, screens attach, and a signal ends it", async () => {
		const directory = folder();
		const {pid, hangUp: close} = await hangable(directory, 'stay');
		close();
		const before = await statusWhen(directory, ({viewers}) => viewers === 0);
		expect(before.pid).toBe(pid);
		const cpu = cpuMs(pid);
		const began = performance.now();
		await statusWhen(directory, ({readings = 0}) => readings >= (before.readings ?? 0) + 3);
		expect((cpuMs(pid) - cpu) / (performance.now() - began)).toBeLessThan(0.25);
		const screen = await openScreen(['--state-dir', directory]);
		await screen.shows('q leave');
		process.kill(pid, 'SIGTERM');
		await gone(pid, 4000);
		await screen.shows(/no engine for/);
		expect(readdirSync(directory).filter(name => /core|crash/.test(name))).toEqual([]);
		await quit(screen);
		const next = await startEngine({directory});
		expect(next.stderr()).not.toContain('did not end by itself');
	});

	test("with onHangup 'end', the default: all of it ends within 2 s, and the next one can start", async () => {
		const directory = folder();
		const {pid, hangUp: close} = await hangable(directory, 'end');
		close();
		await gone(pid, 2000);
		expect(readdirSync(directory).filter(name => /core|crash/.test(name))).toEqual([]);
		const next = await startEngine({directory});
		expect(next.stderr()).not.toContain('did not end by itself');
	});
});

describe('where the sockets are', () => {
	test('a state directory of 120 characters has them below XDG_RUNTIME_DIR, and without that the engine says why nobody can attach', async () => {
		const parent = folder();
		const directory = join(parent, 'd'.repeat(119 - parent.length));
		const runtime = folder();
		const env = {XDG_RUNTIME_DIR: runtime};
		const {child, said} = await startEngine({directory, env});
		expect(readdirSync(join(runtime, 'healthtop')).length).toBe(1);
		const screen = await openScreen(['--state-dir', directory], {env});
		await screen.shows('q leave');
		await quit(screen);
		child.kill('SIGTERM');
		await said;
		const without = start(command('run', '--state-dir', directory));
		await until('it says so', () => without.stderr().includes('sockets cannot be opened'));
		expect(without.stderr()).toContain('is too long a path for sockets');
		expect((await ask('status', directory)).code).toBe(1);
		without.child.kill('SIGTERM');
		expect(await without.said).toMatchObject({code: 0});
	});

	test('that somebody removes, they come back, and nobody who looked was let go', async () => {
		const {directory, pid} = await startEngine();
		const screen = await openScreen(['--state-dir', directory]);
		const sockets = ['view.sock', 'control.sock'].map(name => join(directory, name));
		sockets.forEach(unlinkSync);
		await until('they are back', () => sockets.every(path => existsSync(path)), 20_000);
		expect(await statusWhen(directory)).toMatchObject({pid, viewers: 1});
		expect(screen.text).not.toContain('no engine');
		expect((await ask('stop', directory)).code).toBe(0);
		await screen.shows('no engine for');
		await quit(screen);
	});
});
