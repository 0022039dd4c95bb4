import {createConnection, type Socket} from 'node:net';
import {codeOf} from '../core/errors.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {
	type EngineGreeting,
	type EngineLine,
	engineGreeting,
	engineLine,
	type ViewGreeting,
	viewProtocol,
	type Watch,
} from '../core/view-protocol.js';
import {LineReader} from './line-reader.js';

/** The longest line of an engine: a whole snapshot of 100,000 processes. */
const mostEngineBytes = 64 << 20;

/** Why there is no engine at a path. */
export type NoView =
	/** Nothing listens there. */
	| {readonly kind: 'none'}
	/** Somebody does, and this user may not connect. */
	| {readonly kind: 'forbidden'}
	/** It ended, or said what no engine of this protocol says. */
	| {readonly kind: 'lost'; readonly reason: Safe}
	/** It speaks another protocol. */
	| {readonly kind: 'other-protocol'; readonly greeting: EngineGreeting};

export type ViewEvents = {
	/** The engine is there, and speaks our protocol. */
	readonly onGreeting: (greeting: EngineGreeting) => void;
	/** What it throws ends the connection. */
	readonly onLine: (line: EngineLine) => void;
	/** Called once, at the end. Not after `close`. */
	readonly onEnd: (why: NoView) => void;
};

/** One connection to an engine's view socket: lines in, and what we watch out. */
export class ViewConnection {
	readonly #socket: Socket;
	readonly #events: ViewEvents;
	readonly #version: Safe;
	#isGreeted = false;
	#isOver = false;
	#farewell: Safe | undefined;

	/** `version` is ours. */
	constructor(path: string, version: Safe, events: ViewEvents) {
		this.#events = events;
		this.#version = version;
		this.#socket = createConnection({path});
		const reader = new LineReader(
			mostEngineBytes,
			line => this.#read(line),
			() => this.#end({kind: 'lost', reason: safe`it sent a line without an end`}),
		);
		this.#socket
			.on('data', chunk => reader.feed(chunk))
			.on('error', error => this.#end(whyNot(error)))
			.on('close', () => this.#end({kind: 'lost', reason: this.#farewell ?? safe`killed, or crashed`}));
	}

	/** Whether both sides have said what they are: only then may it be said what is watched. */
	get isGreeted(): boolean {
		return this.#isGreeted;
	}

	send(line: ViewGreeting | Watch): void {
		this.#socket.write(`${JSON.stringify(line)}\n`);
	}

	close(): void {
		this.#isOver = true;
		this.#socket.destroy();
	}

	#read(line: string): void {
		if (this.#isOver) {
			return;
		}

		try {
			const json: unknown = JSON.parse(line);

			if (this.#isGreeted || isFarewell(json)) {
				this.#hear(engineLine(json, 'line'));
			} else {
				this.#greet(engineGreeting(json, 'line'));
			}
		} catch (error) {
			if (!(error instanceof Error && (error.name === 'ParseError' || error.name === 'SyntaxError'))) {
				throw error;
			}

			this.#end({kind: 'lost', reason: safe`it said what no engine says: ${safeText(error.message)}`});
		}
	}

	#greet(greeting: EngineGreeting): void {
		if (greeting.protocol !== viewProtocol) {
			this.#end({kind: 'other-protocol', greeting});
			return;
		}

		this.#isGreeted = true;
		this.send({healthtop: 'viewer', protocol: viewProtocol, version: this.#version});
		this.#events.onGreeting(greeting);
	}

	#hear(line: EngineLine): void {
		if (line.type === 'bye') {
			this.#farewell = farewells.get(line.reason) ?? line.reason;
		} else {
			this.#events.onLine(line);
		}
	}

	#end(why: NoView): void {
		if (!this.#isOver) {
			this.close();
			this.#events.onEnd(why);
		}
	}
}

/** An engine that has no room says so instead of greeting. */
function isFarewell(json: unknown): boolean {
	return typeof json === 'object' && json !== null && 'type' in json && json.type === 'bye';
}

/** What an engine's good-bye means to whoever looks at the screen. */
const farewells: ReadonlyMap<string, Safe> = new Map([
	['stopped', safe`it was stopped`],
	['too-many', safe`it has as many screens as it takes`],
]);

function whyNot(error: Error): NoView {
	switch (codeOf(error)) {
		case 'ENOENT':
		case 'ECONNREFUSED':
		case 'ENOTDIR':
		case 'ENOTSOCK':
			return {kind: 'none'};
		case 'EACCES':
		case 'EPERM':
			return {kind: 'forbidden'};
		default:
			return {kind: 'lost', reason: safeText(codeOf(error) ?? error.message)};
	}
}
