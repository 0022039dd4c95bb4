import type {Host} from '../core/host.js';
import type {SampleContext} from '../core/sampler.js';
import {giveWay} from './give-way.js';
import {readDiskBytes} from './process-details.js';
import type {ProcessEntry} from './process-entry.js';

/** Processes read before others get a turn: a few milliseconds of work. */
const slice = 250;

/** Who moved something, or began, is read often for so long, ms: a program that writes once in a few seconds ends after any of them. */
const hotMs = 5000;

/** So many of them are read a pass at most, and so many that were never read. */
const [mostHot, mostFresh] = [16, 8];

/** Of all others a part of all is read each pass, at most so many: each about every ten seconds, or more rarely where there are more than 500. */
const [turns, mostInTurn] = [10, 50];

/** Reads the disk traffic of processes, nobody's in state D: that may not be asked then. */
export type DiskTraffic = {
	/** Of all. */
	readAll(host: Host, all: readonly ProcessEntry[], context: SampleContext): Promise<void>;
	/** Of a few, since what one moved cannot be asked any more when it has ended. */
	readSome(host: Host, all: readonly ProcessEntry[], now: () => number): void;
};

export function diskTraffic(): DiskTraffic {
	let turn = 0;

	return {
		async readAll(host, all, {now, signal}) {
			for (const [index, entry] of all.entries()) {
				if (all.length > slice && index % slice === 0) {
					await giveWay(signal);
				}

				if (entry.row.state === 'D') {
					entry.hotUntil = Number.POSITIVE_INFINITY;
				} else if (!takeShown(entry)) {
					read(host.read, entry, now());
				}
			}
		},

		readSome(host, all, now) {
			const at = now();
			const {hot, fresh} = pressing(all, at);
			const places = Math.min(Math.ceil(all.length / turns), mostInTurn);
			turn = turn >= all.length ? 0 : turn;
			const others = all.slice(turn, turn + places).filter(entry => isDue(entry, at));
			turn += places;

			// Who is hot is so for some passes: its file is worth being held open.
			for (const entry of hot) {
				read(host.readOnce, entry, now());
			}

			for (const entry of [...fresh, ...others]) {
				read(host.read, entry, now());
			}
		},
	};
}

/** Those who may have moved something since they were read, and may end soon; of too many those who were read longest ago. */
function pressing(all: readonly ProcessEntry[], at: number) {
	const hot: ProcessEntry[] = [];
	const fresh: ProcessEntry[] = [];

	for (const entry of all) {
		// Who writes most waits for its disk most of the time: it is read in the first pass in which it does not.
		if (entry.row.state === 'D') {
			entry.hotUntil = Number.POSITIVE_INFINITY;
		} else if (!takeShown(entry)) {
			if (entry.hotUntil > at) {
				hot.push(entry);
			} else if (!entry.lastDisk && fresh.length < mostFresh) {
				fresh.push(entry);
			}
		}
	}

	const oldest = hot.length > mostHot ? hot.sort((a, b) => readAt(a) - readAt(b)).slice(0, mostHot) : hot;
	return {hot: oldest, fresh};
}

/** True for one that was read before. What is denied stays so nearly always: it is asked for once a minute, with all. */
function isDue({row, lastDisk, diskBytes, hotUntil}: ProcessEntry, at: number): boolean {
	const isReadable = row.state !== 'D' && lastDisk !== undefined && lastDisk.bytes !== 'denied';
	return isReadable && diskBytes === undefined && hotUntil <= at;
}

function readAt({lastDisk}: ProcessEntry): number {
	return lastDisk?.at ?? Number.NEGATIVE_INFINITY;
}

/** What was read for the screen in this pass is not read twice. */
function takeShown(entry: ProcessEntry): boolean {
	if (entry.diskBytes === undefined) {
		return false;
	}

	note(entry, {bytes: entry.diskBytes, at: entry.diskAt});
	return true;
}

function read(how: Host['read'], entry: ProcessEntry, at: number): void {
	const bytes = readDiskBytes(how, entry.row.pid);

	if (bytes !== undefined) {
		note(entry, {bytes, at});
	}
}

function note(entry: ProcessEntry, reading: NonNullable<ProcessEntry['lastDisk']>): void {
	if (hasMoved(entry, reading.bytes) || entry.hotUntil === Number.POSITIVE_INFINITY) {
		entry.hotUntil = reading.at + hotMs;
	}

	entry.lastDisk = reading;
	entry.base &&= {...entry.base, disk: entry.base.disk ?? reading};
}

/** True, too, for one that came within the minute and was not read before: it may have just begun. */
function hasMoved({base, lastDisk}: ProcessEntry, bytes: NonNullable<ProcessEntry['diskBytes']>): boolean {
	const before = lastDisk?.bytes;

	if (bytes === 'denied' || before === 'denied') {
		return false;
	}

	return before ? bytes.read !== before.read || bytes.written !== before.written : !base;
}
