import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {createServer} from 'node:tls';
import {describe, expect, test} from 'vitest';
import {http} from '../../src/checks/http.js';
import {answerOf, closing} from '../helpers/ask.js';
import {type Certificate, type Certificates, certificates} from '../helpers/certificates.js';
import {listening} from '../helpers/listening.js';
import {startNginx} from '../helpers/nginx.js';
import {testWith} from '../helpers/outside.js';
import {until} from '../helpers/until.js';

const testNginx = testWith('/usr/sbin/nginx');
const testTls = testWith('/usr/sbin/nginx', 'openssl');
const dayMs = 86_400_000;

testNginx('tells status, headers, body, address and times of what nginx answers', async () => {
	const {port} = await startNginx(`location = /health {
		default_type application/json;
		add_header X-Shop a;
		add_header X-Shop b;
		return 200 '{"status":"UP","currency":"€"}';
	}`);
	const answer = await answerOf(http, {url: `http://127.0.0.1:${port}/health?full=1`});
	expect(answer).toMatchObject({
		text: '200',
		findings: [],
		values: {CONNECTED: true, STATUS: 200, IP: '127.0.0.1', BODY: '{"status":"UP","currency":"€"}'},
		reach: {isLoopback: true, hasConnected: true, target: `127.0.0.1:${port}`},
	});
	expect(answer.values.HEADERS).toMatchObject({'content-type': 'application/json', 'x-shop': 'a, b'});
	expect(answer.stages?.map(({name}) => name)).toEqual(['name', 'connect', 'first byte', 'whole']);
	expect(answer.facts).toEqual([
		{label: 'Answered', value: '200 OK'},
		{label: 'Body', value: '32 B of application/json'},
	]);
});

testNginx('tells a 500, and its default conditions are left to judge it', async () => {
	const {port} = await startNginx(`location / { return 500 'broken'; }`);
	const answer = await answerOf(http, {url: `http://127.0.0.1:${port}/`});
	expect(answer).toMatchObject({text: '500', values: {STATUS: 500, BODY: 'broken'}, findings: []});
	expect(answer.failure).toBeUndefined();
});

testNginx('asks nginx on a socket in the file system', async () => {
	const {socket} = await startNginx(`location / { return 200 "$host $server_addr"; }`);
	const answer = await answerOf(http, {url: 'http://shop.example.com/', unixSocket: socket});
	expect(answer).toMatchObject({values: {STATUS: 200, BODY: `shop.example.com unix:${socket}`}});
	expect(answer.values.IP).toBeUndefined();
	expect((await answerOf(http, {url: 'http://a/', unixSocket: '/nonexistent/s'})).failure).toEqual({
		status: 'critical',
		reason: 'no socket /nonexistent/s',
	});
});

testNginx('follows redirects only when it is told to', async () => {
	const {port} = await startNginx(`absolute_redirect off;
		location = / { return 301 /a; }
		location = /a { return 302 b?token=x; }
		location = /b { return 200 "$request_method $arg_token $http_x_tenant"; }`);
	const options = {url: `http://127.0.0.1:${port}/`, method: 'POST', body: 'x', headers: {'X-Tenant': 'shop'}};
	expect(await answerOf(http, options)).toMatchObject({text: '301'});
	const answer = await answerOf(http, {...options, followRedirects: true});
	expect(answer).toMatchObject({text: '200', values: {BODY: 'GET x shop'}});
	expect(answer.facts?.slice(0, 2)).toEqual([
		{label: 'Redirected to', value: `http://127.0.0.1:${port}/a`},
		{label: 'Redirected to', value: `http://127.0.0.1:${port}/b`},
	]);
});

testNginx('asks nginx for a body that it compresses', async () => {
	const {port, directory} = await startNginx('gzip on; gzip_types *;');
	writeFileSync(join(directory, 'long.txt'), 'well '.repeat(1000));
	const answer = await answerOf(http, {
		url: `http://127.0.0.1:${port}/long.txt`,
		headers: {'accept-encoding': 'gzip'},
	});
	expect(answer.values.HEADERS).toMatchObject({'content-encoding': 'gzip'});
	expect(answer.values.BODY).toBe('well '.repeat(1000));
});

