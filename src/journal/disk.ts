import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import {copyFile, type FileHandle, link, lstat, open, readdir, rename, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {codeOf} from '../core/errors.js';

const newFile = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Of what was set aside, so many are kept: a disk that damages one file damages the next. */
const mostAside = 10;

/** Writes all of it there, however little the system takes at a time. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
	for (let done = 0; done < bytes.length; ) {
		done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
	}
}

/** What stands from the beginning, up to that many bytes. */
export async function readUpTo(file: FileHandle, most: number): Promise<Buffer> {
	const bytes = Buffer.allocUnsafe(most);
	let length = 0;

	for (let count = -1; count !== 0 && length < most; length += count) {
		count = (await file.read(bytes, length, most - length, length)).bytesRead;
	}

	return bytes.subarray(0, length);
}

/**
 * Puts a file with these bytes in the place of what has the name: another name, exclusively made, 0600, written, fsync, rename.
 * The name is on disk only after `syncDirectory`. @returns the file, open for reading and writing.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<FileHandle> {
	const temporary = `${path}.new-${randomBytes(6).toString('hex')}`;
	const file = await open(temporary, newFile, 0o600);

	try {
		await writeAll(file, bytes, 0);
		await file.sync();
		await rename(temporary, path);
		return file;
	} catch (error) {
		await file.close();
		await rm(temporary, {force: true}).catch(() => {});
		throw error;
	}
}

/** Makes what was renamed in it outlast a power failure. */
export async function syncDirectory(path: string): Promise<void> {
	const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);

	try {
		await directory.sync();
	} catch (error) {
		// Some file systems have nothing to write there (fsync(2)).
		if (codeOf(error) !== 'EINVAL') {
			throw error;
		}
	} finally {
		await directory.close();
	}
}

/** Gives what has the first name the second, too: without a byte more on the disk, and with nothing missing at any moment. */
export async function keepAs(path: string, aside: string): Promise<void> {
	try {
		await link(path, aside);
	} catch (error) {
		switch (codeOf(error)) {
			// What an earlier attempt made: nobody else has this name.
			case 'EEXIST':
				return;
			case 'ENOSPC':
			case 'EDQUOT':
			case 'EROFS':
			case 'EACCES':
				throw error;
			default:
				// A file system without hard links.
				await copyAs(path, aside);
		}
	}
}

async function copyAs(path: string, aside: string): Promise<void> {
	try {
		await copyFile(path, aside, constants.COPYFILE_EXCL);
	} catch (error) {
		await rm(aside, {force: true});
		throw error;
	}
}

/** A name that nothing has, such as `journal.corrupt-2026-11-22T08-10-24.000Z`. */
export async function freeName(path: string, kind: string, at: number): Promise<string> {
	const name = `${path}.${kind}-${new Date(at).toISOString().replaceAll(':', '-')}`;

	for (let count = 1; ; count++) {
		const free = count === 1 ? name : `${name}-${count}`;

		if (!(await statusOf(free))) {
			return free;
		}
	}
}

/** Status of the name itself, links not followed; undefined when nothing has it. */
export async function statusOf(path: string) {
	try {
		return await lstat(path);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/** Deletes what a kill left half made, and the oldest of what was set aside. What cannot be deleted stays. */
export async function tidy(path: string): Promise<void> {
	const directory = dirname(path);
	const names = (await readdir(directory).catch(() => [])).map(name => join(directory, name));
	const halves = names.filter(name => name.startsWith(`${path}.new-`));
	const aside = names.filter(name => name.startsWith(`${path}.corrupt-`)).toSorted();

	for (const name of [...halves, ...aside.slice(0, -mostAside)]) {
		await rm(name, {force: true}).catch(() => {});
	}
}
