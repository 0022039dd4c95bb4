import {readFileSync} from 'node:fs';
import type {Socket} from 'node:net';
import {createSecureContext, TLSSocket} from 'node:tls';
import {expect, test} from 'vitest';
import {certificate} from '../../src/checks/certificate.js';
import type {StartTls} from '../../src/checks/start-tls-names.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {certificates} from '../helpers/certificates.js';
import {listening} from '../helpers/listening.js';
import {mariaDbPrograms, startMariaDb} from '../helpers/mariadb.js';
import {error, greeting} from '../helpers/mysql-packets.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {startPostfix} from '../helpers/postfix.js';
import {postgresPath, startPostgres} from '../helpers/postgres.js';

const well = {text: '90 days', findings: [], measures: {days: 90}};

testAsRoot('postfix', 'openssl')('asks Postfix for its certificate, which hears nothing to complain of', async () => {
	const {valid, ca} = await certificates();
	const postfix = await startPostfix({certificate: valid});
	const answer = await answerOf(certificate, {host: '127.0.0.1', port: postfix.port, startTls: 'smtp', ca});
	expect(answer).toMatchObject(well);
	await postfix.stop();
	expect(postfix.log()).toContain('starttls=1 quit=1 commands=3');
	expect(postfix.log()).not.toMatch(/error|lost connection|warning/);
});

testAsRoot('postfix')('says that Postfix offers no STARTTLS', async () => {
	const {port} = await startPostfix();
	const {failure} = await answerOf(certificate, {host: '127.0.0.1', port, startTls: 'smtp'});
	expect(failure).toEqual({status: 'critical', reason: `127.0.0.1:${port} does not offer STARTTLS`});
});

testWith(...mariaDbPrograms, 'openssl')('asks MariaDB for its certificate', async () => {
	const {valid, ca} = await certificates();
	const mariadb = await startMariaDb(`--ssl-cert=${valid.cert}`, `--ssl-key=${valid.key}`);

	try {
		const options = {host: '127.0.0.1', port: mariadb.port, startTls: 'mysql', ca};
		expect(await answerOf(certificate, options)).toMatchObject(well);
	} finally {
		await mariadb.stop();
	}
});

testWith(postgresPath, 'openssl')('asks PostgreSQL for its certificate', async () => {
	const {expired, ca} = await certificates();
	const {port} = await startPostgres({certificate: expired});
	const answer = await answerOf(certificate, {host: '127.0.0.1', port, startTls: 'postgres', ca});
	expect(answer).toMatchObject({
		text: 'expired 3 days ago',
		findings: [{status: 'critical', reason: 'certificate expired 3 days ago'}],
	});
});

testWith(postgresPath)('says that PostgreSQL offers no TLS', async () => {
	const {port} = await startPostgres();
	const {failure} = await answerOf(certificate, {host: '127.0.0.1', port, startTls: 'postgres'});
	expect(failure).toEqual({status: 'critical', reason: `127.0.0.1:${port} does not offer TLS`});
});

type Step = readonly [wait: RegExp | undefined, say: string];

/** Says each text as soon as the client has said what it waits for; `TLS` begins it. */
function scripted(steps: readonly Step[], beginTls: (socket: Socket) => void = () => {}): (socket: Socket) => void {
	return socket => {
		const left = [...steps];
		let heard = '';
		const go = () => {
			while (left[0] && (left[0][0] === undefined || left[0][0].test(heard))) {
				const [, say = ''] = left.shift() ?? [];
				heard = '';

				if (say === 'TLS') {
					socket.off('data', hear);
					beginTls(socket);
				} else {
					socket.write(say, 'latin1');
				}
			}
		};
		const hear = (chunk: Buffer) => {
			heard += chunk.toString('latin1');
			go();
		};
		socket.on('data', hear);
		go();
	};
}

