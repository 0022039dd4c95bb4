import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {ping} from '../../src/notifiers/ping.js';
import {closing, descriptors} from '../helpers/ask.js';
import {certificates} from '../helpers/certificates.js';
import {freePort, listening, portOf} from '../helpers/listening.js';
import {until} from '../helpers/until.js';

const soon = () => AbortSignal.timeout(20_000);

async function serving(listener: RequestListener): Promise<string> {
	const port = await portOf(closing(createServer(listener).listen(0, '127.0.0.1')));
	return `http://127.0.0.1:${port}/k4n4ry?rid=1`;
}

test('it is a GET that says who calls', async () => {
	const seen: unknown[] = [];
	const address = await serving(({method, url, headers}, response) => {
		seen.push({method, url, agent: headers['user-agent'], connection: headers.connection});
		response.end('OK');
	});
	expect(await ping(address, soon())).toEqual({ok: true});
	expect(seen).toEqual([{method: 'GET', url: '/k4n4ry?rid=1', agent: 'healthtop', connection: 'close'}]);
});

test.each([
	[200, {ok: true}],
	[204, {ok: true}],
	[299, {ok: true}],
	[301, {ok: false, reason: 'answered 301, and redirects are not followed'}],
	[304, {ok: false, reason: 'answered 304'}],
	[308, {ok: false, reason: 'answered 308, and redirects are not followed'}],
	[404, {ok: false, reason: 'answered 404'}],
	[503, {ok: false, reason: 'answered 503'}],
])('an answer of %i', async (status, pinged) => {
	let calls = 0;
	const address = await serving((_, response) => {
		calls++;
		response.writeHead(status, {Location: '/elsewhere'}).end();
	});
	expect(await ping(address, soon())).toEqual(pinged);
	expect(calls).toBe(1);
});

test('a body without end is not read', async () => {
	let isClosed = false;
	const address = await serving((_, response) => {
		response.writeHead(200);
		const more = () => response.write('x'.repeat(65_536), () => isClosed || setImmediate(more));
		response.on('close', () => (isClosed = true));
		response.on('error', () => {});
		more();
	});
	expect(await ping(address, soon())).toEqual({ok: true});
	await until('the connection is closed', () => isClosed, 5000);
});

describe('why not:', () => {
	test('nobody listens', async () => {
		const port = await freePort();
		expect(await ping(`http://127.0.0.1:${port}/k4n4ry`, soon())).toEqual({
			ok: false,
			reason: `nothing listens on 127.0.0.1:${port}`,
		});
	});

	test('no such host', async () => {
		const pinged = await ping('https://k4n4ry-host.invalid/t0ken', soon());
		expect(pinged).toMatchObject({
			ok: false,
			reason: expect.stringMatching(
				/^(?:no such host: k4n4ry-host\.invalid|no name server told where k4n4ry-host\.invalid is)$/,
			),
		});
	});

	test('a connection that is closed', async () => {
		const {port} = await listening(socket => socket.destroy());
		expect(await ping(`http://127.0.0.1:${port}/k4n4ry`, soon())).toEqual({
			ok: false,
			reason: `127.0.0.1:${port} closed the connection without an answer`,
		});
	});

	test('what is no HTTP', async () => {
		const {port} = await listening(socket => socket.end('220 mail.example.com ESMTP k4n4ry\r\n'));
		const pinged = await ping(`http://127.0.0.1:${port}/k4n4ry`, soon());
		expect(pinged).toMatchObject({
			ok: false,
			reason: expect.stringMatching(/^127\.0\.0\.1:\d+ could not be called \(HPE_/),
		});
		expect(JSON.stringify(pinged)).not.toContain('k4n4ry');
	});

	test('no answer in time, and nothing is left open', async () => {
		const {port} = await listening(() => {});
		const before = descriptors();
		const pinged = await ping(`http://127.0.0.1:${port}/k4n4ry`, AbortSignal.timeout(100));
		expect(pinged).toEqual({ok: false, reason: `no answer from 127.0.0.1:${port} in time`});
		await expect.poll(() => descriptors()).toBeLessThanOrEqual(before + 1);
	});

	test('its time was up before it began', async () => {
		expect(await ping('http://127.0.0.1:1/', AbortSignal.abort())).toEqual({
			ok: false,
			reason: 'no answer from 127.0.0.1:1 in time',
		});
	});

	test.each(['http://hc.example.com/k4n4ry', 'ftp://127.0.0.1/k4n4ry', 'k4n4ry'])(
		'%s may not be called',
		async address => {
			expect(await ping(address, soon())).toEqual({
				ok: false,
				reason: 'not called: only https, or http to this machine itself',
			});
		},
	);
});

describe('over TLS', () => {
	async function securely(name: 'valid' | 'selfSigned' | 'expired') {
		const {ca, [name]: own} = await certificates();
		const options = {cert: readFileSync(own.cert), key: readFileSync(own.key)};
		const server = createSecureServer(options, (_, response) => response.end()).listen(0, '127.0.0.1');
		server.on('tlsClientError', () => {});
		await once(server, 'listening');
		onTestFinished(() => void server.close());
		return {address: `https://localhost:${(server.address() as AddressInfo).port}/k4n4ry`, ca};
	}

	test('what the machine trusts is called', async () => {
		const {address, ca} = await securely('valid');
		expect(await ping(address, soon(), ['/nonexistent', ca])).toEqual({ok: true});
	});

	test.each(['valid', 'selfSigned', 'expired'] as const)('what it does not trust is not: %s', async name => {
		const {address, ca} = await securely(name);
		const pinged = await ping(address, soon(), name === 'valid' ? [] : [ca]);
		expect(pinged).toMatchObject({
			ok: false,
			reason: expect.stringMatching(/^the certificate of localhost:\d+ is not trusted \([A-Z_]+\)$/),
		});
	});
});
