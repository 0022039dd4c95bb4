import type {Socket} from 'node:net';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';

/** More than any server says before TLS begins, bytes. */
const most = 64 << 10;

/** So much is shown of what it says, bytes. */
const mostQuoted = 80;

/** What a server said, one character a byte, to be shown: the beginning of it, without secrets. */
export function quoted({context}: Attempt, said: string): Safe {
	return safeBytes(context.hide(said).slice(0, mostQuoted));
}

/** A talk with a server in lines, before something else begins on the same connection: what it says too early is noticed. */
export class Dialog {
	readonly target: Safe;
	readonly #attempt: Attempt;
	readonly #socket: Socket;
	/** What has been said and not been taken yet, one character a byte. */
	#heard = '';
	#length = 0;

	constructor(attempt: Attempt, socket: Socket) {
		this.#attempt = attempt;
		this.#socket = socket;
		this.target = safeText(attempt.target);
		attempt.waiting = safe`connected, then silent`;
	}

	say(line: string): void {
		this.#socket.write(`${line}\r\n`);
		this.#attempt.waiting = safe`connected, then silent after ${safeText(line)}`;
	}

	write(bytes: Uint8Array): void {
		this.#socket.write(bytes);
	}

	/** The next line, without its end. @throws {Failed} where there is none. */
	async line(): Promise<string> {
		for (;;) {
			const end = this.#heard.indexOf('\n');

			if (end >= 0) {
				return this.#take(end + 1).replace(/\r?\n$/, '');
			}

			await this.#hear();
		}
	}

	/** The next byte, as a character. @throws {Failed} where there is none. */
	async byte(): Promise<string> {
		while (this.#heard === '') {
			await this.#hear();
		}

		return this.#take(1);
	}

	/**
	 * From here on the connection is somebody else's. What was said in the clear behind the answer that TLS begins with might be taken for a
	 * part of what is said in it (CVE-2011-0411).
	 * @throws {Failed}
	 */
	end(): void {
		if (this.#heard !== '' || this.#socket.readableLength > 0) {
			throw this.failed(safe`${this.target} goes on in the clear after it has agreed to TLS`);
		}
	}

	/** The beginning of a line that the server said, to be shown. */
	quoted(line: string): Safe {
		return quoted(this.#attempt, line);
	}

	failed(reason: Safe): Failed {
		return new Failed({status: 'critical', reason});
	}

	#take(length: number): string {
		const taken = this.#heard.slice(0, length);
		this.#heard = this.#heard.slice(length);
		return taken;
	}

	async #hear(): Promise<void> {
		const chunk: Buffer | null = this.#socket.read();

		if (chunk === null) {
			await this.#change();
			return;
		}

		this.#heard += chunk.toString('latin1');
		this.#length += chunk.length;
		this.#attempt.waiting = safe`connected, then only half a line`;

		if (this.#length > most) {
			throw this.failed(safe`${this.target} says more than 64 KiB before TLS`);
		}
	}

	/** Until there is more to read. */
	async #change(): Promise<void> {
		const {signal} = this.#attempt.context;
		signal.throwIfAborted();
		const socket = this.#socket;
		const closed = this.failed(safe`${this.target} closed the connection before TLS`);

		if (socket.readableEnded || socket.destroyed) {
			throw closed;
		}

		await new Promise<void>((resolve, reject) => {
			const listeners = {
				readable: () => settle(resolve),
				end: () => settle(() => reject(closed)),
				close: () => settle(() => reject(closed)),
				error: (error: Error) => settle(() => reject(error)),
			};
			const abort = () => settle(() => reject(signal.reason));
			const settle = (then: () => void) => {
				signal.removeEventListener('abort', abort);

				for (const [event, listener] of Object.entries(listeners)) {
					socket.off(event, listener);
				}

				then();
			};
			signal.addEventListener('abort', abort, {once: true});

			for (const [event, listener] of Object.entries(listeners)) {
				socket.on(event, listener);
			}
		});
	}
}
