import {describe, expect, test} from 'vitest';
import {certificates} from '../helpers/certificates.js';
import {command, start} from '../helpers/engine-process.js';
import {portForLater} from '../helpers/listening.js';
import {mailRelay} from '../helpers/mail-relay.js';
import {toldIn} from '../helpers/mailbox.js';
import {read} from '../helpers/maildir.js';
import {byMail, MailedEngine} from '../helpers/mailed-engine.js';
import {testWith} from '../helpers/outside.js';
import {type Script, type ScriptedSmtp, scriptedSmtp} from '../helpers/scripted-smtp.js';
import {quick} from '../helpers/stories.js';
import {switchedService} from '../helpers/switched-service.js';

/** What a server does with the first connection; with all others it does as it should. */
const once: Readonly<Record<string, Script>> = {
	'421 as a greeting': {greeting: '421 4.3.2 closing'},
	'450 to the recipient': {rcpt: '450 4.2.0 greylisted'},
	'451 to DATA': {data: '451 4.3.0 later'},
	'451 to the whole mail': {dot: '451 4.3.0 later'},
	'a slow greeting': {greeting: socket => setTimeout(() => socket.write('220 mail.example.com\r\n'), 2000)},
	'an end in the middle of the text': {text: 'drop'},
	'an end after the final dot': {dot: 'drop'},
	'an end after the greeting': {ehlo: 'drop'},
};

/** What it does each time, and how its notifier is then. */
const always: Readonly<Record<string, {readonly script: Script; readonly state: string; readonly reason?: RegExp}>> = {
	'552, too large': {script: {dot: '552 5.3.4 too large'}, state: 'well'},
	'550, no such mailbox': {script: {rcpt: '550 5.1.1 nobody'}, state: 'well'},
	'535, a wrong password': {
		script: {ehlo: '250-mail.example.com\r\n250 AUTH PLAIN', auth: '535 5.7.8 no'},
		state: 'broken',
		reason: /535/,
	},
	'454 to the login': {
		script: {ehlo: '250-mail.example.com\r\n250 AUTH PLAIN', auth: '454 4.7.0 later'},
		state: 'waiting',
		reason: /454/,
	},
	silence: {script: {greeting: 'silent'}, state: 'waiting', reason: /in vain waited for a greeting/},
};

const password = 'canary-7f3a';

/** As a name of a notifier: letters, digits and spaces. */
const nameOf = (fault: string) => fault.replaceAll(',', '');

function notifier(fault: string, port: number) {
	const login = /^(?:535|454)/.test(fault) ? {tls: 'none', user: 'bot', password} : {};
	return byMail(port, {name: nameOf(fault), smtp: {host: '127.0.0.1', port, ...login}});
}

/** What came whole to a server, and whether it says that it may be a copy; copies of one count once. */
async function toldAt({texts}: ScriptedSmtp) {
	const mails = await Promise.all(texts.map(read));
	const ids = mails.map(({email}) => email.messageId);
	return {
		story: mails.filter((_, index) => ids.indexOf(ids[index]) === index).map(mail => toldIn(mail).join()),
		copies: mails.filter((_, index) => ids.indexOf(ids[index]) < index),
	};
}

/** A service with a check, and everybody who is told of it. */
async function watched(notify: readonly object[]) {
	const service = await switchedService();
	const check = {name: 'shop', type: 'http', url: `http://127.0.0.1:${service.port}/`, ...quick};
	const engine = new MailedEngine({checks: [check], notify});
	await engine.start();
	await engine.isWell();
	return {engine, service};
}

const stateOf = (engine: MailedEngine, fault: string) =>
	engine.store.snapshot?.notifiers?.find(({name}) => name === nameOf(fault));

