import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import {type FileHandle, open, rm} from 'node:fs/promises';
import {codeOf} from '../core/errors.js';
import {writeAll} from './disk.js';

/** As much of the disk as a journal keeps for a time when there is no other. */
export const reserveBytes = 1 << 20;

/** More than a write takes beyond its own bytes: the rest of a block, and a block that says where it is. */
const blockBytes = 8192;

const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The codes of a disk on which there is no more room for us. */
export function isFull(error: unknown): boolean {
	return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
}

/** A file whose only worth is the room that it takes, and that a journal can have when a disk is full. */
export class Reserve {
	/** What it takes of the disk, 0 to `reserveBytes`. */
	bytes = 0;
	readonly #path: string;
	#file: FileHandle | undefined;

	constructor(path: string) {
		this.#path = path;
	}

	/** Takes what an earlier run left; writes nothing. */
	async adopt(): Promise<void> {
		this.#file ??= await this.#opened();
		const {size, blocks} = await this.#file.stat();
		// A copy of a file may have holes, which are no room.
		this.bytes = blocks * 512 < size ? 0 : Math.min(size, reserveBytes);
	}

	/**
	 * Takes what is missing, or as much of it as there is.
	 * @throws when it is not whole: what the system says.
	 */
	async fill(): Promise<void> {
		await this.adopt();

		if (this.bytes === reserveBytes || !this.#file) {
			return;
		}

		try {
			// Random, since some file systems store zeros without taking room for them.
			await writeAll(this.#file, randomBytes(reserveBytes - this.bytes), this.bytes);
			await this.#file.sync();
			this.bytes = reserveBytes;
		} catch (error) {
			await this.adopt();
			throw error;
		}
	}

	/**
	 * Gives room for so many bytes, and no more than needed: whoever filled the disk is waiting for it, too.
	 * @returns false when it had none.
	 */
	async give(bytes: number): Promise<boolean> {
		if (this.bytes === 0 || !this.#file) {
			return false;
		}

		const left = Math.max(0, this.bytes - bytes - blockBytes);
		this.bytes = left;
		await this.#file.truncate(left);

		if (left === 0) {
			// An inode may be what is missing.
			await this.close();
			await rm(this.#path, {force: true});
		}

		return true;
	}

	async close(): Promise<void> {
		const file = this.#file;
		this.#file = undefined;
		await file?.close();
	}

	async #opened(): Promise<FileHandle> {
		const file = await open(this.#path, flags, 0o600);
		const status = await file.stat();

		if (status.isFile() && status.uid === process.geteuid?.()) {
			return file;
		}

		await file.close();
		throw Object.assign(new Error(`'${this.#path}' is no file of ours`), {code: 'EEXIST'});
	}
}
