import {percentUp} from './format.js';
import {type Level, levelOf, severity} from './levels.js';
import {type Safe, safe, trimSafe} from './safe.js';
import type {Filesystem, FilesystemUsage} from './snapshot.js';

/** An image that cannot be written is always full, and that is no trouble; a mount that gives no answer is. */
export function levelOfDisk({usage, isImage, problem}: Filesystem): Level {
	if (!usage) {
		return problem === undefined ? 'ok' : 'warning';
	}

	if (isImage) {
		return 'ok';
	}

	const [space, inodes] = [levelOf('disk.used', usage.usedPercent), levelOfInodes(usage)];
	return severity[inodes] > severity[space] ? inodes : space;
}

/** Without an inode nothing can be written, whatever space there is. */
export function levelOfInodes({inodes}: FilesystemUsage): Level {
	return levelOf('disk.inodes_used', inodes?.usedPercent);
}

/** What there is least of: space, or inodes; of a mount that gives no answer, that. */
export function diskUse({usage, problem}: Filesystem): Safe {
	if (!usage) {
		return problem ?? safe`gives no answer`;
	}

	const isInodes = levelOfInodes(usage) !== 'ok' && levelOf('disk.used', usage.usedPercent) === 'ok';
	return isInodes
		? safe`inodes ${trimSafe(percentUp(usage.inodes?.usedPercent))}`
		: trimSafe(percentUp(usage.usedPercent));
}
