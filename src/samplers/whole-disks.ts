import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {IoRaw} from './diskstats.js';

/** Names in /sys/block, where partitions are not; undefined where there is no /sys. */
export function wholeDisks(host: Host): ReadonlySet<string> | undefined {
	try {
		// The kernel writes the slash of `cciss/c0d0` as `!` there.
		return new Set(host.list('/sys/block').map(name => name.replaceAll('!', '/')));
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES') {
			return undefined;
		}

		throw error;
	}
}

/** A disk that was ever used: partitions and loop devices that nobody attached are none. `disks` are the names of `wholeDisks`. */
export function isDisk(name: string, all: IoRaw, disks: ReadonlySet<string> | undefined): boolean {
	const counters = all.get(name);
	const isUnused = counters?.readBytes === 0 && counters.writtenBytes === 0;
	return (
		!(isUnused && /^(?:loop|ram|zram|nbd|fd|sr)\d/.test(name)) && (disks ? disks.has(name) : !isPartition(name, all))
	);
}

/** Without /sys: what has its disk in the same file, as `sda1` has `sda` and `nvme0n1p1` has `nvme0n1`. Xen gives `xvda1` alone. */
function isPartition(name: string, all: IoRaw): boolean {
	const disk = /^(.*\d)p\d+$/.exec(name)?.[1] ?? /^(.*\D)\d+$/.exec(name)?.[1];
	return disk !== undefined && all.has(disk);
}
