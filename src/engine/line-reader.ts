const newline = 10;

const nothing = Buffer.alloc(0);

/** Room for the beginning of a line, bytes: most are shorter. */
const firstRoom = 1024;

/**
 * Makes lines of a stream of bytes: UTF-8, ended by `\n`, which is left out. What is behind the last end stays until more comes;
 * a stream that ends in mid-line has not said that line.
 *
 * However it is cut, each byte is copied a bounded number of times, and at most twice `mostBytes` are held: a peer that sends
 * single bytes must cost no more than one that does not. Not a list of the pieces, for each has an object of a hundred bytes.
 */
export class LineReader {
	readonly #mostBytes: number;
	readonly #onLine: (line: string) => void;
	readonly #onTooLong: () => void;
	#begun = nothing;
	#length = 0;
	#isOver = false;

	/**
	 * @param mostBytes of a line without its end.
	 * @param onTooLong is called once, as soon as a line has more; nothing is read afterwards.
	 */
	constructor(mostBytes: number, onLine: (line: string) => void, onTooLong: () => void) {
		this.#mostBytes = mostBytes;
		this.#onLine = onLine;
		this.#onTooLong = onTooLong;
	}

	/** Takes what came and tells of every line that ends in it, before it returns. The bytes are not kept. */
	feed(chunk: Buffer): void {
		for (let start = 0; start < chunk.length && !this.#isOver; ) {
			const end = chunk.indexOf(newline, start);
			const piece = chunk.subarray(start, end < 0 ? chunk.length : end);

			if (this.#length + piece.length > this.#mostBytes) {
				this.stop();
				this.#onTooLong();
			} else if (end < 0) {
				this.#keep(piece);
			} else {
				this.#onLine(this.#finish(piece));
			}

			start += piece.length + 1;
		}
	}

	/** From now on nothing is read, not even what stands behind the line that is being told. */
	stop(): void {
		this.#isOver = true;
		this.#begun = nothing;
		this.#length = 0;
	}

	#keep(piece: Buffer): void {
		const needed = this.#length + piece.length;

		if (needed > this.#begun.length) {
			const larger = Buffer.allocUnsafeSlow(Math.min(this.#mostBytes, Math.max(firstRoom, 2 * needed)));
			this.#begun.copy(larger, 0, 0, this.#length);
			this.#begun = larger;
		}

		piece.copy(this.#begun, this.#length);
		this.#length = needed;
	}

	#finish(piece: Buffer): string {
		if (this.#length === 0) {
			return piece.toString();
		}

		this.#keep(piece);
		const line = this.#begun.toString('utf8', 0, this.#length);
		this.#begun = nothing;
		this.#length = 0;
		return line;
	}
}
