import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import {describe, expect, onTestFinished, test} from 'vitest';
import {type EngineOptions, engineControl} from '../../src/commands/engine-control.js';
import type {Io} from '../../src/commands/io.js';
import {UserError} from '../../src/core/errors.js';
import {ControlServer, type Handlers, mostControllers, RequestError} from '../../src/engine/control-server.js';
import {SocketListener} from '../../src/engine/socket-listener.js';
import {machineWidePlaces} from '../../src/engine/socket-places.js';
import {folder} from '../helpers/folder.js';
import {handClock, wallAtZero} from '../helpers/hand-clock.js';
import {until} from '../helpers/until.js';

const status = {
	pid: 77,
	version: '1.2.3',
	since: '2026-11-22T03:12:37.000Z',
	host: 'web-01\u202e',
	root: '/',
	stateDirectory: '/var/lib/healthtop',
	configuration: '/etc/healthtop/config.json',
	viewers: 2,
	journal: {state: 'well', bytes: 4096},
	acts: [],
	lastReadingAt: '2026-11-22T03:14:50.000Z',
	cpuPercent: 0.4,
	memoryBytes: 64 << 20,
	problems: [{area: 'io', source: 'sda', reason: 'gone'}],
};

/** An engine in a state directory, which does this when it is asked. */
async function engineIn(directory: string, handlers: Handlers): Promise<SocketListener> {
	const server = new ControlServer({
		clock: {wake: () => () => {}},
		version: '1.2.3',
		pid: 77,
		handlers,
		onError: () => {},
	});
	const listener = new SocketListener({
		path: join(directory, 'control.sock'),
		mode: 0o600,
		most: mostControllers,
		onConnection: socket => server.accept(socket),
	});
	await listener.open();
	onTestFinished(() => listener.close());
	return listener;
}

/** What a command prints, or what it complains of and with which code. */
function asked(verb: 'status' | 'stop' | 'reload', options: Partial<EngineOptions>, env: Io['env'] = {}) {
	const clock = handClock();
	const stdout = new PassThrough();
	const io = {env, clock, stdout, pid: process.pid, version: '1.2.3'};
	const said = engineControl(verb, {color: true, ...options}, io).then(
		async ({...outcome}) => [outcome, await text(stdout.end())],
		(error: unknown) =>
			error instanceof UserError ? [{code: error.exitCode}, error.message] : `no UserError: ${error}`,
	);
	return {clock, said};
}

const note = (directory: string, sockets: string) =>
	writeFileSync(join(directory, 'engine.lock'), JSON.stringify({pid: 77, version: '1', sockets, since: wallAtZero}));

describe('status', () => {
	test('is a table', async () => {
		const directory = folder();
		await engineIn(directory, {status: async () => status});
		expect(await asked('status', {stateDir: directory}).said).toEqual([
			{code: 0},
			[
				'host             web-01\ufffd',
				'version          1.2.3',
				'pid              77',
				'since            2026-11-22T03:12:37.000Z, 2m14s ago',
				'root             /',
				'state directory  /var/lib/healthtop',
				'configuration    /etc/healthtop/config.json',
				'screens          2',
				'journal          well, 4.0 KiB',
				'last reading     2026-11-22T03:14:50.000Z, 1s ago',
				'cpu              0.4%',
				'memory           64 MiB',
				'problem          sda: gone',
				'',
			].join('\n'),
		]);
	});

	test('is JSON without anything that a terminal would do', async () => {
		const directory = folder();
		await engineIn(directory, {status: async () => status});
		const [, json] = await asked('status', {json: true}, {HEALTHTOP_STATE_DIR: directory}).said;
		expect(JSON.parse(String(json))).toEqual({...status, host: 'web-01\ufffd'});
	});

	test('of another shape is no bug of ours', async () => {
		const directory = folder();
		await engineIn(directory, {status: async () => ({pid: 'x'})});
		expect(await asked('status', {stateDir: directory}).said).toEqual([
			{code: 1},
			'the engine answered what this healthtop does not understand: status.version: must be a text, not nothing',
		]);
	});
});

describe('the engine is found', () => {
	test('where its lock says', async () => {
		const [directory, sockets] = [folder(), folder()];
		note(directory, sockets);
		await engineIn(sockets, {reload: async () => ({configuration: null})});
		expect(await asked('reload', {stateDir: directory}).said).toMatchObject([
			{code: 0},
			expect.stringContaining('usual values'),
		]);
	});

	test('where it must be, when the lock tells of one that was killed', async () => {
		const [directory, sockets] = [folder(), folder()];
		note(directory, sockets);
		await engineIn(directory, {reload: async () => ({configuration: '/c.json'})});
		expect(await asked('reload', {stateDir: directory}).said).toEqual([{code: 0}, "the engine has read '/c.json'\n"]);
	});

	// A machine with an engine of its own would have that asked.
	test.skipIf(existsSync(machineWidePlaces.control))('in the usual state directory', async () => {
		const home = folder();
		const directory = join(home, 'healthtop');
		mkdirSync(directory);
		await engineIn(directory, {reload: async () => ({configuration: '/c.json'})});
		expect(await asked('reload', {}, {XDG_STATE_HOME: home}).said).toEqual([
			{code: 0},
			"the engine has read '/c.json'\n",
		]);
	});

	test('nowhere', async () => {
		const directory = folder();
		expect(await asked('stop', {stateDir: directory}).said).toEqual([
			{code: 1},
			`no engine runs for '${directory}'; 'healthtop run' starts one`,
		]);
	});
});

describe('an engine that', () => {
	test('does not take its configuration says every problem of it', async () => {
		const directory = folder();
		const problem = 'config.json has 1 problem:\n  every: is missing';
		await engineIn(directory, {
			reload: async () => {
				throw new RequestError('refused', problem);
			},
		});
		expect(await asked('reload', {stateDir: directory}).said).toEqual([{code: 78}, problem]);
	});

	test('stops is waited for', async () => {
		const directory = folder();
		const listener = await engineIn(directory, {
			stop: async () => {
				setImmediate(() => listener.close());
				return {};
			},
		});
		expect(await asked('stop', {stateDir: directory}).said).toEqual([{code: 0}, 'the engine has stopped\n']);
	});

	test('does not stop is told of', async () => {
		const directory = folder();
		await engineIn(directory, {
			async stop() {
				clock.pass(1);
				return {};
			},
		});
		const {clock, said} = asked('stop', {stateDir: directory});
		await until('its end is waited for', () => clock.due[0] === 5001);
		await clock.advance(5000);
		expect(await said).toEqual([{code: 1}, 'the engine was told to stop, and still runs after 5 s']);
	});

	test('says nothing is named', async () => {
		const directory = folder();
		note(directory, directory);
		await engineIn(directory, {status: () => new Promise(() => {})});
		const {clock, said} = asked('status', {stateDir: directory});
		await until('it is asked', () => clock.due.length > 0);
		await clock.advance(5000);
		expect(await said).toEqual([
			{code: 1},
			`the engine of '${directory}' (pid 77, since 2026-11-22T03:14:51.000Z) gave no answer for 5 s: it is stopped, or hangs`,
		]);
	});
});
