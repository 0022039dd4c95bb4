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
	start() {
		let known: ReadonlyMap<string, Filesystem> = new Map();

		return async (host, context) => {
			const sample = await collect(host, context, known);
			known = new Map(sample.tables?.filesystems?.map(row => [row.mount, row]));
			return sample;
		};
	},
};

/** What is local answers at once, and is not held up by what is not: of that the last answer stands meanwhile. */
async function collect(host: Host, context: SampleContext, known: ReadonlyMap<string, Filesystem>): Promise<Sample> {
	const source = `${host.ownProcess}/mountinfo`;
	const all = parseMountinfo(source, host.readText(source));
	const mounts = all.filter(({mount}) => isWanted(mount, context.filters.mounts));
	const questions = mounts.map(mount => measure(host, mount, context.signal));
	const local = mounts.map((mount, index) =>
		mount.isLocal ? questions[index] : (known.get(mount.mount) ?? rowOf(mount)),
	);
	context.interim(sampleOf((await Promise.all(local)).filter(row => row !== undefined)));
	return sampleOf(await Promise.all(questions));
}

function sampleOf(rows: readonly Filesystem[]): Sample {
	// df leaves out what has no blocks at all, too.
	const filesystems = rows.filter(({usage}) => usage === undefined || usage.totalBytes > 0);
	return {series: filesystems.flatMap(seriesOf), tables: {filesystems}, problems: filesystems.flatMap(problemOf)};
}

async function measure(host: Host, mount: Mount, signal: AbortSignal): Promise<Filesystem> {
	const row = rowOf(mount);

	try {
		return {...row, usage: usageOf(await host.statfs(mount.mount, {aside: !mount.isLocal, signal}))};
	} catch (error) {
		return {...row, problem: problemText(error)};
	}
}

function rowOf({mount, device, type, isReadOnly}: Mount): Filesystem {
	return {mount, name: safeBytes(mount), device: safeBytes(device), type: safeBytes(type), isReadOnly};
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
