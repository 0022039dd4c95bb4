import {readFileSync} from 'node:fs';
import {createSecureContext, TLSSocket} from 'node:tls';
import {expect, test} from 'vitest';
import {redactor} from '../../src/core/redact.js';
import {email} from '../../src/notifiers/email.js';
import {type Certificates, certificates} from '../helpers/certificates.js';
import {mailRelay} from '../helpers/mail-relay.js';
import {notifierOf, told} from '../helpers/notify.js';
import {testWith} from '../helpers/outside.js';
import {scriptedSmtp} from '../helpers/scripted-smtp.js';

const addresses = {from: 'healthtop@example.com', to: ['ops@example.com']};
const login = {user: 'bot', password: 'canary-7f3a'};
const testTls = testWith('openssl');

/** What comes of a mail to this server. */
async function sentBy(server: object, more: Parameters<typeof told>[1] = {}) {
	return told(await notifierOf(email, {smtp: server, ...addresses}), more);
}

const here = (port: number, more: object = {}) => ({host: '127.0.0.1', port, ...more});

testTls('goes over STARTTLS with a login, and no stage tells the password', async () => {
	const {valid, ca} = await certificates();
	const relay = await mailRelay({certificate: valid, login});
	const {delivery, stages, left} = await sentBy(here(relay.port, {tls: 'required', ca, ...login}));
	expect(delivery.kind).toBe('accepted');
	expect(relay.mails).toMatchObject([{isSecure: true, user: 'bot'}]);
	expect(stages.map(({name}) => name)).toEqual([
		...[
			'resolve',
			'connect',
			'greeting',
			'ehlo',
			'starttls',
			'tls',
			'ehlo',
			'login',
			'mail',
			'rcpt',
			'data',
			'accepted',
		],
	]);
	expect(stages.find(({name}) => name === 'tls')?.text).toMatch(/^certificate of localhost, valid until /);
	expect(JSON.stringify(stages)).not.toMatch(/canary|Y2FuYXJ5|bot/);
	expect(left).toBe(0);
});

testTls('goes over TLS from the first byte on', async () => {
	const {valid, ca} = await certificates();
	const relay = await mailRelay({certificate: valid, secure: true, login});
	const {delivery, stages, left} = await sentBy(here(relay.port, {tls: 'implicit', ca, ...login}));
	expect(delivery.kind).toBe('accepted');
	expect(relay.mails).toMatchObject([{isSecure: true, user: 'bot'}]);
	expect(stages.slice(0, 5).map(({name}) => name)).toEqual(['resolve', 'connect', 'tls', 'greeting', 'ehlo']);
	expect(left).toBe(0);
});

testTls('goes by the names of this machine', async () => {
	const {valid, ca} = await certificates();
	const relay = await mailRelay({certificate: valid});
	const {delivery} = await sentBy({host: 'localhost', port: relay.port, tls: 'required', ca});
	expect(delivery.kind).toBe('accepted');
});

const bad: readonly (readonly [keyof Certificates, reason: RegExp, advice: RegExp])[] = [
	['expired', /its certificate has expired$/, /the server has to be mended/],
	['notYetValid', /its certificate is not valid yet$/, /the server has to be mended/],
	['wrongName', /its certificate is for another name$/, /set "host"/],
	['selfSigned', /its certificate is self-signed$/, /set "ca"/],
	['untrusted', /signed by nobody who is trusted here$/, /set "ca"/],
];

for (const [kind, reason, advice] of bad) {
	for (const tls of ['required', 'implicit'] as const) {
		testTls(`${tls}: tells no password to a server with a certificate that is ${kind}`, async () => {
			const all = await certificates();
			const relay = await mailRelay({
				certificate: all[kind] as Certificates['valid'],
				secure: tls === 'implicit',
				login,
			});
			const {delivery, stages, left} = await sentBy(here(relay.port, {tls, ca: all.ca, ...login}));
			expect(delivery).toMatchObject({kind: 'broken', reason: expect.stringMatching(reason)});
			expect(stages.at(-1)).toMatchObject({name: 'tls', isFailure: true, advice: expect.stringMatching(advice)});
			expect(relay.passwords).toEqual([]);
			expect(left).toBe(0);
		});
	}
}

