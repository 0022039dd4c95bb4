import {open} from 'node:fs/promises';
import {systemPath} from './files.js';

/** Enough for any attribute of sysfs. */
const usual = 1 << 16;

/** At most so many bytes from the start of a file, one character a byte, on libuv's thread pool. */
export async function readAside(path: string, atMost = usual): Promise<string> {
	const file = await open(systemPath(path));

	try {
		const buffer = Buffer.allocUnsafe(atMost);
		let length = 0;

		for (;;) {
			const {bytesRead} = await file.read(buffer, length, atMost - length, null);
			length += bytesRead;

			if (bytesRead === 0 || length === atMost) {
				return buffer.toString('latin1', 0, length);
			}
		}
	} finally {
		await file.close();
	}
}

/** The file in pieces of at most 64 KiB, each in the same buffer; most files of /proc give a page at a time. */
export async function* piecesAside(path: string): AsyncGenerator<Uint8Array> {
	const file = await open(systemPath(path));

	try {
		const buffer = Buffer.allocUnsafe(usual);

		for (;;) {
			const {bytesRead} = await file.read(buffer, 0, usual, null);

			if (bytesRead === 0) {
				return;
			}

			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await file.close();
	}
}
