import type {Process, Snapshot} from '../core/snapshot.js';

/**
 * A snapshot as the JSON that scripts read (version 1): camelCase keys with their unit, ISO 8601 times. What is not known
 * is absent. Names are shown as they are on the screen: what could move a cursor is visible as `\x1b`.
 */
export function snapshotJson(snapshot: Snapshot): string {
	const {at, host, intervalMs, series, cores, filesystems, devices, interfaces, processes, problems} = snapshot;
	const json = {
		version: 1,
		host,
		at: new Date(at).toISOString(),
		intervalMs: Math.round(intervalMs),
		series: Object.fromEntries(series),
		cores,
		filesystems: filesystems.map(({name, device, type, isReadOnly, usage, problem}) => ({
			mount: name,
			device,
			type,
			readOnly: isReadOnly,
			...usage,
			problem,
		})),
		devices: devices.map(({name, device: _, isPhysical, ...rates}) => ({device: name, physical: isPhysical, ...rates})),
		interfaces: interfaces.map(({name, interface: _, ...rates}) => ({interface: name, ...rates})),
		processes: processes.map(processJson),
		checks: [],
		problems: problems.map(({area, source, reason}) => ({area, source, reason})),
	};
	return `${JSON.stringify(json, undefined, 2)}\n`;
}

function processJson({pid, parent, user, state, name, command, cpuPercent, memoryBytes, threads, startedAt}: Process) {
	return {
		pid,
		parent,
		user,
		state,
		name,
		command,
		cpuPercent,
		memoryBytes,
		threads,
		startedAt: isoTime(startedAt),
	};
}

/** Absent for what is no moment that a calendar has. */
function isoTime(at: number): string | undefined {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
