import {codeOf, messageOf} from '../core/errors.js';
import {fileOf, recordLine} from './format.js';
import {JournalError} from './journal-error.js';
import type {JournalFile} from './journal-file.js';
import {isFull, type Reserve, reserveBytes} from './reserve.js';

/** Above this size a journal should be compacted. */
const compactAbove = 4 << 20;

/** More is not read at start, and therefore not written. */
export const mostFileBytes = 64 << 20;

/** What is written at once, unless a single call has more. */
const mostBatchBytes = 1 << 20;

/** How a journal is; `code` is the system's, such as `ENOSPC`. */
export type JournalState =
	| {readonly kind: 'well'}
	/** Everything is written; for a full disk there are only so many bytes `left` in reserve, 0 to 1 MiB. */
	| {readonly kind: 'short'; readonly code: string; readonly left: number}
	/** The last write failed; the next one is tried all the same. */
	| {readonly kind: 'failing'; readonly code: string}
	/** The file was written by a newer version; it is not touched. */
	| {readonly kind: 'read-only'; readonly version: number};

type Append = {
	readonly bytes: Buffer;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
};

/** What a journal is made of; `openJournal` makes one. */
export type Parts = {
	readonly path: string;
	readonly version: number;
	readonly file: JournalFile;
	readonly reserve: Reserve;
	/** Of a file that is not ours to write. */
	readonly newerVersion: number | undefined;
};

/**
 * Records on disk, in the order of the calls. Calls may overlap: what is appended while the disk is busy is written together
 * afterwards. There must be one owner of the directory; that is not looked after here.
 */
export class Journal {
	readonly #parts: Parts;
	/** In their order; what is not an append is done alone. */
	readonly #queue: (Append | (() => Promise<void>))[] = [];
	#working: Promise<void> | undefined;
	#isClosed = false;
	/** Codes of what went wrong last, with a write and with filling the reserve. */
	#failure: string | undefined;
	#shortage = 'ENOSPC';

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	get state(): JournalState {
		const {reserve, newerVersion} = this.#parts;

		if (newerVersion !== undefined) {
			return {kind: 'read-only', version: newerVersion};
		}

		if (this.#failure !== undefined) {
			return {kind: 'failing', code: this.#failure};
		}

		return reserve.bytes < reserveBytes ? {kind: 'short', code: this.#shortage, left: reserve.bytes} : {kind: 'well'};
	}

	/** Bytes on disk. */
	get size(): number {
		return this.#parts.file.size;
	}

	/** True above 4 MiB: time for `compact`. */
	get isLong(): boolean {
		return this.size > compactAbove;
	}

	/**
	 * Resolves when the records are on disk: only then may anything outside see what they tell.
	 * @throws {JournalError} when they could not be written; what was of them is cut off. The next call is tried all the same.
	 */
	async append(records: readonly unknown[]): Promise<void> {
		this.#refuse();
		const bytes = Buffer.concat(records.map(recordLine));
		await new Promise<void>((resolve, reject) => this.#enqueue({bytes, resolve, reject}));
	}

	/**
	 * Makes these records the whole journal, at once: after a kill there is the old one or the new one. They must stand for every
	 * record given to `append` before this call, written or not; what is appended later follows them. Fills the reserve again.
	 * @throws {JournalError} when the old one goes on, or it is not sure that the new one would outlast a power failure.
	 */
	async compact(records: readonly unknown[]): Promise<void> {
		this.#refuse();
		const bytes = fileOf(this.#parts.version, records);
		await this.#alone(async () => {
			// The name of a new file may be what a full disk has no room for: the whole reserve, which is soon filled again.
			await this.#written(bytes.length, reserveBytes, () => this.#parts.file.replace(bytes));
			await this.#fill();
		});
	}

	/** Tries to make the reserve whole again; worth it now and then while the state is `short` or `failing`. */
	async refill(): Promise<void> {
		this.#refuse();
		await this.#alone(() => this.#fill());
	}

	/** Resolves when all that was asked for before is done. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#working;
		await this.#parts.file.close();
		await this.#parts.reserve.close();
	}

	/** Once, by `openJournal`: puts the file in its place and fills the reserve, as far as the disk allows; the state says so. */
	async begin(): Promise<void> {
		await this.#parts.reserve.adopt().catch(() => {});
		await this.#written(0, reserveBytes, () => this.#parts.file.settled()).catch(() => {});
		await this.#fill();
	}

	#refuse(): void {
		const {path, newerVersion} = this.#parts;

		if (this.#isClosed) {
			throw new JournalError('CLOSED', `the journal '${path}' is closed`);
		}

		if (newerVersion !== undefined) {
			throw new JournalError(
				'NEWER',
				`the journal '${path}' is of version ${newerVersion}, which is newer than this program`,
			);
		}
	}

	async #alone(work: () => Promise<void>): Promise<void> {
		await new Promise<void>((resolve, reject) => this.#enqueue(() => work().then(resolve, reject)));
	}

	#enqueue(entry: Append | (() => Promise<void>)): void {
		this.#queue.push(entry);
		this.#working ??= this.#work();
	}

	async #work(): Promise<void> {
		// Calls made in one go are written in one go.
		await Promise.resolve();

		for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
			if (typeof next === 'function') {
				this.#queue.shift();
				await next();
			} else {
				await this.#appendBatch(this.#takeBatch());
			}
		}

		this.#working = undefined;
	}

	/** The appends at the head of the queue that are written together. */
	#takeBatch(): readonly Append[] {
		let bytes = 0;
		const end = this.#queue.findIndex((entry, index) => {
			bytes += typeof entry === 'function' ? 0 : entry.bytes.length;
			return typeof entry === 'function' || (index > 0 && bytes > mostBatchBytes);
		});
		return this.#queue.splice(0, end < 0 ? this.#queue.length : end).filter(entry => typeof entry !== 'function');
	}

	async #appendBatch(batch: readonly Append[]): Promise<void> {
		const bytes = Buffer.concat(batch.map(append => append.bytes));

		try {
			await this.#written(this.size + bytes.length, bytes.length, () => this.#parts.file.append(bytes));

			for (const {resolve} of batch) {
				resolve();
			}
		} catch (error) {
			if (batch.length === 1) {
				batch[0]?.reject(error);
				return;
			}

			// For what all of them need there was no room; there may be for some.
			for (const append of batch) {
				await this.#appendBatch([append]);
			}
		}
	}

	/** Does `write`, after which the file has `size` bytes; of the reserve it takes `need` bytes at a time while the disk is full. */
	async #written(size: number, need: number, write: () => Promise<unknown>): Promise<void> {
		const {path, reserve} = this.#parts;

		if (size > mostFileBytes) {
			throw new JournalError(
				'TOO_LARGE',
				`the journal '${path}' would have ${size} bytes, at most are ${mostFileBytes}`,
			);
		}

		for (;;) {
			try {
				await write();
				this.#failure = undefined;
				return;
			} catch (error) {
				if (isFull(error) && (await reserve.give(need).catch(() => false))) {
					this.#shortage = codeOf(error) ?? 'ENOSPC';
					continue;
				}

				this.#failure = codeOf(error) ?? 'EIO';
				throw new JournalError(this.#failure, `the journal '${path}' cannot be written: ${messageOf(error)}`, {
					cause: error,
				});
			}
		}
	}

	async #fill(): Promise<void> {
		try {
			await this.#parts.reserve.fill();
		} catch (error) {
			this.#shortage = codeOf(error) ?? 'EIO';
		}
	}
}
