import type {Log, LogFields, LogLevel} from '../core/log.js';
import {logLevels} from '../core/log.js';
import {hidden, isSecretField, type Redact, redactor} from '../core/redact.js';
import type {Clock} from './clock.js';
import type {LogFile} from './log-file.js';
import type {LogOutput, LogStream} from './log-stream.js';
import type {StateDirectory} from './state-directory.js';

/** Entries that are kept until the file is opened; later ones are counted as lost. */
const mostKept = 1000;

/** More of one text is no message, UTF-16 units: a trace has a few thousand. */
const longest = 16_384;

/** What pino writes by itself: a field of that name would be a second one in the same line. */
const ownFields: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'message']);

/** What was said, without secrets. */
export type LogEntry = {
	/** Wall clock, ms since 1970. */
	readonly at: number;
	readonly level: LogLevel;
	readonly message: string;
	readonly fields: LogFields;
};

export type LogOptions = {
	/** A directory, which is made when it is not there, or a stream. Undefined: there is no place for a log, and nothing is kept. */
	readonly to: StateDirectory | LogOutput | undefined;
	/** The least grave level that is kept. */
	readonly level: LogLevel;
	/** Values that never come into the file. */
	readonly secrets: readonly string[];
	readonly pid: number;
	readonly clock: Pick<Clock, 'wall' | 'wake'>;
	/** Size at which a file is put aside for the next one, bytes. */
	readonly fileBytes?: number;
};

/** A log that is kept. */
export type KeptLog = Log & {
	/** Why nothing can be written now, as a sentence; undefined when all is well. */
	readonly problem: string | undefined;
	setLevel(level: LogLevel): void;
	setSecrets(secrets: readonly string[]): void;
	/** Loads what writes, opens the file and resolves when what was said so far is written. Never fails: then there is a `problem`. */
	start(): Promise<void>;
	/** Forgets what was said, and opens nothing: the place is somebody else's. */
	discard(): void;
	/** Resolves when everything is written, `within` ms in any case. Nothing is kept afterwards. */
	close(within: number): Promise<void>;
};

/**
 * A log of five files in a directory, or on a stream: JSON lines of `level`, `time`, `pid`, the fields and `message`. Until `start` everything is
 * kept in memory: pino costs more time than a first picture has.
 */
export function openLog(options: LogOptions): KeptLog {
	return new LazyLog(options);
}

class LazyLog implements KeptLog {
	readonly #options: LogOptions;
	readonly #kept: LogEntry[] = [];
	#lost = 0;
	#level: number;
	#redact: Redact;
	#starting: Promise<void> | undefined;
	#file: LogFile | LogStream | undefined;
	#failure: string | undefined;
	#isClosed: boolean;

	constructor(options: LogOptions) {
		this.#options = options;
		this.#level = logLevels.indexOf(options.level);
		this.#redact = redactor(options.secrets);
		this.#isClosed = options.to === undefined;
	}

	get problem(): string | undefined {
		return this.#failure ?? this.#file?.problem;
	}

	debug(message: string, fields?: LogFields): void {
		this.#add('debug', message, fields);
	}

	info(message: string, fields?: LogFields): void {
		this.#add('info', message, fields);
	}

	warn(message: string, fields?: LogFields): void {
		this.#add('warn', message, fields);
	}

	error(message: string, fields?: LogFields): void {
		this.#add('error', message, fields);
	}

	setLevel(level: LogLevel): void {
		this.#level = logLevels.indexOf(level);
	}

	setSecrets(secrets: readonly string[]): void {
		this.#redact = redactor(secrets);
	}

	start(): Promise<void> {
		this.#starting ??= this.#load();
		return this.#starting;
	}

	discard(): void {
		this.#kept.length = 0;
		this.#isClosed = true;
		this.#starting ??= Promise.resolve();
	}

	async close(within: number): Promise<void> {
		let callOff = () => {};
		const late = new Promise<void>(resolve => {
			callOff = this.#options.clock.wake(within, resolve);
		});
		const written = this.start().then(() => this.#file?.close());
		this.#isClosed = true;
		await Promise.race([written, late]);
		callOff();
	}

	async #load(): Promise<void> {
		const {to, pid, clock, fileBytes} = this.#options;

		if (to === undefined) {
			return;
		}

		try {
			if ('write' in to) {
				const {LogStream} = await import('./log-stream.js');
				this.#file = new LogStream(to, {pid, now: clock.wall, lost: this.#lost});
			} else {
				const {LogFile} = await import('./log-file.js');
				this.#file = new LogFile({directory: to, pid, clock, fileBytes, lost: this.#lost});
			}
		} catch (error) {
			// The program was replaced by a newer one while it ran: its parts are no longer there.
			this.#failure = `the log cannot be written: ${error instanceof Error ? error.message : error}`;
			this.#isClosed = true;
		}

		for (const entry of this.#kept.splice(0)) {
			this.#file?.write(entry);
		}

		await this.#file?.written();
	}

	#add(level: LogLevel, message: string, fields: LogFields = {}): void {
		if (this.#isClosed || logLevels.indexOf(level) < this.#level) {
			return;
		}

		const entry = {
			at: this.#options.clock.wall(),
			level,
			message: this.#text(message),
			fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => this.#field(key, value))),
		};

		if (this.#file) {
			this.#file.write(entry);
		} else if (this.#kept.length < mostKept) {
			this.#kept.push(entry);
		} else {
			this.#lost += 1;
		}
	}

	#field(key: string, value: LogFields[string]): [string, LogFields[string]] {
		const name = ownFields.has(key) ? `${key}_` : this.#text(key);

		if (value === undefined || typeof value === 'boolean') {
			return [name, value !== undefined && isSecretField(key) ? hidden : value];
		}

		const text = String(value);
		const shown = isSecretField(key) ? hidden : this.#text(text);
		// A number stays one, unless there is a secret in it.
		return [name, shown === text ? value : shown];
	}

	/** Cut only after that: half a secret is still one. */
	#text(text: string): string {
		const clean = this.#redact(text);
		return clean.length > longest ? `${clean.slice(0, longest)}...` : clean;
	}
}
