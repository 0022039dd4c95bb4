import {alert, notifierState} from './alerts/alert-decode.js';
import {check} from './check-decode.js';
import {
	boolean,
	type Decode,
	either,
	list,
	moment,
	number,
	object,
	oneOf,
	optional,
	pairs,
	raw,
	shown,
	whole,
	within,
} from './decode.js';
import type {
	Device,
	Filesystem,
	FilesystemUsage,
	InodeUsage,
	Interface,
	Listener,
	ListenerOwner,
	Problem,
	Process,
	ProcessDisk,
	ProcessMinute,
	Snapshot,
} from './snapshot.js';
import type {TimeEvent} from './time-event.js';

const disk: Decode<ProcessDisk> = either(
	object<{read: number; written: number}>({read: number, written: number}),
	oneOf('denied'),
);

/** One process, as `JSON.stringify` wrote it. What is not known (undefined) is missing there. */
export const process: Decode<Process> = object<Process>({
	pid: number,
	startTicks: number,
	parent: number,
	state: shown,
	name: shown,
	command: optional(shown),
	user: optional(shown),
	cpuPercent: optional(number),
	cpuSmoothed: number,
	memoryBytes: number,
	threads: number,
	startedAt: number,
	disk: optional(disk),
	openFiles: optional(either(number, oneOf('denied'))),
});

export const processMinute: Decode<ProcessMinute> = object<ProcessMinute>({
	from: number,
	to: number,
	processes: list(process, 1000),
});

const inodes: Decode<InodeUsage> = object<InodeUsage>({total: number, used: number, free: number, usedPercent: number});

const usage = object<FilesystemUsage>({
	totalBytes: number,
	usedBytes: number,
	freeBytes: number,
	usedPercent: number,
	inodes: optional(inodes),
});

const filesystem: Decode<Filesystem> = object<Filesystem>({
	mount: raw,
	name: shown,
	device: shown,
	type: shown,
	isReadOnly: boolean,
	options: list(shown, 1000),
	isImage: boolean,
	stuckSince: optional(number),
	usage: optional(usage),
	problem: optional(shown),
});

const rate = optional(number);

const device: Decode<Device> = object<Device>({
	device: raw,
	name: shown,
	isPhysical: boolean,
	readBytesPerSecond: rate,
	writtenBytesPerSecond: rate,
	readsPerSecond: rate,
	writesPerSecond: rate,
	latencyMs: rate,
	busyPercent: rate,
});

const networkInterface: Decode<Interface> = object<Interface>({
	interface: raw,
	name: shown,
	receivedBytes: rate,
	sentBytes: rate,
	receivedBytesPerSecond: rate,
	sentBytesPerSecond: rate,
	receivedPacketsPerSecond: rate,
	sentPacketsPerSecond: rate,
	errorsPerSecond: rate,
	dropsPerSecond: rate,
	addresses: optional(list(shown, 10_000)),
});

const owner = either(object<ListenerOwner>({pid: number, name: shown, others: number}), oneOf('denied'));

const listener: Decode<Listener> = object<Listener>({
	protocol: oneOf('tcp', 'udp'),
	address: shown,
	port: number,
	owner: optional(owner),
});

const flag: Decode<true | undefined> = (json, path) => (optional(boolean)(json, path) ? true : undefined);

export const problem: Decode<Problem> = object<Problem>({
	area: raw,
	source: shown,
	reason: shown,
	isWhole: flag,
	isNote: flag,
});

/** More cores Linux does not have: NR_CPUS of its Kconfig. */
export const coreCount = whole(0, 8192);

export const interval = within(0, 1e12);

export const sequence = whole(0, Number.MAX_SAFE_INTEGER);

export const timeEvent: Decode<TimeEvent> = object<TimeEvent>({
	kind: oneOf('clock-set', 'suspended', 'stalled'),
	ms: moment,
});

/** Of each table its rows. */
export const tables = {
	filesystems: list(filesystem),
	devices: list(device),
	interfaces: list(networkInterface),
	processes: list(process),
	checks: list(check),
	alerts: list(alert, 10_000),
	notifiers: list(notifierState, 1000),
	listeners: list(listener),
};

/** What an engine of an older version has not. */
const orNone =
	<T>(decode: Decode<readonly T[]>): Decode<readonly T[]> =>
	(json, path) =>
		json === undefined ? [] : decode(json, path);

/** As `wholeSnapshot` wrote it. */
export const snapshot: Decode<Snapshot> = object<Omit<Snapshot, 'past'>>({
	at: moment,
	sequence,
	host: shown,
	intervalMs: interval,
	cores: coreCount,
	series: pairs(number),
	problems: list(problem),
	timeEvent: optional(timeEvent),
	...tables,
	checks: orNone(tables.checks),
	alerts: orNone(tables.alerts),
	notifiers: orNone(tables.notifiers),
	impaired: optional(shown),
	minute: optional(processMinute),
	listeners: optional(tables.listeners),
});
