import {describe, expect, test} from 'vitest';
import {systemd} from '../../src/checks/systemd.js';
import type {Host} from '../../src/core/host.js';
import {answerOf, askOnce, checkOf} from '../helpers/ask.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

/** What `systemctl show` of systemd 252 prints of a service that runs; `changes` stand in it otherwise. */
function shown(changes: Record<string, string> = {}): string {
	const usual = {
		Type: 'simple',
		RemainAfterExit: 'no',
		MainPID: '812',
		Result: 'success',
		NRestarts: '0',
		ExecMainStatus: '0',
		MemoryCurrent: '8429568',
		Id: 'nginx.service',
		TriggeredBy: '',
		Description: 'A high performance web server',
		LoadState: 'loaded',
		ActiveState: 'active',
		SubState: 'running',
		ActiveEnterTimestamp: 'Tue 2026-12-01 07:29:55 UTC',
		InactiveEnterTimestamp: '',
	};
	return Object.entries({...usual, ...changes})
		.map(([name, value]) => `${name}=${value}\n`)
		.join('');
}

/** A booted machine whose systemctl prints this. */
function machine(...outputs: readonly string[]): Host {
	const left = [...outputs];
	return fakeHost({'/run/systemd/system/x': ''}, {run: async () => left.shift() ?? ''});
}

const since = 'Tue 2026-12-01 07:30:00 UTC';
const oneshot = {Type: 'oneshot', ActiveState: 'inactive', SubState: 'dead', MainPID: '0', ActiveEnterTimestamp: ''};
const dead = {ActiveState: 'inactive', SubState: 'dead', MainPID: '0'};
const failed = {ActiveState: 'failed', SubState: 'failed'};
const states: Record<
	string,
	[changes: Record<string, string>, text: string, finding?: [status: string, reason: string]]
> = {
	'running is ok': [{}, 'active (running)'],
	'exited and remembered is ok': [{Type: 'oneshot', SubState: 'exited', RemainAfterExit: 'yes'}, 'active (exited)'],
	'reloading is ok': [{ActiveState: 'reloading', SubState: 'reload'}, 'reloading (reload)'],
	'a timer that waits is ok': [{Id: 'x.timer', SubState: 'waiting', Type: ''}, 'active (waiting)'],
	'running without its file is a warning': [
		{LoadState: 'not-found'},
		'active (running)',
		['warning', 'active (running), but its file is not-found'],
	],
	'not found is critical': [
		{...dead, LoadState: 'not-found', Type: ''},
		'not-found',
		['critical', 'no unit nginx.service'],
	],
	'masked is critical': [{...dead, LoadState: 'masked', Type: ''}, 'masked', ['critical', 'nginx.service is masked']],
	'a bad file is critical': [
		{...dead, LoadState: 'bad-setting'},
		'bad-setting',
		['critical', 'nginx.service cannot be loaded: bad-setting'],
	],
	'failed by an exit code': [
		{...failed, Result: 'exit-code', ExecMainStatus: '3'},
		'failed',
		['critical', 'failed: exit-code 3'],
	],
	'failed by a signal': [
		{...failed, Result: 'signal', ExecMainStatus: '11'},
		'failed',
		['critical', 'failed: signal 11'],
	],
	'failed before it began': [{...failed, Result: 'exit-code'}, 'failed', ['critical', 'failed: exit-code']],
	'failed by its time': [
		{...failed, Result: 'timeout', ExecMainStatus: '15'},
		'failed',
		['critical', 'failed: timeout'],
	],
	'failed too often': [
		{...failed, Result: 'start-limit-hit', ExecMainStatus: '1'},
		'failed',
		['critical', 'failed: start-limit-hit'],
	],
	'out of memory': [{...failed, Result: 'oom-kill', ExecMainStatus: '9'}, 'failed', ['critical', 'failed: oom-kill']],
	'stopped is critical, since when': [
		{...dead, InactiveEnterTimestamp: since},
		'inactive (dead)',
		['critical', `inactive (dead) since ${since}`],
	],
	'never started is critical': [dead, 'inactive (dead)', ['critical', 'inactive (dead)']],
	'started by a socket, and stopped, is critical': [
		{...dead, TriggeredBy: 'docker.socket'},
		'inactive (dead)',
		['critical', 'inactive (dead)'],
	],
	'a oneshot that ran is ok': [{...oneshot, InactiveEnterTimestamp: since}, 'ran, success'],
	'a oneshot of which nobody knows when it ran is ok': [oneshot, 'inactive (dead)'],
	'a oneshot that should have remained is critical': [
		{...oneshot, RemainAfterExit: 'yes'},
		'inactive (dead)',
		['critical', 'inactive (dead)'],
	],
	'a oneshot at work is ok': [{Type: 'oneshot', ActiveState: 'activating', SubState: 'start'}, 'activating (start)'],
	'started by a timer, and at rest, is ok': [
		{...dead, TriggeredBy: 'x.socket backup.timer', InactiveEnterTimestamp: since},
		'ran, success',
	],
	'starting is a warning': [
		{ActiveState: 'activating', SubState: 'start-pre'},
		'activating (start-pre)',
		['warning', 'activating (start-pre)'],
	],
	'waiting for its restart is a warning': [
		{ActiveState: 'activating', SubState: 'auto-restart', Result: 'exit-code', ExecMainStatus: '1'},
		'activating (auto-restart)',
		['warning', 'activating (auto-restart): exit-code 1'],
	],
	'stopping is a warning': [
		{ActiveState: 'deactivating', SubState: 'stop-sigterm'},
		'deactivating (stop-sigterm)',
		['warning', 'deactivating (stop-sigterm)'],
	],
	'what is not known yet is a warning': [
		{ActiveState: 'maintenance', SubState: 'x\x1b[2J'},
		'maintenance (x\\x1b[2J)',
		['warning', 'maintenance (x\\x1b[2J)'],
	],
};

