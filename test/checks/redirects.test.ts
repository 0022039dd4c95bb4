import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import {networkInterfaces} from 'node:os';
import {describe, expect, test} from 'vitest';
import {http} from '../../src/checks/http.js';
import type {HttpRequest} from '../../src/checks/http-request.js';
import {assureAddress} from '../../src/checks/redirect-address.js';
import {locationOf, redirected} from '../../src/checks/redirects.js';
import type {Host} from '../../src/core/host.js';
import {local} from '../../src/hosts/local.js';
import {answerOf, asItIs, closing, hangingAnswer} from '../helpers/ask.js';
import {listening} from '../helpers/listening.js';

/** The path is without the host. */
type Answerer = (path: string) => string;

/** A server that answers each request, and what it was asked. */
async function answering(answerer: Answerer, address = '127.0.0.1') {
	const asked: string[] = [];
	const server = closing(
		createServer(socket => {
			socket.on('data', chunk => {
				asked.push(String(chunk));
				socket.end(answerer(/^\S+ (\S+)/.exec(String(chunk))?.[1] ?? ''));
			});
		}),
	);
	server.listen(0, address);
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {port, asked, url: `http://${address}:${port}/`};
}

function to(location: string, status = 302): string {
	return `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
}

const well = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell';

/** The reason why a redirect to there is not followed, without the server's own port. */
async function reasonOf(location: string, host: Host = local()): Promise<string | undefined> {
	const {url, port} = await answering(path => (path === '/' ? to(location) : well));
	const {failure, values} = await answerOf(http, {url, followRedirects: true}, {host});
	expect(values.STATUS).toBe(302);
	expect(failure?.status).toBe('critical');
	return failure?.reason.replaceAll(String(port), 'PORT');
}

test('ends a circle', async () => {
	const {url, asked} = await answering(path => to(path === '/' ? '/a?token=hush' : '/'));
	const {answer, ...ended} = await hangingAnswer(http, {url, followRedirects: true});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual({status: 'critical', reason: `redirected in a circle, back to ${url}`});
	// It was asked twice.
	expect(asked).toHaveLength(4);
});

test('ends after five of them', async () => {
	const {url, asked} = await answering(path => to(`${path}a`));
	const {failure} = await answerOf(http, {url, followRedirects: true});
	expect(failure).toEqual({status: 'critical', reason: `redirected more than 5 times, at last to ${url}aaaaaa`});
	expect(asked).toHaveLength(6);
});

test('asks for a body behind five of them', async () => {
	const {url} = await answering(path => (path === '/aaaaa' ? well : to(`${path}a`)));
	expect((await answerOf(http, {url, followRedirects: true})).values.BODY).toBe('well');
});

test('leaves a redirect whose body does not end before it follows', async () => {
	let isLeft = false;
	const {port} = await listening(socket => {
		socket.once('data', chunk => {
			if (String(chunk).startsWith('GET / ')) {
				socket.on('close', () => {
					isLeft = true;
				});
				socket.write(to('/a').replace('Length: 0', 'Length: 5'));
			} else {
				// As soon as the other end has had its turn.
				setImmediate(() => socket.end(isLeft ? well : 'HTTP/1.1 503 Busy\r\n\r\n'));
			}
		});
	});
	expect((await answerOf(http, {url: `http://127.0.0.1:${port}/`, followRedirects: true})).text).toBe('200');
});

