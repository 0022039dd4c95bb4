import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';
import {codeOf} from '../core/errors.js';

/** What came of reading a file. A reason goes behind the file's name: `is a directory`. */
export type FileRead =
	| {readonly kind: 'read'; readonly text: string; readonly status: Stats}
	| {readonly kind: 'missing'}
	| {readonly kind: 'refused'; readonly reason: string};

/** Reads a regular file of at most `most` bytes as UTF-8; `kind` is what such a file is. Of anything else no byte is read. */
export function readFile(file: string, most: number, kind: string): FileRead {
	let handle: number | undefined;

	try {
		// A pipe that nobody writes to would hold us up, and a terminal would become ours.
		handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
		return readOpen(handle, most, kind);
	} catch (error) {
		return problemOf(error);
	} finally {
		if (handle !== undefined) {
			closeSync(handle);
		}
	}
}

/** The status is that of what is read, whatever is put in its place meanwhile. */
function readOpen(handle: number, most: number, kind: string): FileRead {
	const status = fstatSync(handle);

	if (!status.isFile()) {
		const reason = status.isDirectory() ? 'is a directory, name the file in it' : 'is no regular file';
		return {kind: 'refused', reason};
	}

	const bytes = status.size > most ? undefined : readUpTo(handle, most + 1);
	const size = bytes?.length ?? status.size;

	if (!bytes || size > most) {
		return {kind: 'refused', reason: `is ${size} bytes, ${kind} has at most ${most}`};
	}

	return {kind: 'read', text: bytes.toString('utf8'), status};
}

/** A file may grow while it is read, and files of /proc say that they have no size. */
function readUpTo(handle: number, most: number): Buffer {
	const bytes = Buffer.alloc(most);
	let length = 0;

	for (let count = -1; count !== 0 && length < most; length += count) {
		count = readSync(handle, bytes, length, most - length, null);
	}

	return bytes.subarray(0, length);
}

function problemOf(error: unknown): FileRead {
	const code = codeOf(error);

	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return {kind: 'missing'};
		case 'EACCES':
			return {kind: 'refused', reason: 'may not be read by this user'};
		// What opening a socket gives.
		case 'ENXIO':
			return {kind: 'refused', reason: 'is no regular file'};
		default:
			return {kind: 'refused', reason: `cannot be read (${code ?? error})`};
	}
}
