import {once} from 'node:events';
import {statfs} from 'node:fs/promises';
import type {Statfs} from '../core/host.js';
import {systemPath} from './files.js';

/**
 * statfs(2) on libuv's thread pool, for what is plainly local. Node gives no f_frsize; there it equals f_bsize.
 * Given up with `signal`, although the thread stays in the kernel until that answers.
 */
export async function statfsHere(path: string, signal: AbortSignal): Promise<Statfs> {
	signal.throwIfAborted();
	const watcher = new AbortController();

	try {
		const gaveUp = once(signal, 'abort', {signal: watcher.signal}).then(() => signal.throwIfAborted());
		// When the answer comes first, the watcher's own end is nobody's problem.
		gaveUp.catch(() => undefined);
		const answer = await Promise.race([statfs(systemPath(path)), gaveUp]);

		if (!answer) {
			throw new DOMException('statfs was given up', 'AbortError');
		}

		return {
			blockBytes: answer.bsize,
			blocks: answer.blocks,
			blocksFree: answer.bfree,
			blocksAvailable: answer.bavail,
			inodes: answer.files,
			inodesFree: answer.ffree,
		};
	} finally {
		watcher.abort();
	}
}