describe('an nginx with TLS', () => {
	type Row = [kind: keyof Certificates, reason: string | undefined];

	const rows: readonly Row[] = [
		['valid', undefined],
		['complete', undefined],
		['soon', undefined],
		['expired', 'certificate expired 3 days ago'],
		['notYetValid', 'certificate not valid before 2 days from now'],
		['selfSigned', 'certificate is self-signed'],
		['wrongName', "certificate is not for '127.0.0.1' but for 'other.example'"],
		[
			'incomplete',
			"certificate chain is incomplete: 'healthtop test intermediate', which signed it, was not sent and is not trusted here",
		],
	];

	for (const [kind, reason] of rows) {
		testTls(`whose certificate is of the kind ${kind}`, async () => {
			const made = await certificates();
			const certificate = made[kind] as Certificate;
			const {port} = await startNginx(`location / { return 200 "$http_authorization"; }`, {certificate});
			const options = {url: `https://127.0.0.1:${port}/`, ca: made.ca, user: 'monitor', password: 'hush'};
			const answer = await answerOf(http, options);
			expect(answer.failure).toEqual(reason && {status: 'critical', reason});
			expect(answer.values.STATUS).toBe(reason === undefined ? 200 : undefined);
			// Its dates are told all the same.
			expect(answer.values.CERTIFICATE_EXPIRATION).toBeTypeOf('number');
			expect(answer.certificate?.subject).toBe('localhost');

			// Whoever says that nothing matters gets an answer.
			const careless = await answerOf(http, {...options, insecure: true});
			expect(careless).toMatchObject({text: '200', values: {BODY: `Basic ${btoa('monitor:hush')}`}});
		});
	}

	testTls('tells how long its certificate is valid, and how long TLS took', async () => {
		const {ca, soon} = await certificates();
		const {port} = await startNginx(`location / { return 200 "$ssl_server_name"; }`, {certificate: soon});
		const answer = await answerOf(http, {url: `https://127.0.0.1:${port}/`, ca, serverName: 'localhost'});
		expect((answer.values.CERTIFICATE_EXPIRATION ?? 0) / dayMs).toBeCloseTo(5.5, 1);
		expect(answer.values.BODY).toBe('localhost');
		expect(answer.stages?.map(({name}) => name)).toEqual(['name', 'connect', 'tls', 'first byte', 'whole']);
	});

	testTls('that leads to HTTP without TLS, where no login goes', async () => {
		const {ca, valid} = await certificates();
		const plain = await startNginx(`location / { return 200 "got '$http_authorization' at $host"; }`);
		const directives = `location / { return 302 http://127.0.0.1:${plain.port}/; }`;
		const {port} = await startNginx(directives, {certificate: valid});
		const options = {url: `https://127.0.0.1:${port}/`, ca, user: 'monitor', password: 'hush', followRedirects: true};
		expect((await answerOf(http, options)).values.BODY).toBe("got '' at 127.0.0.1");
	});

	testTls('that is not trusted by this machine is told nothing', async () => {
		const {valid} = await certificates();
		const sent: string[] = [];
		const server = closing(
			createServer({cert: readFileSync(valid.cert), key: readFileSync(valid.key)}, socket => {
				socket.on('data', chunk => sent.push(String(chunk))).on('error', () => {});
			}),
		);
		server.on('connection', socket => socket.on('close', () => sent.push('closed')));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const {failure} = await answerOf(http, {url: `https://127.0.0.1:${port}/`, user: 'monitor', password: 'hush'});
		expect(failure?.reason).toMatch(/^certificate chain is incomplete: 'healthtop test root'/);
		await until('it is closed', () => sent.length > 0);
		expect(sent).toEqual(['closed']);
	});
});

/** What a server was sent. */
async function sentBy(options: object): Promise<string> {
	let sent = '';
	const {port} = await listening(socket => {
		socket.on('data', chunk => {
			sent += chunk;
			socket.end('HTTP/1.1 204 No Content\r\n\r\n');
		});
	});
	expect(await answerOf(http, {url: `http://127.0.0.1:${port}/a%20b?c=d#e`, ...options})).toMatchObject({text: '204'});
	return sent.replaceAll(`127.0.0.1:${port}`, 'HOST');
}

test('sends no more than it must', async () => {
	expect(await sentBy({})).toBe(
		[
			'GET /a%20b?c=d HTTP/1.1',
			'Host: HOST',
			'User-Agent: healthtop',
			'Accept: */*',
			'Accept-Encoding: identity',
			'Connection: close',
			'\r\n',
		].join('\r\n'),
	);
});