/** How each protocol goes where all is well, written by hand from its RFC. */
const dialogs: readonly (readonly [protocol: StartTls, steps: readonly Step[]])[] = [
	[
		'smtp',
		[
			[undefined, '220-mail.example.com\r\n220 ESMTP\r\n'],
			[/^EHLO \S+\r\n$/, '250-mail.example.com\r\n250-PIPELINING\r\n250-StartTLS\r\n250 8BITMIME\r\n'],
			[/^STARTTLS\r\n$/, '220 2.0.0 Ready\r\n'],
			[undefined, 'TLS'],
		],
	],
	[
		'imap',
		[
			[undefined, '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n'],
			[/^a STARTTLS\r\n$/, '* CAPABILITY IMAP4rev1\r\n* 3 EXISTS\r\na ok begin\r\n'],
			[undefined, 'TLS'],
		],
	],
	[
		'pop3',
		[
			[undefined, '+OK ready <1@x>\r\n'],
			[/^STLS\r\n$/, '+OK begin\r\n'],
			[undefined, 'TLS'],
		],
	],
	[
		'ftp',
		[
			[undefined, '220-Welcome\r\n 221 here\r\nto all\r\n220 ready\r\n'],
			[/^AUTH TLS\r\n$/, '234 begin\n'],
			[undefined, 'TLS'],
		],
	],
	[
		'postgres',
		[
			[/^\0\0\0\x08\x04\xd2\x16\x2f$/, 'S'],
			[undefined, 'TLS'],
		],
	],
];

for (const [protocol, steps] of dialogs) {
	testWith('openssl')(`speaks ${protocol}`, async () => {
		const {valid, ca} = await certificates();
		const secureContext = createSecureContext({cert: readFileSync(valid.cert), key: readFileSync(valid.key)});
		const begin = (socket: Socket) => new TLSSocket(socket, {isServer: true, secureContext}).on('error', () => {});
		const {port} = await listening(scripted(steps, begin));
		const answer = await answerOf(certificate, {host: '127.0.0.1', port, startTls: protocol, ca});
		expect(answer).toMatchObject(well);
	});
}

const greets: Step = [undefined, '220 mail\r\n'];
const offers: Step = [/EHLO/, '250-mail\r\n250 STARTTLS\r\n'];

