import {type FileHandle, rename} from 'node:fs/promises';
import {dirname} from 'node:path';
import {keepAs, readUpTo, replaceFile, statusOf, syncDirectory, writeAll} from './disk.js';
import {JournalError} from './journal-error.js';

/** What has to be put in the journal's place before anything can be appended. */
export type Pending = {
	readonly bytes: Uint8Array;
	/** What stands there now gets this name first. `moved`: at once, for it is no file that could have two. */
	readonly aside?: {readonly name: string; readonly how: 'moved' | 'linked'} | undefined;
};

/**
 * The one file of a journal. Whatever fails, what was on disk before stays in it, and nothing half-written comes to stand before
 * what is appended later. Not to be called again before the last call is over.
 */
export class JournalFile {
	readonly #path: string;
	#file: FileHandle | undefined;
	#pending: Pending | undefined;
	/** Length of what is good. */
	#end: number;
	/** Something may stand behind the end. */
	#hasRest = false;
	/** The directory may not yet know, after a power failure, which file has the name. */
	#isNew = false;

	constructor(path: string, start: {readonly file: FileHandle; readonly end: number} | {readonly pending: Pending}) {
		this.#path = path;
		this.#file = 'file' in start ? start.file : undefined;
		this.#pending = 'pending' in start ? start.pending : undefined;
		this.#end = 'file' in start ? start.end : start.pending.bytes.length;
	}

	/** Bytes of header and records. */
	get size(): number {
		return this.#end;
	}

	/** Resolves when the bytes are on disk behind all others. */
	async append(bytes: Uint8Array): Promise<void> {
		const file = await this.settled();
		this.#hasRest = true;

		try {
			await writeAll(file, bytes, this.#end);
			await file.datasync();
		} catch (error) {
			// If this fails, too, it is tried again before anything else is written.
			await this.#cut(file).catch(() => {});
			throw error;
		}

		this.#end += bytes.length;
		this.#hasRest = false;
	}

	/** Resolves when these bytes are the file. */
	async replace(bytes: Uint8Array): Promise<void> {
		await this.#keepAside();
		const file = await replaceFile(this.#path, bytes);
		const old = this.#file;
		this.#file = file;
		this.#end = bytes.length;
		this.#hasRest = false;
		this.#pending = undefined;
		this.#isNew = true;
		await old?.close();
		await this.settled();
	}

	/** Puts the file in its place and cuts off what failed; then it ends where the next record begins. */
	async settled(): Promise<FileHandle> {
		if (this.#pending) {
			await this.replace(this.#pending.bytes);
		} else if (this.#file && !(await this.#isInPlace(this.#file))) {
			// Somebody removed or moved it. As long as it is open, nothing of it is gone.
			await this.replace(await readUpTo(this.#file, this.#end));
		}

		if (!this.#file) {
			throw new Error('a journal was used after it was closed');
		}

		if (this.#isNew) {
			await syncDirectory(dirname(this.#path));
			this.#isNew = false;
		}

		if (this.#hasRest) {
			await this.#cut(this.#file);
		}

		return this.#file;
	}

	async close(): Promise<void> {
		const file = this.#file;
		this.#file = undefined;
		this.#pending = undefined;
		await file?.close();
	}

	async #keepAside(): Promise<void> {
		const aside = this.#pending?.aside;

		if (!aside || !(await statusOf(this.#path))) {
			return;
		}

		await (aside.how === 'linked' ? keepAs : rename)(this.#path, aside.name);
	}

	async #cut(file: FileHandle): Promise<void> {
		await file.truncate(this.#end);
		this.#hasRest = false;
	}

	async #isInPlace(file: FileHandle): Promise<boolean> {
		const [here, open] = [await statusOf(this.#path), await file.stat()];

		if (open.size < this.#end) {
			// What is written behind a hole would not begin a line.
			throw new JournalError('CUT', 'somebody else shortened it');
		}

		return here?.ino === open.ino && here.dev === open.dev;
	}
}
