import {type Safe, safe} from './safe.js';
import type {Process} from './snapshot.js';

/** Signals that a person sends to a process (signal(7)) and what they come to, the usual one first. */
export const signals = [
	{name: 'TERM', word: safe`TERM`, does: safe`asks it to end; it may tidy up first`},
	{name: 'KILL', word: safe`KILL`, does: safe`ends it at once; it can save nothing`},
	{name: 'HUP', word: safe`HUP`, does: safe`ends it, or has a daemon read its configuration`},
	{name: 'INT', word: safe`INT`, does: safe`interrupts it, as ctrl+c does`},
	{name: 'QUIT', word: safe`QUIT`, does: safe`ends it with a core dump`},
	{name: 'USR1', word: safe`USR1`, does: safe`whatever the program makes of it`},
	{name: 'USR2', word: safe`USR2`, does: safe`whatever the program makes of it`},
	{name: 'STOP', word: safe`STOP`, does: safe`halts it until CONT comes`},
	{name: 'CONT', word: safe`CONT`, does: safe`lets it go on after STOP`},
] as const;

export type SignalName = (typeof signals)[number]['name'];

/** What makes a process that process: the kernel uses its number again. */
export type ProcessId = Pick<Process, 'pid' | 'startTicks'>;

/** A process as it was when somebody meant it. */
export type SignalTarget = ProcessId & {
	/** `comm`, for the log: a command line may hold secrets. */
	readonly name: Safe;
	/** The command line, or the name of what has none. */
	readonly command: Safe;
	readonly user: Safe | undefined;
	/** True when it is healthtop itself. */
	readonly isOwn: boolean;
};

/** What came of it. */
export type Sent = {readonly isSent: true} | {readonly isSent: false; readonly reason: Safe};

export type SendSignal = (target: SignalTarget, signal: SignalName) => Sent;

/** True when both are one process. */
export function isSame(a: ProcessId, b: ProcessId): boolean {
	return a.pid === b.pid && a.startTicks === b.startTicks;
}
