import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Terminal} from './terminal.mjs';

/** @import {Run} from './measure.mjs' */

/** A call that begins; where it was interrupted in the log its flags are already written (strace(1)). */
const clone = /^\d+ +(\d+\.\d+) (?:clone3?|v?fork)\((?!.*CLONE_THREAD)/gm;

/**
 * New processes (not threads) a second, counted by strace in a run of its own, because tracing costs time.
 * Undefined when it could not be traced.
 *
 * @param {Run} run
 * @param {string} folder for the log
 */
export async function spawnsPerSecond({command, size, env, warmUpMs, windowMs}, folder) {
	const log = join(folder, 'spawns.log');
	const args = ['-f', '-qq', '-ttt', '-o', log, '-e', 'trace=clone,clone3,fork,vfork', '-e', 'signal=none', '--'];
	const traced = {file: 'strace', args: [...args, command.file, ...command.args]};
	const terminal = new Terminal(traced, size, env);
	await terminal.until(warmUpMs);
	const from = Date.now();
	await terminal.until(terminal.now + windowMs);
	const to = Date.now();
	const hasEnded = terminal.exit !== undefined;
	await terminal.end();

	if (hasEnded) {
		return undefined;
	}

	const times = [...readFileSync(log, 'utf8').matchAll(clone)].map(([, seconds]) => Number(seconds) * 1000);
	return times.filter(at => at >= from && at < to).length / ((to - from) / 1000);
}