describe('mail servers with faults', () => {
	test('that pass: each is told once of the beginning and once of the end', async () => {
		const servers = await Promise.all(
			Object.entries(once).map(async ([fault, script]) => ({
				fault,
				server: await scriptedSmtp(connection => (connection === 0 ? script : {})),
			})),
		);
		const {engine, service} = await watched(servers.map(({fault, server}) => notifier(fault, server.port)));
		await service.stop();
		await engine.when('all are told', ([alert]) => alert?.told.sent === servers.length);
		await service.start();
		await engine.when('all are told again', ([alert]) => alert?.told.sent === 2 * servers.length);
		await engine.finish();
		const all = await Promise.all(servers.map(async ({fault, server}) => ({fault, ...(await toldAt(server))})));
		expect(all.map(({fault, story}) => `${fault}: ${story.join(', ')}`)).toEqual(
			servers.map(({fault}) => `${fault}: firing critical, resolved critical`),
		);
		const copied = all.filter(({copies}) => copies.length > 0);
		expect(copied.map(({fault, copies}) => `${fault}: ${copies.length}`)).toEqual([
			// The server took it, and then said that it did not: it is the one that nobody should keep.
			'451 to the whole mail: 1',
			'an end after the final dot: 1',
		]);
		expect(copied.at(-1)?.copies[0]?.email.text).toContain('(may repeat an earlier mail)');
	});

	test('that do not pass: it is said what is wrong, and no other waits for them', async () => {
		const well = await scriptedSmtp();
		const faults = await Promise.all(
			Object.entries(always).map(async ([fault, about]) => ({
				fault,
				...about,
				server: await scriptedSmtp(about.script),
			})),
		);
		const {engine, service} = await watched([
			byMail(well.port),
			...faults.map(({fault, server}) => notifier(fault, server.port)),
		]);
		await service.stop();
		await engine.when('the others have failed', ([alert]) => {
			const areAsExpected = faults.every(({fault, state}) => stateOf(engine, fault)?.state === state);
			return areAsExpected && alert?.told.sent === 1 && alert.told.refused === 2;
		});
		await service.start();
		await engine.when('it is over', ([alert]) => alert?.phase === 'resolved' && alert.told.sent === 2);
		const {code, stdout, stderr} = await start(command('alerts', 'list', '--json', '--state-dir', engine.directory))
			.said;
		expect({code, stderr}).toEqual({code: 0, stderr: ''});

		for (const {fault, state, reason, server} of faults) {
			expect(JSON.parse(stdout).notifiers).toContainEqual(
				expect.objectContaining({name: nameOf(fault), state, ...(reason && {reason: expect.stringMatching(reason)})}),
			);
			// Tried once, or once more after five seconds: nobody's account is locked for that.
			expect(server.connections(), fault).toBeLessThanOrEqual(state === 'waiting' ? 3 : 1);
			expect(server.texts.length, fault).toBe(fault.startsWith('552') ? 1 : 0);
		}

		expect(stdout + engine.running.stderr()).not.toContain(password);
		expect(await toldAt(well)).toMatchObject({story: ['firing critical', 'resolved critical'], copies: []});
		await engine.stop();
	});

	test('one of two recipients that it refuses: the other is told', async () => {
		const server = await scriptedSmtp({
			rcpt: socket => {
				const isRefused = server.commands.at(-1)?.includes('<gone@');
				socket.write(isRefused ? '550 5.1.1 nobody\r\n' : '250 2.1.5 Ok\r\n');
			},
		});
		const {engine, service} = await watched([byMail(server.port, {to: ['gone@example.com', 'ops@example.com']})]);
		await service.stop();
		await engine.when('one is told', ([alert]) => alert?.told.sent === 1 && alert.told.refused === 1);
		await service.start();
		await engine.when('one is told again', ([alert]) => alert?.told.sent === 2);
		await engine.finish();
		expect(await toldAt(server)).toMatchObject({story: ['firing critical', 'resolved critical'], copies: []});
		expect(server.commands.filter(line => line.includes('<gone@'))).toHaveLength(1);
	});

	testWith('openssl')(
		'a certificate that is not trusted: broken, nothing is sent, and told as soon as it is mended',
		async () => {
			const {untrusted, valid, ca} = await certificates();
			const port = await portForLater();
			const [bad, good] = [await mailRelay({certificate: untrusted}), await mailRelay({certificate: valid})];
			const smtp = (own: number) => ({host: 'localhost', port: own, tls: 'required', ca});
			const {engine, service} = await watched([byMail(port, {smtp: smtp(bad.port)})]);
			const checks = [{name: 'shop', type: 'http', url: `http://127.0.0.1:${service.port}/`, ...quick}];
			await service.stop();
			await engine.when('it is broken', () => stateOf(engine, 'mail')?.state === 'broken');
			engine.configure({checks, notify: [byMail(port, {smtp: smtp(good.port)})]});
			await engine.when('it is told', ([alert]) => alert?.told.sent === 1);
			await engine.stop();
			expect(bad.mails).toEqual([]);
			expect(good.mails.map(({isSecure}) => isSecure)).toEqual([true]);
		},
	);
});
