import type {Process} from '../core/snapshot.js';
import type {DiskBytes} from './process-details.js';
import type {ProcessEntry} from './process-entry.js';

/** Bytes to and from disks. */
export type Traffic = Exclude<DiskBytes, 'denied'>;

/**
 * When a process ends, the kernel adds all it ever read and wrote to the counters of the parent that waited for it: a shell whose copy of two
 * hours has ended would have moved all that in one minute. So what those who ended had moved before the minute is told by the parent that has it now.
 */
export function endedTraffic(
	ended: readonly Pick<ProcessEntry, 'row' | 'base'>[],
	isThere: (pid: number) => boolean,
): ReadonlyMap<number, Traffic> {
	const parents = new Map(ended.map(({row}) => [row.pid, row.parent]));
	const sums = new Map<number, Traffic>();

	for (const {row, base} of ended) {
		const bytes = base?.disk?.bytes;
		const heir = heirOf(row, parents, isThere);

		if (heir !== undefined && bytes && bytes !== 'denied') {
			const {read, written} = sums.get(heir) ?? {read: 0, written: 0};
			sums.set(heir, {read: read + bytes.read, written: written + bytes.written});
		}
	}

	return sums;
}

/** The nearest of its ancestors that is still there. */
function heirOf(
	{parent}: Process,
	parents: ReadonlyMap<number, number>,
	isThere: (pid: number) => boolean,
): number | undefined {
	let heir: number | undefined = parent;

	// A pid may have been used twice: at most as many steps as there are processes that ended.
	for (let step = 0; heir !== undefined && !isThere(heir) && step <= parents.size; step++) {
		heir = parents.get(heir);
	}

	return heir;
}
