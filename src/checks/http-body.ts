import {codeOf} from '../core/errors.js';
import {bytesShort} from '../core/format.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import type {Head} from './http-request.js';
import {bodyProblem, largerText} from './http-words.js';

export type Body = {
	/** UTF-8, decoded. */
	readonly text: string;
	/** Bytes of it, once it is decompressed. */
	readonly size: number;
	/** Whether there was more of it. */
	readonly isCut: boolean;
};

type Raw = {readonly bytes: Buffer; readonly isCut: boolean};

/**
 * The body of an answer up to `most` bytes, decompressed where it came so though nobody had asked for it.
 * @throws {Failed} or the system's error.
 */
export async function readBody(attempt: Attempt, head: Head, most: number): Promise<Body> {
	const raw = await rawOf(attempt, head, most);
	const bytes = await decompressed(raw, head.headers['content-encoding'] ?? '', most);
	return {text: new TextDecoder().decode(bytes), size: bytes.length, isCut: raw.isCut};
}

async function rawOf(attempt: Attempt, {response, headers, problem}: Head, most: number): Promise<Raw> {
	const {signal} = attempt.context;
	const pieces: Buffer[] = [];
	let size = 0;
	const stop = () => response.destroy();
	signal.addEventListener('abort', stop, {once: true});
	attempt.waiting = safe`headers, then no body`;

	try {
		signal.throwIfAborted();

		for await (const piece of response as AsyncIterable<Buffer>) {
			pieces.push(piece);
			size += piece.length;
			attempt.waiting = safe`body still coming after ${bytesShort(size)}`;

			if (size > most) {
				break;
			}
		}
	} catch (error) {
		signal.throwIfAborted();
		throw bodyProblem(problem() ?? error, size, headers['content-length']);
	} finally {
		signal.removeEventListener('abort', stop);
	}

	return {bytes: Buffer.concat(pieces, Math.min(size, most)), isCut: size > most};
}

/** Not on the thread pool, where a hung mount may have taken every thread: it is at most `most` that goes in, and that comes out. */
async function decompressed({bytes, isCut}: Raw, header: string, most: number): Promise<Buffer> {
	const encoding = header.trim().toLowerCase();

	// Several encodings, one in the other, are left as they are.
	if (bytes.length === 0 || !/^(?:x-)?gzip$|^deflate$|^br$/.test(encoding)) {
		return bytes;
	}

	if (isCut) {
		throw new Failed({status: 'critical', reason: largerText(most)});
	}

	const {brotliDecompressSync, unzipSync} = await import('node:zlib');

	try {
		return (encoding === 'br' ? brotliDecompressSync : unzipSync)(bytes, {maxOutputLength: most});
	} catch (error) {
		throw new Failed({status: 'critical', reason: decompressionProblem(error, safeBytes(encoding), most)});
	}
}

function decompressionProblem(error: unknown, encoding: Safe, most: number): Safe {
	return codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
		? largerText(most)
		: safe`body is not ${encoding}, as its header says`;
}