testTls('insecure takes any certificate', async () => {
	const {expired} = await certificates();
	const relay = await mailRelay({certificate: expired, login});
	const {delivery} = await sentBy(here(relay.port, {tls: 'required', insecure: true, ...login}));
	expect(delivery.kind).toBe('accepted');
});

testTls('opportunistic: any certificate will do for a mail, and not for a password', async () => {
	const {selfSigned} = await certificates();
	const open = await mailRelay({certificate: selfSigned});
	expect((await sentBy(here(open.port))).delivery.kind).toBe('accepted');
	expect(open.mails).toMatchObject([{isSecure: true}]);
	const closed = await mailRelay({certificate: selfSigned, login});
	expect((await sentBy(here(closed.port, login))).delivery.kind).toBe('broken');
	expect(closed.passwords).toEqual([]);
});

test.each(['required', 'opportunistic'])('%s: a password stays here where there is no STARTTLS', async tls => {
	const smtp = await scriptedSmtp({ehlo: '250-mail.example.com\r\n250 AUTH PLAIN LOGIN'});
	const {delivery, stages, left} = await sentBy(here(smtp.port, {tls, ...login}));
	expect(delivery.kind).toBe('broken');
	expect(stages.at(-1)).toMatchObject({isFailure: true, advice: expect.stringContaining('STARTTLS')});
	expect(smtp.commands.filter(command => command.startsWith('AUTH'))).toEqual([]);
	expect(left).toBe(0);
});

