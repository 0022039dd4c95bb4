import {mostProcesses} from '../core/kept.js';
import {rate} from '../core/rate.js';
import type {Process} from '../core/snapshot.js';
import {busiest} from './busiest.js';
import {diskRate} from './disk-rate.js';
import {endedTraffic, type Traffic} from './ended-traffic.js';
import type {KernelClock} from './kernel-clock.js';
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
	/** Processes that were there at the start, and are not any more. */
	readonly ended: readonly ProcessEntry[];
	readonly clock: KernelClock;
};

type Rates = {readonly entry: ProcessEntry; readonly cpu: number | undefined; readonly disk: Process['disk']};

export function startOf(all: readonly ProcessEntry[], at: number, wall: number): MinuteStart {
	return {at, wall, newest: all.reduce((newest, {row}) => Math.max(newest, row.startTicks), Number.NEGATIVE_INFINITY)};
}

/** The busiest of the minute. Gives those that began in it the counters they had at its start: none. */
export function minuteRows(all: readonly ProcessEntry[], ending: Ending): Process[] {
	const pids = new Set(all.map(({row}) => row.pid));
	const inherited = endedTraffic(ending.ended, pid => pids.has(pid));
	const rates = all.map(entry => ratesOf(entry, ending, inherited.get(entry.row.pid)));
	const measures = [({cpu}: Rates) => cpu ?? 0, ({entry}: Rates) => entry.row.memoryBytes, trafficOf];
	return busiest(rates, measures, mostProcesses).map(({entry, cpu, disk}) => ({
		...entry.row,
		cpuPercent: cpu,
		cpuSmoothed: cpu ?? 0,
		disk,
		openFiles: undefined,
	}));
}

function ratesOf(entry: ProcessEntry, ending: Ending, inherited: Traffic | undefined): Rates {
	const {start, clock} = ending;

	// Not everything that is new has just begun: some were hidden. Of the same clock tick nobody knows which came first.
	if (!entry.base && entry.row.startTicks > start.newest) {
		entry.base = {ticks: 0, at: start.at, disk: {bytes: {read: 0, written: 0}, at: start.at}};
	}

	const {base} = entry;
	const ticks = base && rate(entry.ticks, base.ticks, entry.at - base.at);
	const cpu = ticks === undefined ? undefined : (ticks * 100) / clock.ticksPerSecond;
	return {entry, cpu, disk: diskOf(entry, ending, inherited)};
}

function diskOf({base, lastDisk}: ProcessEntry, {start, at}: Ending, inherited: Traffic | undefined): Process['disk'] {
	const [now, before] = [lastDisk?.bytes, base?.disk?.bytes];
	const elapsed = (lastDisk?.at ?? Number.NaN) - (base?.disk?.at ?? Number.NaN);

	if (now === undefined || now === 'denied' || before === undefined || before === 'denied') {
		return diskRate(now, before, elapsed);
	}

	// What is known of a few seconds only says nothing of a minute.
	return elapsed * 2 < at - start.at ? undefined : diskRate(now, withInherited(now, before, inherited), elapsed);
}

/** Where a parent has less than that, it did not wait for those who ended, and the kernel gave it nothing. */
function withInherited(now: Traffic, before: Traffic, inherited: Traffic = {read: 0, written: 0}): Traffic {
	const [read, written] = [before.read + inherited.read, before.written + inherited.written];
	return now.read < read || now.written < written ? before : {read, written};
}

function trafficOf({disk}: Rates): number {
	return disk === undefined || disk === 'denied' ? 0 : disk.read + disk.written;
}
