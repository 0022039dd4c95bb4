import {levelOfDisk} from '../../core/disk-level.js';
import {severity} from '../../core/levels.js';
import {type Safe, safe, tailSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Filesystem, Snapshot} from '../../core/snapshot.js';
import {cut, widthOf} from '../../core/width.js';

/** What is nearly full must not be hidden by what is not; else in the order of their paths. */
export function worstFirst(filesystems: readonly Filesystem[]): readonly Filesystem[] {
	return filesystems.toSorted((a, b) => severity[levelOfDisk(b)] - severity[levelOfDisk(a)]);
}

/** From where on it is worth more to know when a file system is full than how much is free: percent used, and seconds left. */
const [nearlyFull, soon] = [70, 86_400];

/** Seconds until a file system is full, if that is worth a warning. */
export function fullSoon({mount, usage}: Filesystem, {series}: Snapshot): number | undefined {
	const seconds = series.get(seriesName('disk.full_in', mount));
	const isSoon = seconds !== undefined && seconds < soon && usage !== undefined && usage.usedPercent > nearlyFull;
	return isSoon ? seconds : undefined;
}

/** Of a long path the end tells more than the beginning. */
export function cutStart(name: Safe, columns: number): Safe {
	if (widthOf(name) <= columns) {
		return name;
	}

	const last = name.lastIndexOf('/');
	const tail = last > 0 ? safe`…${tailSafe(name, last)}` : name;
	return cut(tail, columns);
}
