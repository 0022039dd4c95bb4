import type {ReadStream, WriteStream} from 'node:tty';
import {codeOf, UserError} from '../core/errors.js';
import type {LogLevel} from '../core/log.js';
import type {ThemeName} from '../core/theme-name.js';
import type {Clock} from '../engine/clock.js';

/** The program's surroundings: everything that only `main` may touch. */
export type Io = {
	readonly env: NodeJS.ProcessEnv;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly stderr: WriteStream;
	readonly clock: Clock;
	/** Handles a signal instead of what it does by itself; the result ends that. */
	onSignal(signal: NodeJS.Signals, handler: () => void): () => void;
	/** What must be done before the trace of an error that nothing caught is printed; the result calls it off. */
	onFatal(restore: (error: unknown) => Promise<void>): () => void;
	/** What keeps such an error after the trace is printed; it tells in which file, or undefined. The last one given counts. */
	onCrash(keep: (error: unknown) => string | undefined): void;
	/** How the program ends when nothing caught an error. */
	failCode: number;
	/** Values that must never come into a file. Set by whoever loads a configuration. */
	secrets: readonly string[];
	/** Sends a signal to a process, or (0) to everything in our process group. */
	kill(pid: number, signal: NodeJS.Signals): void;
	readonly pid: number;
	readonly version: string;
	/** How this program is started again: node, its options, and our own file. */
	readonly self: readonly string[];
};

/** How a command ends: with an exit code, or as the signal that ended it would have by itself. */
export type Outcome = {readonly code: number} | {readonly signal: NodeJS.Signals};

/** Options that every command has. */
export type GlobalOptions = {
	readonly config?: string;
	readonly stateDir?: string;
	readonly root?: string;
	readonly logLevel?: LogLevel;
	readonly color: boolean;
	readonly theme?: ThemeName;
	readonly ascii?: boolean;
	/** Nothing is acted upon. */
	readonly readOnly?: boolean;
};

/** Writes and waits until it is written. A reader that has gone (`| head`) is no error. */
export async function print(stream: NodeJS.WritableStream, text: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		stream.once('error', error =>
			codeOf(error) === 'EPIPE' ? resolve() : reject(new UserError(`cannot write: ${error.message}`)),
		);
		stream.write(text, error => {
			if (!error) {
				resolve();
			}
		});
	});
}
