import type {Socket} from 'node:net';
import {Duplex} from 'node:stream';

/** More than any answer that is asked for here has, bytes. */
const most = 1 << 20;

/** `broken`: packets that are none. `long`: an answer without end. `secret`: the client was about to tell the password to anybody. */
export class WireError extends Error {
	override name = 'WireError';
	readonly kind: 'broken' | 'long' | 'secret' | 'lost';

	constructor(kind: WireError['kind']) {
		super(kind);
		this.kind = kind;
	}
}

export type WireOptions = {
	/** What the server has said already. */
	readonly greeting: Buffer;
	/** TLS began behind the greeting: the server has counted a packet that the client knows nothing of. */
	readonly isTls: boolean;
	/** Nobody can listen or pretend to be the server. */
	readonly isPrivate: boolean;
};

/**
 * A connection on which TLS has begun already, as the client wants it: one that begins with the greeting. The client is shown no packet
 * out of turn, about which it would write to the terminal, and no more of an answer than it may hold.
 */
export class Wire extends Duplex {
	readonly #socket: Socket;
	readonly #isPrivate: boolean;
	/** By how much the server counts further than the client, until the first command, with which both begin anew. */
	#ahead: number;
	/** The number that the next packet must have, as the client counts. */
	#next = 0;
	/** Bytes since the client spoke. */
	#received = 0;
	/** Bytes of the packet that are still to come, and of its header those that have come. */
	#rest = 0;
	#header: number[] = [];

	constructor(socket: Socket, {greeting, isTls, isPrivate}: WireOptions) {
		super({allowHalfOpen: false});
		this.#socket = socket;
		this.#isPrivate = isPrivate;
		this.#ahead = 0;
		// Whoever asks something hears of it, too; nobody need.
		this.on('error', () => {});
		this.#take(greeting);
		this.#ahead = isTls ? 1 : 0;
		socket.on('data', chunk => this.#take(chunk));
		socket.on('error', error => this.destroy(error));
		socket.on('close', () => this.destroy(new WireError('lost')));

		if (socket.destroyed) {
			this.destroy(new WireError('lost'));
		}
	}

	override _read(): void {
		this.#socket.resume();
	}

	/** One packet: the client writes each of them whole. */
	override _write(packet: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
		const count = packet[3] ?? 0;

		// The client asks for the server's key, to tell the password to whoever has the other half of it.
		if (count > 1 && packet.length === 5 && (packet[4] === 1 || packet[4] === 2) && !this.#isPrivate) {
			done(new WireError('secret'));
			return;
		}

		this.#ahead = count === 0 ? 0 : this.#ahead;
		packet[3] = (count + this.#ahead) & 255;
		this.#next = (count + 1) & 255;
		this.#received = 0;
		this.#socket.write(packet, done);
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#socket.destroy();
		done(error);
	}

	#take(chunk: Buffer): void {
		this.#received += chunk.length;
		const problem = this.#received > most ? 'long' : this.#count(chunk) ? undefined : 'broken';

		if (problem) {
			this.destroy(new WireError(problem));
		} else if (!this.push(chunk)) {
			this.#socket.pause();
		}
	}

	/** Whether every packet that begins in it is the next one; each has the client's number afterwards. */
	#count(chunk: Buffer): boolean {
		for (let at = 0; at < chunk.length; ) {
			if (this.#rest > 0) {
				const step = Math.min(this.#rest, chunk.length - at);
				this.#rest -= step;
				at += step;
				continue;
			}

			this.#header.push(chunk[at] ?? 0);

			if (this.#header.length === 4) {
				const [low = 0, middle = 0, high = 0, count = 0] = this.#header;
				this.#header = [];
				this.#rest = low + (middle << 8) + (high << 16);
				chunk[at] = (count - this.#ahead) & 255;

				if (chunk[at] !== this.#next) {
					return false;
				}

				this.#next = (this.#next + 1) & 255;
			}

			at += 1;
		}

		return true;
	}
}
