import type {Socket} from 'node:net';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {http} from '../../src/checks/http.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {freePort, listening} from '../helpers/listening.js';

type Server = (socket: Socket) => void;

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;

/** Answers with these bytes, and keeps the connection or ends it. */
function saying(text: string | Uint8Array, then: 'stays' | 'ends' = 'stays'): Server {
	return socket =>
		socket.once('data', () => {
			socket.write(text);

			if (then === 'ends') {
				socket.end();
			}
		});
}

/** Answers with a piece again and again, as long as somebody reads. */
function pouring(head: string | Uint8Array, piece: string | Uint8Array): Server {
	return socket => {
		const more = () => {
			while (!socket.destroyed && socket.write(piece)) {}
		};
		socket.on('drain', more);
		socket.once('data', () => {
			socket.write(head);
			more();
		});
	};
}

/** Answers with one small piece after the other. */
function dripping(head: string, piece: string): Server {
	return socket => {
		socket.once('data', () => {
			socket.write(head);
			const timer = setInterval(() => socket.write(piece), 20);
			socket.on('close', () => clearInterval(timer));
		});
	};
}

/** What the check makes of a server; it must be in time and leave nothing behind, whatever that does. */
async function facing(server: Server, {timeout = 5000, scheme = 'http', ...options}: Record<string, unknown> = {}) {
	const {port} = await listening(socket => {
		server(socket);
		// What is never read would keep it open.
		socket.resume();
	});
	const url = `${scheme}://127.0.0.1:${port}/`;
	const {answer, ...ended} = await hangingAnswer(http, {url, ...options}, timeout as number);
	expect(ended).toEqual({isInTime: true, left: 0});
	const reason = answer.failure?.reason.replaceAll(`127.0.0.1:${port}`, 'HOST');
	return {...answer, reason};
}

test('says who refused', async () => {
	const port = await freePort();
	const {failure, values} = await answerOf(http, {url: `http://127.0.0.1:${port}/`});
	expect(failure).toEqual({status: 'critical', reason: `refused on 127.0.0.1:${port}`});
	expect(values).toEqual({CONNECTED: false});
});

test('says whose name is not found', async () => {
	const {answer, ...ended} = await hangingAnswer(http, {url: 'http://nothing.invalid/'});
	expect(ended).toEqual({isInTime: true, left: 0});
	// Where there is no name server, or none that answers, that is all there is to say.
	expect(answer.failure?.reason).toMatch(/^name nothing\.invalid not found$|name server .*for nothing\.invalid/);
});

describe('ends at its deadline with a server that', () => {
	test.each<[string, Server, RegExp]>([
		['accepts and is silent', () => {}, /: connected, then silent$/],
		['drips headers', dripping(ok, 'X-A: b\r\n'), /: headers still coming$/],
		['sends headers and no body', saying(`${ok}Content-Length: 5\r\n\r\n`), /: headers, then no body$/],
		['drips a body', dripping(`${ok}\r\n`, 'well '), /: body still coming after \d+ B$/],
		['drips chunks', dripping(chunked, '5\r\nwell \r\n'), /: body still coming after \d+ B$/],
	])('%s', async (_, server, reason) => {
		const {failure} = await facing(server, {timeout: 300});
		expect(failure).toMatchObject({status: 'critical', isTimeout: true});
		expect(failure?.reason).toMatch(/^no answer in 300 ms: /);
		expect(failure?.reason).toMatch(reason);
	});

	test('is silent when TLS begins', async () => {
		const {reason} = await facing(() => {}, {timeout: 300, scheme: 'https'});
		expect(reason).toBe('no answer in 300 ms: connected, then no answer to TLS');
	});
});

