import {bytesOf} from '../core/bytes-of.js';
import {span} from '../core/format.js';
import type {Host} from '../core/host.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {ifThere} from './if-there.js';
import {ofFile} from './of-file.js';
import type {ProcessList, SeenProcess} from './process-list.js';

/** More than any pid file has, bytes. */
const most = 4096;

/**
 * A process that began so long after its pid file was written, ms, is another one. A clock that was set by some seconds when the machine had
 * just started must make no alarm, and a pid comes back after longer.
 */
const laterMs = 60_000;

/** Emptied at each start of the machine: what seems to be older than that was written when the clock was another. */
const emptied = /^(?:\/var)?\/run\//;

/** Whom a file named when last seen, and that it was the right one. */
export type PidMemory = {last: {readonly file: string; readonly startTicks: number} | undefined};

/**
 * The process that a file names, or why there is none: perhaps only because it is kept from us. `doubt`: why it may as well be another one,
 * which nothing but the clock says.
 */
export type Named =
	| {readonly process: SeenProcess; readonly doubt: Safe | undefined}
	| {readonly process?: undefined; readonly reason: Safe; readonly isHiding: boolean};

/** @throws {Failed} when the file cannot be read. */
export async function processOf(attempt: Attempt, path: string, list: ProcessList, memory: PidMemory): Promise<Named> {
	const {host, signal} = attempt.context;
	const [place, shown] = [bytesOf(path), safeText(path)];
	const stat = await ofFile(attempt, shown, () => host.stat(place, signal));

	if (!stat) {
		return none(safe`no pid file ${shown}`);
	}

	const isReadable = stat.type === 'file' && stat.sizeBytes <= most;
	const text = isReadable ? await ofFile(attempt, shown, () => host.readEnd(place, most, signal)) : '';
	const pid = Number(/^\s*([1-9]\d{0,9})\s*(?:\n|$)/.exec(text ?? '')?.[1]);

	if (Number.isNaN(pid)) {
		return none(safe`no pid in ${shown}`);
	}

	const process = list.find(pid, attempt.context.now);

	if (!process || isDead(process) || isThread(pid, host)) {
		return none(safe`process ${pid} of ${shown} is not running`, list.isHiding);
	}

	const file = `${stat.identity} ${stat.modifiedAt} ${pid}`;
	const isKnown = memory.last?.file === file;

	if (isKnown && memory.last?.startTicks !== process.startTicks) {
		return none(anotherText(process, path));
	}

	if (!isKnown && isLater(process, stat.modifiedAt, path, list, attempt.context.wall())) {
		return {process, doubt: doubtText(process, stat.modifiedAt, path, attempt.context.wall())};
	}

	memory.last = {file, startTicks: process.startTicks};
	return {process, doubt: undefined};
}

/** /proc has a directory for each thread, too, which no listing shows. */
function isThread(pid: number, host: Host): boolean {
	const status = ifThere(() => host.readText(`/proc/${pid}/status`));
	const leader = /^Tgid:\t(\d+)$/m.exec(status ?? '')?.[1];
	return leader !== undefined && Number(leader) !== pid;
}

function none(reason: Safe, isHiding = false): Named {
	return {reason, isHiding};
}

/** `wall`: now, ms. */
function isLater({age}: SeenProcess, writtenAt: number, path: string, list: ProcessList, wall: number): boolean {
	const isOfOldClock = emptied.test(path) && writtenAt < wall - list.uptime() * 1000;
	return !isOfOldClock && wall - age * 1000 - writtenAt > laterMs;
}

/** The file does not say by which clock it was written. */
function doubtText({pid, comm, age}: SeenProcess, writtenAt: number, path: string, wall: number): Safe {
	const later = span((wall - age * 1000 - writtenAt) / 1000);
	return safe`pid ${pid} of ${safeText(path)} may be another process now: ${safeBytes(comm)} began ${later} after it was written, or the clock was set`;
}

/** Of a number that belongs to somebody else by now. */
export function anotherText({pid, comm}: SeenProcess, path: string): Safe {
	return safe`pid ${pid} of ${safeText(path)} is another process now: ${safeBytes(comm)}`;
}

/** Ended, and only waits for its parent to look at it. */
export function isDead({state}: SeenProcess): boolean {
	return state === 'Z' || state === 'X';
}
