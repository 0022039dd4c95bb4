import type {Host} from '../core/host.js';
import type {KernelClock} from '../core/kernel-clock.js';
import type {ProcessStat} from '../core/process-stat.js';
import type {Safe} from '../core/safe.js';
import type {Pids, SampleContext} from '../core/sampler.js';
import type {Process, ProcessMinute} from '../core/snapshot.js';
import {diskRate} from './disk-rate.js';
import {countOpenFiles, readCommand, readDiskBytes, readUser, userNames} from './process-details.js';
import {firstSight, type ProcessEntry, update} from './process-entry.js';
import {minuteMaker} from './process-minute.js';

/** Details read a tick: of so many new processes at most, so that the first tick of a large machine is not a long one. */
const newDetailsPerTick = 200;

/** And of so many known ones, in turn, since programs change their titles. */
const oldDetailsPerTick = 4;

/** Beside few processes a turn may take its time. */
const ticksPerTurn = 60;

/** Open files are counted again so much later, ms. */
const filesEvery = 10_000;

/** The processes of a host from one pass to the next. */
export type ProcessTable = {
	begin(): void;
	/** One process as its stat file was read at `at` (monotonic, ms). */
	see(pid: number, stat: ProcessStat, bytes: Uint8Array, at: number): void;
	/** Forgets who was not seen, reads details, and gives the rows. The row of a process that did nothing is the same object as before. */
	end(host: Host, visible: Pids, now: () => number): readonly Process[];
	/** The last minute that is complete; to be asked for after every `end`, for once a minute this is where it is made. */
	minute(host: Host, context: SampleContext): Promise<ProcessMinute | undefined>;
};

export function processTable(clock: KernelClock): ProcessTable {
	const entries = new Map<number, ProcessEntry>();
	const nameOf = userNames();
	const minutes = minuteMaker(clock);
	let pass = 0;
	let turn = 0;

	const refreshSome = (host: Host, all: readonly ProcessEntry[], visible: Pids, at: number) => {
		// Of those in state D only the owner can be read, once: hundreds that wait for a dead server must not take every place.
		const isFresh = ({details, row}: ProcessEntry) => details === 'none' || (details === 'owner' && row.state !== 'D');
		const fresh = all.filter(isFresh).filter(({row}, index) => index < newDetailsPerTick || visible.has(row.pid));
		turn = turn >= all.length ? 0 : turn;
		const old = all.slice(turn, turn + placesOf(all)).filter(({details}) => details === 'all');
		turn += placesOf(all);

		for (const entry of [...fresh, ...old]) {
			refreshDetails(host, entry, id => nameOf(host, id, at));
		}
	};

	return {
		begin() {
			pass += 1;
		},

		see(pid, stat, bytes, at) {
			let entry = entries.get(pid);

			if (entry?.row.startTicks !== stat.startTicks) {
				if (entry) {
					minutes.forget(entry, at);
				}

				entry = firstSight(pid, stat, clock);
				entries.set(pid, entry);
			}

			update(entry, stat, bytes, at, clock);
			entry.pass = pass;
		},

		end(host, visible, now) {
			entries.forEach((entry, pid) => {
				if (entry.pass !== pass) {
					entries.delete(pid);
					minutes.forget(entry, now());
				}
			});

			const all = [...entries.values()];
			refreshSome(host, all, visible, now());

			for (const entry of all) {
				const isVisible = visible.has(entry.row.pid) && entry.row.state !== 'D';
				// The details took their time: a rate is made from the moment of its own reading.
				const at = isVisible ? now() : 0;
				refreshDisk(host, entry, isVisible, at);
				refreshOpenFiles(host, entry, isVisible, at);
			}

			return all.map(entry => entry.row);
		},

		minute(host, context) {
			return minutes.pass(host, [...entries.values()], context);
		},
	};
}

/** Known processes whose details are read in a tick. */
function placesOf({length}: readonly ProcessEntry[]): number {
	return Math.min(oldDetailsPerTick, Math.ceil(length / ticksPerTurn));
}

function refreshDetails(host: Host, entry: ProcessEntry, nameOf: (id: number) => Safe): void {
	const {pid, state} = entry.row;
	const user = readUser(host, pid, nameOf);
	const command = state === 'D' ? entry.row.command : readCommand(host, pid);
	entry.details = state === 'D' ? 'owner' : 'all';

	if (command !== entry.row.command || user !== entry.row.user) {
		entry.row = {...entry.row, command, user};
	}
}

function refreshDisk(host: Host, entry: ProcessEntry, isVisible: boolean, at: number): void {
	const before = entry.diskBytes;
	entry.diskBytes = isVisible ? readDiskBytes(path => host.readOnce(path), entry.row.pid) : undefined;

	if (entry.diskBytes === undefined && before === undefined && entry.row.disk === undefined) {
		return;
	}

	const disk = diskRate(entry.diskBytes, before, at - entry.diskAt);
	entry.diskAt = at;
	entry.row = {...entry.row, disk};
}

function refreshOpenFiles(host: Host, entry: ProcessEntry, isVisible: boolean, at: number): void {
	const isOld = at - entry.filesAt >= filesEvery;

	if (isVisible ? !isOld : entry.row.openFiles === undefined) {
		return;
	}

	const openFiles = isVisible ? countOpenFiles(host, entry.row.pid) : undefined;
	entry.filesAt = isVisible ? at : Number.NEGATIVE_INFINITY;

	if (openFiles !== entry.row.openFiles) {
		entry.row = {...entry.row, openFiles};
	}
}
