import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {emptyStat, parseProcessStat} from '../core/process-stat.js';
import {type Safe, safeBytes} from '../core/safe.js';
import type {SampleContext} from '../core/sampler.js';
import {descriptorsOf, isGone, isHidden} from './process-details.js';

/** Work in one go before others get a turn, ms: a key never waits long. */
const sliceMs = 4;

/** Links read between two looks at the clock: about a quarter of a millisecond. */
const clockEvery = 64;

/** So many descriptors are looked at in all, about half a second of work; processes after that are passed over. */
const mostLinks = 200_000;

const disk = 'D'.charCodeAt(0);

/** Who has which socket, as far as it could be seen. */
export type SocketOwners = {
	/** Pids by the socket's inode, one for each descriptor. */
	readonly pids: ReadonlyMap<number, readonly number[]>;
	/** True when there are processes that we may not look into. */
	readonly isDenied: boolean;
};

type Pause = () => Promise<void> | undefined;

/** Which processes have one of the `wanted` inodes open: every descriptor of every process is a link that is read. */
export async function socketOwners(
	host: Host,
	wanted: Pick<ReadonlySet<number>, 'has'>,
	context: SampleContext,
): Promise<SocketOwners> {
	const pids = new Map<number, number[]>();
	const numbers = host.list('/proc').filter(name => /^[1-9]\d*$/.test(name));
	const pause = pauses(context);
	// There is always a first process: where it cannot be seen (hidepid), others cannot either.
	let isDenied = !numbers.includes('1');
	let left = mostLinks;

	for (const pid of numbers.map(Number).sort((a, b) => a - b)) {
		const answer = left > 0 && mayBeAsked(host, pid) ? descriptorsOf(host, pid) : undefined;
		const descriptors = typeof answer === 'object' ? answer : [];
		isDenied ||= answer === 'denied';

		for (const [index, descriptor] of descriptors.entries()) {
			if (index % clockEvery === clockEvery - 1) {
				await pause();
			}

			const inode = socketOf(host, pid, descriptor);

			if (inode !== undefined && wanted.has(inode)) {
				const known = pids.get(inode) ?? [];
				known.push(pid);
				pids.set(inode, known);
			}
		}

		left -= descriptors.length;
		await pause();
	}

	return {pids, isDenied};
}

/** Lets others run when the slice is over; ends the work when its time is. */
function pauses({now, signal}: SampleContext): Pause {
	let since = now();

	return () => {
		if (now() - since < sliceMs) {
			return undefined;
		}

		return new Promise<void>(resume => setImmediate(resume)).then(() => {
			signal.throwIfAborted();
			since = now();
		});
	};
}

/** A process in state D holds locks as long as its disk takes. */
function mayBeAsked(host: Host, pid: number): boolean {
	const stat = emptyStat();
	const bytes = statOf(host, pid);
	return bytes !== undefined && parseProcessStat(bytes, stat) && stat.state !== disk;
}

/** `comm`, the kernel's short name. Undefined for a process that has gone. */
export function nameOf(host: Host, pid: number): Safe | undefined {
	const stat = emptyStat();
	const bytes = statOf(host, pid);

	if (!bytes || !parseProcessStat(bytes, stat)) {
		return undefined;
	}

	return safeBytes(String.fromCharCode(...bytes.subarray(stat.commStart, stat.commEnd)));
}

function statOf(host: Host, pid: number): Uint8Array | undefined {
	try {
		return host.readOnce(`/proc/${pid}/stat`);
	} catch (error) {
		if (isGone(error) || isHidden(error)) {
			return undefined;
		}

		throw error;
	}
}

/** `socket:[4788]`. Undefined for what is no socket, or closed meanwhile. */
function socketOf(host: Host, pid: number, descriptor: string): number | undefined {
	try {
		const target = host.readlink(`/proc/${pid}/fd/${descriptor}`);
		return target.startsWith('socket:[') ? Number(target.slice(8, -1)) : undefined;
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return undefined;
	}
}
