import {copyFileSync, utimesSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {certificate} from '../../src/checks/certificate.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {certificates} from '../helpers/certificates.js';
import {folder} from '../helpers/folder.js';
import {freePort, listening} from '../helpers/listening.js';
import {type MoreCertificates, moreCertificates} from '../helpers/more-certificates.js';
import {startNginx} from '../helpers/nginx.js';
import {startOpensslServer} from '../helpers/openssl-server.js';
import {testWith} from '../helpers/outside.js';

const testWithNginx = testWith('nginx', 'openssl');

type Expected = {readonly text: string; readonly days: number; readonly reason?: string; readonly status?: 'warning'};

const unsent = (name: string) =>
	`certificate chain is incomplete: '${name}', which signed it, was not sent and is not trusted here`;

/** Of those that the http check is tested with, too. */
const kinds = {
	valid: {text: '90 days', days: 90},
	soon: {text: '5 days', days: 5},
	expired: {text: 'expired 3 days ago', days: -3, reason: 'certificate expired 3 days ago'},
	notYetValid: {
		text: 'not valid for another 2 days',
		days: 90,
		reason: 'certificate not valid before 2 days from now',
	},
	selfSigned: {text: '90 days', days: 90, reason: 'certificate is self-signed'},
	untrusted: {text: '90 days', days: 90, reason: unsent('healthtop test stranger')},
	wrongName: {text: '90 days', days: 90, reason: "certificate is not for 'localhost' but for 'other.example'"},
	incomplete: {text: '90 days', days: 90, reason: unsent('healthtop test intermediate')},
	complete: {text: '90 days', days: 90},
} satisfies Record<string, Expected>;

for (const [name, {text, days, reason}] of Object.entries<Expected>(kinds)) {
	testWithNginx(`a server's certificate that is ${name}`, async () => {
		const all = await certificates();
		const {port} = await startNginx('', {certificate: all[name as keyof typeof kinds]});
		const answer = await answerOf(certificate, {host: 'localhost', port, ca: all.ca});
		expect(answer).toMatchObject({
			text,
			measures: {days},
			findings: reason === undefined ? [] : [{status: 'critical', reason}],
			certificate: {subject: 'localhost'},
		});
		expect(Math.trunc((answer.values.CERTIFICATE_EXPIRATION ?? Number.NaN) / 86_400_000)).toBe(days);
	});
}

const oddKinds: Partial<Readonly<Record<keyof MoreCertificates, Expected>>> = {
	fadingChain: {
		text: '89 days',
		days: 89,
		status: 'warning',
		reason: "'healthtop test fading' of the chain expires in 4 days",
	},
	staleChain: {text: '89 days', days: 89, reason: "'healthtop test stale' of the chain expired 1 day ago"},
	inOrder: {text: '89 days', days: 89},
	reversed: {text: '89 days', days: 89},
	withRoot: {text: '89 days', days: 89},
	strangerWithRoot: {
		text: '89 days',
		days: 89,
		reason: "certificate is signed by 'healthtop test stranger', which is not trusted here",
	},
	noName: {text: '89 days', days: 89},
	noCommonName: {text: '89 days', days: 89},
	manyNames: {text: '89 days', days: 89},
};

for (const [name, {text, days, reason, status = 'critical'}] of Object.entries(oddKinds)) {
	testWithNginx(`a server's certificate of the kind ${name}`, async () => {
		const all = await moreCertificates();
		const {port} = await startNginx('', {certificate: all[name as Exclude<keyof MoreCertificates, 'ca'>]});
		const answer = await answerOf(certificate, {host: '127.0.0.1', port, ca: all.ca});
		const findings = reason === undefined ? [] : [{status, reason}];
		expect(answer).toMatchObject({text, measures: {days}, findings});
	});
}

testWith('openssl')('tells what there is to know', async () => {
	const all = await certificates();
	const port = await startOpensslServer(all.complete);
	const {facts} = await answerOf(certificate, {host: 'localhost', port, ca: all.ca});
	const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	// That of the chain is told where it ends sooner: by a second, as quick as openssl was.
	const told = facts?.filter(({label}) => label !== 'chain valid to').map(({label, value}) => [label, value]);
	expect(Object.fromEntries(told ?? [])).toEqual({
		subject: 'localhost',
		issuer: 'healthtop test intermediate',
		names: 'localhost, 127.0.0.1, 0:0:0:0:0:0:0:1',
		'valid from': date,
		'valid to': date,
		chain: 'localhost, healthtop test intermediate, healthtop test root',
		serial: expect.stringMatching(/^[0-9A-F]{30,40}$/),
		key: 'EC prime256v1',
		protocol: 'TLSv1.3',
	});
});

async function factOf(kind: Exclude<keyof MoreCertificates, 'ca'>, label: string) {
	const all = await moreCertificates();
	const {facts} = await answerOf(certificate, {file: all[kind].cert});
	return facts?.find(fact => fact.label === label)?.value;
}

testWith('openssl')('tells keys, names that are many, and subjects that are none', async () => {
	expect(await factOf('rsa', 'key')).toBe('RSA 2048');
	expect(await factOf('ed25519', 'key')).toBe('ED25519');
	expect(await factOf('noCommonName', 'subject')).toBe('Shop Ltd');
	expect(await factOf('noName', 'subject')).toBe('-');
	expect(await factOf('tooManyNames', 'names')).toMatch(/^localhost, 127\.0\.0\.1, shop-0\..* and 9982 more$/);
	expect(await factOf('hostile', 'subject')).toBe('\\x1b]0;owned\\x07');
});

testWithNginx('takes another name to ask for, and what is trusted by the machine', async () => {
	const all = await certificates();
	const {port} = await startNginx('', {certificate: all.wrongName});
	const options = {host: '127.0.0.1', port, serverName: 'other.example'};
	expect((await answerOf(certificate, {...options, ca: all.ca})).findings).toEqual([]);
	expect((await answerOf(certificate, options)).findings).toEqual([
		{status: 'critical', reason: unsent('healthtop test root')},
	]);
});

testWithNginx('has nothing against a certificate where that is wanted, but counts its days', async () => {
	const all = await certificates();
	const {port} = await startNginx('', {certificate: all.expired});
	const answer = await answerOf(certificate, {host: '127.0.0.1', port, insecure: true});
	expect(answer).toMatchObject({text: 'expired 3 days ago', findings: [], measures: {days: -3}});
});

testWith('openssl')('says what is weak, old or demanded', async () => {
	const all = {...(await certificates()), ...(await moreCertificates())};
	const weak = ['-cipher', 'DEFAULT@SECLEVEL=0'];
	const ask = (port: number) => answerOf(certificate, {host: '127.0.0.1', port, ca: all.ca});
	expect(await ask(await startOpensslServer(all.sha1, ...weak))).toMatchObject({
		text: '89 days',
		findings: [{reason: 'certificate not trusted (often a signature with SHA-1, which is too weak)'}],
	});
	const old = await startOpensslServer(all.valid, '-tls1_1', ...weak);
	expect((await ask(old)).failure).toEqual({
		status: 'critical',
		reason: `TLS failed: 127.0.0.1:${old} speaks only versions older than 1.2`,
	});
	const demanding = await startOpensslServer(all.valid, '-tls1_2', '-Verify', '1');
	expect((await ask(demanding)).failure).toEqual({
		status: 'critical',
		reason: `TLS failed: 127.0.0.1:${demanding} and healthtop have no cipher in common, or it wants a certificate of ours`,
	});
	expect(await ask(await startOpensslServer(all.valid, '-tls1_3', '-Verify', '1'))).toMatchObject({
		text: '90 days',
		findings: [],
	});
	const long = await startOpensslServer(all.tooManyNames);
	expect((await ask(long)).failure).toEqual({
		status: 'critical',
		reason: `TLS failed: 127.0.0.1:${long} sends a certificate of more than 100 KiB`,
	});
});

testWith('openssl')('says so where a server has no certificate for a name', async () => {
	const {valid, ca} = await certificates();
	const more = ['-servername', 'other.test', '-servername_fatal', '-cert2', valid.cert, '-key2', valid.key];
	const port = await startOpensslServer(valid, ...more);
	const {failure} = await answerOf(certificate, {host: 'localhost', port, ca});
	expect(failure?.reason).toBe(`TLS failed: localhost:${port} has no certificate for that name`);
});

test('says where nothing listens', async () => {
	const port = await freePort();
	const {failure, values} = await answerOf(certificate, {host: '127.0.0.1', port});
	expect(failure).toEqual({status: 'critical', reason: `refused on 127.0.0.1:${port}`});
	expect(values).toEqual({CONNECTED: false});
});

test('says where no TLS is spoken', async () => {
	const {port} = await listening(socket => socket.end('220 mail.example.com ESMTP\r\n'));
	const {failure} = await answerOf(certificate, {host: '127.0.0.1', port});
	expect(failure).toEqual({status: 'critical', reason: `no TLS on 127.0.0.1:${port}: it speaks something else`});
});

test('says where the connection is closed instead', async () => {
	const {port} = await listening(socket => socket.once('data', () => socket.destroy()));
	const {failure} = await answerOf(certificate, {host: '127.0.0.1', port});
	expect(failure).toEqual({status: 'critical', reason: `127.0.0.1:${port} closed the connection when TLS began`});
});

test('ends at its deadline where nobody answers', async () => {
	const {port} = await listening(socket => socket.resume());
	const {answer, ...ended} = await hangingAnswer(certificate, {host: '127.0.0.1', port});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual({
		status: 'critical',
		reason: 'no answer in 300 ms: connected, then no answer to TLS',
		isTimeout: true,
	});
});

testWith('openssl')('ends at its deadline where the answer comes in drops', async () => {
	const {valid, ca} = await certificates();
	const upstream = await startOpensslServer(valid);
	const {port} = await listening(socket => {
		const server = connect(upstream, '127.0.0.1').on('error', () => {});
		let answer = Buffer.alloc(0);
		socket.pipe(server);
		server.on('data', chunk => {
			answer = Buffer.concat([answer, chunk]);
		});
		const timer = setInterval(() => {
			socket.write(answer.subarray(0, 1));
			answer = answer.subarray(1);
		}, 10);
		socket.on('close', () => {
			clearInterval(timer);
			server.destroy();
		});
	});
	const {answer, isInTime} = await hangingAnswer(certificate, {host: '127.0.0.1', port, ca});
	expect(isInTime).toBe(true);
	expect(answer.failure?.reason).toBe('no answer in 300 ms: connected, then no answer to TLS');
});

test.each([
	['/nonexistent', 'ENOENT'],
	['/proc/self/status', 'no certificates'],
	['/proc', 'no certificates'],
	['/dev/zero', 'no certificates'],
])('blames nobody else where ca is %s', async (ca, problem) => {
	const {port} = await listening(socket => socket.resume());
	const {failure} = await answerOf(certificate, {host: '127.0.0.1', port, ca});
	expect(failure).toEqual({status: 'unknown', reason: `not asked: ca ${ca} cannot be used (${problem})`});
});

testWithNginx('reads what is trusted again when it has changed', async () => {
	const {valid, ca} = await certificates();
	const {port} = await startNginx('', {certificate: valid});
	const file = join(folder(), 'ca.pem');
	copyFileSync((await moreCertificates()).stale.cert, file);
	const options = {host: '127.0.0.1', port, ca: file};
	expect((await answerOf(certificate, options)).findings).toHaveLength(1);
	copyFileSync(ca, file);
	utimesSync(file, 1e9, 1e9);
	expect((await answerOf(certificate, options)).findings).toEqual([]);
});

test('demands three weeks, and one at least, where nothing is configured', () => {
	expect(certificate.conditions({})).toEqual([
		{warning: '[CERTIFICATE_EXPIRATION] > 504h'},
		{critical: '[CERTIFICATE_EXPIRATION] > 168h'},
	]);
});

test.each<[options: object, words: string]>([
	[{}, 'must have either \\"host\\" or \\"file\\", and not both'],
	[{host: 'a', file: '/a'}, 'must have either \\"host\\" or \\"file\\", and not both'],
	[{file: '/a', port: 443}, 'must have \\"port\\" and \\"startTls\\" only beside \\"host\\"'],
	[{file: '/a', startTls: 'smtp'}, 'must have \\"port\\" and \\"startTls\\" only beside \\"host\\"'],
	[{file: 'a.pem'}, 'must be an absolute path'],
	[{host: 'a', port: 0}, 'must be a whole number from 1 to 65535'],
	[{host: 'a', startTls: 'gopher'}, 'startTls'],
	[{host: 'a', ca: 'ca.pem'}, 'must be an absolute path'],
])('refuses %j', async (options, words) => {
	await expect(answerOf(certificate, options)).rejects.toThrow(words);
});