/** HERE is where the server is. */
const faults: Readonly<Record<string, readonly [protocol: StartTls, steps: readonly Step[], reason: string]>> = {
	'refuses STARTTLS': [
		'smtp',
		[greets, offers, [/STARTTLS/, '502 5.5.1 not \x1b]0;here\x07\r\n']],
		'HERE does not offer STARTTLS: 502 5.5.1 not \\x1b]0;here\\x07',
	],
	'does not know EHLO': ['smtp', [greets, [/EHLO/, '500 what?\r\n']], 'HERE does not offer STARTTLS: 500 what?'],
	'offers no STARTTLS': ['smtp', [greets, [/EHLO/, '250-mail\r\n250 XSTARTTLS\r\n']], 'HERE does not offer STARTTLS'],
	'lets nobody in': ['smtp', [[undefined, '554 no mail here\r\n']], 'HERE greets with 554 no mail here'],
	'says more than it should (smtp)': [
		'smtp',
		[greets, offers, [/STARTTLS/, '220 go on\r\n250 injected\r\n']],
		'HERE goes on in the clear after it has agreed to TLS',
	],
	'says more than it should (imap)': [
		'imap',
		[
			[undefined, '* OK\r\n'],
			[/STARTTLS/, 'a OK go on\r\na OK [CAPABILITY IMAP4rev1] injected\r\n'],
		],
		'HERE goes on in the clear after it has agreed to TLS',
	],
	'says more than it should (pop3)': [
		'pop3',
		[
			[undefined, '+OK\r\n'],
			[/STLS/, '+OK go on\r\n+'],
		],
		'HERE goes on in the clear after it has agreed to TLS',
	],
	'says more than it should (postgres)': [
		'postgres',
		[[/\x2f$/, 'SE']],
		'HERE goes on in the clear after it has agreed to TLS',
	],
	'refuses STARTTLS (imap)': [
		'imap',
		[
			[undefined, '* OK\r\n'],
			[/STARTTLS/, '* BYE\r\na BAD no\r\n'],
		],
		'HERE does not offer STARTTLS: a BAD no',
	],
	'lets nobody in (imap)': ['imap', [[undefined, '* BYE too many\r\n']], 'HERE greets with * BYE too many'],
	'refuses STLS': [
		'pop3',
		[
			[undefined, '+OK\r\n'],
			[/STLS/, '-ERR no\r\n'],
		],
		'HERE does not offer STARTTLS: -ERR no',
	],
	'refuses AUTH TLS': ['ftp', [greets, [/AUTH/, '530 no\r\n']], 'HERE does not offer TLS: 530 no'],
	'is another server': ['postgres', [[/\x2f$/, 'E']], 'no PostgreSQL on HERE'],
	'refuses TLS (postgres)': ['postgres', [[/\x2f$/, 'N']], 'HERE does not offer TLS'],
	'has no TLS (mysql)': ['mysql', [[undefined, greeting().toString('latin1')]], 'HERE does not offer TLS'],
	'lets nobody in (mysql)': [
		'mysql',
		[[undefined, error(0, 1040, 'Too many connections').toString('latin1')]],
		'HERE does not talk to us: 1040 Too many connections',
	],
	'is no MySQL': ['mysql', [greets], 'not MySQL on HERE'],
	'never ends its greeting': [
		'smtp',
		[[undefined, '220-mail\r\n'.repeat(10_000)]],
		'HERE says more than 64 KiB before TLS',
	],
	'never ends a line': ['imap', [[undefined, 'x'.repeat(100_000)]], 'HERE says more than 64 KiB before TLS'],
	'agrees, and speaks something else': [
		'smtp',
		[greets, offers, [/STARTTLS/, '220 go\r\n'], [/./, '250 what\r\n']],
		'no TLS on HERE: it speaks something else',
	],
	'is silent': ['smtp', [], 'no answer in 300 ms: connected, then silent'],
	'is silent after the greeting': [
		'smtp',
		[greets],
		'no answer in 300 ms: connected, then silent after EHLO healthtop',
	],
	'is silent after STARTTLS': [
		'imap',
		[[undefined, '* OK\r\n']],
		'no answer in 300 ms: connected, then silent after a STARTTLS',
	],
	'agrees, and is silent': [
		'pop3',
		[
			[undefined, '+OK\r\n'],
			[/STLS/, '+OK\r\n'],
		],
		'no answer in 300 ms: connected, then no answer to TLS',
	],
	'says half a line': ['smtp', [[undefined, '220 ma']], 'no answer in 300 ms: connected, then only half a line'],
	'is silent (postgres)': ['postgres', [], 'no answer in 300 ms: connected, then silent'],
};

for (const [name, [protocol, steps, reason]] of Object.entries(faults)) {
	test(`a server that ${name}`, async () => {
		const {port} = await listening(scripted(steps));
		const options = {host: '127.0.0.1', port, startTls: protocol};
		const {answer, ...ended} = await hangingAnswer(certificate, options);
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toMatchObject({status: 'critical', reason: reason.replace('HERE', `127.0.0.1:${port}`)});
	});
}

test('a server that drips one character after the other', async () => {
	const {port} = await listening(socket => {
		const timer = setInterval(() => socket.write('2'), 10);
		socket.on('close', () => clearInterval(timer));
		socket.resume();
	});
	const {answer, ...ended} = await hangingAnswer(certificate, {host: '127.0.0.1', port, startTls: 'smtp'});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure?.reason).toBe('no answer in 300 ms: connected, then only half a line');
});

test.each([
	['before it greets', (socket: Socket) => socket.end(), 'HERE closed the connection before TLS'],
	['in its greeting', (socket: Socket) => socket.end('220 ma'), 'HERE closed the connection before TLS'],
	[
		'after it has agreed',
		(socket: Socket) => {
			socket.write('+OK\r\n');
			socket.once('data', () => socket.end('+OK\r\n'));
		},
		'HERE closed the connection when TLS began',
	],
])('a server that closes %s', async (_, onConnection, reason) => {
	const {port} = await listening(onConnection);
	const protocol = reason.includes('began') ? 'pop3' : 'smtp';
	const {answer, ...ended} = await hangingAnswer(certificate, {host: '127.0.0.1', port, startTls: protocol});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure?.reason).toBe(reason.replace('HERE', `127.0.0.1:${port}`));
});
