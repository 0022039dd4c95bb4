import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {type Decode, number, object, optional, raw, refuse, shown} from '../core/decode.js';
import {codeOf, messageOf} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import {readUpTo, statusOf, writeAll} from '../journal/disk.js';
import {reasonOf} from './state-directory.js';

/** What whoever holds a lock writes into it. A hint for others, never the lock itself: it may be of one that was killed. */
export type LockNote = {
	readonly pid: number;
	readonly version: string;
	/** The directory that has the sockets, absolute; absent where no path is short enough for one. */
	readonly sockets?: string | undefined;
	/** Wall clock, ms since 1970. */
	readonly since: number;
};

/** The right to be the engine of a state directory, until it is released or this process ends in whatever way. */
export type EngineLock = {
	/** False when the name is another file's, or nobody's: then another engine can have the lock of that. */
	isOurs(): Promise<boolean>;
	/** Replaces what others read. Never fails: on a full disk the note stays empty. */
	note(note: LockNote): Promise<void>;
	/** Empties the note and lets go. Never fails; a second call does nothing. */
	release(): Promise<void>;
};

/** Nobody can tell whether an engine has the directory. The message says why and what to do about it. */
export class LockError extends Error {
	override name = 'LockError';

	/** That of the system (`EACCES`, `EROFS`, `EISDIR` ...), else `FOREIGN`, `MOVED`, `NO_FLOCK` or `FLOCK_FAILED`. */
	readonly code: string;

	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}

const fileName = 'engine.lock';

const longestNote = 4096;

// A link could name somebody else's file, a pipe would hold us up, and a terminal become ours. O_CLOEXEC is added by Node.
const guarded = constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Where the system's own programs are. */
const path = '/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin:/run/current-system/profile/bin';

const positive: Decode<number> = (json, at) =>
	Number.isSafeInteger(json) && number(json, at) > 0 ? number(json, at) : refuse(at, 'a whole number above 0', json);

const absolute: Decode<string> = (json, at) =>
	raw(json, at).startsWith('/') ? raw(json, at) : refuse(at, 'an absolute path', json);

const decodeNote = object<LockNote>({pid: positive, version: shown, sockets: optional(absolute), since: positive});

/**
 * Takes the lock of a state directory, which must be there, and writes `about` into it. Never waits for another engine.
 *
 * It is flock(2), which Node has no way to call, so that the program of that name locks a descriptor that it inherits from us: the
 * lock is of the open file, which is ours, and the kernel lets go of it whatever ends us.
 * @param program the name or path of flock(1).
 * @returns the lock, or what its holder wrote; that is undefined while a holder has written nothing yet.
 * @throws {LockError}
 */
