import {constants} from 'node:os';
import type {TerminalOutput} from '../ui/screen/terminal.js';
import type {Io} from './io.js';

/** The part of Node's own stream that has no public name. */
type WithHandle = {readonly _handle?: {setBlocking?(isBlocking: boolean): number}};

/**
 * The terminal behind standard output. Node writes to terminals synchronously: one that does not drain (ctrl+s, a stalled
 * connection) would stop sampling and alerts along with the picture. So its writes can be made asynchronous. When the terminal
 * belongs to another user (su), that setting is shared with the shell that started us.
 */
export function terminalOutput({stdin, stdout}: Pick<Io, 'stdin' | 'stdout'>): TerminalOutput {
	return {
		get columns() {
			return stdout.columns;
		},
		get rows() {
			return stdout.rows;
		},
		get pendingBytes() {
			return stdout.writableLength;
		},
		write(text, done) {
			stdout.write(text, () => done?.());
		},
		setBlocking(isBlocking) {
			(stdout as WithHandle)._handle?.setBlocking?.(isBlocking);
		},
		setRaw(isRaw) {
			// A terminal that has gone says EIO, and has nothing left to be set.
			try {
				stdin.setRawMode(isRaw);
			} catch (error) {
				if (!isTerminalGone(error)) {
					throw error;
				}
			}
		},
	};
}

/** True for what reads, writes and mode changes give when the terminal is no more. */
export function isTerminalGone(error: unknown): boolean {
	if (!(error instanceof Error) || !('code' in error)) {
		return false;
	}

	return (
		error.code === 'EIO' ||
		error.code === 'EPIPE' ||
		error.code === 'ENOTTY' ||
		error.code === 'EBADF' ||
		('errno' in error && error.errno === -constants.errno.EIO)
	);
}
