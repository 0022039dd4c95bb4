import {expect, test} from 'vitest';
import {email} from '../../src/notifiers/email.js';
import {freePort} from '../helpers/listening.js';
import {read} from '../helpers/maildir.js';
import {item, message} from '../helpers/messages.js';
import {notifierOf, told} from '../helpers/notify.js';
import {type Act, type Script, scriptedSmtp} from '../helpers/scripted-smtp.js';

const addresses = {from: 'healthtop@example.com', to: ['ops@example.com']};

/** A notifier that has only this server. */
async function by(port: number, more: object = {}) {
	return notifierOf(email, {smtp: {host: '127.0.0.1', port, ...more}, ...addresses});
}

test('hands a mail over, and tells each stage', async () => {
	const smtp = await scriptedSmtp();
	const {delivery, stages, left} = await told(await by(smtp.port));
	expect(delivery).toEqual({kind: 'accepted', response: '250 2.0.0 Ok: queued as 4F1'});
	expect(stages.map(({name}) => name)).toEqual([
		'resolve',
		'connect',
		'greeting',
		'ehlo',
		'mail',
		'rcpt',
		'data',
		'accepted',
	]);
	expect(smtp.commands.map(command => command.replace(/(?<=^EHLO ).*| SIZE=.*/, ''))).toEqual([
		'EHLO ',
		'MAIL FROM:<healthtop@example.com>',
		'RCPT TO:<ops@example.com>',
		'DATA',
		'QUIT',
	]);
	expect(left).toBe(0);
	const [text = Buffer.of()] = smtp.texts;
	expect((await read(text)).email).toMatchObject({subject: '[healthtop] web-01: orders-db'});
});

const later = (scope: 'channel' | 'message', isUndecided = false) => ({kind: 'later', scope, isUndecided});
const refused = {kind: 'refused'};
const broken = {kind: 'broken'};

test.each<[what: string, script: Script, delivery: object, stage: string]>([
	['421 instead of a greeting', {greeting: '421 4.3.2 busy'}, later('channel'), 'greeting'],
	['554 instead of a greeting', {greeting: '554 5.3.2 go away'}, later('channel'), 'greeting'],
	['something else than SMTP', {greeting: 'SSH-2.0-OpenSSH_9.2'}, later('channel'), 'greeting'],
	['a greeting without end', {greeting: socket => void socket.write('2'.repeat(70_000))}, later('channel'), 'greeting'],
	['an end instead of a greeting', {greeting: 'drop'}, later('channel'), 'greeting'],
	['421 to EHLO', {ehlo: '421 4.7.0 busy'}, later('channel'), 'ehlo'],
	['neither EHLO nor HELO', {ehlo: '550 5.7.1 bad name', helo: '550 5.7.1 bad name'}, later('channel'), 'ehlo'],
	['an end at EHLO', {ehlo: 'drop'}, later('channel'), 'ehlo'],
	['451 at MAIL', {mail: '451 4.3.0 later'}, later('channel'), 'mail'],
	['421 at MAIL', {mail: '421 4.3.0 later'}, later('channel'), 'mail'],
	['530 at MAIL', {mail: '530 5.7.0 Authentication required'}, broken, 'mail'],
	['553 at MAIL', {mail: '553 5.7.1 sender not wanted'}, broken, 'mail'],
	['552 at MAIL', {mail: '552 5.3.4 too large'}, refused, 'mail'],
	['an end at MAIL', {mail: 'drop'}, later('channel'), 'mail'],
	['450 at RCPT', {rcpt: '450 4.2.0 greylisted'}, later('message'), 'rcpt'],
	['421 at RCPT', {rcpt: '421 4.3.0 later'}, later('channel'), 'rcpt'],
	['550 at RCPT', {rcpt: '550 5.1.1 no such user'}, refused, 'rcpt'],
	['554 at RCPT', {rcpt: '554 5.7.1 relay access denied'}, refused, 'rcpt'],
	['an end at RCPT', {rcpt: 'drop'}, later('channel'), 'rcpt'],
	['451 at DATA', {data: '451 4.3.0 later'}, later('message'), 'data'],
	['554 at DATA', {data: '554 5.5.1 no'}, refused, 'data'],
	['an end at DATA', {data: 'drop'}, later('channel'), 'data'],
	['an end amid the text', {text: 'drop'}, later('message', true), 'accepted'],
	['an end after the dot', {dot: 'drop'}, later('message', true), 'accepted'],
	['half an answer after the dot', {dot: socket => void socket.end('550 no')}, later('message', true), 'accepted'],
	['something else than an answer to the mail', {dot: 'what'}, later('message', true), 'accepted'],
	['421 after the dot', {dot: '421 4.3.0 later'}, later('channel'), 'accepted'],
	['451 after the dot', {dot: '451 4.3.0 later'}, later('message'), 'accepted'],
	['552 after the dot', {dot: '552 5.2.2 full'}, refused, 'accepted'],
	['554 after the dot', {dot: '554 5.7.1 spam'}, refused, 'accepted'],
	['a size that is too small', {ehlo: '250-mail.example.com\r\n250 SIZE 1000'}, refused, 'mail'],
	[
		'PIPELINING, and 550 at RCPT',
		{ehlo: '250-mail.example.com\r\n250 PIPELINING', rcpt: '550 5.1.1 no such user', data: '554 5.5.1 no recipients'},
		refused,
		'rcpt',
	],
	[
		'PIPELINING, and 421 at MAIL',
		{ehlo: '250-mail.example.com\r\n250 PIPELINING', mail: '421 4.3.0 later'},
		later('channel'),
		'mail',
	],
])('judges %s', async (_, script, expected, stage) => {
	const smtp = await scriptedSmtp(script);
	const {delivery, stages, left} = await told(await by(smtp.port));
	expect(delivery).toMatchObject(expected);
	expect(stages.at(-1)).toMatchObject({name: stage, isFailure: true});
	expect(left).toBe(0);
});

