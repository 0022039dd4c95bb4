import type {Host} from '../core/host.js';
import type {Sample, SampleContext, Sampler} from '../core/sampler.js';
import {clockOf} from './kernel-clock.js';
import {isGone, isHidden} from './process-details.js';
import {emptyStat, parseProcessStat} from './process-stat.js';
import {type ProcessTable, processTable} from './process-table.js';

/** Processes read before others get a turn: well under 10 ms of work, so that a key never waits long. */
const slice = 500;

/** Processes read between two looks at the clock: well under a millisecond of work. */
const clockEvery = 32;

/** Every process of the host. Keeps state by pid and start time, because the kernel reuses pids. */
export const process: Sampler = {
	name: 'process',
	timeout: 5000,
	start() {
		let table: ProcessTable | undefined;

		return async (host, context) => {
			table ??= processTable(clockOf(host));
			return pass(host, context, table);
		};
	},
};

async function pass(host: Host, context: SampleContext, table: ProcessTable): Promise<Sample> {
	const pids = host.list('/proc').filter(name => isPid(name));
	const stat = emptyStat();
	let at = context.now();
	table.begin();

	for (const [index, pid] of pids.entries()) {
		if (index % slice === slice - 1) {
			await new Promise<void>(resume => setImmediate(resume));
			context.signal.throwIfAborted();
		}

		if (index % clockEvery === 0) {
			at = context.now();
		}

		const bytes = readStat(host, pid);

		if (bytes && parseProcessStat(bytes, stat)) {
			table.see(Number(pid), stat, bytes, at);
		}
	}

	const processes = table.end(host, context.visible, context.now());
	return {series: [['process.count', processes.length]], tables: {processes}};
}

function isPid(name: string): boolean {
	const first = name.charCodeAt(0);
	return first >= 49 && first <= 57;
}

function readStat(host: Host, pid: string): Uint8Array | undefined {
	try {
		return host.readOnce(`/proc/${pid}/stat`);
	} catch (error) {
		// Gone between the list and the read, or hidden from us (hidepid): the others are there all the same.
		if (isGone(error) || isHidden(error)) {
			return undefined;
		}

		throw error;
	}
}
