import type {SampleContext} from '../../src/core/sampler.js';
import type {Process, ProcessMinute} from '../../src/core/snapshot.js';
import {process as sampler} from '../../src/samplers/process.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost} from '../helpers/fake-host.js';

/** A process as /proc tells it: CPU in clock ticks (1/100 s), start in ticks since boot, pages of 4 KiB. */
export type Fields = {
	state?: string;
	ticks?: number;
	start?: number;
	pages?: number;
	parent?: number;
	read?: number;
	written?: number;
};

export const [minute, second] = [60_000, 1000];

export function running(machine: Record<number, Fields> = {}) {
	const files: FakeFiles = {'/proc/stat': 'btime 1000\n'};
	const host = fakeHost(files);
	const collect = sampler.start();
	const live: (readonly Process[])[] = [];
	const change = (changes: Record<number, Fields | undefined>) => {
		for (const [pid, fields] of Object.entries(changes)) {
			for (const file of ['stat', 'io', 'status']) {
				delete files[`/proc/${pid}/${file}`];
			}

			Object.assign(files, fields && filesOf(Number(pid), fields));
		}
	};
	change(machine);
	return {
		host,
		live,
		change,
		/** One pass. */
		async at(at: number, changes: Partial<SampleContext> = {}): Promise<ProcessMinute | undefined> {
			host.reads.length = 0;
			const {tables} = await collect(host, contextAt(at, changes));
			live.push(tables?.processes ?? []);
			return tables?.minute;
		},
		/** The reads of disk traffic in the last pass. */
		get ioReads() {
			return host.reads.filter(path => path.endsWith('/io'));
		},
	};
}

export function filesOf(pid: number, fields: Fields): FakeFiles {
	const {state = 'S', ticks = 0, start = 500, pages = 0, parent = 1, read = 0, written = 0} = fields;
	return {
		[`/proc/${pid}/stat`]: `${pid} (x) ${state} ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 ${start} 4096 ${pages} 18446744073709551615 1\n`,
		[`/proc/${pid}/status`]: 'Uid:\t0\t0\t0\t0\nFDSize:\t64\n',
		[`/proc/${pid}/io`]: `rchar: 5\nread_bytes: ${read}\nwrite_bytes: ${written}\ncancelled_write_bytes: 3\n`,
	};
}

/** CPU and disk of each row, by pid. */
export function ratesOf(minute: ProcessMinute | undefined) {
	return Object.fromEntries((minute?.processes ?? []).map(({pid, cpuPercent, disk}) => [pid, [cpuPercent, disk]]));
}

export const disk = (read: number, written: number) => ({read, written});

/** Its first two passes, in which the minute's counters are read. */
export async function started(machine: Record<number, Fields>) {
	const all = running(machine);
	await all.at(0);
	await all.at(0.5 * second);
	return all;
}
