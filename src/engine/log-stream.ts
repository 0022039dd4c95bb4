import type {LogEntry} from './log.js';
import {lineFormat} from './log-line.js';

/** What waits for a reader that does not read, bytes; more is lost. */
const mostWaiting = 1 << 20;

/** Standard error, or what stands for it. */
export type LogOutput = NodeJS.WritableStream & {readonly writableLength: number};

/** A log on a stream: the journal of systemd, a container's log. Whoever reads it too slowly loses lines, and holds up nobody. */
export class LogStream {
	/** Why lines are being lost, as a sentence. */
	problem: string | undefined;
	readonly #output: LogOutput;
	readonly #lineOf: (entry: LogEntry) => string;
	readonly #now: () => number;
	readonly #onError = () => this.#fail();
	#lost: number;
	#written: Promise<void> = Promise.resolve();

	/** `now`: wall clock, ms; `lost`: entries that were lost before. */
	constructor(output: LogOutput, {pid, now, lost}: {pid: number; now: () => number; lost: number}) {
		this.#output = output;
		this.#lineOf = lineFormat(pid);
		this.#now = now;
		this.#lost = lost;
		output.on('error', this.#onError);
	}

	/** Returns at once. */
	write(entry: LogEntry): void {
		if (this.#output.writableLength > mostWaiting) {
			this.#lost += 1;
			this.problem = 'the log is lost: nobody reads it';
			return;
		}

		if (this.#lost > 0) {
			const fields = {lost: this.#lost};
			this.#lost = 0;
			this.#send(this.#lineOf({at: this.#now(), level: 'warn', message: 'lines of this log were lost', fields}));
		}

		this.problem = undefined;
		this.#send(this.#lineOf(entry));
	}

	/** Resolves when everything is written or lost. */
	written(): Promise<void> {
		return this.#written;
	}

	/** The same. The stream is left open: it is not ours. */
	async close(): Promise<void> {
		await this.written();
	}

	#send(line: string): void {
		this.#written = new Promise(resolve => this.#output.write(line, () => resolve()));
	}

	/** The reader has gone, as the terminal of `healthtop run &`: what is said is lost, and that is neither a reason to end nor news to anybody. */
	#fail(): void {
		this.#lost += 1;
	}
}
