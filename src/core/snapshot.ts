import type {Alert, NotifierState} from './alerts/alert.js';
import type {CertificateFacts, CheckFact, CheckStatus, Stage} from './check.js';
import type {Safe} from './safe.js';
import type {TimeEvent} from './time-event.js';

/** One mounted file system. Sizes in bytes, as `df -B1` prints them. */
export type Filesystem = {
	/** Raw, one character a byte: the instance of its series, and for acting. */
	readonly mount: string;
	readonly name: Safe;
	readonly device: Safe;
	readonly type: Safe;
	readonly isReadOnly: boolean;
	/** As mounted, for this mount point and for the whole file system: `rw`, `noatime`, `errors=remount-ro`. */
	readonly options: readonly Safe[];
	/** True for an image of a type that is never written (squashfs, iso9660, erofs, udf): always full, and that is no trouble. */
	readonly isImage: boolean;
	/** Wall clock, ms since 1970, of the question that has had no answer since. */
	readonly stuckSince?: number;
	/** Absent when statfs has given no answer: `problem` says why, or it has not had its time yet. */
	readonly usage?: FilesystemUsage;
	readonly problem?: Safe;
};

export type FilesystemUsage = {
	readonly totalBytes: number;
	readonly usedBytes: number;
	/** Available to users who are not root. */
	readonly freeBytes: number;
	/** used / (used + available), 0-100, not rounded. */
	readonly usedPercent: number;
	/** Absent where files are not limited by inodes (btrfs, vfat). */
	readonly inodes?: InodeUsage;
};

export type InodeUsage = {
	readonly total: number;
	readonly used: number;
	readonly free: number;
	readonly usedPercent: number;
};

/** One block device. Rates are absent until there are two readings, and for the tick in which a counter went backwards. */
export type Device = {
	readonly device: string;
	readonly name: Safe;
	/** False for what is built on other devices (dm, md, loop): left out of sums, or their bytes would count twice. */
	readonly isPhysical: boolean;
	readonly readBytesPerSecond?: number;
	readonly writtenBytesPerSecond?: number;
	/** Requests that ended. */
	readonly readsPerSecond?: number;
	readonly writesPerSecond?: number;
	/** Mean time from the request to its end, for those that ended in the interval. Absent when none did. */
	readonly latencyMs?: number;
	readonly busyPercent?: number;
};

/** One network interface. Rates as for a device; errors and drops of both directions together. */
export type Interface = {
	readonly interface: string;
	readonly name: Safe;
	/** Since the interface came up; absent where it is not remembered. */
	readonly receivedBytes?: number;
	readonly sentBytes?: number;
	readonly receivedBytesPerSecond?: number;
	readonly sentBytesPerSecond?: number;
	readonly receivedPacketsPerSecond?: number;
	readonly sentPacketsPerSecond?: number;
	readonly errorsPerSecond?: number;
	readonly dropsPerSecond?: number;
	/** IPv4 first, with the length of the prefix: `192.0.2.2/24`. Only while they are wanted; absent too where nobody tells. */
	readonly addresses?: readonly Safe[];
};

/** One process. Its identity is `pid` with `startTicks`: the kernel reuses pids. */
export type Process = {
	readonly pid: number;
	readonly startTicks: number;
	readonly parent: number;
	/** The kernel's letter: R S D Z T t X I. */
	readonly state: string;
	/** `comm`: the kernel's short name, at most 15 bytes for what is not a kernel thread. */
	readonly name: Safe;
	/** The command line; undefined for kernel threads, zombies, and what has not been read yet. */
	readonly command: Safe | undefined;
	/** Undefined when it has not been read yet or may not be. */
	readonly user: Safe | undefined;
	/** Percent of one core over the last interval: 0 to 100 x cores. Undefined for a process seen for the first time. */
	readonly cpuPercent: number | undefined;
	/** The same, smoothed, and not moving for small changes: for an order that does not dance. */
	readonly cpuSmoothed: number;
	/** Resident set. */
	readonly memoryBytes: number;
	readonly threads: number;
	/** Wall clock, milliseconds since 1970; NaN when the machine does not tell when it started. */
	readonly startedAt: number;
	/** Disk traffic, for processes on screen only. */
	readonly disk: ProcessDisk | undefined;
	/** Open file descriptors, for processes on screen only; only their owner and root may count them. */
	readonly openFiles: number | 'denied' | undefined;
};

/** A port on which TCP waits for connections or UDP for datagrams; sockets that share one (SO_REUSEPORT) are one. */
export type Listener = {
	readonly protocol: 'tcp' | 'udp';
	/** `127.0.0.1`, `::`. */
	readonly address: Safe;
	readonly port: number;
	/** 'denied' where there are processes that we may not look into; undefined where no process has it (the kernel, another container). */
	readonly owner: ListenerOwner | 'denied' | undefined;
};

/** The process with the lowest pid of those that have the socket, and how many others have it. */
export type ListenerOwner = {readonly pid: number; readonly name: Safe; readonly others: number};

/** Bytes per second to and from disks, or that we may not know. */
export type ProcessDisk = {readonly read: number; readonly written: number} | 'denied';

