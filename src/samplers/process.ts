import type {Host} from '../core/host.js';
import {clockOf} from '../core/kernel-clock.js';
import {emptyStat, parseProcessStat} from '../core/process-stat.js';
import {safe} from '../core/safe.js';
import type {Sample, SampleContext, Sampler} from '../core/sampler.js';
import type {Problem, Process} from '../core/snapshot.js';
import {giveWay} from './give-way.js';
import {textIfThere} from './if-there.js';
import {isGone, isHidden} from './process-details.js';
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
		let notes: readonly Problem[] = [];

		return async (host, context) => {
			if (!table) {
				table = processTable(clockOf(host));
				notes = notesOf(host);
			}

			return {...(await pass(host, context, table)), problems: notes};
		};
	},
};

async function pass(host: Host, context: SampleContext, table: ProcessTable): Promise<Sample> {
	const pids = host.list('/proc').filter(name => isPid(name));
	const stat = emptyStat();
	let at = context.now();
	table.begin();

	for (let index = 0; index < pids.length; index++) {
		const pid = pids[index] ?? '';

		if (index % slice === slice - 1) {
			await giveWay(context.signal);
		}

		if (index % clockEvery === 0) {
			at = context.now();
		}

		const bytes = readStat(host, pid);

		if (bytes && parseProcessStat(bytes, stat)) {
			table.see(Number(pid), stat, bytes, at);
		}
	}

	const processes = table.end(host, context.visible, context.now);
	const minute = await table.minute(host, context);
	return {series: countsOf(processes), tables: {processes, ...(minute && {minute})}};
}

function countsOf(processes: readonly Process[]): Sample['series'] {
	const counts: Record<string, number> = {R: 0, D: 0, Z: 0};
	let threads = 0;

	for (const {state, threads: own} of processes) {
		counts[state] = (counts[state] ?? 0) + 1;
		threads += own;
	}

	return [
		['process.count', processes.length],
		['process.running', counts['R'] ?? 0],
		['process.blocked', counts['D'] ?? 0],
		['process.zombies', counts['Z'] ?? 0],
		['thread.count', threads],
	];
}

/** Says so when other users' processes are kept from us: then the list is not what it seems. */
function notesOf(host: Host): readonly Problem[] {
	const mounts = textIfThere(host, `${host.ownProcess}/mountinfo`) ?? '';
	// The last one hides those below it.
	const row = [...mounts.matchAll(/^(?:\S+ ){4}\/proc .* - proc .*/gm)].at(-1)?.[0];
	const isHiding = row !== undefined && /\bhidepid=(?!0|off)/.test(row);

	if (!isHiding || textIfThere(host, '/proc/1/stat') !== undefined) {
		return [];
	}

	const reason = safe`mounted with hidepid: only our own processes can be seen; run as root, or in the group of its gid= option`;
	return [{area: 'process', source: safe`/proc`, reason, isNote: true}];
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
