import {spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {sendWith, systemdNotify} from '../../src/engine/systemd-notify.js';
import {folder} from '../helpers/folder.js';
import {handClock} from '../helpers/hand-clock.js';
import {testWith} from '../helpers/outside.js';
import {until} from '../helpers/until.js';

const env = {NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '30000000'};

/** What is sent, each message taken or refused by hand. */
function notifying() {
	const [clock, sent, problems] = [handClock(), [] as string[], [] as string[]];
	let settle: {take(): void; refuse(error: Error): void} | undefined;
	const notify = systemdNotify(env, 7, {
		clock,
		onProblem: reason => problems.push(reason),
		send(assignments, signal) {
			sent.push(assignments.join(' '));
			return new Promise((resolve, reject) => {
				settle = {take: resolve, refuse: reject};
				signal.addEventListener('abort', () => reject(signal.reason));
			});
		},
	});
	const next = async () => {
		await setImmediate();
		return sent.splice(0);
	};
	return {
		clock,
		problems,
		notify,
		next,
		take() {
			settle?.take();
			return next();
		},
		refuse(error: Error) {
			settle?.refuse(error);
			return next();
		},
	};
}

describe('what is sent', () => {
	test('goes out one after the other, in the order of the calls', async () => {
		const {notify, next, take} = notifying();
		notify.ready('watching shop');
		notify.reloading();
		notify.ready('watching shop');
		notify.stopping();
		expect(await next()).toEqual(['READY=1 STATUS=watching shop']);
		expect(await take()).toEqual(['RELOADING=1']);
		expect(await take()).toEqual(['READY=1 STATUS=watching shop']);
		expect(await take()).toEqual(['STOPPING=1']);
		expect(await take()).toEqual([]);
	});

	test('is alive once at a time, and again when that is through', async () => {
		const {notify, next, take} = notifying();
		notify.alive();
		notify.alive();
		expect(await next()).toEqual(['WATCHDOG=1']);
		expect(await take()).toEqual([]);
		notify.alive();
		expect(await next()).toEqual(['WATCHDOG=1']);
	});

	test('is one line of status, whatever stands in it', async () => {
		const {notify, next} = notifying();
		notify.ready('a\nMAINPID=1');
		expect(await next()).toEqual(['READY=1 STATUS=a\\x0aMAINPID=1']);
	});
});

describe('what does not arrive', () => {
	test('is told once a reason, and the next message is sent', async () => {
		const {notify, next, refuse, problems} = notifying();
		const missing = Object.assign(new Error('spawn systemd-notify ENOENT'), {code: 'ENOENT'});
		notify.ready('');
		notify.alive();
		await next();
		expect(await refuse(missing)).toEqual(['WATCHDOG=1']);
		await refuse(missing);
		notify.alive();
		await next();
		await refuse(new Error('systemd-notify ended with 1'));
		expect(problems).toEqual(['systemd-notify is not on this machine', 'systemd-notify ended with 1']);
	});

	test('is given up after five seconds', async () => {
		const {clock, notify, next, problems} = notifying();
		notify.alive();
		notify.stopping();
		await next();
		await clock.advance(4999);
		expect(await next()).toEqual([]);
		await clock.advance(1);
		expect(await next()).toEqual(['STOPPING=1']);
		expect(problems).toEqual(['systemd did not take a message within 5 s']);
	});

	test('leaves no timer when it did arrive', async () => {
		const {clock, notify, next, take} = notifying();
		notify.stopping();
		await next();
		await take();
		expect(clock.due).toEqual([]);
	});
});

test('nothing is done where nobody asked', async () => {
	const {WATCHDOG_USEC} = env;
	const refuse = () => expect.unreachable();
	const parts = {clock: handClock(), onProblem: refuse, send: refuse};
	const notify = systemdNotify({WATCHDOG_USEC}, 7, parts);
	notify.ready('');
	notify.reloading();
	notify.alive();
	notify.stopping();
	expect(notify.watchdogEvery).toBeUndefined();
});

describe('how often we say that we are alive', () => {
	for (const [name, of, every] of [
		['half of what is waited for', {}, 15_000],
		['half of half a second', {WATCHDOG_USEC: '500000'}, 250],
		['for our pid', {WATCHDOG_PID: '7'}, 15_000],
		['for another pid', {WATCHDOG_PID: '8'}, undefined],
		['not waited for', {WATCHDOG_USEC: undefined}, undefined],
		['an empty value', {WATCHDOG_USEC: ''}, undefined],
		['none at all', {WATCHDOG_USEC: '0'}, undefined],
		['no number', {WATCHDOG_USEC: '30s'}, undefined],
	] as const) {
		test(name, () => {
			const {watchdogEvery} = systemdNotify({...env, ...of}, 7, {clock: handClock(), onProblem: () => {}});
			expect(watchdogEvery).toBe(every);
		});
	}
});

/** A manager's end of the socket: prints each message on one line. What comes with it (the barrier's descriptor) is let go. */
const receiver = String.raw`
	use Socket;
	$| = 1;
	socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die $!;
	bind($socket, pack_sockaddr_un($ARGV[0])) or die $!;
	while (defined recv($socket, my $message, 4096, 0)) { $message =~ s/\n/ /g; print "$message\n" }
`;

describe('systemd-notify', () => {
	testWith('systemd-notify', 'perl')('brings all of a message, with an environment of its own', async () => {
		const socket = join(folder(), 'notify');
		const manager = spawn('perl', ['-e', receiver, socket], {stdio: ['ignore', 'pipe', 'inherit']});
		onTestFinished(() => {
			manager.kill();
		});
		let output = '';
		manager.stdout.on('data', chunk => {
			output += chunk;
		});
		await until('the socket is there', () => existsSync(socket));
		await sendWith(socket)(['READY=1', 'STATUS=watching größer'], AbortSignal.timeout(20_000));
		await until('the message is there', () => output.includes('\n'));
		expect(output.split('\n')[0]).toBe('READY=1 STATUS=watching größer');
	});

	testWith('systemd-notify')('refuses where nobody listens', async () => {
		const sent = sendWith(join(folder(), 'nobody'))(['READY=1'], AbortSignal.timeout(20_000));
		await expect(sent).rejects.toThrow('systemd-notify ended with 1');
	});

	test('may be missing', async () => {
		const sent = sendWith('/run/notify', join(folder(), 'missing'))(['READY=1'], AbortSignal.timeout(20_000));
		await expect(sent).rejects.toMatchObject({code: 'ENOENT'});
	});

	test('is killed when it takes too long', async () => {
		const directory = folder();
		const [program, pidFile] = [join(directory, 'slow'), join(directory, 'pid')];
		writeFileSync(program, `#!/bin/sh\necho $$ >'${pidFile}.new'; mv '${pidFile}.new' '${pidFile}'; exec sleep 60\n`, {
			mode: 0o755,
		});
		const late = new AbortController();
		const sent = sendWith('/run/notify', program)(['READY=1'], late.signal);
		sent.catch(() => {});
		await until('it runs', () => existsSync(pidFile));
		late.abort();
		await expect(sent).rejects.toMatchObject({code: 'ABORT_ERR'});
		const pid = Number(readFileSync(pidFile, 'latin1'));
		await until('it is gone', () => !existsSync(`/proc/${pid}`));
	});
});
