import type {Statfs} from '../core/host.js';
import type {FilesystemUsage, InodeUsage} from '../core/snapshot.js';

/** Bytes and percentage as `df` computes them: what is reserved for root counts neither as used nor as free. */
export function usageOf({
	blockBytes,
	blocks,
	blocksFree,
	blocksAvailable,
	inodes,
	inodesFree,
}: Statfs): FilesystemUsage {
	const used = blocks - blocksFree;
	const reachable = used + blocksAvailable;
	return {
		totalBytes: blocks * blockBytes,
		usedBytes: used * blockBytes,
		freeBytes: blocksAvailable * blockBytes,
		usedPercent: reachable > 0 ? (used * 100) / reachable : 0,
		...(inodes > 0 && {inodes: inodeUsage(inodes, inodesFree)}),
	};
}

function inodeUsage(total: number, free: number): InodeUsage {
	const used = total - free;
	return {total, used, free, usedPercent: (used * 100) / total};
}