test('sends what is configured, in place of its own', async () => {
	const headers = {host: 'shop.example.com', 'user-agent': 'me', Accept: 'text/plain'};
	const sent = await sentBy({method: 'PUT', headers, body: 'grüß', user: 'jo', password: 'a:b'});
	expect(sent).toBe(
		[
			'PUT /a%20b?c=d HTTP/1.1',
			'Accept-Encoding: identity',
			'Connection: close',
			'Content-Length: 6',
			'host: shop.example.com',
			'user-agent: me',
			'Accept: text/plain',
			`Authorization: Basic ${btoa('jo:a:b')}`,
			'',
			'grüß',
		].join('\r\n'),
	);
});

test('takes a header Authorization for the login', async () => {
	const sent = await sentBy({headers: {authorization: 'Bearer x'}, user: 'jo', password: 'hush'});
	expect(sent.match(/^authorization: .*$/gim)).toEqual(['authorization: Bearer x']);
});

test('reads no body of HEAD, and of what switches protocols', async () => {
	const {port} = await listening(socket => {
		socket.on('data', chunk => {
			const isHead = String(chunk).startsWith('HEAD');
			socket.write(
				isHead
					? 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n'
					: 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nxxx',
			);
		});
	});
	const url = `http://127.0.0.1:${port}/`;
	expect(await answerOf(http, {url, method: 'HEAD'})).toMatchObject({text: '200', values: {BODY: ''}});
	const headers = {Connection: 'Upgrade', Upgrade: 'websocket'};
	expect(await answerOf(http, {url, headers})).toMatchObject({text: '101', values: {BODY: ''}});
});

test('takes thousands of short headers', async () => {
	const {port} = await listening(socket =>
		socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${'a: in use\r\n'.repeat(4000)}Last: one\r\n\r\n`)),
	);
	const {HEADERS} = (await answerOf(http, {url: `http://127.0.0.1:${port}/`})).values;
	expect(HEADERS).toEqual({a: Array(4000).fill('in use').join(', '), last: 'one'});
});

test.each<[string, object, readonly unknown[]]>([
	['over HTTP', {url: 'http://a/'}, ['[STATUS] < 400']],
	['over TLS', {url: 'HTTPS://a/'}, ['[STATUS] < 400', {warning: '[CERTIFICATE_EXPIRATION] > 336h'}]],
	['over TLS with any certificate', {url: 'https://a/', insecure: true}, ['[STATUS] < 400']],
])('has conditions of its own %s', (_, options, conditions) => {
	expect(http.conditions(http.options.parse(options))).toEqual(conditions);
});

const url = 'http://127.0.0.1/';

test.each<[string, object, string]>([
	['no address', {url: 'shop'}, 'must be an address such as'],
	['another protocol', {url: 'ftp://shop/'}, 'must be an address such as'],
	['a password in the address', {url: 'http://jo:hush@shop/'}, 'write them as "user" and "password"'],
	['a method in small letters', {url, method: 'get'}, 'expected one of'],
	['a header in a header', {url, headers: {'X-A': 'hush\r\nX-B: c'}}, 'without line ends'],
	['NUL in a header', {url, headers: {'X-A': 'hush\0'}}, 'without line ends'],
	['letters that no header has', {url, headers: {'X-A': 'hush €'}}, 'one line of Latin letters'],
	['a header in the name of one', {url, headers: {'X-A: b\r\nX-B': 'hush'}}, 'must be the name of a header'],
	['a length of its own', {url, headers: {'content-length': '1'}}, 'is made from the body'],
	['a colon in the user', {url, user: 'a:b'}, 'without colons'],
	['a size without a unit', {url, maxBody: '100'}, 'must be a size'],
	['a size that is none', {url, maxBody: '0B'}, 'must be a size'],
	['a size above all memory', {url, maxBody: '65MiB'}, 'must be a size'],
	['a socket without a path', {url, unixSocket: 'shop.sock'}, 'must be an absolute path'],
])('refuses %s, and does not repeat it', (_, options, message) => {
	const messages = http.options.safeParse(options).error?.issues.map(issue => issue.message);
	expect(messages).toEqual([expect.stringContaining(message)]);
	expect(messages?.join()).not.toContain('hush');
});
