import {isUtf8} from 'node:buffer';
import type {ChildProcess} from 'node:child_process';
import {setMaxListeners} from 'node:events';
import {messageOf, ParseError} from '../core/errors.js';
import type {Statfs} from '../core/host.js';
import {outputOf, startHelper} from './helper.js';

/** Helpers at a time, over all mounts: a stuck one may not even die until its server answers. */
const mostHelpers = 4;

/** f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree of stat(1). */
const format = '%S %b %f %a %c %d';

/**
 * statfs(2) in a `stat -f` that can be killed, at most one a mount and four in all. Four calls that hang in Node's own
 * thread pool would stop every asynchronous file call of the program. Resolves with what stat(1) printed; rejects with
 * `EBUSY` while an earlier helper for the same mount is still stuck, and with `EAGAIN` when four others were until the end.
 */
export function statfsAside(): (path: string, signal: AbortSignal) => Promise<Statfs> {
	const helpers = new Map<string, ChildProcess>();
	const waiting = new Set<() => void>();
	const free = (path: string) => {
		helpers.delete(path);
		const [next] = waiting;
		next?.();
	};

	return async (path, signal) => {
		signal.throwIfAborted();

		if (helpers.has(path)) {
			throw Object.assign(new Error('an earlier statfs is still stuck'), {code: 'EBUSY'});
		}

		const argument = argumentOf(path);

		while (helpers.size >= mostHelpers) {
			await turn(waiting, signal);
		}

		// Short options: the stat of busybox knows no long ones.
		const helper = startHelper(['stat', '-f', '-c', format, '--', argument], signal);
		helpers.set(path, helper);
		helper.once('exit', () => free(path));
		helper.once('error', () => free(path));
		return parseStat(path, await answerOf(helper, signal));
	};
}

/** stat(1) has no code for a refusal (a FUSE mount of another user), only the words of strerror(3), in English as asked. */
async function answerOf(helper: ChildProcess, signal: AbortSignal): Promise<string> {
	try {
		return await outputOf(helper, signal);
	} catch (error) {
		throw messageOf(error).endsWith(': Permission denied')
			? Object.assign(new Error('no permission'), {code: 'EACCES'})
			: error;
	}
}

/** Resolves when a place is free. A mount that was never asked is not one that gives no answer: at the end this is said. */
async function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
	// One listener a mount is no leak, and Node would write on the terminal that it might be.
	setMaxListeners(0, signal);
	await new Promise<void>((resolve, reject) => {
		const settle = (then: () => void) => () => {
			waiting.delete(go);
			signal.removeEventListener('abort', giveUp);
			then();
		};
		const go = settle(resolve);
		const giveUp = settle(() =>
			reject(Object.assign(new Error(`not asked: ${mostHelpers} others give no answer`), {code: 'EAGAIN'})),
		);
		waiting.add(go);
		signal.addEventListener('abort', giveUp, {once: true});
	});
}

/** Node hands arguments over in UTF-8, while a path is kept one character a byte. */
function argumentOf(path: string): string {
	const bytes = Buffer.from(path, 'latin1');

	if (!isUtf8(bytes)) {
		throw Object.assign(new Error('a name that is not UTF-8 cannot be asked for'), {code: 'EILSEQ'});
	}

	return bytes.toString();
}

function parseStat(path: string, output: string): Statfs {
	const numbers = output.trim().split(' ').map(Number);
	const [blockBytes, blocks, blocksFree, blocksAvailable, inodes, inodesFree] = numbers;

	if (inodesFree === undefined || numbers.some(Number.isNaN)) {
		throw new ParseError(path, 'stat -f gave no numbers');
	}

	return {
		blockBytes: blockBytes ?? 0,
		blocks: blocks ?? 0,
		blocksFree: blocksFree ?? 0,
		blocksAvailable: blocksAvailable ?? 0,
		inodes: inodes ?? 0,
		inodesFree,
	};
}
