import {codeOf, messageOf} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import {startTime, timeOfDay} from '../core/format.js';
import type {Host} from '../core/host.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Sample, SampleContext, Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Filesystem, Problem} from '../core/snapshot.js';
import {usageOf} from './filesystem-usage.js';
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
	const mounts = parseMountinfo(source, host.readText(source), mount => isWanted(mount, context.filters.mounts));
	const questions = mounts.map(mount => measure(host, mount, context, known.get(mount.mount)));
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

/** `before` is what was known of the mount the last time: a silence that goes on is told from its first moment. */
async function measure(
	host: Host,
	mount: Mount,
	{signal, wall}: SampleContext,
	before: Filesystem | undefined,
): Promise<Filesystem> {
	const row = rowOf(mount);
	const askedAt = wall();

	try {
		return {...row, usage: usageOf(await host.statfs(mount.mount, {aside: !mount.isLocal, signal}))};
	} catch (error) {
		if (!isSilence(error)) {
			return {...row, problem: problemText(error)};
		}

		const stuckSince = before?.stuckSince ?? askedAt;
		return {...row, stuckSince, problem: safe`stuck since ${momentOf(stuckSince, askedAt)}`};
	}
}

/** The time of day, and the date once that is another day's. */
function momentOf(at: number, now: number): Safe {
	return now - at < 86_400_000 ? timeOfDay(at) : startTime(at, now);
}

function rowOf({mount, device, type, options, isReadOnly, isImage}: Mount): Filesystem {
	return {
		mount,
		name: safeBytes(mount),
		device: safeBytes(device),
		type: safeBytes(type),
		options: options.map(option => safeBytes(option)),
		isReadOnly,
		isImage,
	};
}

/** No answer in time, or the helper that asked the last time still waits for one. */
function isSilence(error: unknown): boolean {
	return (error instanceof Error && error.name === 'AbortError') || codeOf(error) === 'EBUSY';
}

function problemText(error: unknown): Safe {
	switch (codeOf(error)) {
		case 'EACCES':
		case 'EPERM':
			return safe`no permission`;
		default:
			return safeText(messageOf(error));
	}
}

/** What is an image is full by its nature: a rule about space must never see that. */
function seriesOf({mount, usage, isReadOnly, isImage}: Filesystem): [string, number][] {
	const readOnly: [string, number] = [seriesName('disk.read_only', mount), isReadOnly ? 1 : 0];

	if (!usage) {
		return [readOnly];
	}

	const size: [string, number] = [seriesName('disk.size', mount), usage.totalBytes];

	if (isImage) {
		return [size, readOnly];
	}

	return [
		[seriesName('disk.used', mount), usage.usedPercent],
		[seriesName('disk.free', mount), usage.freeBytes],
		size,
		...(usage.inodes ? [[seriesName('disk.inodes_used', mount), usage.inodes.usedPercent] as [string, number]] : []),
		readOnly,
	];
}

function problemOf({name, problem}: Filesystem): Problem[] {
	return problem === undefined ? [] : [{area: 'filesystem', source: name, reason: problem}];
}
