import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {setImmediate} from 'node:timers/promises';
import {codeOf} from '../core/errors.js';
import {systemPath} from '../core/system-path.js';

/** So much is kept of what a program prints, bytes; what is more is read and thrown away, so that it can come to its end. */
const most = 64 << 10;

/** What prints more has no end: it is not read any more, and waits in the kernel until its time is up. */
const mostRead = 16 << 20;

/**
 * How long a program whose time is up may take to clean up, ms, before it is killed: healthtop itself ends within two seconds. The one timer of
 * ours, since the caller's signal is aborted only once.
 */
const graceMs = 500;

/** How a program ended, and what it printed. */
export type NotifyEnded =
	| {
			readonly kind: 'ended';
			/** null where a signal ended it. */
			readonly code: number | null;
			readonly signal: NodeJS.Signals | null;
			readonly output: Buffer;
			readonly errors: Buffer;
	  }
	/** The system's error code: `EAGAIN`. */
	| {readonly kind: 'not started'; readonly code: string}
	| {readonly kind: 'time up'};

/**
 * Runs a program in a session of its own, with `input` on its standard input, and waits until it has ended. When `signal` is aborted, all of its
 * process group is ended. By env(1), which is there at once: were it the program itself, all of healthtop would stand still as long as its file
 * system does not answer.
 */
export async function runNotifyCommand(
	command: readonly string[],
	input: string,
	signal: AbortSignal,
): Promise<NotifyEnded> {
	let child: ChildProcess | undefined;

	try {
		signal.throwIfAborted();
		child = spawn('/usr/bin/env', ['--', ...command], {
			cwd: '/',
			detached: true,
			env: {LC_ALL: 'C.UTF-8', PATH: systemPath},
			stdio: 'pipe',
		});
		// It need not read what it is told, and what goes wrong when it is killed is nobody's business.
		child.on('error', () => {});
		child.stdin?.on('error', () => {});
		child.stdin?.end(input);
		return await ended(child, signal);
	} catch (error) {
		const code = codeOf(error);

		if (signal.aborted) {
			await end(child);
			return {kind: 'time up'};
		}

		if (code === undefined) {
			throw error;
		}

		return {kind: 'not started', code};
	} finally {
		child?.stdin?.destroy();
		child?.stdout?.destroy();
		child?.stderr?.destroy();
	}
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<NotifyEnded> {
	const kept = [child.stdout, child.stderr].map(keptOf);
	const [code, by] = await once(child, 'exit', {signal});
	await silence(() => kept.reduce((length, stream) => length + stream.length, 0));
	const [output, errors] = kept.map(({chunks}) => Buffer.concat(chunks).subarray(0, most));
	return {kind: 'ended', code, signal: by, output: output ?? Buffer.of(), errors: errors ?? Buffer.of()};
}

type Kept = {length: number; readonly chunks: Buffer[]};

function keptOf(stream: Readable | null): Kept {
	const kept: Kept = {length: 0, chunks: []};
	let read = 0;
	stream?.on('data', (chunk: Buffer) => {
		read += chunk.length;

		if (kept.length < most) {
			kept.length += chunk.length;
			kept.chunks.push(chunk);
		} else if (read > mostRead) {
			stream.pause();
		}
	});
	return kept;
}

/** Resolves when nothing more is kept. What a program printed is in the kernel when it ends; two turns of the loop are enough to read it. */
async function silence(length: () => number): Promise<void> {
	for (let before = -1; before !== length(); ) {
		before = length();
		await setImmediate();
		await setImmediate();
	}
}

/** Asks all of its group to end, and then does not ask. */
async function end(child: ChildProcess | undefined): Promise<void> {
	if (child && child.exitCode === null && child.signalCode === null) {
		killGroup(child, 'SIGTERM');
		// Where it cannot be killed (it hangs in the kernel, or is another user's), nobody waits for it.
		await once(child, 'exit', {signal: AbortSignal.timeout(graceMs)}).catch(() => {});
		killGroup(child, 'SIGKILL');
		child.unref();
	}
}

function killGroup({pid}: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (pid !== undefined) {
			process.kill(-pid, signal);
		}
	} catch {
		// Nobody is left, or they are another user's.
	}
}