describe('tells what is wrong with a server that', () => {
	const gzipped = (bytes: Uint8Array, length = bytes.length) =>
		Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\nContent-Length: ${length}\r\n\r\n`), bytes]);
	const well = gzipSync('well');

	test.each<[string, Server, string]>([
		['sends a million headers', pouring(ok, 'X-A: b\r\n'.repeat(1000)), 'headers larger than 64 KiB'],
		['sends 65 KiB of headers', saying(`${ok}X-A: ${'b'.repeat(65 << 10)}\r\n\r\n`), 'headers larger than 64 KiB'],
		['sends a header that never ends', pouring(`${ok}X-A: `, 'b'.repeat(1000)), 'headers larger than 64 KiB'],
		[
			'sends 1xx for ever',
			pouring('', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000)),
			'more than 10 interim answers (1xx)',
		],
		[
			'continues for ever',
			pouring('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)),
			'more than 10 interim answers (1xx)',
		],
		[
			'greets',
			socket => socket.write('SSH-2.0-\x1b]0;owned\x07\r\n'),
			"not HTTP on HOST: it said 'SSH-2.0-\\x1b]0;owned\\x07'",
		],
		['speaks TLS', saying('\x15\x03\x03\0\x02\x02\x32'), 'not HTTP on HOST but TLS: its url begins with https'],
		['breaks HTTP', saying(`${ok}no header\r\n\r\n`), 'broken HTTP from HOST (HPE_INVALID_HEADER_TOKEN)'],
		[
			'says its length twice',
			saying(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`),
			'broken HTTP from HOST (HPE_UNEXPECTED_CONTENT_LENGTH)',
		],
		['breaks its chunks', saying(`${chunked}x\r\n`), 'broken HTTP in the body (HPE_INVALID_CHUNK_SIZE)'],
		[
			'ends no chunk',
			pouring(`${chunked}1;`, 'a'.repeat(1000)),
			'broken HTTP in the body (HPE_CHUNK_EXTENSIONS_OVERFLOW)',
		],
		[
			'ends no trailer',
			pouring(`${chunked}0\r\n`, 'X-A: b\r\n'.repeat(1000)),
			'broken HTTP in the body (HPE_HEADER_OVERFLOW)',
		],
		['resets', socket => socket.once('data', () => socket.resetAndDestroy()), 'connection reset by HOST'],
		['drips what is no header', dripping(ok, 'no header\r\n'), 'broken HTTP from HOST (HPE_INVALID_HEADER_TOKEN)'],
		['speaks HTTP/9', saying('HTTP/9.9 200 OK\r\n\r\n'), "not HTTP on HOST: it said 'HTTP/9.9 200 OK'"],
		['closes at once', socket => socket.end(), 'HOST closed the connection without an answer'],
		['resets at once', socket => socket.resetAndDestroy(), 'connection reset by HOST'],
		[
			'closes in its headers',
			saying(`${ok}X-A: b\r\n`, 'ends'),
			'HOST closed the connection in the middle of its headers',
		],
		[
			'closes in its body',
			saying(`${ok}Content-Length: 5000\r\n\r\nwell`, 'ends'),
			'body incomplete: closed after 4 B of 4.9 KiB',
		],
		['closes in its chunks', saying(`${chunked}5\r\nwe`, 'ends'), 'body incomplete: closed after 2 B'],
		['compresses nothing', saying(gzipped(Buffer.from('well'))), 'body is not gzip, as its header says'],
		['compresses half of it', saying(gzipped(well.subarray(0, 12))), 'body is not gzip, as its header says'],
		['compresses a bomb', saying(gzipped(gzipSync(Buffer.alloc(100 << 20)))), 'body larger than 1.0 MiB (maxBody)'],
		[
			'compresses nothing for ever',
			pouring(`${ok}Content-Encoding: gzip\r\n\r\n`, Buffer.alloc(1000)),
			'body larger than 1.0 MiB (maxBody)',
		],
	])('%s', async (_, server, reason) => {
		const answer = await facing(server);
		expect([answer.failure?.status, answer.reason]).toEqual(['critical', reason]);
	});

	test('speaks no TLS', async () => {
		const {reason} = await facing(saying(`${ok}\r\n`, 'ends'), {scheme: 'https'});
		expect(reason).toBe('no TLS on HOST: it speaks something else');
	});
});

test('reads no more than maxBody of what never ends', async () => {
	const {values, findings, text} = await facing(pouring(`${ok}\r\n`, 'x'.repeat(1000)), {maxBody: '64KiB'});
	expect(values.BODY).toBe('x'.repeat(64 << 10));
	expect(findings).toEqual([{status: 'critical', reason: 'body larger than 64 KiB (maxBody)'}]);
	expect(text).toBe('200');
});

test('takes a body of just maxBody', async () => {
	const {values, findings} = await facing(saying(`${ok}\r\n${'x'.repeat(1024)}`, 'ends'), {maxBody: '1KiB'});
	expect([values.BODY?.length, findings]).toEqual([1024, []]);
});

test.each<[string, Uint8Array]>([
	['gzip', gzipSync('wéll')],
	['BR', brotliCompressSync('wéll')],
	['gzip, br', Buffer.from('as it came')],
])('reads what came compressed by %s though nobody asked for it', async (encoding, bytes) => {
	const head = `${ok}Content-Encoding: ${encoding}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
	const {values} = await facing(saying(Buffer.concat([Buffer.from(head), bytes])));
	expect(values.BODY).toBe(encoding.includes(',') ? 'as it came' : 'wéll');
});

test('keeps what it has seen of an answer whose rest is missing', async () => {
	const {values, facts} = await facing(saying(`HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nwe`, 'ends'));
	expect(values).toMatchObject({CONNECTED: true, STATUS: 503, HEADERS: {'content-length': '5'}});
	expect(facts).toBeUndefined();
});

test('shows nothing of an answer that could do harm, and takes odd headers for headers', async () => {
	const head = `HTTP/1.1 299 \x1b]0;owned\x07\r\n__proto__: a\r\nconstructor: b\r\nConstructor: c\r\nContent-Type: \x9b2J\r\n\r\n`;
	const {port} = await listening(saying(Buffer.from(head, 'latin1'), 'ends'));
	const {values, facts, text} = await answerOf(http, {url: `http://127.0.0.1:${port}/`});
	expect(Object.entries(values.HEADERS ?? {})).toEqual([
		['__proto__', 'a'],
		['constructor', 'b, c'],
		['content-type', '\x9b2J'],
	]);
	expect([text, facts?.map(({value}) => value)]).toEqual(['299', ['299 \\x1b]0;owned\\x07', '0 B of \\x9b2J']]);
});

test('does not mind what comes behind an answer', async () => {
	const {values} = await facing(saying(`${ok}Content-Length: 4\r\n\r\nwell${ok}\r\n`));
	expect(values.BODY).toBe('well');
});
