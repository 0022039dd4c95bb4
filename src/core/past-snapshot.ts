import {pastAlerts} from './alerts/past-alerts.js';
import type {History} from './history.js';
import {pastChecks} from './past-checks.js';
import {valuesAt} from './past-values.js';
import {present} from './present.js';
import {safe, safeBytes} from './safe.js';
import {seriesName} from './series.js';
import type {Device, Filesystem, FilesystemUsage, Interface, Snapshot} from './snapshot.js';

type Series = ReadonlyMap<string, number>;

/**
 * The machine at a moment of the past (wall clock, ms), put together from the series that are remembered of it. What series do not tell
 * (the type of a file system, its options) is as it is `now`; what is not remembered is absent, as what was never read.
 * `hasDisk`: what processes read and wrote is asked for, which only minutes tell of all.
 */
export function pastSnapshot(now: Snapshot, history: History, at: number, hasDisk = false): Snapshot {
	const point = valuesAt(history, at);
	const series: Series = point?.values ?? new Map();
	const busiest = history.busiestAt(at);
	const processes = hasDisk ? (busiest ?? history.processesAt(at)) : (history.processesAt(at) ?? busiest);
	const cores = instancesOf(series, 'core.used').length;
	// Of a single reading the moment it was read at, which is nearly the one that was asked for.
	const moment = point && point.from === point.to ? point.from : at;
	return {
		at: moment,
		sequence: now.sequence,
		host: now.host,
		// Whatever it was, rates were known.
		intervalMs: Math.max(1000, point ? point.to - point.from : 0),
		cores: cores || now.cores,
		series,
		filesystems: filesystemsOf(now, series),
		devices: devicesOf(now, series),
		interfaces: interfacesOf(now, series),
		processes: processes?.processes ?? [],
		checks: pastChecks(now.checks, series, moment, point !== undefined),
		alerts: pastAlerts(now.alerts, moment),
		notifiers: [],
		problems: [],
		past: {
			values: point && {from: point.from, to: point.to},
			processes: processes && {from: processes.from, to: processes.to},
		},
	};
}

/** In the order of the present, and behind it what is no more. */
function joined<Row>(
	rows: readonly Row[],
	nameOf: (row: Row) => string,
	names: readonly string[],
	gone: (name: string) => Row,
) {
	const known = new Set(rows.map(nameOf));
	return [...rows.filter(row => names.includes(nameOf(row))), ...names.filter(name => !known.has(name)).map(gone)];
}

function instancesOf(series: Series, base: string): readonly string[] {
	const prefix = `${base}:`;
	return [...series.keys()].filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length));
}

function filesystemsOf(now: Snapshot, series: Series): readonly Filesystem[] {
	const rows = joined(now.filesystems, ({mount}) => mount, instancesOf(series, 'disk.used'), goneFilesystem);
	return rows.map(({stuckSince: _since, problem: _problem, usage, ...rest}) => ({
		...rest,
		isReadOnly: (series.get(seriesName('disk.read_only', rest.mount)) ?? Number(rest.isReadOnly)) === 1,
		...present({usage: usageOf(rest.mount, series, usage)}),
	}));
}

function goneFilesystem(mount: string): Filesystem {
	const common = {mount, name: safeBytes(mount), device: safe`-`, type: safe`-`};
	return {...common, isReadOnly: false, isImage: false, options: []};
}

/** What df would have printed: used is not among the series, but follows from its share and what is free. */
function usageOf(mount: string, series: Series, now: FilesystemUsage | undefined): FilesystemUsage | undefined {
	const value = (base: string) => series.get(seriesName(base, mount));
	const [usedPercent, freeBytes, inodes] = [value('disk.used'), value('disk.free'), value('disk.inodes_used')];

	if (usedPercent === undefined || freeBytes === undefined) {
		return undefined;
	}

	const size = value('disk.size') ?? now?.totalBytes;
	const usedBytes = usedPercent < 100 ? (freeBytes * usedPercent) / (100 - usedPercent) : (size ?? 0);
	const total = now?.inodes?.total ?? 0;
	const used = (total * (inodes ?? 0)) / 100;
	return {
		totalBytes: size ?? usedBytes + freeBytes,
		usedBytes,
		freeBytes,
		usedPercent,
		...(inodes !== undefined && {inodes: {total, used, free: total - used, usedPercent: inodes}}),
	};
}

function devicesOf(now: Snapshot, series: Series): readonly Device[] {
	const gone = (device: string): Device => ({
		device,
		name: safeBytes(device),
		isPhysical: !/^(?:dm-|md|loop)/.test(device),
	});
	const rows = joined(now.devices, ({device}) => device, instancesOf(series, 'io.busy'), gone);
	return rows.map(({device, name, isPhysical}) => {
		const value = (base: string) => series.get(seriesName(base, device));
		return {
			device,
			name,
			isPhysical,
			...present({
				readBytesPerSecond: value('io.read'),
				writtenBytesPerSecond: value('io.written'),
				readsPerSecond: value('io.reads'),
				writesPerSecond: value('io.writes'),
				latencyMs: value('io.latency'),
				busyPercent: value('io.busy'),
			}),
		};
	});
}

function interfacesOf(now: Snapshot, series: Series): readonly Interface[] {
	const gone = (name: string): Interface => ({interface: name, name: safeBytes(name)});
	const rows = joined(now.interfaces, row => row.interface, instancesOf(series, 'network.received'), gone);
	return rows.map(row => {
		const value = (base: string) => series.get(seriesName(base, row.interface));
		return {
			interface: row.interface,
			name: row.name,
			...present({
				receivedBytes: value('network.received_total'),
				sentBytes: value('network.sent_total'),
				receivedBytesPerSecond: value('network.received'),
				sentBytesPerSecond: value('network.sent'),
				receivedPacketsPerSecond: value('network.packets_in'),
				sentPacketsPerSecond: value('network.packets_out'),
				errorsPerSecond: value('network.errors'),
				dropsPerSecond: value('network.drops'),
			}),
		};
	});
}
