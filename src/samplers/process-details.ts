import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {type Safe, safeBytes} from '../core/safe.js';

/** Bytes moved to and from disks since the process started, or why that is not known. */
export type DiskBytes = {readonly read: number; readonly written: number} | 'denied';

/** The effective owner. Undefined when the process has gone meanwhile or hides from us. */
export function readUser(host: Host, pid: number, userName: (id: number) => Safe): Safe | undefined {
	const status = attempt(() => host.readText(`/proc/${pid}/status`));
	const id = status && /^Uid:\t\d+\t(\d+)/m.exec(status)?.[1];
	return id ? userName(Number(id)) : undefined;
}

/**
 * The first 4 KiB of the command line; undefined for kernel threads and zombies, which have none.
 * Never to be asked of a process in state D: the kernel waits for its memory map, which it may hold as long as its disk takes.
 */
export function readCommand(host: Host, pid: number): Safe | undefined {
	const bytes = attempt(() => host.readOnce(`/proc/${pid}/cmdline`));

	if (!bytes || bytes.length === 0) {
		return undefined;
	}

	// Arguments are parted by NUL; programs that change their title leave a row of them at the end.
	const command = safeBytes(latin1(bytes).replace(/\0+$/, '').replaceAll('\0', ' ').trim());
	return command === '' ? undefined : command;
}

/**
 * read_bytes and write_bytes of /proc/PID/io, which only the owner and root may read. Undefined when the process has gone.
 * `read` is the host's: `readOnce` for what is read every second.
 */
export function readDiskBytes(read: Host['read'], pid: number): DiskBytes | undefined {
	try {
		const text = latin1(read(`/proc/${pid}/io`));
		const [from, to] = [/^read_bytes: (\d+)/m.exec(text)?.[1], /^write_bytes: (\d+)/m.exec(text)?.[1]];
		return from && to ? {read: Number(from), written: Number(to)} : undefined;
	} catch (error) {
		if (isGone(error)) {
			return undefined;
		}

		return 'denied';
	}
}

/** Larger tables of descriptors are not listed: listing one takes milliseconds in which nothing else happens. */
const mostDescriptors = 8192;

/** How many those of `descriptorsOf` are. */
export function countOpenFiles(host: Host, pid: number): number | 'denied' | undefined {
	const descriptors = descriptorsOf(host, pid);
	return typeof descriptors === 'object' ? descriptors.length : descriptors;
}

/**
 * Open file descriptors; 'denied' for processes of others, undefined for one that has gone or has too many to be listed.
 * Never to be asked of a process in state D, as `readCommand`.
 */
export function descriptorsOf(host: Host, pid: number): readonly string[] | 'denied' | undefined {
	const places = /^FDSize:\t(\d+)/m.exec(attempt(() => host.readText(`/proc/${pid}/status`)) ?? '')?.[1];

	if (places === undefined || Number(places) > mostDescriptors) {
		return undefined;
	}

	try {
		return host.list(`/proc/${pid}/fd`);
	} catch (error) {
		if (isGone(error)) {
			return undefined;
		}

		return 'denied';
	}
}

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** True for what a process that ended between two of our calls leaves behind. */
export function isGone(error: unknown): boolean {
	const code = codeOf(error);
	return code === 'ENOENT' || code === 'ESRCH';
}

/** True for what we may not read, or is not what it should be (a directory in a recorded tree). */
export function isHidden(error: unknown): boolean {
	const code = codeOf(error);
	return code === 'EACCES' || code === 'EPERM' || code === 'EISDIR';
}

function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (isGone(error) || isHidden(error)) {
			return undefined;
		}

		throw error;
	}
}

/**
 * User names by id from the host's own passwd file, read again at most every `keepMs` of `at` (monotonic, ms);
 * an unknown id is shown as its number.
 */
export function userNames(keepMs = 60_000): (host: Host, id: number, at: number) => Safe {
	let names = new Map<number, Safe>();
	let readAt = Number.NEGATIVE_INFINITY;

	return (host, id, at) => {
		if (at - readAt > keepMs) {
			readAt = at;
			names = parsePasswd(attempt(() => host.readText('/etc/passwd')) ?? '');
		}

		return names.get(id) ?? safeBytes(String(id));
	};
}

/** Rows `name:x:id:...`; of two names for one id the first counts, as getpwuid(3) does it. */
export function parsePasswd(text: string): Map<number, Safe> {
	const names = new Map<number, Safe>();

	for (const line of text.split('\n')) {
		const [name, , id] = line.split(':');

		if (name && id && /^\d+$/.test(id) && !names.has(Number(id))) {
			names.set(Number(id), safeBytes(name));
		}
	}

	return names;
}
