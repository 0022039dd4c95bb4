import type {DiskBytes} from './process-details.js';

/** Disk traffic as it was read at `at`, monotonic, ms. */
export type DiskReading = {readonly bytes: DiskBytes; readonly at: number};

/** The counters of a process as a minute begins. */
export type MinuteBase = {
	readonly ticks: number;
	readonly at: number;
	/** Undefined as long as it could not be read. */
	readonly disk: DiskReading | undefined;
};

/** What is kept of a process for the minutes alone; all times monotonic, ms. */
export type MinuteFields = {
	/** Undefined for a process that came after the minute had begun. */
	base: MinuteBase | undefined;
	/** Its disk traffic as it was last read for the minute. */
	lastDisk: DiskReading | undefined;
	/** Until when its disk traffic is read often; Infinity for one that was seen in state D and could not be read since. */
	hotUntil: number;
	/** When it was missing for the first time; undefined while it is there. */
	endedAt: number | undefined;
};

export const noMinuteFields: Readonly<MinuteFields> = {
	base: undefined,
	lastDisk: undefined,
	hotUntil: Number.NEGATIVE_INFINITY,
	endedAt: undefined,
};
