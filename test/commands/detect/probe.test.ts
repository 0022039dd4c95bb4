import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer as createHttp} from 'node:http';
import {createServer as createHttps} from 'node:https';
import type {AddressInfo, Server, Socket} from 'node:net';
import {createServer as createTls} from 'node:tls';
import {describe, expect, onTestFinished, test} from 'vitest';
import {probe, type Spoken} from '../../../src/commands/detect/probe.js';
import {safeText} from '../../../src/core/safe.js';
import {certificates} from '../../helpers/certificates.js';
import {freePort, listening} from '../../helpers/listening.js';
import {testWith} from '../../helpers/outside.js';
import {realAround} from './real-around.js';

/** What is on a port of ours, which a program of that name has. */
function probed(port: number, name?: string, hosts: readonly string[] = ['127.0.0.1']): Promise<Spoken> {
	const owner = name === undefined ? undefined : {pid: 1, name: safeText(name), others: 0};
	return probe({protocol: 'tcp', port, addresses: [], hosts, owner}, realAround);
}

async function listens(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

/** A server that says this to whoever comes, and goes when it is spoken to. */
async function greeting(text: string): Promise<number> {
	const {port} = await listening(socket => {
		socket.write(Buffer.from(text, 'latin1'));
		socket.on('data', () => socket.destroy());
	});
	return port;
}

/** One that answers what begins with this. */
async function answering(question: string, answer: string): Promise<{port: number; asked: string[]}> {
	const asked: string[] = [];
	const {port} = await listening(socket =>
		socket.on('data', data => {
			const text = data.toString('latin1');
			asked.push(text);
			answerOrGo(socket, text.startsWith(question) ? answer : undefined);
		}),
	);
	return {port, asked};
}

function answerOrGo(socket: Socket, answer: string | undefined): void {
	if (answer === undefined) {
		socket.destroy();
	} else {
		socket.write(Buffer.from(answer, 'latin1'));
	}
}

const mysqlGreeting = (version: string) =>
	`${String.fromCharCode(version.length + 30)}\0\0\0\n${version}\0${'\x01'.repeat(28)}`;

describe('what greets is known by what it says, at any port', () => {
	test.each([
		['SSH-2.0-OpenSSH_9.2p1\r\n', undefined, 'ssh'],
		['220 mail.example.com ESMTP Postfix\r\n', undefined, 'smtp'],
		['220-mail.example.com ESMTP Exim 4.96\r\n', undefined, 'smtp'],
		['220 (vsFTPd 3.0.3)\r\n', undefined, 'ftp'],
		['220 example.com\r\n', 'master', 'smtp'],
		['220 example.com\r\n', 'proftpd', 'ftp'],
		['* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n', undefined, 'imap'],
		['+OK Dovecot ready.\r\n', undefined, 'pop3'],
		['INFO {"server_id":"x"}\r\n', undefined, 'nats'],
		['@RSYNCD: 31.0\n', undefined, 'rsync'],
		['RFB 003.008\n', undefined, 'vnc'],
	])('%j of %s is %s', async (text, name, protocol) => {
		expect(await probed(await greeting(text), name)).toMatchObject({kind: 'protocol', protocol: {name: protocol}});
	});

	test.each([
		['5.5.5-10.11.6-MariaDB-0+deb12u1', true],
		['8.0.36', false],
	])('a handshake of %s', async (version, isMariaDb) => {
		expect(await probed(await greeting(mysqlGreeting(version)))).toEqual({kind: 'mysql', isMariaDb, host: '127.0.0.1'});
	});

	test('anything else is something', async () => {
		expect(await probed(await greeting('\x00\xffhello'))).toEqual({kind: 'greets', host: '127.0.0.1'});
	});
});

describe('what waits is asked what its program speaks', () => {
	test.each([
		['redis-server', 'PING\r\n', '+PONG\r\n', 'redis'],
		['redis-server', 'PING\r\n', '-NOAUTH Authentication required.\r\n', 'redis'],
		['memcached', 'version\r\n', 'VERSION 1.6.18\r\n', 'memcached'],
		['mosquitto', '\x10\x0c\0\x04MQTT', ' \x02\0\x05', 'mqtt'],
		['beam.smp', 'AMQP\0\0\t\x01', '\x01\0\0\0\0\x01\xf0', 'amqp'],
		['postgres', '\0\0\0D\0\x03\0\0user\0postgres\0', 'R\0\0\0\x17\0\0\0\nSCRAM-SHA-256\0\0', 'postgresql'],
		['postgres', '\0\0\0D\0\x03\0\0', 'R\0\0\0\x08\0\0\0\0S\0\0\0\x0aa\0b\0\0Z\0\0\0\x05I', 'postgresql'],
	])('%s', async (name, question, answer, protocol) => {
		const {port, asked} = await answering(question, answer);
		expect(await probed(port, name)).toMatchObject({kind: 'protocol', protocol: {name: protocol}});
		expect(asked).toHaveLength(1);
	});

	test('PostgreSQL that lets nobody in that way: only that it accepts', async () => {
		const {port, asked} = await answering('\0\0\0D', 'E\0\0\0\x50SFATAL\0C28000\0Mno pg_hba.conf entry\0\0');
		expect(await probed(port, 'postgres')).toEqual({kind: 'silent', host: '127.0.0.1'});
		expect(asked).toHaveLength(1);
	});

	test('and nothing that it does not speak', async () => {
		const {port, asked} = await answering('', '?');
		expect(await probed(port, 'epmd')).toEqual({kind: 'silent', host: '127.0.0.1'});
		expect(asked).toEqual([]);
	});
});

describe('HTTP', () => {
	test.each([200, 302, 400, 401, 404, 503])('that answers %i', async status => {
		const port = await listens(createHttp((_, response) => response.writeHead(status).end()));
		const url = `http://127.0.0.1:${port}/`;
		expect(await probed(port)).toEqual({kind: 'http', host: '127.0.0.1', url, now: {status, isEndless: false}});
	});

	test('whose body never ends', async () => {
		const port = await listens(createHttp((_, response) => response.writeHead(200).write('data: 1\n\n')));
		expect(await probed(port)).toMatchObject({kind: 'http', now: {status: 200, isEndless: true}});
	});

	testWith('openssl')('in TLS, whatever program it is', async () => {
		const {selfSigned, expired} = await certificates();
		const serve = ({cert, key}: {cert: string; key: string}) =>
			listens(createHttps({cert: readFileSync(cert), key: readFileSync(key)}, (_, response) => response.end()));
		const [own, old] = [await serve(selfSigned), await serve(expired)];
		expect(await probed(own, 'node')).toEqual({
			kind: 'http',
			host: '127.0.0.1',
			url: `https://localhost:${own}/`,
			now: {status: 200, isEndless: false},
			tls: {insecure: 'certificate is self-signed'},
		});
		expect(await probed(old)).toMatchObject({kind: 'http', tls: {}});
	});
});

describe('TLS', () => {
	testWith('openssl')('is looked behind', async () => {
		const {selfSigned} = await certificates();
		const options = {cert: readFileSync(selfSigned.cert), key: readFileSync(selfSigned.key)};
		const imap = await listens(createTls(options, socket => socket.write('* OK ready\r\n')));
		const silent = await listens(createTls(options, socket => socket.on('data', () => {})));
		const tls = {insecure: 'certificate is self-signed'};
		expect(await probed(imap, 'dovecot')).toMatchObject({kind: 'protocol', protocol: {name: 'imap'}, tls});
		expect(await probed(silent)).toEqual({kind: 'silent', host: '127.0.0.1', tls});
	});

	test('after STARTTLS is for those who offer it', async () => {
		const port = await greeting('220 mail.example.com ESMTP\r\n');
		expect(await probed(port)).not.toHaveProperty('startTls');
	});
});

describe('nothing that can be known', () => {
	test('of what is silent', async () => {
		const {port} = await listening(() => {});
		expect(await probed(port)).toEqual({kind: 'silent', host: '127.0.0.1'});
	});

	test('of what closes at once', async () => {
		const {port} = await listening(socket => socket.destroy());
		expect(await probed(port)).toEqual({kind: 'silent', host: '127.0.0.1'});
	});

	test('where nobody listens any more', async () => {
		const port = await freePort();
		expect(await probed(port)).toEqual({
			kind: 'closed',
			host: '127.0.0.1',
			reason: `refused on 127.0.0.1:${port}`,
		});
	});

	test('where there is no address to ask at', async () => {
		expect(await probed(1, undefined, [])).toMatchObject({kind: 'closed'});
	});

	test('when all of it takes too long', async () => {
		const {port} = await listening(() => {});
		const from = performance.now();
		const over = {...realAround, signal: AbortSignal.abort()};
		const service = {protocol: 'tcp', port, addresses: [], hosts: ['127.0.0.1'], owner: undefined} as const;
		expect(await probe(service, over)).toMatchObject({kind: 'closed'});
		expect(performance.now() - from).toBeLessThan(400);
	});
});

test('the next address is asked where the first one refuses', async () => {
	const {port} = await listening(socket => socket.write('SSH-2.0-x\r\n'));
	expect(await probed(port, 'sshd', ['127.0.0.2', '127.0.0.1'])).toMatchObject({host: '127.0.0.1', kind: 'protocol'});
});
