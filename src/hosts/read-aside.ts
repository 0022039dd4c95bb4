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
