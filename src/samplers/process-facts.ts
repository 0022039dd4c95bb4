import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Guarded, ProcessFacts, ProcessLimit} from '../core/process-facts.js';
import {emptyStat, parseProcessStat} from '../core/process-stat.js';
import {type Safe, safeBytes} from '../core/safe.js';
import {isSame, type ProcessId} from '../core/signal.js';
import {countOpenFiles, isGone} from './process-details.js';

/** Far more than any of these files has. */
const longest = 1 << 14;

/** A process as its stat file says now: who it is, and its state. Undefined when there is none of that number. */
export function readIdentity(host: Host, pid: number): (ProcessId & {readonly state: string}) | undefined {
	try {
		return identityOf(pid, host.read(`/proc/${pid}/stat`));
	} catch (error) {
		if (isGone(error)) {
			return undefined;
		}

		throw error;
	}
}

function identityOf(pid: number, bytes: Uint8Array): (ProcessId & {readonly state: string}) | undefined {
	const stat = emptyStat();
	return parseProcessStat(bytes, stat)
		? {pid, startTicks: stat.startTicks, state: String.fromCharCode(stat.state)}
		: undefined;
}

/**
 * Everything else that /proc tells of one process, read on the thread pool as far as that goes. Undefined when it is another
 * one by now, or in state D: the kernel may hold whoever asks as long as its disk takes.
 */
export async function readProcessFacts(host: Host, id: ProcessId): Promise<ProcessFacts | undefined> {
	const of = (file: string) => guarded(() => host.readAside(`/proc/${id.pid}/${file}`, longest));
	const stat = await of('stat');
	const before = stat === undefined || stat === 'denied' ? undefined : identityOf(id.pid, Buffer.from(stat, 'latin1'));

	if (!before || !isSame(before, id) || before.state === 'D') {
		return undefined;
	}

	const [status, limits, group, io, directory, executable, openFiles] = await Promise.all([
		of('status'),
		of('limits'),
		of('cgroup'),
		of('io'),
		guarded(async () => safeBytes(host.readlink(`/proc/${id.pid}/cwd`))),
		guarded(async () => safeBytes(host.readlink(`/proc/${id.pid}/exe`))),
		guarded(async () => countOpenFiles(host, id.pid)),
	]);
	return {
		nice: niceOf(stat ?? ''),
		virtualBytes: kibibytes(status, 'VmSize'),
		swapBytes: kibibytes(status, 'VmSwap'),
		disk: io === 'denied' ? io : diskOf(io),
		openFiles,
		directory,
		executable,
		controlGroup: controlGroupOf(group ?? ''),
		limits: parseLimits(limits ?? ''),
	};
}

/** What a read gives; undefined when there is nothing there, or it cannot be read for a reason of its own. */
async function guarded<T>(read: () => Promise<T>): Promise<T | Guarded<never>> {
	try {
		return await read();
	} catch (error) {
		const code = codeOf(error);

		if (code === undefined) {
			throw error;
		}

		return code === 'EACCES' || code === 'EPERM' ? 'denied' : undefined;
	}
}

/** Field 19 of proc_pid_stat(5), the 17th behind the last `)`. */
function niceOf(stat: string): number | undefined {
	const nice = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16];
	return nice === undefined ? undefined : Number(nice);
}

function kibibytes(status: string | undefined, name: string): number | undefined {
	const value = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1];
	return value === undefined ? undefined : Number(value) * 1024;
}

function diskOf(io: string | undefined): ProcessFacts['disk'] {
	const [read, written] = [/^read_bytes: (\d+)/m.exec(io ?? '')?.[1], /^write_bytes: (\d+)/m.exec(io ?? '')?.[1]];
	return read && written ? {read: Number(read), written: Number(written)} : undefined;
}

/** Of `0::/system.slice/nginx.service` or `4:memory:/docker/abc` what is behind the second colon. */
function controlGroupOf(text: string): Safe | undefined {
	const path = (/^0::(.*)$/m.exec(text) ?? /^\d+:[^:\n]*:(.*)$/m.exec(text))?.[1];
	return path ? safeBytes(path) : undefined;
}

/** Rows of proc_pid_limits(5): `Max open files            1024                 1048576              files     `. */
export function parseLimits(text: string): readonly ProcessLimit[] {
	return [...text.matchAll(/^Max (.+?) {2,}(\S+) +(\S+) *(\S*) *$/gm)].map(([, name = '', soft, hard, unit]) => ({
		name: safeBytes(name),
		soft: limitOf(soft),
		hard: limitOf(hard),
		isBytes: unit === 'bytes',
	}));
}

function limitOf(text: string | undefined): number {
	return text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
}