describe('goes not', () => {
	test.each<[string, string]>([
		['file:///etc/passwd', 'redirected to file:, which is not followed: only http and https are'],
		['gopher://127.0.0.1/', 'redirected to gopher:, which is not followed: only http and https are'],
		['http://[', 'redirected to what is no address'],
		['http://169.254.169.254/latest/meta-data', linkLocal('169.254.169.254')],
		['http://2852039166/', linkLocal('169.254.169.254')],
		['http://0xa9.0xfe.0251.254/', linkLocal('169.254.169.254')],
		['//169.254.0.1:80/', linkLocal('169.254.0.1')],
		['http://[::ffff:169.254.169.254]/', linkLocal('::ffff:a9fe:a9fe')],
		['http://[fe80::1]/', linkLocal('fe80::1')],
		['http://[fd00:ec2::254]/', linkLocal('fd00:ec2::254')],
	])('to %s', async (location, reason) => {
		expect(await reasonOf(location)).toBe(reason);
	});

	test('where a name stands for a link-local address', async () => {
		const host = namesOf(() => '10.0.0.1 meta.test\n169.254.169.254 meta.test');
		expect(await reasonOf('http://meta.test/', host)).toBe(linkLocal('169.254.169.254'));
	});

	test('where a name is not found', async () => {
		expect(
			await reasonOf(
				'http://meta.test/',
				namesOf(() => ''),
			),
		).toMatch(/meta\.test/);
	});

	test('with a body to another origin', async () => {
		const other = await answering(() => well);
		const {url} = await answering(() => to(other.url, 307));
		const {failure} = await answerOf(http, {url, followRedirects: true, method: 'POST', body: '{"password":"hush"}'});
		expect(failure?.reason).toBe(
			`redirected to ${other.url}, which is not followed: the body would go to another origin`,
		);
		expect(other.asked).toEqual([]);
	});
});

function linkLocal(address: string): string {
	return `redirected to the link-local address ${address}, which is not followed`;
}

/** This machine with other names in /etc/hosts. */
function namesOf(text: () => string): Host {
	const here = local();
	return {...here, readAside: async (path, most) => (path === '/etc/hosts' ? text() : here.readAside(path, most))};
}

const own = Object.values(networkInterfaces())
	.flatMap(list => list ?? [])
	.find(({internal, family}) => !internal && family === 'IPv4')?.address;

describe.skipIf(own === undefined)('from elsewhere (needs an address that is no loopback one)', () => {
	const reason = 'redirected to the address of this machine itself 127.0.0.1, which is not followed';

	/** Why a redirect from an address of this machine is not followed. */
	async function reasonOf(location: string, host: Host = local()): Promise<string | undefined> {
		const {url} = await answering(path => (path === '/' ? to(location) : well), own);
		return (await answerOf(http, {url, followRedirects: true}, {host})).failure?.reason;
	}

	test('goes not to this machine', async () => {
		const other = await answering(() => well);
		expect(await reasonOf(other.url)).toBe(reason);
		expect(other.asked).toEqual([]);
	});

	test('goes not to this machine under a name whose address changes', async () => {
		const other = await answering(() => well);
		let times = 0;
		const host = namesOf(() => `${times++ === 0 ? own : '127.0.0.1'} rebound.test`);
		expect(await reasonOf(`http://rebound.test:${other.port}/`, host)).toBe(reason);
		expect(other.asked).toEqual([]);
	});
});

/** Everything of it may be a secret, whatever its name is. */
const headers = {
	Cookie: 'hush',
	'proxy-authorization': 'hush',
	'X-Api-Key': 'hush',
	'X-Vault-Token': 'hush',
	'x-amz-security-token': 'hush',
	'Client-Secret': 'hush',
	'X-Shop': 'hush',
	Host: 'hush.example.com',
	'Accept-Language': 'de',
	'User-Agent': 'me',
};

test('tells no secret to another origin, nor to its own one when it comes back from there', async () => {
	const back = {url: ''};
	const other = await answering(() => to(`http://jo:hush@${back.url}b`));
	const {asked, ...own} = await answering(path => (path === '/b' ? well : to(path === '/' ? '/a' : other.url)));
	back.url = own.url.slice('http://'.length);
	const login = {user: 'jo', password: 'hush'};
	const answer = await answerOf(http, {url: own.url, followRedirects: true, headers, ...login});
	expect(answer.values.BODY).toBe('well');
	const secrets = [...asked, ...other.asked].map(head => head.match(/hush|authorization: .*/gi)?.length ?? 0);
	expect(secrets).toEqual([9, 9, 0, 0]);
	expect(other.asked).toEqual([
		[
			'GET / HTTP/1.1',
			`Host: 127.0.0.1:${other.port}`,
			'Accept: */*',
			'Accept-Encoding: identity',
			'Connection: close',
			'Accept-Language: de',
			'User-Agent: me',
			'\r\n',
		].join('\r\n'),
	]);
});

