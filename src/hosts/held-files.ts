import {closeSync, openSync, readSync} from 'node:fs';
import {codeOf} from '../core/errors.js';

/** One read(2) is enough for what is read here, bytes. */
const smallRead = 4096;

/** So many files at most are held; more are opened and closed each time. Far below the limit that any system sets. */
const most = 1000;

type Held = {readonly file: number; round: number};

/**
 * Small files of processes that are read every second, kept open between two reads: that is one system call instead of
 * three, and less than half of the time (5.6 against 13.4 microseconds for a /proc/PID/stat, 2026-11-22). A file of a
 * process that has ended says ESRCH for ever, also when its number belongs to another one by then.
 */
export class HeldFiles {
	readonly #held = new Map<string, Held>();
	readonly #buffer = Buffer.allocUnsafeSlow(smallRead);
	#round = 0;

	/** At most 4 KiB of the file, valid until the next call. */
	read(path: string): Buffer {
		const held = this.#held.get(path);

		if (held) {
			held.round = this.#round;

			try {
				return this.#readFrom(held.file);
			} catch (error) {
				this.#close(path, held);

				if (codeOf(error) !== 'ESRCH') {
					throw error;
				}
			}
		}

		return this.#open(path);
	}

	/** A new round begins: files that were not read in the last one are closed. */
	sweep(): void {
		for (const [path, held] of this.#held) {
			if (held.round < this.#round) {
				this.#close(path, held);
			}
		}

		this.#round += 1;
	}

	#open(path: string): Buffer {
		const file = openSync(path, 'r');
		let isHeld = false;

		try {
			const bytes = this.#readFrom(file);

			if (this.#held.size < most) {
				this.#held.set(path, {file, round: this.#round});
				isHeld = true;
			}

			return bytes;
		} finally {
			if (!isHeld) {
				closeSync(file);
			}
		}
	}

	#readFrom(file: number): Buffer {
		return this.#buffer.subarray(0, readSync(file, this.#buffer, 0, smallRead, 0));
	}

	#close(path: string, {file}: Held): void {
		this.#held.delete(path);
		closeSync(file);
	}
}
