import type {Socket} from 'node:net';
import {ParseError} from '../core/errors.js';
import {everyPid} from '../core/sampler.js';
import {wholeSnapshot} from '../core/snapshot-encode.js';
import {
	type EngineGreeting,
	type ViewGreeting,
	viewGreeting,
	viewProtocol,
	type Watch,
	watch,
} from '../core/view-protocol.js';
import type {Clock} from './clock.js';
import {LineReader} from './line-reader.js';
import type {LiveStore, Published} from './store.js';

/** A screen that does not read has so much waiting for it at most, beside one line, bytes; after that snapshots are left out. */
const mostPending = 1 << 20;

/** Who has not said what it is by then is no screen, ms. */
const greetWithin = 5000;

/** Who was let go and does not read what we said last is cut off, ms. */
const leaveWithin = 1000;

/** Of a line from a screen, bytes: two thousand pids take a fifth of it. */
export const mostViewerBytes = 65_536;

/** A tick, for all screens that saw the one before: written once. */
export type Tick = Published & {readonly line: () => string};

/** Why a screen was let go. */
export type Farewell = 'stopped' | 'other-protocol' | 'bad-line' | 'line-too-long' | 'no-greeting';

/** One screen at the other end of a socket. Whatever it does or leaves, nothing here waits for it. */
export class Viewer {
	readonly #socket: Socket;
	readonly #store: LiveStore;
	readonly #clock: Pick<Clock, 'wake'>;
	#callOff: () => void;
	readonly #wish: ReturnType<LiveStore['openView']>;
	/** What of the past is still to be sent. */
	#pieces: Iterator<unknown> | undefined;
	#isSending = false;
	#isGreeted = false;
	/** It was left out of a tick: it will begin anew once it has read what is waiting. */
	#isBehind = false;

	constructor(socket: Socket, store: LiveStore, greeting: EngineGreeting, clock: Pick<Clock, 'wake'>) {
		this.#socket = socket;
		this.#store = store;
		this.#clock = clock;
		this.#callOff = clock.wake(greetWithin, () => this.leave('no-greeting'));
		this.#wish = store.openView();
		const reader = new LineReader(
			mostViewerBytes,
			line => this.#read(line),
			() => this.leave('line-too-long'),
		);
		socket
			.on('data', chunk => reader.feed(chunk))
			.on('drain', () => this.#drained())
			.on('error', () => {})
			.on('close', () => {
				this.#callOff();
				this.#wish.close();
			});
		this.#write(greeting);
	}

	/** True for one that looks at the engine now. */
	get isThere(): boolean {
		return this.#isGreeted && !this.#isOver;
	}

	get #isOver(): boolean {
		return this.#socket.destroyed || this.#socket.writableEnded;
	}

	tick({before, line}: Tick): void {
		if (!this.#isGreeted || this.#isOver) {
			return;
		}

		if (this.#isBehind || this.#socket.writableLength > mostPending) {
			this.#isBehind = true;
			this.#pieces = undefined;
		} else if (before) {
			this.#socket.write(line());
		} else {
			this.begin();
		}
	}

	/** Everything from the beginning: the newest snapshot, and the past that goes with it. */
	begin(): void {
		const {snapshot, history, every} = this.#store;

		if (!snapshot || !this.#isGreeted || this.#isBehind || this.#isOver) {
			return;
		}

		this.#write({type: 'begin', every, snapshot: wholeSnapshot(snapshot)});
		this.#pieces = history.pieces()[Symbol.iterator]();
		// The first one says what the past begins with: it must come before the next snapshot.
		this.#write({type: 'past', piece: this.#pieces.next().value});

		if (!this.#isSending) {
			this.#sendPiece();
		}
	}

	/** Says why, and ends; who does not read has a second to do it. */
	leave(reason: Farewell): void {
		this.#pieces = undefined;
		this.#socket.end(`${JSON.stringify({type: 'bye', reason})}\n`);
		this.#socket.destroySoon();
		this.#callOff();
		this.#callOff = this.#clock.wake(leaveWithin, () => this.#socket.destroy());
	}

	#read(line: string): void {
		if (this.#isOver) {
			return;
		}

		const said = saidIn(line, this.#isGreeted);

		if (!said) {
			this.leave('bad-line');
		} else if ('protocol' in said) {
			this.#greet(said.protocol);
		} else {
			this.#watch(said);
		}
	}

	#greet(protocol: number): void {
		if (protocol !== viewProtocol) {
			this.leave('other-protocol');
			return;
		}

		this.#callOff();
		this.#isGreeted = true;
		this.begin();
	}

	#watch({pids, details}: Watch): void {
		this.#wish.setVisible(pids === 'every' ? everyPid : new Set(pids));
		this.#wish.setWanted(new Set(details));
	}

	#drained(): void {
		if (this.#isBehind && this.#socket.writableLength === 0) {
			this.#isBehind = false;
			this.begin();
		}
	}

	/** One piece at a time, each when the one before has been taken, and others had their turn. */
	#sendPiece(): void {
		const next = this.#pieces?.next();
		this.#isSending = next !== undefined && !next.done && !this.#isOver;

		if (next && this.#isSending) {
			this.#write({type: 'past', piece: next.value}, () => setImmediate(() => this.#sendPiece()));
		} else {
			this.#pieces = undefined;
		}
	}

	#write(line: object, written?: () => void): void {
		this.#socket.write(`${JSON.stringify(line)}\n`, written);
	}
}

/** What a screen says; undefined for what none of them says. */
function saidIn(line: string, isGreeted: boolean): ViewGreeting | Watch | undefined {
	try {
		const json: unknown = JSON.parse(line);
		return isGreeted ? watch(json, 'line') : viewGreeting(json, 'line');
	} catch (error) {
		if (error instanceof ParseError || error instanceof SyntaxError) {
			return undefined;
		}

		throw error;
	}
}
