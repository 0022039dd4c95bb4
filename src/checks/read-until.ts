import type {Readable} from 'node:stream';
import {safe} from '../core/safe.js';
import type {Attempt} from './attempt.js';

export type Read = {
	/** One character a byte. */
	readonly text: string;
	readonly isMatched: boolean;
	/** Its time was up: perhaps there would have been more. */
	readonly isTimeUp: boolean;
};

/**
 * What a connection says until it is enough, it is closed, or it is more than `most` bytes. When its time is up it is what was said so
 * far, if it said anything.
 */
export async function readUntil(
	attempt: Attempt,
	socket: Readable,
	isEnough: (text: string) => boolean,
	most: number,
): Promise<Read> {
	const {signal} = attempt.context;
	let [text, isTimeUp] = ['', false];
	const stop = () => {
		isTimeUp = true;
		socket.destroy();
	};
	signal.addEventListener('abort', stop, {once: true});
	attempt.waiting = safe`connected, then silent`;

	try {
		for await (const chunk of socket) {
			text += (chunk as Buffer).toString('latin1');

			if (isEnough(text)) {
				return {text, isMatched: true, isTimeUp: false};
			}

			if (text.length > most) {
				return {text: text.slice(0, most), isMatched: false, isTimeUp: false};
			}
		}
	} catch (error) {
		// What ends us is no error of the connection's.
		if (!signal.aborted) {
			throw error;
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}

	if (text === '') {
		signal.throwIfAborted();
	}

	return {text, isMatched: false, isTimeUp};
}
