import {connect, type Socket} from 'node:net';
import {boolean, number, object, oneOf, optional, raw, shown} from '../core/decode.js';
import {codeOf, messageOf} from '../core/errors.js';
import {type Safe, safeText} from '../core/safe.js';
import type {Clock} from './clock.js';
import {controlProtocol} from './control-server.js';
import {LineReader} from './line-reader.js';
import {requesterHere} from './requester.js';
import {longestSocketPath} from './socket-places.js';

/** Of an answer, bytes: more than any engine has to say. */
const longestAnswer = 16 << 20;

/** Why there is no answer. */
export type NoAnswer =
	/** Nobody listens there. */
	| {readonly kind: 'none'}
	/** Not for this user. */
	| {readonly kind: 'forbidden'}
	/** Somebody listens, and says nothing in time. `pid` if it has said that. */
	| {readonly kind: 'silent'; readonly pid?: number}
	/** It ended while it was being asked, or says what no engine says. */
	| {readonly kind: 'broken'; readonly reason: Safe}
	| {readonly kind: 'other-protocol'; readonly ours: Safe; readonly theirs: Safe}
	/** The engine's own words; the reason may have several lines, each safe to show. */
	| {readonly kind: 'refused'; readonly code: Safe; readonly reason: string};

/** No engine did what it was asked; `why` says what is known of it. */
export class NoEngine extends Error {
	override name = 'NoEngine';
	readonly why: NoAnswer;

	constructor(why: NoAnswer) {
		super(sentenceOf(why));
		this.why = why;
	}
}

/** What is asked: a word, and whatever arguments it has. */
type EngineRequest = {
	readonly do: string;
	readonly [argument: string]: unknown;
};

/** Who asks, and the clock that ends the waiting. */
export type Asker = {
	readonly clock: Pick<Clock, 'wake'>;
	readonly version: string;
	readonly pid: number;
	readonly env: Readonly<Record<string, string | undefined>>;
};

const decodeGreeting = object<{healthtop: 'control'; protocol: number; version: Safe; pid: number}>({
	healthtop: oneOf('control'),
	protocol: number,
	version: shown,
	pid: number,
});

const decodeAnswer = object<{ok: boolean; code?: Safe | undefined; reason?: string | undefined}>({
	ok: boolean,
	code: optional(shown),
	reason: optional(raw),
});

/**
 * Asks the engine whose control socket that is one thing, on a connection of its own; ControlServer says what goes over it.
 * @param within for greeting and answer together, ms.
 * @returns the result, any JSON: nothing of it was looked at.
 * @throws {NoEngine}
 */
export async function askEngine(path: string, request: EngineRequest, asker: Asker, within: number): Promise<unknown> {
	const conversation = new Conversation(path, asker);

	try {
		return await conversation.ask(request, within);
	} finally {
		conversation.close();
	}
}

/**
 * The same for what makes an engine end: waits `endsWithin` ms after the answer for the connection to end.
 * @returns whether it did.
 * @throws {NoEngine}
 */
export async function askToEnd(
	path: string,
	request: EngineRequest,
	asker: Asker,
	{within, endsWithin}: {readonly within: number; readonly endsWithin: number},
): Promise<boolean> {
	const conversation = new Conversation(path, asker);

	try {
		await conversation.ask(request, within);
		return await conversation.hasEnded(endsWithin);
	} finally {
		conversation.close();
	}
}

/** One request on one connection. */
class Conversation {
	readonly #asker: Asker;
	readonly #socket: Socket;
	readonly #ended: Promise<boolean>;
	#pid: number | undefined;

	/** @throws {NoEngine} for what Node would cut, to connect to somebody else. */
	constructor(path: string, asker: Asker) {
		if (Buffer.byteLength(path) > longestSocketPath) {
			throw new NoEngine({kind: 'none'});
		}

		this.#asker = asker;
		this.#socket = connect(path);
		this.#ended = new Promise(resolve => this.#socket.once('close', () => resolve(true)));
	}

