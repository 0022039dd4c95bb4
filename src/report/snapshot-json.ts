import {safeBytes} from '../core/safe.js';
import {seriesName} from '../core/series.js';
import type {Check, Device, Filesystem, Interface, Process, Snapshot} from '../core/snapshot.js';

/**
 * A snapshot as the JSON that scripts read (version 1): camelCase keys with their unit, ISO 8601 times. What is not known
 * is absent. Names are shown as they are on the screen: what could move a cursor is visible as `\x1b`.
 */
export function snapshotJson(snapshot: Snapshot): string {
	const {at, host, intervalMs, series, cores, filesystems, devices, interfaces, processes, checks, impaired, problems} =
		snapshot;
	const total = series.get('memory.total');
	const json = {
		version: 1,
		host,
		at: new Date(at).toISOString(),
		intervalMs: Math.round(intervalMs),
		// Instances are bytes; here they read as the names in the tables do.
		series: Object.fromEntries([...series].map(([name, value]) => [safeBytes(name), value])),
		cores,
		filesystems: filesystems.map(filesystemJson),
		devices: devices.map(deviceJson),
		interfaces: interfaces.map(one => interfaceJson(one, series)),
		processes: processes.map(process => processJson(process, total)),
		checks: checks.map(checkJson),
		impaired,
		problems: problems.map(({area, source, reason}) => ({area, source, reason})),
	};
	return `${JSON.stringify(json, undefined, 2)}\n`;
}

function filesystemJson({name, device, type, options, isReadOnly, usage, stuckSince, problem}: Filesystem) {
	const {inodes, ...space} = usage ?? {};
	return {
		mount: name,
		device,
		type,
		options,
		readOnly: isReadOnly,
		...space,
		...(inodes && {
			inodesTotal: inodes.total,
			inodesUsed: inodes.used,
			inodesFree: inodes.free,
			inodesUsedPercent: inodes.usedPercent,
		}),
		// Absent while nobody knows: there is no answer yet, and it is not late.
		...(stuckSince !== undefined ? {stuck: true, stuckSince: isoTime(stuckSince)} : usage && {stuck: false}),
		problem: problem ?? (usage ? undefined : 'no answer yet'),
	};
}

function deviceJson({name, device: _, isPhysical, ...rates}: Device) {
	return {device: name, physical: isPhysical, ...rates};
}

function interfaceJson({name, interface: raw, ...counters}: Interface, series: Snapshot['series']) {
	const up = series.get(seriesName('network.up', raw));
	return {
		interface: name,
		up: up === undefined ? undefined : up === 1,
		speedBitsPerSecond: series.get(seriesName('network.speed', raw)),
		...counters,
	};
}

function processJson(process: Process, memoryTotal: number | undefined) {
	const {pid, parent, user, state, name, command, cpuPercent, memoryBytes, threads, startedAt, disk, openFiles} =
		process;
	return {
		pid,
		parent,
		user,
		state,
		name,
		command,
		cpuPercent,
		memoryBytes,
		memoryPercent: memoryTotal ? (memoryBytes * 100) / memoryTotal : undefined,
		threads,
		startedAt: isoTime(startedAt),
		...(disk !== undefined &&
			disk !== 'denied' && {readBytesPerSecond: disk.read, writtenBytesPerSecond: disk.written}),
		openFiles: openFiles === 'denied' ? undefined : openFiles,
	};
}

function checkJson({name, type, status, since, result, attempt, blockedBy, dueAt, uptime, changes}: Check) {
	const {at, ms, status: lastStatus, certificate, ...rest} = result ?? {};
	return {
		name,
		type,
		status,
		since: isoTime(since),
		blockedBy,
		attempt,
		at: at === undefined ? undefined : isoTime(at),
		lastStatus,
		...rest,
		responseMs: ms,
		certificate: certificate && {
			...certificate,
			validFrom: isoTime(certificate.validFrom),
			validTo: isoTime(certificate.validTo),
		},
		dueAt: isoTime(dueAt),
		uptimePercent: uptime?.percent,
		uptimeOfMs: uptime?.ms,
		changes: changes.map(change => ({...change, at: isoTime(change.at)})),
	};
}

/** Absent for what is no moment that a calendar has. */
function isoTime(at: number): string | undefined {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
