import {chmod, lstat, open, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {createStream, type RotatingFileStream} from 'rotating-file-stream';
import {codeOf} from '../core/errors.js';
import type {Clock} from './clock.js';
import type {LogEntry} from './log.js';
import {lineFormat} from './log-line.js';
import {openStateDirectory, reasonOf, type StateDirectory} from './state-directory.js';

const fileName = 'healthtop.log';

/** Beside the open one: `healthtop.log.1` (the newest) to `.4`. */
const oldFiles = 4;

const usualFileBytes = 5 << 20;

/** What waits for a disk that does not answer, UTF-16 units (about bytes); more is lost. */
const mostWaiting = 1 << 20;

/** After a failure the file is tried again so much later, ms. */
const retryAfter = 30_000;

export type LogFileOptions = {
	readonly directory: StateDirectory;
	readonly pid: number;
	readonly clock: Pick<Clock, 'wall' | 'wake'>;
	/** Size at which a file is put aside for the next one; else 5 MiB. */
	readonly fileBytes: number | undefined;
	/** Entries that were lost before there was a file. */
	readonly lost: number;
};

/**
 * The files of a log. Lines are written one after the other, so that of each we know whether it is in the file. What cannot be
 * written is dropped and counted, never thrown; the file is tried again later, and a line says how many were lost.
 */
export class LogFile {
	/** Why lines are being lost, as a sentence. */
	problem: string | undefined;
	readonly #options: LogFileOptions;
	readonly #path: string;
	readonly #lineOf: (entry: LogEntry) => string;
	readonly #waiting: string[] = [];
	#waitingSize = 0;
	#lost: number;
	#draining: Promise<void> | undefined;
	#stream: RotatingFileStream | undefined;
	/** What is open, as it was when we last wrote; undefined when another one has been opened since. */
	#known: {readonly inode: number; size: number} | undefined;
	#callOffRetry: (() => void) | undefined;

	constructor(options: LogFileOptions) {
		this.#options = options;
		this.#path = join(options.directory.path, fileName);
		this.#lineOf = lineFormat(options.pid);
		this.#lost = options.lost;
	}

	/** Returns at once. */
	write(entry: LogEntry): void {
		const line = this.#lineOf(entry);

		if (this.#callOffRetry) {
			this.#lost += 1;
		} else if (this.#waitingSize + line.length > mostWaiting) {
			this.#lost += 1;
			this.problem = `the log '${this.#path}' cannot be written: the disk does not answer`;
		} else {
			this.#waiting.push(line);
			this.#waitingSize += line.length;
			this.#drain();
		}
	}

	/** Resolves when everything is written or lost. */
	async written(): Promise<void> {
		while (this.#draining) {
			await this.#draining;
		}
	}

	/** The same, and the file is closed. */
	async close(): Promise<void> {
		if (this.#callOffRetry) {
			this.#retry();
		}

		await this.written();
		this.#callOffRetry?.();
		await this.#closeStream();
	}

	#drain(): void {
		this.#draining ??= this.#writeWaiting()
			.catch(error => this.#fail(error))
			.finally(() => {
				this.#draining = undefined;

				// Added after the last look at the queue.
				if (this.#waiting.length > 0) {
					this.#drain();
				}
			});
	}

	async #writeWaiting(): Promise<void> {
		const stream = await this.#openedStream();
		await this.#tellLost(stream);

		for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
			await this.#append(stream, line);
			this.#waiting.shift();
			this.#waitingSize -= line.length;
			await this.#tellLost(stream);
		}

		if (!this.#known) {
			const status = await statusOf(this.#path);
			this.#known = status && {inode: status.ino, size: status.size};
		}
	}

	/** Once the file can be written again. What is lost while this line is being written is told by the next. */
	async #tellLost(stream: RotatingFileStream): Promise<void> {
		const lost = this.#lost;

		if (lost > 0) {
			const fields = {lost, reason: this.problem};
			const at = this.#options.clock.wall();
			await this.#append(stream, this.#lineOf({at, level: 'warn', message: 'lines of this log were lost', fields}));
			this.#lost -= lost;
		}

		this.problem = undefined;
	}

	#fail(error: unknown): void {
		this.#lost += this.#waiting.splice(0).length;
		this.#waitingSize = 0;
		this.problem =
			error instanceof Unusable ? error.message : `the log '${this.#path}' cannot be written: ${reasonOf(error)}`;
		this.#closeStream();
		this.#callOffRetry = this.#options.clock.wake(retryAfter, () => this.#retry());
	}

	#retry(): void {
		this.#callOffRetry?.();
		this.#callOffRetry = undefined;
		this.#drain();
	}

	/** Opens the file when none is open, and when what is open is no longer what has its name: removed, cut, put aside by others. */
	async #openedStream(): Promise<RotatingFileStream> {
		const status = await statusOf(this.#path);

		if (this.#stream && status?.ino === this.#known?.inode && status && status.size >= (this.#known?.size ?? 0)) {
			return this.#stream;
		}

		await this.#closeStream();
		const problem = await openStateDirectory(this.#options.directory);

		if (problem !== undefined) {
			throw new Unusable(`there is no log: ${problem}`);
		}

		// In place before the directory was ours; what it points to is somebody else's.
		if ((await statusOf(this.#path, lstat))?.isSymbolicLink()) {
			throw new Unusable(`there is no log: '${this.#path}' is a link, which is not followed: move it away`);
		}

		const isCut = await makePrivate(this.#path);
		const stream = this.#openStream();
		this.#stream = stream;

		if (isCut) {
			// A full disk took half a line, or we were killed: the next one must not begin behind it.
			this.#lost += 1;
			await this.#append(stream, '\n');
		}

		return stream;
	}

	#openStream(): RotatingFileStream {
		const {directory, fileBytes = usualFileBytes} = this.#options;
		const stream = createStream(fileName, {
			path: directory.path,
			size: `${fileBytes}B`,
			rotate: oldFiles,
			mode: 0o600,
		});
		// Each write tells its own failure; without a listener the same one would end the program.
		stream.on('error', () => {});
		stream.on('open', () => {
			this.#known = undefined;
		});
		return stream;
	}

	#append(stream: RotatingFileStream, line: string): Promise<void> {
		return new Promise((resolve, reject) => {
			stream.write(line, error => {
				if (error) {
					reject(error);
					return;
				}

				if (this.#known) {
					this.#known.size += Buffer.byteLength(line);
				}

				resolve();
			});
		});
	}

	async #closeStream(): Promise<void> {
		const stream = this.#stream;
		this.#stream = undefined;
		this.#known = undefined;

		if (stream && !stream.closed) {
			await new Promise<void>(resolve => {
				stream.once('close', resolve);
				stream.destroy();
			});
		}
	}
}

/** The directory is not one for us; the message is a whole sentence. */
class Unusable extends Error {}

async function statusOf(path: string, look: typeof stat | typeof lstat = stat) {
	try {
		return await look(path);
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
			return undefined;
		}

		throw error;
	}
}

/** Takes a file that is there from all others. True when its last line has no end. */
async function makePrivate(path: string): Promise<boolean> {
	const status = await statusOf(path);

	// Opening a pipe would wait for ever.
	if (!status?.isFile()) {
		return false;
	}

	await chmod(path, 0o600);

	if (status.size === 0) {
		return false;
	}

	const file = await open(path, 'r');

	try {
		const {buffer} = await file.read(Buffer.alloc(1), 0, 1, status.size - 1);
		return buffer[0] !== 0x0a;
	} finally {
		await file.close();
	}
}
