import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {library, setClock} from '../helpers/faked-clock.js';
import {folder} from '../helpers/folder.js';
import {listening} from '../helpers/listening.js';
import {startMailbox} from '../helpers/mailbox.js';
import {byMail, MailedEngine, type MailedOptions} from '../helpers/mailed-engine.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {scriptedSmtp} from '../helpers/scripted-smtp.js';
import {quick, serviceConfig} from '../helpers/stories.js';
import {switchedService} from '../helpers/switched-service.js';
import {until} from '../helpers/until.js';

/** All that is built in, but for what is told at once of whatever else this machine does. */
const builtinRules = {'Out of memory': false, 'Machine restarted': false};

/** Services that are well, one of them slow enough to be always in the middle of an answer. */
async function healthy(every: string, options: MailedOptions) {
	const [service, server] = [await switchedService(), await scriptedSmtp()];
	const greeter = await listening(socket => setTimeout(() => socket.end('220 hello\r\n'), 800));
	const engine = new MailedEngine(
		{
			every,
			builtinRules,
			checks: [
				{name: 'shop', type: 'http', url: `http://127.0.0.1:${service.port}/`, ...quick, timeout: '5s'},
				{name: 'greeter', type: 'tcp', port: greeter.port, expect: '^220', ...quick, timeout: '5s'},
			],
			rules: [
				{name: 'Late', series: 'check.time', for: '30s', warning: {above: '10ms', clear: '5ms'}},
				{name: 'Missing', series: 'check.up:shop', critical: {absent: true, for: '30s'}},
			],
			notify: [byMail(server.port)],
		},
		options,
	);
	await engine.start();
	await engine.isWell();
	return {engine, server};
}

const logged = (engine: MailedEngine, message: string) => engine.running.stderr().split(message).length - 1;

/** Nothing has fired, whatever was about to, and nobody was asked to take a mail. */
async function expectNothing(engine: MailedEngine, connections: () => number): Promise<void> {
	await engine.readings(6);
	expect(engine.alerts.filter(({phase}) => phase !== 'pending')).toEqual([]);
	expect(engine.store.snapshot?.checks.map(({status}) => status)).toEqual(['ok', 'ok']);
	expect(connections()).toBe(0);
	await engine.stop();
}

describe('services that are well are no alert', () => {
	testWith(library)('when the wall clock is set on by an hour, and back by two', async () => {
		const {env, set} = setClock();
		const {engine, server} = await healthy('500ms', {env});

		for (const [index, offset] of ['+1h', '-1h', '+0'].entries()) {
			set(offset);
			await until('it is logged', () => logged(engine, 'the wall clock was set') === index + 1);
			await engine.readings(4);
		}

		await expectNothing(engine, server.connections);
	});

	test('when healthtop is stopped for 20 seconds in the middle of asking', async () => {
		const {engine, server} = await healthy('500ms', {});
		const stoppedAt = performance.now();
		process.kill(engine.running.pid, 'SIGSTOP');
		await until('20 s are over', () => performance.now() - stoppedAt > 20_000, 25_000);
		process.kill(engine.running.pid, 'SIGCONT');
		await until('it is logged', () => logged(engine, 'healthtop stood still') === 1);
		await expectNothing(engine, server.connections);
	});

	testAsRoot(
		library,
		'unshare',
		'mount',
	)('when the machine is suspended for eight hours', async () => {
		const uptime = join(folder(), 'uptime');
		const [seconds = 0, idle = ''] = readFileSync('/proc/uptime', 'latin1').split(' ');
		writeFileSync(uptime, `${seconds} ${idle}`);
		const {env, set} = setClock();
		const mounted = ['sh', '-c', 'mount --bind "$0" /proc/uptime && exec "$@"', uptime];
		const by = ['unshare', '-m', '--propagation', 'private', ...mounted];
		const {engine, server} = await healthy('3s', {env, by});
		await engine.readings(1);
		// Both clocks jump between two readings; the recorded one stands still, so that the time between them goes with it.
		writeFileSync(uptime, `${Number(seconds) + 8 * 3600 + 4} ${idle}`);
		set('+8h');
		await until('it is logged', () => logged(engine, 'the machine was suspended') === 1);
		expect(logged(engine, 'the wall clock was set')).toBe(0);
		await expectNothing(engine, server.connections);
	});
});

testAsRoot('postfix', library)(
	'an outage in which the clock is set back: told once, and once that it is over',
	async () => {
		const {env, set} = setClock();
		const [service, box] = [await switchedService(), await startMailbox()];
		const engine = new MailedEngine(serviceConfig(service.port, box.port), {env});
		await engine.start();
		await engine.isWell();
		await service.stop();
		await box.mailsOnce(1);
		set('-1h');
		await until('it is logged', () => logged(engine, 'the wall clock was set') === 1);
		await engine.readings(4);
		await engine.kill();
		await engine.start();
		await engine.readings(4);
		await service.start();
		await box.mailsOnce(2);
		await engine.finish();
		expect(await box.story()).toEqual(['firing critical', 'resolved critical']);
	},
);
