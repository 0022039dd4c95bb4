import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import {headProblem} from './http-words.js';

/** One request of HTTP/1.1, before it goes over a connection. */
export type HttpRequest = {
	readonly url: URL;
	readonly method: string;
	readonly body: string | undefined;
	/** Those that are configured: they take the place of ours. */
	readonly headers: Readonly<Record<string, string>>;
};

/** The head of an answer. */
export type Head = {
	readonly status: number;
	/** Names in small letters; values of the same name joined by `, `. One character a byte. */
	readonly headers: Readonly<Record<string, string>>;
	/** Its body is still to be read. */
	readonly response: IncomingMessage;
	/** What is wrong with the connection; it is known later than the end of the body. */
	readonly problem: () => unknown;
};

/** Of node:http, which is loaded with the first question. */
export type Send = typeof import('node:http').request;

/** Headers of one answer may have so many bytes, whatever their number. */
const mostHead = 64 << 10;

/** Interim answers (1xx) before the one that counts. */
const mostInterim = 10;

/**
 * Sends a request over a fresh connection and waits for the head of its answer.
 * @throws {Failed} or the system's error.
 */
export async function headOf(attempt: Attempt, send: Send, socket: Socket, sent: HttpRequest): Promise<Head> {
	const {signal, hide} = attempt.context;
	const target = safeText(attempt.target);
	let [hasBegun, interim, problem]: [boolean, number, unknown] = [false, 0, undefined];
	const request = send({
		createConnection: () => socket,
		method: sent.method,
		path: sent.url.pathname + sent.url.search,
		headers: sentHeaders(sent),
		maxHeaderSize: mostHead,
	});
	// Not 2,000 of them, above which it would leave out the others.
	request.maxHeadersCount = 0;
	request.on('error', error => {
		problem ??= error;
	});
	request.on('information', () => {
		interim += 1;

		if (interim > mostInterim) {
			request.destroy(new Failed({status: 'critical', reason: safe`more than ${mostInterim} interim answers (1xx)`}));
		}
	});
	const begun = new Promise<void>(resolve => {
		// Not earlier: what comes before the client listens would be lost to it.
		request.once('socket', () => socket.once('data', () => resolve()));
	});
	const answered = Promise.race([once(request, 'response', {signal}), once(request, 'upgrade', {signal})]);
	request.end(sent.body);

	try {
		await attempt.stage('first byte', safe`connected, then silent`, () => Promise.race([begun, answered]));
		hasBegun = true;
		attempt.waiting = safe`headers still coming`;
		const [response] = (await answered) as [IncomingMessage];
		return {
			status: response.statusCode ?? 0,
			headers: headersOf(response.rawHeaders),
			response,
			problem: () => problem,
		};
	} catch (error) {
		signal.throwIfAborted();
		throw headProblem(error, target, hasBegun, hide);
	}
}

/** As they were written, and ours where none was. */
function sentHeaders({url, headers, body}: HttpRequest): Readonly<Record<string, string>> {
	const ours = {
		Host: url.host,
		'User-Agent': 'healthtop',
		Accept: '*/*',
		'Accept-Encoding': 'identity',
		Connection: 'close',
		...(body !== undefined && {'Content-Length': String(Buffer.byteLength(body))}),
	};
	const configured = new Set(Object.keys(headers).map(name => name.toLowerCase()));
	const missing = Object.entries(ours).filter(([name]) => !configured.has(name.toLowerCase()));
	return Object.fromEntries([...missing, ...Object.entries(headers)]);
}

/** Not Node's own objects of them, in which a header named `__proto__` or `constructor` is no header. */
function headersOf(raw: readonly string[]): Readonly<Record<string, string>> {
	const headers = new Map<string, string>();

	for (let i = 0; i + 1 < raw.length; i += 2) {
		const name = (raw[i] ?? '').toLowerCase();
		const before = headers.get(name);
		const value = raw[i + 1] ?? '';
		headers.set(name, before === undefined ? value : `${before}, ${value}`);
	}

	return Object.fromEntries(headers);
}
