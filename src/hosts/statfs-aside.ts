import {isUtf8} from 'node:buffer';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {ParseError} from '../core/errors.js';
import type {Statfs} from '../core/host.js';

/** Helpers at a time, over all mounts: a stuck one may not even die until its server answers. */
const mostHelpers = 4;

/** f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree of stat(1). */
const format = '%S %b %f %a %c %d';

/**
 * statfs(2) in a `stat -f` that can be killed, at most one a mount and four in all. Four calls that hang in Node's own
 * thread pool would stop every asynchronous file call of the program. Resolves with what stat(1) printed; rejects with
 * `EBUSY` while an earlier helper for the same mount is still stuck.
 */
export function statfsAside(): (path: string, signal: AbortSignal) => Promise<Statfs> {
	const helpers = new Map<string, ChildProcess>();

	return async (path, signal) => {
		signal.throwIfAborted();

		if (helpers.has(path) || helpers.size >= mostHelpers) {
			throw Object.assign(new Error('an earlier statfs is still stuck'), {code: 'EBUSY'});
		}

		// Short options: the stat of busybox knows no long ones.
		const helper = spawn('stat', ['-f', '-c', format, '--', argumentOf(path)], {
			detached: true,
			stdio: ['ignore', 'pipe', 'ignore'],
			env: {LC_ALL: 'C', PATH: '/usr/bin:/bin:/run/current-system/sw/bin:/run/current-system/profile/bin'},
		});
		helpers.set(path, helper);
		helper.once('exit', () => helpers.delete(path));
		helper.once('error', () => helpers.delete(path));
		const kill = () => helper.kill('SIGKILL');
		signal.addEventListener('abort', kill, {once: true});

		try {
			return parseStat(path, await outputOf(helper, signal));
		} finally {
			signal.removeEventListener('abort', kill);
		}
	};
}

/** Node hands arguments over in UTF-8, while a path is kept one character a byte. */
function argumentOf(path: string): string {
	const bytes = Buffer.from(path, 'latin1');

	if (!isUtf8(bytes)) {
		throw Object.assign(new Error('a name that is not UTF-8 cannot be asked for'), {code: 'EILSEQ'});
	}

	return bytes.toString();
}

async function outputOf(helper: ChildProcess, signal: AbortSignal): Promise<string> {
	let output = '';
	helper.stdout?.setEncoding('latin1').on('data', chunk => {
		output += chunk;
	});
	await once(helper, 'close', {signal});
	return output;
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
