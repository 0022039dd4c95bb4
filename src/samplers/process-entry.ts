import type {KernelClock} from '../core/kernel-clock.js';
import type {ProcessStat} from '../core/process-stat.js';
import {rate} from '../core/rate.js';
import {safe, safeBytes} from '../core/safe.js';
import type {Process} from '../core/snapshot.js';
import type {DiskBytes} from './process-details.js';
import {type MinuteFields, noMinuteFields} from './process-minute-entry.js';

/** Weight of the newest value in the smoothed CPU: half of a change shows after two ticks. */
const newestWeight = 0.3;

/** The published value stays where it is until the smoothed one is so far away, in percent of a core and as a part of it. */
const leastMove = 0.75;
const leastShare = 0.25;

/** What is kept of one process between passes; `row` is what views see. */
export type ProcessEntry = MinuteFields & {
	row: Process;
	ticks: number;
	at: number;
	pass: number;
	smoothed: number;
	comm: string;
	/** What has been read of owner and command line. */
	details: 'none' | 'owner' | 'all';
	diskBytes: DiskBytes | undefined;
	diskAt: number;
	/** When its open files were counted. */
	filesAt: number;
};

/** A process that was not there in the pass before: it has no rate yet. */
export function firstSight(pid: number, stat: ProcessStat, clock: KernelClock): ProcessEntry {
	const row: Process = {
		pid,
		startTicks: stat.startTicks,
		parent: stat.parent,
		state: '?',
		name: safe``,
		command: undefined,
		user: undefined,
		cpuPercent: undefined,
		cpuSmoothed: 0,
		memoryBytes: 0,
		threads: 0,
		startedAt: clock.bootedAt + (stat.startTicks * 1000) / clock.ticksPerSecond,
		disk: undefined,
		openFiles: undefined,
	};
	return {
		row,
		ticks: stat.ticks,
		at: Number.NaN,
		pass: 0,
		smoothed: 0,
		comm: '',
		details: 'none',
		diskBytes: undefined,
		diskAt: 0,
		filesAt: Number.NEGATIVE_INFINITY,
		...noMinuteFields,
	};
}

/** Brings the entry up to date. The row stays the same object when nothing in it changed: most processes sleep. */
export function update(
	entry: ProcessEntry,
	stat: ProcessStat,
	bytes: Uint8Array,
	at: number,
	clock: KernelClock,
): void {
	const {row} = entry;
	const ticks = Number.isNaN(entry.at) ? undefined : rate(stat.ticks, entry.ticks, at - entry.at);
	const cpuPercent = ticks === undefined ? undefined : (ticks * 100) / clock.ticksPerSecond;
	entry.smoothed += cpuPercent === undefined ? 0 : newestWeight * (cpuPercent - entry.smoothed);
	const cpuSmoothed = steady(row.cpuSmoothed, entry.smoothed);
	const memoryBytes = stat.residentPages * clock.pageBytes;
	const state = String.fromCharCode(stat.state);
	const {parent, threads} = stat;
	const isAnother = !hasComm(bytes, stat, entry.comm);
	const comm = isAnother ? commOf(bytes, stat) : entry.comm;
	entry.ticks = stat.ticks;
	entry.at = at;
	entry.comm = comm;
	// After an exec the name is another, and so is the command line.
	entry.details = isAnother ? 'none' : entry.details;

	if (
		isAnother ||
		row.cpuPercent !== cpuPercent ||
		row.cpuSmoothed !== cpuSmoothed ||
		row.memoryBytes !== memoryBytes ||
		row.state !== state ||
		row.threads !== threads ||
		row.parent !== parent
	) {
		const name = isAnother ? safeBytes(comm) : row.name;
		entry.row = {...row, name, cpuPercent, cpuSmoothed, memoryBytes, state, threads, parent};
	}
}

/** Processes that take about one clock tick a second would change places every second without this. */
function steady(published: number, smoothed: number): number {
	if (smoothed < 0.01) {
		return 0;
	}

	return Math.abs(smoothed - published) > Math.max(leastMove, leastShare * published) ? smoothed : published;
}

/** Compares without making a string: it is the same name nearly every time. */
function hasComm(bytes: Uint8Array, {commStart, commEnd}: ProcessStat, comm: string): boolean {
	if (commEnd - commStart !== comm.length) {
		return false;
	}

	for (let i = 0; i < comm.length; i++) {
		if (bytes[commStart + i] !== comm.charCodeAt(i)) {
			return false;
		}
	}

	return true;
}

function commOf(bytes: Uint8Array, {commStart, commEnd}: ProcessStat): string {
	return String.fromCharCode(...bytes.subarray(commStart, commEnd));
}