const post: HttpRequest = {
	url: new URL('https://shop.test/a'),
	method: 'POST',
	body: 'x',
	headers: {'Content-Type': 'text/plain', Cookie: 'hush', Accept: 'text/html'},
};

describe('after a redirect', () => {
	const all = 'Content-Type Cookie Accept';

	test.each<[string, Partial<HttpRequest>, number, string, string, string]>([
		['POST becomes GET', {}, 301, '/b', 'GET https://shop.test/b', 'Cookie Accept'],
		['POST becomes GET elsewhere, without a body', {}, 302, '//b.test/', 'GET https://b.test/', 'Accept'],
		['PUT becomes GET with 303', {method: 'PUT'}, 303, 'b?c', 'GET https://shop.test/b?c', 'Cookie Accept'],
		['PUT stays PUT with 302', {method: 'PUT'}, 302, '/b', 'PUT https://shop.test/b x', all],
		['HEAD stays HEAD', {method: 'HEAD', body: undefined}, 303, '/b', 'HEAD https://shop.test/b', all],
		['POST stays POST with 307', {}, 307, '/b', 'POST https://shop.test/b x', all],
		['POST stays POST with 308', {}, 308, '/b', 'POST https://shop.test/b x', all],
		[
			'another port is another origin',
			{body: undefined},
			308,
			'https://shop.test:444/',
			'POST https://shop.test:444/',
			'Content-Type Accept',
		],
		[
			'no TLS is another origin',
			{body: undefined},
			308,
			'http://shop.test/',
			'POST http://shop.test/',
			'Content-Type Accept',
		],
		['a standard port is none', {}, 308, 'https://shop.test:443/b', 'POST https://shop.test/b x', all],
		['bytes are UTF-8', {}, 301, '/\xc3\xa4', 'GET https://shop.test/%C3%A4', 'Cookie Accept'],
	])('%s', (_, parts, status, location, asked, names) => {
		const from = {...post, ...parts};
		const {method, url, body, headers} = redirected(from, [from], status, location, asItIs);
		expect([method, url.href, ...(body === undefined ? [] : [body])].join(' ')).toBe(asked);
		expect(Object.keys(headers).join(' ')).toBe(names);
	});
});

test.each([
	[301, '/b'],
	[303, '/b'],
	[200, undefined],
	[304, undefined],
])('of a %i the next address is %s', (status, location) => {
	expect(locationOf(status, {location: '/b'})).toBe(location);
});

test.each<[string, boolean, boolean]>([
	['127.0.0.1', true, true],
	['127.9.9.9', false, false],
	['0.0.0.0', false, false],
	['::1', false, false],
	['::', false, false],
	['::ffff:127.0.0.1', false, false],
	['::ffff:127.0.0.1', true, true],
	['169.254.169.254', true, false],
	['::ffff:169.254.169.254', true, false],
	['fe80::1%eth0', true, false],
	['febf::1', false, false],
	['fd00:ec2::254', true, false],
	['fd00:ec2::253', false, true],
	['10.0.0.1', false, true],
	['2001:db8::1', false, true],
])('to %s (from this machine: %s) a redirect is followed: %s', (address, isFromLoopback, isFollowed) => {
	const assured = () => assureAddress(address, isFromLoopback);

	if (isFollowed) {
		expect(assured).not.toThrow();
	} else {
		expect(assured).toThrow('redirected to the ');
	}
});
