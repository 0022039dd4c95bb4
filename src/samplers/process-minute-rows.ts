import {mostProcesses} from '../core/kept.js';
import type {KernelClock} from '../core/kernel-clock.js';
import {rate} from '../core/rate.js';
import type {Process} from '../core/snapshot.js';
import {busiest} from './busiest.js';
import {diskRate} from './disk-rate.js';
import {type Ended, endedTraffic, type Traffic, withInherited} from './ended-traffic.js';
import type {ProcessEntry} from './process-entry.js';

/** When a minute began. */
export type MinuteStart = {
	/** Monotonic and wall clock, ms. */
	readonly at: number;
	readonly wall: number;
	/** When the newest of the processes that were there had started, clock ticks since boot. */
	readonly newest: number;
};

/** A minute that is over. */
type Ending = {
	readonly start: MinuteStart;
	/** Monotonic, ms. */
	readonly at: number;
	readonly ended: Ended;
	readonly clock: KernelClock;
};

type Rates = {readonly entry: ProcessEntry; readonly cpu: number | undefined; readonly disk: Process['disk']};

export function startOf(all: readonly ProcessEntry[], at: number, wall: number): MinuteStart {
	return {at, wall, newest: all.reduce((newest, {row}) => Math.max(newest, row.startTicks), Number.NEGATIVE_INFINITY)};
}

/** Gives a process that began in the minute the counters it had at its start: none. */
export function settle(entry: ProcessEntry, start: MinuteStart): void {
	// Not everything that is new has just begun: some were hidden. Of the same clock tick nobody knows which came first.
	if (!entry.base && entry.row.startTicks > start.newest) {
		entry.base = {ticks: 0, at: start.at, disk: {bytes: {read: 0, written: 0}, at: start.at}};
	}
}

/** Clock ticks since the minute began, 0 where they are not known. */
export function ticksSince({base, ticks}: ProcessEntry): number {
	return base ? ticks - base.ticks : 0;
}

/** Bytes to and from disks since the minute began, 0 where they are not known. */
export function bytesSince({base, lastDisk}: ProcessEntry): number {
	const [now, before] = [lastDisk?.bytes, base?.disk?.bytes];
	const isKnown = now && now !== 'denied' && before && before !== 'denied';
	return isKnown ? now.read + now.written - before.read - before.written : 0;
}

/** The busiest of the minute, those that ended in it among them. */
export function minuteRows(all: readonly ProcessEntry[], ending: Ending): Process[] {
	for (const entry of all) {
		settle(entry, ending.start);
	}

	// Who ended and did nothing has nothing any more: its memory is free.
	const ended = ending.ended.entries.filter(entry => ticksSince(entry) > 0 || bytesSince(entry) > 0);
	const living = new Map(all.map(entry => [entry.row.pid, entry]));
	const inherited = (isListed: (entry: ProcessEntry) => boolean) => endedTraffic(ending.ended, living, isListed);
	// Chosen by all they have; of that a child that is listed itself is told once, and what others did stays with their parent.
	const gross = inherited(() => false);
	const rates = [...all, ...ended].map(entry => ratesOf(entry, ending, gross.get(entry)));
	const measures = [({cpu}: Rates) => cpu ?? 0, ({entry}: Rates) => entry.row.memoryBytes, trafficOf];
	const chosen = new Set(busiest(rates, measures, mostProcesses).map(({entry}) => entry));
	const net = inherited(entry => chosen.has(entry));
	return [...chosen].map(entry => rowOf(ratesOf(entry, ending, net.get(entry))));
}

function rowOf({entry: {row, endedAt}, cpu, disk}: Rates): Process {
	return {
		...row,
		state: endedAt === undefined ? row.state : 'X',
		cpuPercent: cpu,
		cpuSmoothed: cpu ?? 0,
		disk,
		openFiles: undefined,
	};
}

function ratesOf(entry: ProcessEntry, ending: Ending, inherited: Traffic | undefined): Rates {
	const {base, ticks, endedAt} = entry;
	const {start, at, clock} = ending;
	// Who ended was there for a part of it; what is told is the mean of the whole minute all the same.
	const elapsed = endedAt === undefined ? entry.at - (base?.at ?? Number.NaN) : at - start.at;
	const perSecond = base && rate(ticks, base.ticks, elapsed);
	const cpu = perSecond === undefined ? undefined : (perSecond * 100) / clock.ticksPerSecond;
	return {entry, cpu, disk: diskOf(entry, ending, inherited)};
}

function diskOf({base, lastDisk, endedAt}: ProcessEntry, {start, at}: Ending, inherited?: Traffic): Process['disk'] {
	const [now, before] = [lastDisk?.bytes, base?.disk?.bytes];
	const known = (lastDisk?.at ?? Number.NaN) - (base?.disk?.at ?? Number.NaN);
	const [whole, hasEnded] = [at - start.at, endedAt !== undefined];
	const elapsed = hasEnded && known > 0 ? whole : known;

	if (now === undefined || now === 'denied' || before === undefined || before === 'denied') {
		return diskRate(now, before, elapsed);
	}

	// What is known of a few seconds only says nothing of a minute.
	return !hasEnded && known * 2 < whole ? undefined : diskRate(now, withInherited(now, before, inherited), elapsed);
}

function trafficOf({disk}: Rates): number {
	return disk === undefined || disk === 'denied' ? 0 : disk.read + disk.written;
}