test('required: nothing goes in the clear where there is no STARTTLS', async () => {
	const smtp = await scriptedSmtp();
	const {delivery, stages} = await sentBy(here(smtp.port, {tls: 'required'}));
	expect(delivery.kind).toBe('broken');
	expect(stages.at(-1)).toMatchObject({
		name: 'starttls',
		advice: expect.stringContaining('let the server offer STARTTLS'),
	});
	expect(smtp.commands.map(command => command.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
});

test('opportunistic: a password stays here where STARTTLS is refused', async () => {
	const ehlo = '250-mail.example.com\r\n250-STARTTLS\r\n250 AUTH PLAIN';
	const smtp = await scriptedSmtp({ehlo, starttls: '454 4.7.0 not now'});
	expect((await sentBy(here(smtp.port, login))).delivery.kind).toBe('broken');
	expect((await sentBy(here(smtp.port))).delivery.kind).toBe('accepted');
	expect(smtp.commands.filter(command => command.startsWith('AUTH'))).toEqual([]);
});

test('none: a password goes in the clear, for so it is written', async () => {
	const relay = await mailRelay({login, allowInsecureAuth: true});
	expect((await sentBy(here(relay.port, {tls: 'none', ...login}))).delivery.kind).toBe('accepted');
	expect(relay.mails).toMatchObject([{isSecure: false, user: 'bot'}]);
});

test.each<[what: string, starttls: string, kind: string]>([
	['not now', '454 4.7.0 TLS not available', 'later'],
	['never', '502 5.5.1 not known', 'broken'],
])('required: STARTTLS %s', async (_, starttls, kind) => {
	const smtp = await scriptedSmtp({ehlo: '250-mail.example.com\r\n250 STARTTLS', starttls});
	const {delivery, stages, left} = await sentBy(here(smtp.port, {tls: 'required'}));
	expect(delivery).toMatchObject({kind});
	expect(stages.at(-1)).toMatchObject({name: 'starttls', isFailure: true});
	expect(left).toBe(0);
});

test.each<[what: string, auth: string, delivery: object]>([
	['wrong password', '535 5.7.8 wrong', {kind: 'broken'}],
	['no such mechanism', '504 5.5.4 unknown', {kind: 'broken'}],
	['not now', '454 4.7.0 later', {kind: 'later', scope: 'channel', isUndecided: false}],
	['too often', '421 4.7.0 too many', {kind: 'later', scope: 'channel', isUndecided: false}],
	['an end', 'drop', {kind: 'later', scope: 'channel', isUndecided: false}],
])('judges a login: %s', async (_, auth, expected) => {
	const smtp = await scriptedSmtp({ehlo: '250-mail.example.com\r\n250 AUTH PLAIN', auth});
	const {delivery, stages, left} = await sentBy(here(smtp.port, {tls: 'none', ...login}));
	expect(delivery).toMatchObject(expected);
	expect(stages.at(-1)).toMatchObject({name: 'login', isFailure: true});
	expect(left).toBe(0);
});

test('says that there is no login', async () => {
	const smtp = await scriptedSmtp();
	const {delivery} = await sentBy(here(smtp.port, {tls: 'none', ...login}));
	expect(delivery).toEqual({kind: 'broken', reason: `127.0.0.1:${smtp.port} offers no login`});
});

test('a server that repeats a password makes nobody read it', async () => {
	const told64 = Buffer.from(`\0${login.user}\0${login.password}`).toString('base64');
	const smtp = await scriptedSmtp({
		ehlo: '250-mail.example.com\r\n250 AUTH PLAIN',
		auth: `535 5.7.8 ${login.password} ${told64} other-secret`,
	});
	const hide = redactor(['other-secret']);
	const {delivery, stages} = await sentBy(here(smtp.port, {tls: 'none', ...login}), {hide});
	expect(delivery).toMatchObject({reason: expect.stringContaining('535 5.7.8 [secret] [secret] [secret]')});
	expect(JSON.stringify(stages)).not.toMatch(/canary|other-secret/);
	expect(JSON.stringify(stages)).not.toContain(told64);
});

test('says that a port speaks no TLS from the first byte on', async () => {
	const smtp = await scriptedSmtp();
	const {delivery, stages, left} = await sentBy(here(smtp.port, {tls: 'implicit'}));
	expect(delivery).toMatchObject({kind: 'broken', reason: expect.stringContaining('does not speak TLS')});
	expect(stages.at(-1)).toMatchObject({name: 'tls', advice: expect.stringContaining('587')});
	expect(left).toBe(0);
});

testTls('says that a server has only old versions of TLS', async () => {
	const {valid, ca} = await certificates();
	const relay = await mailRelay({
		certificate: valid,
		minVersion: 'TLSv1',
		maxVersion: 'TLSv1.1',
		ciphers: 'ALL:@SECLEVEL=0',
	});
	const {delivery, left} = await sentBy(here(relay.port, {tls: 'required', ca}));
	expect(delivery).toMatchObject({kind: 'broken', reason: expect.stringContaining('older than 1.2')});
	expect(left).toBe(0);
});

testTls('says that the file of authorities is none', async () => {
	const smtp = await scriptedSmtp();

	for (const ca of ['/nonexistent.pem', '/etc/hosts']) {
		const {delivery} = await sentBy(here(smtp.port, {ca}));
		expect(delivery).toEqual({kind: 'broken', reason: 'the file of certificates to trust cannot be used'});
	}

	expect(smtp.connections()).toBe(0);
});

test.each(['required', 'implicit'])('%s: is closed when its time is up amid the handshake', async tls => {
	const controller = new AbortController();
	const hang = () => controller.abort();
	const smtp = await scriptedSmtp({
		greeting: socket => {
			if (tls === 'implicit') {
				socket.once('data', hang);
			} else {
				socket.write('220 mail.example.com\r\n');
			}
		},
		ehlo: '250-mail.example.com\r\n250 STARTTLS',
		starttls: socket => {
			socket.write('220 go\r\n');
			socket.once('data', hang);
		},
	});
	const {delivery, stages, left} = await sentBy(here(smtp.port, {tls}), {signal: controller.signal});
	expect(delivery).toMatchObject({kind: 'later', scope: 'channel', isUndecided: false});
	expect(stages.at(-1)).toMatchObject({name: 'tls', isFailure: true});
	expect(left).toBe(0);
});

testTls('what was said before TLS counts for nothing', async () => {
	const {valid, ca} = await certificates();
	const secureContext = createSecureContext({cert: readFileSync(valid.cert), key: readFileSync(valid.key)});
	const said: string[] = [];
	const smtp = await scriptedSmtp({
		ehlo: '250-mail.example.com\r\n250 STARTTLS',
		starttls: socket => {
			socket.removeAllListeners('data');
			socket.write('220 go\r\n250-mail.example.com\r\n250 AUTH PLAIN\r\n');
			const secured = new TLSSocket(socket, {isServer: true, secureContext});
			secured.on('error', () => {});
			secured.on('data', chunk => {
				said.push(chunk.toString());
				secured.write('250 mail.example.com\r\n');
			});
		},
	});
	const {delivery} = await sentBy(here(smtp.port, {tls: 'required', ca, ...login}));
	expect(delivery.kind).not.toBe('accepted');
	expect(said.join('')).not.toContain('AUTH');
});