/**
 * What the busiest processes did in about a minute. A row is as it was at the end, but `cpuPercent`, `cpuSmoothed` and `disk` are means over
 * that minute, from counters at both ends; one that began in it counts as if it had done nothing before. `disk` is undefined where a counter
 * went backwards, or could not be read because the process waited for a disk (state D) whenever it was looked at. `openFiles` is never known.
 *
 * Who ended within the minute is there in state `X`, as it was seen last, with means over the whole minute, too: 30 s at 100 % are 50 %.
 * Of its CPU the time after the last look is lost, at most one interval. Of its disk traffic, that after the last reading is on the account of the
 * parent that waited for it, and of nobody if none did: it was read at each look or each second one while it moved something, else about every
 * ten seconds, and never while it was in state D. Who began and ended between two looks is known only by what it left to its parent. What stands
 * in a row of its own is not in the parent's; what an ended child without a row did is. Two rows may have the same pid, and another `startTicks`.
 */
export type ProcessMinute = {
	/** Wall clock, ms since 1970. Longer apart than a minute when the machine slept, stood still or had its clock set forward; never backwards. */
	readonly from: number;
	readonly to: number;
	/** At most 20, those that are first by CPU, by memory and by disk traffic in turn; none that did nothing and holds no memory. */
	readonly processes: readonly Process[];
};

/** How a check stands: its hard state, or that there is none yet. */
export type HardStatus = CheckStatus | 'waiting';

/** One check. The same object until something about it changes. */
export type Check = {
	/** One character a byte: the instance of its series. */
	readonly check: string;
	readonly name: Safe;
	/** `http`, `mysql` ... */
	readonly type: Safe;
	readonly status: HardStatus;
	/** Wall clock, ms: since when it has been so; of a failure, when it was first seen. */
	readonly since: number;
	/** The last run; absent before the first. */
	readonly result?: CheckResult;
	/** While results say other than the hard state: the how many-th of how many that change it. */
	readonly attempt?: {readonly count: number; readonly of: number};
	/** The name of a check that it depends on and that failed. */
	readonly blockedBy?: Safe;
	/** Wall clock, ms: of the next run. */
	readonly dueAt: number;
	/** Over what is known of the last 24 hours at most: unknown results are left out. Absent while nothing is known. */
	readonly uptime?: {readonly percent: number; readonly ms: number};
	/** The last results, newest last, a letter each: `o` ok, `w` warning, `c` critical, `u` unknown. */
	readonly recent: string;
	/** Changes of the hard state, newest first, at most 20. */
	readonly changes: readonly CheckChange[];
};

export type CheckResult = {
	readonly status: CheckStatus;
	/** Wall clock, ms: when it began. */
	readonly at: number;
	/** What was found: `200`, `4 running`. */
	readonly text: Safe;
	/** Why it is not ok; absent when it is. */
	readonly reason?: Safe;
	/** Response time. */
	readonly ms?: number;
	readonly stages: readonly Stage[];
	readonly conditions: readonly JudgedCondition[];
	readonly certificate?: CertificateFacts;
	readonly facts: readonly CheckFact[];
};

/** A condition and what it saw: `[STATUS] (500) == 200`. */
export type JudgedCondition = {readonly text: Safe; readonly status: CheckStatus};

export type CheckChange = {readonly at: number; readonly status: HardStatus; readonly reason?: Safe};

/** A source that could not be read or an area whose values are old. */
export type Problem = {
	/** The sampler's name. */
	readonly area: string;
	/** The file, mount or device. */
	readonly source: Safe;
	readonly reason: Safe;
	/** True when nothing of the area could be read: there is nothing to show but the reason. */
	readonly isWhole?: true;
	/** True when nothing is wrong: something cannot be seen, and this is why. */
	readonly isNote?: true;
};

/** What samplers deliver besides numbers over time. An area that was not sampled yet has an empty table. */
export type Tables = {
	readonly filesystems: readonly Filesystem[];
	readonly devices: readonly Device[];
	readonly interfaces: readonly Interface[];
	readonly processes: readonly Process[];
	/** In the order of the configuration. */
	readonly checks: readonly Check[];
	/** The worst first: firing, recovering, pending, then those that are over, the last first. */
	readonly alerts: readonly Alert[];
	/** In the order of the configuration; none: what happens is on the screen only. */
	readonly notifiers: readonly NotifierState[];
	/** Why failures of checks may be those of this machine; absent when nothing points to that. */
	readonly impaired?: Safe;
	/** The last minute that is complete: the same object until there is another. Absent before the first. */
	readonly minute?: ProcessMinute;
	/** By port. Only while they are wanted. */
	readonly listeners?: readonly Listener[];
};

/** All that a view may see at one moment. Immutable: whoever keeps one keeps that moment. */
export type Snapshot = Tables & {
	/** Wall clock, milliseconds since 1970. */
	readonly at: number;
	/** Counts snapshots from 1. */
	readonly sequence: number;
	readonly host: Safe;
	/** Time between the two readings that rates were made from, in ms of the monotonic clock; 0 before the second. */
	readonly intervalMs: number;
	/** Cores online. */
	readonly cores: number;
	/** A series that does not exist, or is stale, is absent. */
	readonly series: ReadonlyMap<string, number>;
	readonly problems: readonly Problem[];
	/** What happened to time since the snapshot before. */
	readonly timeEvent?: TimeEvent;
	/** Of a moment that was put together again from what is remembered: what of it is. */
	readonly past?: PastMoment;
};

/** What is known of a past moment; times of the wall clock, ms. */
export type PastMoment = {
	/** The reading it is (both the same), or the time its values are means over; undefined where nothing is known. */
	readonly values: Period | undefined;
	/** The same of its processes. Of a minute, only the busiest are there. */
	readonly processes: Period | undefined;
};

export type Period = {readonly from: number; readonly to: number};
