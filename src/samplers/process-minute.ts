import type {Host} from '../core/host.js';
import type {SampleContext} from '../core/sampler.js';
import type {ProcessMinute} from '../core/snapshot.js';
import {giveWay} from './give-way.js';
import type {KernelClock} from './kernel-clock.js';
import {readDiskBytes} from './process-details.js';
import type {ProcessEntry} from './process-entry.js';
import {type MinuteStart, minuteRows, startOf} from './process-minute-rows.js';

/** A pass that comes so much too early ends the minute all the same, ms: else it would have 61 seconds. */
const [minuteMs, slackMs] = [60_000, 250];

/** Processes read before others get a turn: a few milliseconds of work. */
const slice = 250;

/**
 * Who writes most waits for its disk most of the time, and may not be asked while it does. So whoever was seen waiting is read ahead of the
 * end, in a pass in which it does not: so many a pass at most, and each of them again after `aheadEvery` ms.
 */
const [mostAhead, aheadEvery] = [16, 5000];

/** Makes the minutes of a host's processes. */
export type MinuteMaker = {
	/** The process has ended, or lost its pid to another one. */
	forget(entry: ProcessEntry): void;
	/** To be called after each pass with all there are: the last minute that is complete. Does nothing to what is shown live. */
	pass(host: Host, all: readonly ProcessEntry[], context: SampleContext): Promise<ProcessMinute | undefined>;
};

export function minuteMaker(clock: KernelClock): MinuteMaker {
	let start: MinuteStart | undefined;
	let hasDisks = false;
	let ended: ProcessEntry[] = [];
	let last: ProcessMinute | undefined;

	const begin = (all: readonly ProcessEntry[], at: number, wall: number) => {
		start = startOf(all, at, wall);
		ended = [];

		for (const entry of all) {
			entry.base = {ticks: entry.ticks, at: entry.at, disk: entry.lastDisk ?? entry.base?.disk};
			entry.hasWaited = entry.row.state === 'D';
		}
	};

	return {
		forget(entry) {
			// Of those that came within the minute nothing is to be subtracted.
			if (entry.base) {
				ended.push(entry);
			}
		},

		async pass(host, all, context) {
			const {now, wall} = context;

			if (!start) {
				// The first picture does not wait for the disk traffic of a thousand processes: that comes with the second pass.
				begin(all, now(), wall());
				return undefined;
			}

			if (hasDisks && now() - start.at < minuteMs - slackMs) {
				readAhead(host, all, now);
				return last;
			}

			await readAll(host, all, context);
			hasDisks = true;
			const [at, to] = [now(), wall()];

			if (at - start.at >= minuteMs - slackMs) {
				const processes = minuteRows(all, {start, at, ended, clock});
				// A clock that was set back does not make the minute end before it began.
				last = {from: Math.min(start.wall, to - (at - start.at)), to, processes};
				begin(all, at, to);
			}

			return last;
		},
	};
}

async function readAll(host: Host, all: readonly ProcessEntry[], {now, signal}: SampleContext): Promise<void> {
	for (const [index, entry] of all.entries()) {
		if (all.length > slice && index % slice === 0) {
			await giveWay(signal);
		}

		if (entry.row.state === 'D') {
			entry.hasWaited = true;
		} else {
			readDisk(host, entry, now);
		}
	}
}

function readAhead(host: Host, all: readonly ProcessEntry[], now: () => number): void {
	const at = now();
	let places = mostAhead;

	for (const entry of all) {
		if (entry.row.state === 'D') {
			entry.hasWaited = true;
		} else if (places > 0 && entry.hasWaited && at - (entry.lastDisk?.at ?? Number.NEGATIVE_INFINITY) >= aheadEvery) {
			readDisk(host, entry, now);
			places -= 1;
		}
	}
}

/** What was read for the screen in this pass is not read twice. Not from a file that is held open: once a minute is too seldom. */
function readDisk(host: Host, entry: ProcessEntry, now: () => number): void {
	const at = entry.diskBytes === undefined ? now() : entry.diskAt;
	const bytes = entry.diskBytes ?? readDiskBytes(path => host.read(path), entry.row.pid);

	if (bytes !== undefined) {
		entry.lastDisk = {bytes, at};
		entry.base &&= {...entry.base, disk: entry.base.disk ?? entry.lastDisk};
	}
}