test.each<[stage: string, script: Script, isUndecided: boolean]>([
	['ehlo', {ehlo: 'silent'}, false],
	['mail', {mail: 'silent'}, false],
	['rcpt', {rcpt: 'silent'}, false],
	['data', {data: 'silent'}, false],
	['accepted', {text: 'silent'}, true],
	['accepted', {dot: 'silent'}, true],
])('is closed as soon as its time is up while it waits: %s, %o', async (stage, script, isUndecided) => {
	const controller = new AbortController();
	const stop: Act = () => controller.abort();
	const silent = Object.keys(script)[0] ?? '';
	const smtp = await scriptedSmtp({...script, [silent]: stop});
	const {delivery, stages, left, timers, ms} = await told(await by(smtp.port), {signal: controller.signal});
	expect(delivery).toMatchObject({kind: 'later', isUndecided, scope: isUndecided ? 'message' : 'channel'});
	expect(stages.at(-1)).toMatchObject({name: stage, isFailure: true});
	expect(ms).toBeLessThan(5000);
	expect({left, timers}).toEqual({left: 0, timers: 0});
});

test.each(['resolve', 'connect', 'greeting', 'ehlo', 'mail', 'rcpt', 'data'])(
	'is closed when its time is up right after %s',
	async last => {
		const controller = new AbortController();
		const smtp = await scriptedSmtp();
		const {delivery, left} = await told(await by(smtp.port), {
			signal: controller.signal,
			onStage: ({name}) => {
				if (name === last) {
					controller.abort();
				}
			},
		});
		expect(delivery).toMatchObject({kind: 'later'});
		expect(left).toBe(0);
	},
);

test('does nothing where its time is up before it begins', async () => {
	const smtp = await scriptedSmtp();
	const {delivery} = await told(await by(smtp.port), {signal: AbortSignal.abort()});
	expect(delivery).toMatchObject(later('channel'));
	expect(smtp.connections()).toBe(0);
});

