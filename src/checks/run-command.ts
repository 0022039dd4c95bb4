import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {setImmediate} from 'node:timers/promises';
import {safe} from '../core/safe.js';
import type {Attempt} from './attempt.js';

/** So much is kept of what a program prints, bytes; what is more is read and thrown away, so that it can come to its end. */
const most = 64 << 10;

/** What prints more has no end: it is not read any more, and waits in the kernel until its time is up. */
const mostRead = 16 << 20;

/** How a program ended, and what it printed. */
export type Ended = {
	/** null where a signal ended it. */
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly output: Buffer;
	readonly errors: Buffer;
};

/**
 * Starts a program in a session of its own (so that it has no terminal), without standard input. `program` must be one of the system's,
 * with its path, that then executes the one that is meant: the start waits until the program has been loaded, which from a file system
 * that does not answer is for ever.
 */
export function startCommand(program: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
	const [file = '', ...args] = program;
	const child = spawn(file, args, {cwd: '/', detached: true, env, stdio: ['ignore', 'pipe', 'pipe']});
	// What goes wrong when it is killed is nobody's business.
	child.on('error', () => {});
	return child;
}

/** Whether a program that was started has not ended yet. */
export function isRunning({pid, exitCode, signalCode}: ChildProcess): boolean {
	return pid !== undefined && exitCode === null && signalCode === null;
}

/**
 * Waits until a program has ended, and has what it printed by then. Whoever it left behind in its process group is killed, and who left the
 * group but still has its output open is not waited for. When the time is up, all of the group is killed.
 * @throws the system's error where it could not be started; what `signal` says when it is aborted.
 */
export async function endOf(child: ChildProcess, attempt: Attempt): Promise<Ended> {
	const {signal} = attempt.context;
	attempt.closing({destroy: () => end(child)});
	attempt.waiting = safe`still running`;
	const kept = [child.stdout, child.stderr].map(stream => keptOf(stream, attempt));
	const ended = await once(child, 'exit', {signal});
	killGroup(child);
	await silence(() => kept.reduce((length, stream) => length + stream.length, 0));
	const [output, errors] = kept.map(({chunks}) => Buffer.concat(chunks).subarray(0, most));
	return {code: ended[0], signal: ended[1], output: output ?? Buffer.of(), errors: errors ?? Buffer.of()};
}

type Kept = {length: number; readonly chunks: Buffer[]};

function keptOf(stream: Readable | null, attempt: Attempt): Kept {
	const kept: Kept = {length: 0, chunks: []};
	let read = 0;
	stream?.on('data', (chunk: Buffer) => {
		read += chunk.length;

		if (kept.length < most) {
			kept.length += chunk.length;
			kept.chunks.push(chunk);
			return;
		}

		attempt.waiting = safe`still printing`;

		if (read > mostRead) {
			stream.pause();
		}
	});
	return kept;
}

/**
 * Resolves when nothing more is kept. What a program printed is in the kernel when it ends, and libuv reads all that is there before it
 * tells that: two turns of the loop (the rest of this one and a whole one) are enough.
 */
async function silence(length: () => number): Promise<void> {
	for (let before = -1; before !== length(); ) {
		before = length();
		await setImmediate();
		await setImmediate();
	}
}

function end(child: ChildProcess): void {
	if (isRunning(child)) {
		killGroup(child);
		// Where it cannot be killed (it hangs in the kernel, or is another user's), nobody waits for it.
		child.unref();
	}

	child.stdout?.destroy();
	child.stderr?.destroy();
}

/**
 * The kernel gives a group's number to nobody else while anybody is in it. When the last one has just been waited for, it would have to give
 * away all other numbers first.
 */
function killGroup({pid}: ChildProcess): void {
	try {
		if (pid !== undefined) {
			process.kill(-pid, 'SIGKILL');
		}
	} catch {
		// Nobody is left, or they are another user's.
	}
}
