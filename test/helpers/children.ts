import {readFileSync} from 'node:fs';

/** Our own children, as the kernel lists them; those that have ended and were not waited for, too. */
export function children(): readonly number[] {
	return readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
}

/** Whether a process is there and has not ended. */
export function isAlive(pid: number): boolean {
	try {
		return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
	} catch {
		return false;
	}
}

/** What a process is called; undefined when there is none. */
export function commandLineOf(pid: number): string | undefined {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
	} catch {
		return undefined;
	}
}
