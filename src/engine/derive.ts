import {fullIn, type SpacePoint} from '../core/fill-forecast.js';
import type {Safe} from '../core/safe.js';
import {seriesName} from '../core/series.js';
import type {Filesystem, FilesystemUsage} from '../core/snapshot.js';

/** What the samplers gave at one tick. */
export type Sampled = {
	/** Monotonic, ms. */
	readonly at: number;
	readonly series: ReadonlyMap<string, number>;
	readonly cores: number;
	readonly filesystems: readonly Filesystem[];
};

/** Series made of others and of their past. */
export type Derive = (sampled: Sampled) => readonly (readonly [name: string, value: number])[];

/** All of them, with the past they need. */
export function derivations(): Derive {
	const each: readonly Derive[] = [loadPerCore, fillForecasts()];
	return sampled => each.flatMap(derive => derive(sampled));
}

function loadPerCore({series, cores}: Sampled): ReturnType<Derive> {
	const load = series.get('load.5');
	return load === undefined || cores === 0 ? [] : [['load.per_core', load / cores]];
}

/** Points are taken so far apart and kept so long, ms. */
const pointEvery = 60_000;
const keepFor = 3_600_000;

/** A forecast of an hour takes 0.2 ms: of a hundred file systems each tick makes a few. */
const mostPerTick = 4;

type Past = {
	/** What is mounted: another device under the same path has a past of its own. */
	readonly device: Safe;
	readonly points: readonly SpacePoint[];
	readonly seconds: number | undefined;
};

/** When each file system will be full. */
function fillForecasts(): Derive {
	let pasts: ReadonlyMap<string, Past> = new Map();

	return ({at, filesystems}) => {
		const next = new Map<string, Past>();
		const due = dueOf(filesystems, pasts, at);

		for (const {mount, device, usage} of filesystems) {
			const before = pasts.get(mount);

			// One that gives no answer now keeps its past.
			if (usage && due.has(mount)) {
				next.set(mount, onePointMore(before, device, usage, at));
			} else if (before) {
				next.set(mount, before);
			}
		}

		// There is always one: they could not be read this time.
		if (filesystems.length === 0) {
			return [];
		}

		pasts = next;
		return [...pasts].flatMap(([mount, {seconds}]) =>
			seconds === undefined ? [] : [[seriesName('disk.full_in', mount), seconds] as const],
		);
	};
}

/** Those that wait longest first: at one tick a minute, too, nobody is left out for ever. */
function dueOf(filesystems: Sampled['filesystems'], pasts: ReadonlyMap<string, Past>, at: number): ReadonlySet<string> {
	const lastAt = (mount: string) => pasts.get(mount)?.points.at(-1)?.at ?? -1;
	const due = filesystems
		.filter(({mount, device, usage, isImage}) => usage && !isImage && isDue(pasts.get(mount), device, at))
		.map(({mount}) => mount)
		.sort((a, b) => lastAt(a) - lastAt(b));
	return new Set(due.slice(0, mostPerTick));
}

function isDue(past: Past | undefined, device: Safe, at: number): boolean {
	const last = past?.device === device ? past.points.at(-1) : undefined;
	return last === undefined || at - last.at >= pointEvery;
}

function onePointMore(past: Past | undefined, device: Safe, {usedBytes, freeBytes}: FilesystemUsage, at: number): Past {
	const before = past?.device === device ? past.points : [];
	const points = [...before.filter(point => at - point.at < keepFor), {at, usedBytes}];
	return {device, points, seconds: fullIn(points, freeBytes)};
}
