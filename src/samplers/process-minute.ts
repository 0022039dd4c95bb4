import type {Host} from '../core/host.js';
import type {KernelClock} from '../core/kernel-clock.js';
import type {SampleContext} from '../core/sampler.js';
import type {ProcessMinute} from '../core/snapshot.js';
import {endedProcesses} from './ended-processes.js';
import type {ProcessEntry} from './process-entry.js';
import {diskTraffic} from './process-minute-disk.js';
import {type MinuteStart, minuteRows, startOf} from './process-minute-rows.js';

/** A pass that comes so much too early ends the minute all the same, ms: else it would have 61 seconds. */
const [minuteMs, slackMs] = [60_000, 250];

/** Makes the minutes of a host's processes. */
export type MinuteMaker = {
	/** The process has ended, or lost its pid to another one: it was missing at `at` (monotonic, ms). */
	forget(entry: ProcessEntry, at: number): void;
	/** To be called after each pass with all there are: the last minute that is complete. Does nothing to what is shown live. */
	pass(host: Host, all: readonly ProcessEntry[], context: SampleContext): Promise<ProcessMinute | undefined>;
};

export function minuteMaker(clock: KernelClock): MinuteMaker {
	const ended = endedProcesses();
	const disks = diskTraffic();
	let start: MinuteStart | undefined;
	let hasDisks = false;
	let last: ProcessMinute | undefined;

	const begin = (all: readonly ProcessEntry[], at: number, wall: number) => {
		start = startOf(all, at, wall);
		ended.clear();

		for (const entry of all) {
			entry.base = {ticks: entry.ticks, at: entry.at, disk: entry.lastDisk ?? entry.base?.disk};
		}
	};

	return {
		forget(entry, at) {
			if (start) {
				ended.add(entry, start, at);
			}
		},

		async pass(host, all, context) {
			const {now, wall} = context;
			ended.trim();

			if (!start) {
				// The first picture does not wait for the disk traffic of a thousand processes: that comes with the second pass.
				begin(all, now(), wall());
				return undefined;
			}

			if (hasDisks && now() - start.at < minuteMs - slackMs) {
				disks.readSome(host, all, now);
				return last;
			}

			await disks.readAll(host, all, context);
			hasDisks = true;
			const [at, to] = [now(), wall()];

			if (at - start.at >= minuteMs - slackMs) {
				const processes = minuteRows(all, {start, at, ended: ended.all(), clock});
				// A clock that was set back does not make the minute end before it began.
				last = {from: Math.min(start.wall, to - (at - start.at)), to, processes};
				begin(all, at, to);
			}

			return last;
		},
	};
}
