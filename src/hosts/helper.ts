import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {systemPath} from '../core/system-path.js';

/** More than any helper has to say, bytes. */
const longest = 1 << 20;

/**
 * A program of the system in a session of its own, so that it never has our terminal, with an environment of its own
 * (and what else is given) and no standard input. `signal` kills it.
 */
export function startHelper(
	[program = '', ...args]: readonly string[],
	signal: AbortSignal,
	env: Readonly<Record<string, string>> = {},
): ChildProcess {
	signal.throwIfAborted();
	const helper = spawn(program, args, {
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {...env, LC_ALL: 'C', PATH: systemPath},
	});
	const kill = () => helper.kill('SIGKILL');
	signal.addEventListener('abort', kill, {once: true});
	helper.once('close', () => signal.removeEventListener('abort', kill));
	return helper;
}

/**
 * What the helper printed, one character a byte, at most 1 MiB. Rejects with `ABORT_ERR` as soon as `signal` aborts, and with the
 * helper's own complaint when it ended with another code than 0: what it printed then is no answer.
 */
export async function outputOf(helper: ChildProcess, signal: AbortSignal): Promise<string> {
	const [output, complaint] = [gathered(helper.stdout), gathered(helper.stderr)];
	const [code] = await once(helper, 'close', {signal});

	if (code !== 0) {
		throw new Error(complaint().trim().split('\n')[0] || `'${helper.spawnfile}' ended with ${code}`);
	}

	return output();
}

function gathered(stream: Readable | null): () => string {
	let text = '';
	stream?.setEncoding('latin1').on('data', chunk => {
		text = (text + chunk).slice(0, longest);
	});
	return () => text;
}