test('is ended by a slow drip only when its time is up', async () => {
	const controller = new AbortController();
	let dripped = 0;
	const smtp = await scriptedSmtp({
		greeting: socket => {
			socket.setNoDelay(true);
			const drip = () => {
				if (!socket.destroyed && dripped < 50) {
					dripped += 1;
					socket.write('2', () => setImmediate(drip));
				} else {
					controller.abort();
				}
			};
			drip();
		},
	});
	const {delivery, left} = await told(await by(smtp.port), {signal: controller.signal});
	expect(delivery).toMatchObject(later('channel'));
	expect(left).toBe(0);
});

test('says who refused, and what to look at', async () => {
	const port = await freePort();
	const {delivery, stages} = await told(await by(port));
	expect(delivery).toEqual({...later('channel'), reason: `refused on 127.0.0.1:${port}`});
	expect(stages.at(-1)).toEqual({
		name: 'connect',
		text: `refused on 127.0.0.1:${port}`,
		isFailure: true,
		advice: 'check "host", "port" (587, 465 or 25) and firewalls',
	});
});

test('a name that leads nowhere may lead somewhere later', async () => {
	const notify = await notifierOf(email, {smtp: {host: 'mail.invalid', port: 25}, ...addresses});
	const {delivery, stages, left} = await told(notify);
	expect(delivery).toMatchObject(later('channel'));
	expect(stages.at(-1)).toMatchObject({name: 'resolve', isFailure: true});
	expect(left).toBe(0);
});

test('what was deferred arrives once, under the same name', async () => {
	const smtp = await scriptedSmtp(connection => (connection === 0 ? {rcpt: '450 4.2.0 greylisted'} : {}));
	const notify = await by(smtp.port);
	expect((await told(notify)).delivery).toMatchObject(later('message'));
	expect((await told(notify)).delivery).toMatchObject({kind: 'accepted'});
	expect(smtp.texts).toHaveLength(1);
});

test('each try of a message is the same mail, but for the note of a repetition', async () => {
	const smtp = await scriptedSmtp(connection => (connection === 0 ? {dot: 'drop'} : {}));
	const notify = await by(smtp.port);
	expect((await told(notify)).delivery).toMatchObject(later('message', true));
	await told(notify);
	await told(notify, {message: message({mayRepeat: true})});
	const [first, second, third] = smtp.texts;
	expect(second).toEqual(first);
	const [one, other] = await Promise.all([read(first ?? Buffer.of()), read(third ?? Buffer.of())]);
	expect(other.email.messageId).toBe(one.email.messageId);
	expect(other.email.text).toBe(one.email.text?.replace('\n', '\n(may repeat an earlier mail)\n'));
});

test('each of two recipients has a mail of its own', async () => {
	const smtp = await scriptedSmtp(connection => (connection === 0 ? {rcpt: '550 5.1.1 no such user'} : {}));
	const options = {
		smtp: {host: '127.0.0.1', port: smtp.port},
		from: addresses.from,
		to: ['gone@example.com', 'ops@example.com'],
	};
	expect(email.recipients(options)).toEqual(options.to);
	const notify = await notifierOf(email, options);
	expect((await told(notify, {recipient: 'gone@example.com'})).delivery.kind).toBe('refused');
	expect((await told(notify, {recipient: 'ops@example.com'})).delivery.kind).toBe('accepted');
	expect(smtp.commands.filter(command => command.startsWith('RCPT'))).toEqual([
		'RCPT TO:<gone@example.com>',
		'RCPT TO:<ops@example.com>',
	]);
});

test('a hundred incidents are one header each', async () => {
	const smtp = await scriptedSmtp();
	const items = Array.from({length: 100}, (_, at) => item({incident: `k${at}`}));
	await told(await by(smtp.port), {message: message({items})});
	const {email: parsed} = await read(smtp.texts[0] ?? Buffer.of());
	expect(parsed.headers.filter(({key}) => key === 'x-healthtop-alert').map(({value}) => value)).toEqual(
		items.map(({incident}) => `${incident}; tells=firing; severity=critical`),
	);
});
