import {closeSync, openSync, readdirSync, readlinkSync, readSync} from 'node:fs';

const smallRead = 4096;

// Grows when a file does not fit; /proc/stat of a large machine has about 50 kB.
let shared = Buffer.allocUnsafeSlow(1 << 16);

/** A path kept one character a byte, as the system wants it. */
export function systemPath(path: string): string | Buffer {
	return /^[\x01-\x7f]*$/.test(path) ? path : Buffer.from(path, 'latin1');
}

/** The whole file into the shared buffer: one read(2) gives at most a page of most /proc files. */
export function readAll(path: string): Buffer {
	const file = openSync(systemPath(path), 'r');

	try {
		let length = 0;

		for (;;) {
			if (length === shared.length) {
				shared = Buffer.concat([shared], shared.length * 4);
			}

			const read = readSync(file, shared, length, shared.length - length, null);

			if (read === 0) {
				return shared.subarray(0, length);
			}

			length += read;
		}
	} finally {
		closeSync(file);
	}
}

/** One read(2) of at most 4 KiB into the shared buffer. The path as the system wants it. */
export function readOnce(path: string | Buffer): Buffer {
	const file = openSync(path, 'r');

	try {
		return shared.subarray(0, readSync(file, shared, 0, smallRead, null));
	} finally {
		closeSync(file);
	}
}

/** Names in a directory, one character a byte. */
export function list(path: string): string[] {
	return readdirSync(systemPath(path), 'latin1');
}

/** The target of a symbolic link, one character a byte. */
export function readlink(path: string): string {
	return readlinkSync(systemPath(path), 'latin1');
}