export async function takeLock(
	directory: string,
	about: LockNote,
	program = 'flock',
): Promise<EngineLock | {readonly heldBy: LockNote | undefined}> {
	const file = await openLock(join(directory, fileName));

	try {
		if (!(await isTaken(file, directory, program))) {
			await file.close();
			return {heldBy: await readLockNote(directory)};
		}

		const lock = new HeldLock(file, join(directory, fileName));
		await lock.note(about);
		return lock;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/**
 * Whether that can be the note of who has the lock now: it is written a moment after the lock is taken, so that until then there is none, or
 * that of one that was killed. One whose process we cannot see may be in another container.
 */
export function isOfSomebody(note: LockNote | undefined): boolean {
	return note !== undefined && isThere(note.pid);
}

function isThere(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/** What the holder of the lock wrote, or one that was killed; undefined for no note, and for anything that is none. Never throws. */
export async function readLockNote(directory: string): Promise<LockNote | undefined> {
	let file: FileHandle | undefined;

	try {
		file = await open(join(directory, fileName), constants.O_RDONLY | guarded);
		const {size} = await file.stat();

		if (size > longestNote) {
			return undefined;
		}

		const [line = ''] = (await readUpTo(file, longestNote)).toString().split('\n');
		return decodeNote(JSON.parse(line), fileName);
	} catch {
		return undefined;
	} finally {
		await file?.close();
	}
}

/** The file is never unlinked: between two who hold a file of that name, only one of which still has the name, both would win. */
class HeldLock implements EngineLock {
	readonly #file: FileHandle;
	readonly #path: string;
	#isReleased = false;

	constructor(file: FileHandle, path: string) {
		this.#file = file;
		this.#path = path;
	}

	async isOurs(): Promise<boolean> {
		return !this.#isReleased && (await hasName(this.#file, this.#path));
	}

	async note(note: LockNote): Promise<void> {
		if (this.#isReleased) {
			return;
		}

		try {
			// One write, then the end: who reads in between sees a whole first line, the old one or the new one.
			const bytes = Buffer.from(`${JSON.stringify(note)}\n`);
			await writeAll(this.#file, bytes, 0);
			await this.#file.truncate(bytes.length);
		} catch {
			await this.#file.truncate().catch(() => {});
		}
	}

	async release(): Promise<void> {
		if (!this.#isReleased) {
			this.#isReleased = true;
			await this.#file.truncate().catch(() => {});
			await this.#file.close().catch(() => {});
		}
	}
}

async function openLock(path: string): Promise<FileHandle> {
	let file: FileHandle | undefined;

	try {
		file = await open(path, constants.O_RDWR | constants.O_CREAT | guarded, 0o600);
		const status = await file.stat();

		if (!status.isFile() || status.uid !== process.geteuid?.()) {
			throw new LockError('FOREIGN', `'${path}' is no file of ours: move it away`);
		}

		// Whoever may open it may lock it.
		if ((status.mode & 0o077) !== 0) {
			await file.chmod(0o600);
		}

		return file;
	} catch (error) {
		await file?.close();
		throw error instanceof LockError ? error : openingError(path, error);
	}
}

function openingError(path: string, error: unknown): LockError {
	const code = codeOf(error) ?? 'FOREIGN';

	switch (code) {
		case 'EISDIR':
		case 'ELOOP':
		case 'ENXIO':
			return new LockError(code, `'${path}' is no file of ours: move it away`, {cause: error});
		default:
			return new LockError(
				code,
				`'${path}' cannot be opened: ${reasonOf(error)}; mend that or name another directory with --state-dir`,
				{cause: error},
			);
	}
}

/** @throws {LockError} when that cannot be known. */
async function isTaken(file: FileHandle, directory: string, program: string): Promise<boolean> {
	const {code, complaint} = await flock(file, program);

	// flock of util-linux says nothing when another has it; that of busybox has the same code for whatever goes wrong, and says what.
	if (code === 1 && complaint === '') {
		return false;
	}

	if (code !== 0) {
		throw new LockError(
			'FLOCK_FAILED',
			`'${join(directory, fileName)}' cannot be locked: ${complaint || `flock ended with ${code}`}; name a directory on a local disk with --state-dir`,
		);
	}

	// Somebody removed or replaced it while we took it: another may have what has the name now.
	if (!(await hasName(file, join(directory, fileName)))) {
		throw new LockError('MOVED', `'${join(directory, fileName)}' was replaced while it was being locked: try again`);
	}

	return true;
}

/** Whether that name is still that of the open file. */
async function hasName(file: FileHandle, path: string): Promise<boolean> {
	const [held, named] = [await file.stat(), await statusOf(path)];
	return named?.ino === held.ino && named.dev === held.dev;
}

/** How flock(1) ended, and what it complained of. In a session of its own, for ctrl+c is not meant for it. */
async function flock(file: FileHandle, program: string): Promise<{code: unknown; complaint: string}> {
	const child = spawn(program, ['-n', '3'], {
		detached: true,
		stdio: ['ignore', 'ignore', 'pipe', file.fd],
		env: {LC_ALL: 'C', PATH: path},
	});
	let complaint = '';
	child.stderr?.setEncoding('latin1').on('data', text => {
		complaint = (complaint + text).slice(0, longestNote);
	});

	try {
		const [code] = await once(child, 'close');
		return {code, complaint: safeText(complaint.trim())};
	} catch (error) {
		const reason =
			codeOf(error) === 'ENOENT' ? 'is not installed' : `cannot be started (${codeOf(error) ?? messageOf(error)})`;
		throw new LockError(
			'NO_FLOCK',
			`the program flock of util-linux ${reason}, and without it two engines could write the same files: install util-linux`,
			{
				cause: error,
			},
		);
	}
}
