import type {Socket} from 'node:net';
import {setImmediate} from 'node:timers/promises';
import {number, object, raw} from '../core/decode.js';
import {messageOf} from '../core/errors.js';
import type {Clock} from './clock.js';
import {LineReader} from './line-reader.js';
import {type Requester, requester} from './requester.js';

/** The version of what is said on a control socket; other ones do not understand each other. */
export const controlProtocol = 1;

/** Connections at a time. */
export const mostControllers = 16;

/** Of a request, bytes. */
const longestRequest = 64 << 10;

/** Bytes of answers that a client may leave unread. */
const mostUnread = 1 << 20;

/** What an engine does for whoever may open its control socket, by the word in `do`. The result must be JSON. */
export type Handlers = Readonly<
	Record<string, (args: Readonly<Record<string, unknown>>, by: Requester) => Promise<unknown>>
>;

/** Thrown by a handler that does not do what it was asked: both are for the one who asked. */
export class RequestError extends Error {
	override name = 'RequestError';

	/** One word, such as `refused`. */
	readonly code: string;

	constructor(code: string, reason: string) {
		super(reason);
		this.code = code;
	}
}

/** Who has asked nothing by then only takes a place, ms. */
const askWithin = 10_000;

export type ControlServerOptions = {
	readonly clock: Pick<Clock, 'wake'>;
	readonly version: string;
	readonly pid: number;
	readonly handlers: Handlers;
	/** A handler threw something that is not for the one who asked. */
	readonly onError: (reason: string) => void;
};

type Request = {
	readonly id: number;
	readonly do: string;
	readonly by: Requester;
};

const decodeRequest = object<Request>({id: number, do: raw, by: requester});

/**
 * Answers what is asked on control sockets, in lines of JSON:
 *
 * - we say `{"healthtop":"control","protocol":1,"version","pid"}` first;
 * - a request is `{"id": number, "do": word, "by": requester, ...arguments}`, at most 64 KiB of it;
 * - its answer is `{"id","ok":true,"result"}` or `{"id","ok":false,"code","reason"}`. Codes of ours are `bad-request` (with an `id` if
 *   it had one), `unknown-request` and `failed` (a bug, or a disk; our log says more); others are the handler's;
 * - `{"type":"bye","reason":"line-too-long"}` is the last we say, and `too-many` (SocketListener) the only thing.
 *
 * Requests of one connection are answered in their order, one at a time, and no more is read meanwhile. Who may ask is decided by
 * the mode of the socket alone.
 */
export class ControlServer {
	readonly #options: ControlServerOptions;

	constructor(options: ControlServerOptions) {
		this.#options = options;
	}

	/** Serves a connection to its end. Never throws. */
	accept(socket: Socket): void {
		const {version, pid} = this.#options;
		const callOff = this.#options.clock.wake(askWithin, () => socket.destroy());
		socket.once('data', callOff).once('close', callOff);
		// Who has asked and has nothing more to say still wants to hear: else Node would end it in the middle of an answer.
		socket.allowHalfOpen = true;
		write(socket, {healthtop: 'control', protocol: controlProtocol, version, pid});
		// It ends with an error when the other side goes in mid-word.
		this.#serve(socket).catch(() => socket.destroy());
	}

	async #serve(socket: Socket): Promise<void> {
		const lines: string[] = [];
		let isTooLong = false;
		const reader = new LineReader(
			longestRequest,
			line => lines.push(line),
			() => {
				isTooLong = true;
			},
		);

		// Not destroyed on the way out: what we said last must be on its way first.
		for await (const chunk of socket.iterator({destroyOnReturn: false})) {
			reader.feed(chunk);

			for (const line of lines.splice(0)) {
				if (socket.writableLength > mostUnread || socket.destroyed) {
					socket.destroy();
					return;
				}

				write(socket, await this.#answer(line));
				// A thousand requests in one piece must not hold up the engine, nor count as unread what had no time to leave.
				await setImmediate();
			}

			if (isTooLong) {
				write(socket, {type: 'bye', reason: 'line-too-long'});
				break;
			}
		}

		socket.destroySoon();
	}

	async #answer(line: string): Promise<object> {
		let json: unknown;

		try {
			json = JSON.parse(line);
			const {id, ...request} = decodeRequest(json, 'request');
			return {id, ...(await this.#outcome(request, argumentsOf(json)))};
		} catch (error) {
			return {...idOf(json), ok: false, code: 'bad-request', reason: messageOf(error)};
		}
	}

	async #outcome({do: word, by}: Omit<Request, 'id'>, args: Readonly<Record<string, unknown>>): Promise<object> {
		const handler = Object.hasOwn(this.#options.handlers, word) ? this.#options.handlers[word] : undefined;

		if (!handler) {
			return {ok: false, code: 'unknown-request', reason: `this engine knows no '${word}'`};
		}

		try {
			const result = await handler(args, by);
			// What is no JSON is found here, where it can still be told.
			JSON.stringify(result);
			return {ok: true, result: result ?? null};
		} catch (error) {
			if (error instanceof RequestError) {
				return {ok: false, code: error.code, reason: error.message};
			}

			this.#options.onError(`'${word}': ${messageOf(error)}`);
			return {ok: false, code: 'failed', reason: 'it failed; the log of the engine says why'};
		}
	}
}

function argumentsOf(json: unknown): Readonly<Record<string, unknown>> {
	const own = new Set(['id', 'do', 'by']);
	return Object.fromEntries(Object.entries(json ?? {}).filter(([key]) => !own.has(key)));
}

function idOf(json: unknown): {id?: number} {
	return typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'number' ? {id: json.id} : {};
}

function write(socket: Socket, message: object): void {
	socket.write(`${JSON.stringify(message)}\n`);
}
