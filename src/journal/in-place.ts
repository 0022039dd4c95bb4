import {constants, type Stats} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {codeOf} from '../core/errors.js';
import {readUpTo, statusOf} from './disk.js';

/** What has the journal's name. A reason goes behind it: `is a directory`. */
export type InPlace =
	| {readonly kind: 'nothing'}
	/** No journal of ours: not one byte of it was believed. */
	| {readonly kind: 'foreign'; readonly reason: string; readonly bytes: number}
	/** `file` is undefined when it may be read and not be written. */
	| {readonly kind: 'file'; readonly bytes: Buffer; readonly file: FileHandle | undefined};

// A pipe would hold us up, and a terminal become ours.
const guarded = constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Opens and reads what has the name, if it is a regular file of our own that nobody else may write, of at most `most` bytes. */
export async function lookAt(path: string, most: number): Promise<InPlace> {
	const status = await statusOf(path);

	if (!status) {
		return {kind: 'nothing'};
	}

	const reason = strangenessOf(status, most);

	if (reason !== undefined) {
		return {kind: 'foreign', reason, bytes: status.size};
	}

	try {
		return await readInPlace(path, most);
	} catch (error) {
		switch (codeOf(error)) {
			case 'EIO':
			case 'EACCES':
			case 'ELOOP':
				return {kind: 'foreign', reason: `cannot be read (${codeOf(error)})`, bytes: status.size};
			default:
				throw error;
		}
	}
}

async function readInPlace(path: string, most: number): Promise<InPlace> {
	const {file, isWritable} = await openInPlace(path);

	try {
		// What is read is what is open, whatever was looked at before.
		const status = await file.stat();
		const reason = strangenessOf(status, most);

		if (reason !== undefined) {
			await file.close();
			return {kind: 'foreign', reason, bytes: status.size};
		}

		if (isWritable && (status.mode & 0o077) !== 0) {
			await file.chmod(0o600);
		}

		const bytes = await readUpTo(file, status.size);

		if (!isWritable) {
			await file.close();
		}

		return {kind: 'file', bytes, file: isWritable ? file : undefined};
	} catch (error) {
		await file.close();
		throw error;
	}
}

async function openInPlace(path: string) {
	try {
		return {file: await open(path, constants.O_RDWR | guarded), isWritable: true};
	} catch (error) {
		if (codeOf(error) !== 'EROFS') {
			throw error;
		}

		return {file: await open(path, constants.O_RDONLY | guarded), isWritable: false};
	}
}

function strangenessOf(status: Stats, most: number): string | undefined {
	if (status.isSymbolicLink()) {
		return 'is a symbolic link';
	}

	if (status.isDirectory()) {
		return 'is a directory';
	}

	if (!status.isFile()) {
		return 'is no regular file';
	}

	if (status.uid !== process.geteuid?.()) {
		return `belongs to another user (uid ${status.uid})`;
	}

	if ((status.mode & 0o022) !== 0) {
		return `can be written by others (mode ${(status.mode & 0o7777).toString(8)})`;
	}

	return status.size > most ? `is ${status.size} bytes, a journal has at most ${most}` : undefined;
}
