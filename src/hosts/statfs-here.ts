import {statfs} from 'node:fs/promises';
import type {Statfs} from '../core/host.js';
import {systemPath} from './files.js';
import {orGivenUp} from './or-given-up.js';

/** Paths that the kernel has not answered for: each holds a thread of the pool, and one is enough. */
const asked = new Set<string>();

/**
 * statfs(2) on libuv's thread pool, for what is plainly local. Node gives no f_frsize; there it equals f_bsize.
 * Given up with `signal`, although the thread stays in the kernel until that answers; until then `EBUSY` for the same path.
 */
export async function statfsHere(path: string, signal: AbortSignal): Promise<Statfs> {
	signal.throwIfAborted();

	if (asked.has(path)) {
		throw Object.assign(new Error('an earlier statfs is still stuck'), {code: 'EBUSY'});
	}

	const answer = await orGivenUp(askedOnce(path), signal);
	return {
		blockBytes: answer.bsize,
		blocks: answer.blocks,
		blocksFree: answer.bfree,
		blocksAvailable: answer.bavail,
		inodes: answer.files,
		inodesFree: answer.ffree,
	};
}

async function askedOnce(path: string) {
	asked.add(path);

	try {
		return await statfs(systemPath(path));
	} finally {
		asked.delete(path);
	}
}
