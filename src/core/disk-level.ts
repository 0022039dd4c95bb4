import {type Level, levelOf} from './levels.js';
import type {Filesystem, FilesystemUsage} from './snapshot.js';

const rank: Record<Level, number> = {critical: 0, warning: 1, ok: 2};

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
