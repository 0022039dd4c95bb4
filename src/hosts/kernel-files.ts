import {closeSync, openSync, readSync} from 'node:fs';

/** What the kernel writes anew for each read(2) from the start, and is asked each second. None of them can be replaced by another file. */
const held =
	/^\/proc\/(?:stat|meminfo|vmstat|loadavg|uptime|diskstats|sys\/fs\/file-nr|self\/net\/(?:dev|snmp|netstat)|pressure\/\w+)$/;

/**
 * A dozen files of the kernel that stay open: of five system calls for each (open, read, read, close, and the lookup of its name) two are
 * left.
 */
export class KernelFiles {
	readonly #files = new Map<string, number>();
	// Grows when a file does not fit; /proc/stat of a large machine has about 50 kB.
	#buffer = Buffer.allocUnsafeSlow(1 << 16);

	/** True for a file that is better read here. */
	has(path: string): boolean {
		return this.#files.has(path) || held.test(path);
	}

	/** The whole file, one character a byte. @throws what the system says; the next call opens it anew. */
	readText(path: string): string {
		const file = this.#files.get(path) ?? openSync(path, 'r');
		this.#files.set(path, file);

		try {
			return this.#buffer.toString('latin1', 0, this.#fill(file));
		} catch (error) {
			this.#files.delete(path);
			closeSync(file);
			throw error;
		}
	}

	#fill(file: number): number {
		for (let length = 0; ; ) {
			if (length === this.#buffer.length) {
				this.#buffer = Buffer.concat([this.#buffer], length * 4);
			}

			const read = readSync(file, this.#buffer, length, this.#buffer.length - length, length);

			if (read === 0) {
				return length;
			}

			length += read;
		}
	}
}
