import {codeOf, messageOf} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import type {Host, Statfs} from '../core/host.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Sample, SampleContext, Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Filesystem, FilesystemUsage, Problem} from '../core/snapshot.js';
import {type Mount, parseMountinfo} from './mounts.js';

/** Space of each mounted file system. Asynchronous: statfs(2) of a remote one may take for ever. */
export const filesystem: Sampler = {
	name: 'filesystem',
	every: 10_000,
	timeout: 5000,
	start: () => collect,
};

async function collect(host: Host, context: SampleContext): Promise<Sample> {
	const source = `${host.ownProcess}/mountinfo`;
	const mounts = parseMountinfo(source, host.readText(source)).filter(({mount}) =>
		isWanted(mount, context.filters.mounts),
	);
	const rows = await Promise.all(mounts.map(mount => measure(host, mount, context.signal)));
	// df leaves out what has no blocks at all, too.
	const filesystems = rows.filter(({usage}) => usage === undefined || usage.totalBytes > 0);
	return {series: filesystems.flatMap(seriesOf), tables: {filesystems}, problems: filesystems.flatMap(problemOf)};
}

async function measure(host: Host, mount: Mount, signal: AbortSignal): Promise<Filesystem> {
	const row = {
		mount: mount.mount,
		name: safeBytes(mount.mount),
		device: safeBytes(mount.device),
		type: safeBytes(mount.type),
		isReadOnly: mount.isReadOnly,
	};

	try {
		return {...row, usage: usageOf(await host.statfs(mount.mount, {aside: !mount.isLocal, signal}))};
	} catch (error) {
		return {...row, problem: problemText(error)};
	}
}

function problemText(error: unknown): Safe {
	if (error instanceof Error && error.name === 'AbortError') {
		return safe`no answer in 5 s`;
	}

	switch (codeOf(error)) {
		case 'EBUSY':
			return safe`stuck: an earlier question has no answer yet`;
		case 'EACCES':
		case 'EPERM':
			return safe`no permission`;
		default:
			return safeText(messageOf(error));
	}
}

/** Bytes and percentage as `df` computes them: what is reserved for root counts neither as used nor as free. */
export function usageOf({blockBytes, blocks, blocksFree, blocksAvailable}: Statfs): FilesystemUsage {
	const used = blocks - blocksFree;
	const reachable = used + blocksAvailable;
	return {
		totalBytes: blocks * blockBytes,
		usedBytes: used * blockBytes,
		freeBytes: blocksAvailable * blockBytes,
		usedPercent: reachable > 0 ? (used * 100) / reachable : 0,
	};
}

function seriesOf({mount, usage}: Filesystem): [string, number][] {
	if (!usage) {
		return [];
	}

	return [
		[seriesName('disk.used', mount), usage.usedPercent],
		[seriesName('disk.free', mount), usage.freeBytes],
		[seriesName('disk.size', mount), usage.totalBytes],
	];
}

function problemOf({name, problem}: Filesystem): Problem[] {
	return problem === undefined ? [] : [{area: 'filesystem', source: name, reason: problem}];
}