	/** Resolves with the result. @throws {NoEngine} */
	ask(request: EngineRequest, within: number): Promise<unknown> {
		return this.#before(within, this.#answerTo(request), () => {
			throw new NoEngine({kind: 'silent', ...(this.#pid !== undefined && {pid: this.#pid})});
		});
	}

	/** Whether the connection ends in that time. */
	hasEnded(within: number): Promise<boolean> {
		return this.#before(within, this.#ended, () => false);
	}

	close(): void {
		this.#socket.destroy();
	}

	async #before<T>(ms: number, promise: Promise<T>, late: () => T): Promise<T> {
		let callOff = () => {};
		const tooLate = new Promise<void>(resolve => {
			callOff = this.#asker.clock.wake(ms, resolve);
		});

		try {
			return await Promise.race([promise, tooLate.then(late)]);
		} finally {
			callOff();
		}
	}

	#answerTo(request: EngineRequest): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const refuse = (why: NoAnswer) => reject(new NoEngine(why));
			const broken = (reason: string) => refuse({kind: 'broken', reason: safeText(reason)});
			const reader = new LineReader(
				longestAnswer,
				line => {
					try {
						this.#heard(line, request, resolve);
					} catch (error) {
						// The first counts.
						reject(
							error instanceof NoEngine ? error : new NoEngine({kind: 'broken', reason: safeText(messageOf(error))}),
						);
					}
				},
				() => broken('it said more than an engine does'),
			);
			this.#socket.on('data', chunk => reader.feed(chunk));
			this.#socket.on('error', error => refuse(whyOf(error)));
			this.#socket.on('close', () => broken('it closed the connection'));
		});
	}

	#heard(line: string, request: EngineRequest, resolve: (result: unknown) => void): void {
		const json: unknown = JSON.parse(line);

		if (this.#pid === undefined) {
			this.#greeted(json);
			const {isVouched: _, ...by} = requesterHere(this.#asker);
			this.#socket.write(`${JSON.stringify({...request, id: 1, by})}\n`);
		} else {
			resolve(resultOf(json));
		}
	}

	#greeted(json: unknown): void {
		refuseFarewell(json);
		const {protocol, version, pid} = decodeGreeting(json, 'greeting');

		if (protocol !== controlProtocol) {
			throw new NoEngine({kind: 'other-protocol', ours: safeText(this.#asker.version), theirs: version});
		}

		this.#pid = pid;
	}
}

/** @throws {NoEngine} when the engine did not do it. */
function resultOf(json: unknown): unknown {
	refuseFarewell(json);
	const {ok, code = safeText('failed'), reason = ''} = decodeAnswer(json, 'answer');

	if (!ok) {
		throw new NoEngine({kind: 'refused', code, reason: reason.split('\n').map(safeText).join('\n')});
	}

	return typeof json === 'object' && json !== null && 'result' in json ? json.result : undefined;
}

function refuseFarewell(json: unknown): void {
	if (typeof json === 'object' && json !== null && 'type' in json && json.type === 'bye') {
		const reason = 'reason' in json ? safeText(String(json.reason)) : safeText('bye');
		const sentence =
			reason === 'too-many' ? 'too many others ask it at the moment' : `it ended the connection (${reason})`;
		throw new NoEngine({kind: 'refused', code: reason, reason: sentence});
	}
}

function whyOf(error: Error): NoAnswer {
	switch (codeOf(error)) {
		// ENOTDIR, too: what should be its directory is a file.
		case 'ENOENT':
		case 'ENOTDIR':
		case 'ECONNREFUSED':
			return {kind: 'none'};
		case 'EACCES':
		case 'EPERM':
			return {kind: 'forbidden'};
		// More wait to be accepted than the kernel lets (connect(2)): nobody accepts them.
		case 'EAGAIN':
			return {kind: 'silent'};
		default:
			return {kind: 'broken', reason: safeText(codeOf(error) ?? error.message)};
	}
}

function sentenceOf(why: NoAnswer): string {
	switch (why.kind) {
		case 'none':
			return 'no engine listens there';
		case 'forbidden':
			return 'this user may not command the engine';
		case 'silent':
			return 'the engine does not answer';
		case 'broken':
			return `the engine cannot be asked: ${why.reason}`;
		case 'other-protocol':
			return `the engine is healthtop ${why.theirs}, this is ${why.ours}, and they do not understand each other`;
		case 'refused':
			return why.reason;
	}
}
