import {ParseError} from '../core/errors.js';
import type {Statfs} from '../core/host.js';
import {AskAside, argumentOf} from './ask-aside.js';

/** f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree of stat(1). */
const format = '%S %b %f %a %c %d';

/**
 * statfs(2) in a `stat -f` that can be killed, at most one a mount. Four calls that hang in Node's own thread pool would stop every
 * asynchronous file call of the program. Resolves with what stat(1) printed; rejects with `EBUSY` while an earlier helper for the same mount
 * is still stuck, and with `EAGAIN` when there was no room for one until the end.
 */
export function statfsAside(helpers = new AskAside()): (path: string, signal: AbortSignal) => Promise<Statfs> {
	return async (path, signal) => {
		signal.throwIfAborted();
		const key = `statfs ${path}`;

		if (helpers.isAsked(key)) {
			throw Object.assign(new Error('an earlier statfs is still stuck'), {code: 'EBUSY'});
		}

		// Short options: the stat of busybox knows no long ones.
		return parseStat(path, await helpers.ask(key, ['stat', '-f', '-c', format, '--', argumentOf(path)], signal));
	};
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
