import type {DiskBytes} from './process-details.js';
import type {ProcessEntry} from './process-entry.js';

/** Bytes to and from disks. */
export type Traffic = Exclude<DiskBytes, 'denied'>;

/** Who ended within a minute. */
export type Ended = {
	/** Those that are remembered, in the order in which they ended. */
	readonly entries: readonly ProcessEntry[];
	/** The parent of each that ended, remembered or not, by pid. */
	readonly parents: ReadonlyMap<number, number>;
};

const none: Traffic = {read: 0, written: 0};

/**
 * When a process ends, the kernel adds all it ever read and wrote to the counters of the parent that waited for it: a shell whose copy of two
 * hours has ended would have moved all that in one minute. So what those who ended had moved before the minute is told by the parent that has it
 * now, and of those that are listed themselves what they moved in it, too. A parent that has ended as well has it only if it was read later.
 */
export function endedTraffic(
	{entries, parents}: Ended,
	living: ReadonlyMap<number, ProcessEntry>,
	isListed: (entry: ProcessEntry) => boolean,
): ReadonlyMap<ProcessEntry, Traffic> {
	const sums = new Map<ProcessEntry, Traffic>();
	const byPid = new Map(entries.map(entry => [entry.row.pid, entry]));

	for (const entry of entries) {
		const traffic = isListed(entry) ? ownTraffic(entry, sums.get(entry)) : none;
		const told = plus(traffic, known(entry.base?.disk?.bytes) ?? none);

		if (told.read + told.written > 0) {
			for (const heir of heirsOf(entry, {living, byPid, parents})) {
				sums.set(heir, plus(sums.get(heir) ?? none, told));
			}
		}
	}

	return sums;
}

/** What a process had moved when the minute began, and what it was given in it. */
export function withInherited(now: Traffic, before: Traffic, inherited = none): Traffic {
	const sum = plus(before, inherited);
	// Where a parent has less than that, it did not wait for those who ended, and the kernel gave it nothing.
	return now.read < sum.read || now.written < sum.written ? before : sum;
}

function ownTraffic({base, lastDisk}: ProcessEntry, inherited: Traffic | undefined): Traffic {
	const [now, before] = [known(lastDisk?.bytes), known(base?.disk?.bytes)];

	if (!now || !before) {
		return none;
	}

	const from = withInherited(now, before, inherited);
	return {read: Math.max(0, now.read - from.read), written: Math.max(0, now.written - from.written)};
}

type Family = {
	readonly living: ReadonlyMap<number, ProcessEntry>;
	readonly byPid: ReadonlyMap<number, ProcessEntry>;
	readonly parents: ReadonlyMap<number, number>;
};

/** No family is so deep: a pid that was used twice may be its own ancestor. */
const mostSteps = 100;

/** Its ancestors up to the nearest that is still there, as far as what was read of them has what they were given. */
function heirsOf({row, endedAt = 0}: ProcessEntry, {living, byPid, parents}: Family): ProcessEntry[] {
	const heirs: ProcessEntry[] = [];
	let pid: number | undefined = row.parent;
	let given = endedAt;

	for (let step = 0; pid !== undefined && step < mostSteps; step++) {
		const alive = living.get(pid);
		const heir = alive ?? byPid.get(pid);

		if (heir?.lastDisk && heir.lastDisk.at >= given) {
			heirs.push(heir);
		}

		given = heir?.endedAt ?? given;
		pid = alive ? undefined : parents.get(pid);
	}

	return heirs;
}

function known(bytes: DiskBytes | undefined): Traffic | undefined {
	return bytes === 'denied' ? undefined : bytes;
}

function plus(a: Traffic, b: Traffic): Traffic {
	return {read: a.read + b.read, written: a.written + b.written};
}