describe('recorded:', () => {
	test.each(Object.entries(states))('%s', async (_, [changes, text, finding]) => {
		const answer = await answerOf(systemd, {unit: 'nginx'}, {host: machine(shown(changes))});
		expect(answer.failure).toBeUndefined();
		expect(answer).toMatchObject({text, findings: finding ? [{status: finding[0], reason: finding[1]}] : []});
	});
});

test('numbers, properties and facts are there', async () => {
	const {measures, values, facts} = await answerOf(
		systemd,
		{unit: 'nginx'},
		{host: machine(shown({NRestarts: '2', Description: 'f\xc3\xbcr \x1b'}))},
	);
	expect(measures).toEqual({restarts: 2, memory: 8_429_568});
	expect(JSON.parse(values.BODY ?? '')).toMatchObject({ActiveState: 'active', NRestarts: '2', Description: 'für \x1b'});
	expect(facts).toEqual([
		{label: 'description', value: 'für \\x1b'},
		{label: 'since', value: 'Tue 2026-12-01 07:29:55 UTC'},
		{label: 'main PID', value: '812'},
		{label: 'restarts', value: '2'},
		{label: 'memory', value: '8.0 MiB'},
	]);
});

test.each([
	['[not set]', ''],
	['18446744073709551615', '[not set]'],
	['', 'x'],
])('memory %j and restarts %j are not known', async (MemoryCurrent, NRestarts) => {
	const {measures} = await answerOf(systemd, {unit: 'x'}, {host: machine(shown({MemoryCurrent, NRestarts}))});
	expect(measures).toEqual({});
});

test('restarts since the last look are a warning', async () => {
	const counts = ['5', '5', '6', '9', '0', '', '3', '4'];
	const host = machine(...counts.map(NRestarts => shown({NRestarts})));
	const ask = await checkOf(systemd, {unit: 'x'});
	const seen: unknown[] = [];

	for (const _ of counts) {
		seen.push((await askOnce(ask, {host})).findings?.map(({status, reason}) => `${status}: ${reason}`).join());
	}

	const once = 'warning: restarted once since the last look';
	expect(seen).toEqual(['', '', once, 'warning: restarted 3 times since the last look', '', '', '', once]);
});

const names: [unit: string, asked: string][] = [
	['nginx', 'nginx.service'],
	['nginx.service', 'nginx.service'],
	['backup.timer', 'backup.timer'],
	['php8.2-fpm', 'php8.2-fpm.service'],
	['getty@tty1', 'getty@tty1.service'],
	['dev-disk-by\\x2duuid.swap', 'dev-disk-by\\x2duuid.swap'],
];

test.each(names)('%s is asked for as %s', async (unit, asked) => {
	const commands: unknown[] = [];
	const host = machine();
	host.run = async (...given) => {
		commands.push(given);
		return shown();
	};
	await answerOf(systemd, {unit}, {host});
	await answerOf(systemd, {unit, user: true}, {host});
	const show = ['show', '--property', expect.stringMatching(/^Id,.*ActiveState/), '--', asked];
	expect(commands).toEqual([
		[['systemctl', ...show], expect.anything(), {}],
		[['systemctl', '--user', ...show], expect.anything(), {XDG_RUNTIME_DIR: `/run/user/${process.getuid?.()}`}],
	]);
});

test.each(['-x', '--all', 'a b', 'a*', '', 'a/b', 'getty@', 'getty@.service', 'a;b', 'ä'])(
	'refuses the unit %j',
	async unit => {
		await expect(answerOf(systemd, {unit})).rejects.toThrow('must be a unit such as');
	},
);

describe('what cannot be asked is unknown:', () => {
	const failing = (error: Error, booted = true): Host =>
		fakeHost(booted ? {'/run/systemd/system/x': ''} : {}, {run: () => Promise.reject(error)});
	const reasons: Record<string, [host: Host, reason: string]> = {
		'systemd does not run': [failing(systemError('EACCES'), false), 'no systemd on this machine'],
		'systemctl is not there': [failing(systemError('ENOENT')), 'no systemd on this machine'],
		'the bus is not there': [
			failing(new Error('Failed to connect to bus: No medium found\x1b[m')),
			'systemctl could not ask: Failed to connect to bus: No medium found\\x1b[m',
		],
		'no descriptor is left': [
			failing(systemError('EMFILE')),
			'not asked: no file descriptor is left to healthtop (EMFILE)',
		],
		'systemctl says nothing': [machine(''), 'systemctl says nothing of nginx.service'],
	};

	test.each(Object.entries(reasons))('%s', async (_, [host, reason]) => {
		expect((await answerOf(systemd, {unit: 'nginx'}, {host})).failure).toEqual({status: 'unknown', reason});
	});

	test('systemd does not answer', async () => {
		const host = fakeHost(
			{'/run/systemd/system/x': ''},
			{
				run: (_, signal) =>
					new Promise((_, reject) => {
						signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
					}),
			},
		);
		expect((await answerOf(systemd, {unit: 'nginx'}, {host, timeout: 100})).failure).toEqual({
			status: 'unknown',
			reason: 'no answer in 100 ms: systemd does not answer',
			isTimeout: true,
		});
	});
});
