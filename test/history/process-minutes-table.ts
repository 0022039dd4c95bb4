import {safeText} from '../../src/core/safe.js';
import type {Process, ProcessMinute} from '../../src/core/snapshot.js';
import {ProcessMinutes} from '../../src/history/process-minutes.js';
import {start} from './points-table.js';

/** A process; its share is smoothed to what it is. */
export function row(changes: Partial<Process> = {}): Process {
	const cpu = 'cpuPercent' in changes ? changes.cpuPercent : 12.5;
	return {
		pid: 4242,
		startTicks: 2 ** 40 + 1,
		parent: 1,
		state: 'S',
		name: safeText('mariadbd'),
		command: safeText('/usr/sbin/mariadbd --basedir=/usr'),
		user: safeText('mysql'),
		memoryBytes: 3 * 2 ** 40 + 4096,
		threads: 31,
		startedAt: start - 12_345,
		disk: {read: 1024, written: 0.5},
		openFiles: undefined,
		...changes,
		cpuPercent: cpu,
		cpuSmoothed: cpu ?? 0,
	};
}

/** From one second to another after the start of the day, with a process of its own. */
export const from = (begin: number, end: number, pid = 1): ProcessMinute => ({
	from: start + begin * 1000,
	to: start + end * 1000,
	processes: [row({pid})],
});

export function pushed(minutes: readonly ProcessMinute[], keeper = new ProcessMinutes()): ProcessMinutes {
	for (const minute of minutes) {
		keeper.push(minute);
	}

	return keeper;
}
