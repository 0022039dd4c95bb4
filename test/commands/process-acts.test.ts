import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {processActs, signalSender} from '../../src/commands/process-acts.js';
import type {Host} from '../../src/core/host.js';
import type {Log, LogFields} from '../../src/core/log.js';
import {safe} from '../../src/core/safe.js';
import type {SignalTarget} from '../../src/core/signal.js';
import {local} from '../../src/hosts/local.js';
import {readIdentity} from '../../src/samplers/process-facts.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

const stat = (startTicks: number, state = 'S') =>
	`77 (nginx) ${state} 1 77 77 0 -1 4194560 1 2 3 4 5 6 0 0 20 0 3 0 ${startTicks} 9000 250 184467\n`;
const target: SignalTarget = {
	pid: 77,
	startTicks: 4711,
	name: safe`nginx`,
	command: safe`nginx: worker`,
	user: undefined,
	isOwn: false,
};

/** A sender that knows only this host, and what it sent. */
function sender(host: Host, fail?: string) {
	const sent: string[] = [];
	const send = signalSender(host, {
		kill(pid, signal) {
			if (fail) {
				throw systemError(fail, `kill ${fail}`);
			}

			sent.push(`${signal} ${pid}`);
		},
	});
	return {send, sent};
}

test('a signal goes to the process that was meant', () => {
	const {send, sent} = sender(fakeHost({'/proc/77/stat': stat(4711)}));
	expect(send(target, 'HUP')).toEqual({isSent: true});
	expect(sent).toEqual(['SIGHUP 77']);
});

describe('nothing is sent', () => {
	const nobody = {...target, pid: 0};
	const cases: Record<string, [files: Record<string, string>, target: SignalTarget, reason: string]> = {
		'to another process that has its number': [
			{'/proc/77/stat': stat(4712)},
			target,
			'it has ended, and another process has its number',
		],
		'to one that has ended': [{}, target, 'it has ended'],
		'to a zombie': [{'/proc/77/stat': stat(4711, 'Z')}, target, 'it has ended, and waits for its parent to collect it'],
		'where the file is no stat': [{'/proc/77/stat': 'nonsense'}, target, 'it has ended'],
		'to our own group': [{'/proc/0/stat': stat(4711)}, nobody, 'that is no single process'],
		'to everybody': [{'/proc/-1/stat': stat(4711)}, {...target, pid: -1}, 'that is no single process'],
		'to half a process': [{'/proc/1.5/stat': stat(4711)}, {...target, pid: 1.5}, 'that is no single process'],
		'to no number': [{'/proc/NaN/stat': stat(4711)}, {...target, pid: Number.NaN}, 'that is no single process'],
	};

	test.each(Object.entries(cases))('%s', (_, [files, whom, reason]) => {
		const {send, sent} = sender(fakeHost(files));
		expect(send(whom, 'KILL')).toEqual({isSent: false, reason});
		expect(sent).toEqual([]);
	});

	test('to one that cannot be looked at', () => {
		const {send, sent} = sender(
			fakeHost(
				{},
				{
					read: () => {
						throw systemError('EMFILE');
					},
				},
			),
		);
		expect(send(target, 'TERM')).toEqual({isSent: false, reason: 'it cannot be looked at: EMFILE'});
		expect(sent).toEqual([]);
	});
});

test.each([
	['EPERM', 'not permitted: run as that user or root'],
	['ESRCH', 'it has ended'],
	['EINVAL', 'kill EINVAL'],
])('%s is said in words', (code, reason) => {
	const {send} = sender(fakeHost({'/proc/77/stat': stat(4711)}), code);
	expect(send(target, 'TERM')).toEqual({isSent: false, reason});
});

/** A log that keeps what it is told. */
function keeping() {
	const kept: LogFields[] = [];
	const keep = (message: string, fields?: LogFields) => void kept.push({message, ...fields});
	const log: Log = {debug: keep, info: keep, warn: keep, error: keep};
	return {kept, log};
}

test('a real process ends by the signal, once, and both answers are logged without its command line', async () => {
	const {kept, log} = keeping();
	const acts = processActs({color: true}, log, {pid: 5, kill: (pid, signal) => process.kill(pid, signal)});
	const child = spawn('sleep', ['600'], {stdio: 'ignore'});
	const ended = once(child, 'exit');
	await once(child, 'spawn');
	const now = readIdentity(local(), child.pid ?? 0);
	const meant = {...target, ...now, name: safe`sleep`, command: safe`sleep secret`};
	expect(acts.send(meant, 'TERM')).toEqual({isSent: true});
	expect(await ended).toEqual([null, 'SIGTERM']);
	expect(acts.send(meant, 'TERM')).toEqual({isSent: false, reason: 'it has ended'});
	const about = {message: 'signal', signal: 'TERM', target: child.pid, name: 'sleep'};
	expect(kept).toEqual([
		{...about, result: 'sent'},
		{...about, result: 'it has ended'},
	]);
});

test('what forbids acting as long as the program runs', () => {
	const {log} = keeping();
	const forbidden = (options: {readOnly?: boolean; root?: string}) => {
		const acts = processActs({color: true, ...options}, log, {pid: 5, kill: () => undefined});
		return [acts.forbidden, acts.ownPid];
	};
	expect(forbidden({})).toEqual([undefined, 5]);
	expect(forbidden({root: '/'})).toEqual([undefined, 5]);
	expect(forbidden({readOnly: true})).toEqual(['read-only', 5]);
	expect(forbidden({root: 'test/fixtures/trees/web-01/before'})).toEqual([
		'with --root the numbers of processes are not those of this machine',
		0,
	]);
});
