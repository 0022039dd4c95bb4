import {type Level, levelOf} from '../../core/levels.js';
import {type Safe, safe, tailSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Filesystem, FilesystemUsage, Snapshot} from '../../core/snapshot.js';
import {cut, widthOf} from '../../core/width.js';

const rank: Record<Level, number> = {critical: 0, warning: 1, ok: 2};

/** What is nearly full must not be hidden by what is not; else in the order of their paths. */
export function worstFirst(filesystems: readonly Filesystem[]): readonly Filesystem[] {
	return filesystems.toSorted((a, b) => rank[levelOfDisk(a)] - rank[levelOfDisk(b)]);
}

/** An image that cannot be written is always full, and that is no trouble; a mount that gives no answer is. */
export function levelOfDisk({usage, isImage, problem}: Filesystem): Level {
	if (!usage) {
		return problem === undefined ? 'ok' : 'warning';
	}

	if (isImage) {
		return 'ok';
	}

	const [space, inodes] = [levelOf('disk.used', usage.usedPercent), levelOfInodes(usage)];
	return rank[inodes] < rank[space] ? inodes : space;
}

/** Without an inode nothing can be written, whatever space there is. */
export function levelOfInodes({inodes}: FilesystemUsage): Level {
	return levelOf('disk.inodes_used', inodes?.usedPercent);
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
