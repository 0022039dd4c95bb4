import type {Host} from '../core/host.js';
import {clockOf, type KernelClock} from '../core/kernel-clock.js';
import {emptyStat, parseProcessStat} from '../core/process-stat.js';
import {ifThere} from './if-there.js';
import {type Command, ProcessDetails} from './process-details.js';

/** A process as its stat file said. */
export type SeenProcess = {
	readonly pid: number;
	/** Clock ticks since boot. With the pid it is the same process for ever. */
	readonly startTicks: number;
	/** One character a byte, at most 15 of them. */
	readonly comm: string;
	/** One letter of proc_pid_stat(5). */
	readonly state: string;
	/** CPU time, seconds. */
	readonly cpuSeconds: number;
	readonly memoryBytes: number;
	/** Seconds since it started. */
	readonly age: number;
	/** When this was read, monotonic, ms: a machine that is busy may let the reader of many wait. */
	readonly readAt: number;
};

/** All processes of a moment (monotonic, ms). */
export type Processes = {readonly all: readonly SeenProcess[]; readonly at: number};

/** So long one reading serves all who ask, ms: 50 checks beside 1,000 processes must be no more than one. */
const sharedMs = 1000;

/** Processes read before others get a turn: well under 10 ms of work. */
const slice = 500;

const lists = new WeakMap<Host, ProcessList>();

/** The processes of a host, one list for all checks. */
export function processListOf(host: Host): ProcessList {
	const list = lists.get(host) ?? new ProcessList(host);
	lists.set(host, list);
	return list;
}

/** Every method throws the system's error when /proc cannot be read. */
export class ProcessList {
	readonly #host: Host;
	readonly #details: ProcessDetails;
	#clock: KernelClock | undefined;
	#shared: {readonly since: number; readonly processes: Promise<Processes>} | undefined;
	readonly #stat = emptyStat();

	constructor(host: Host) {
		this.#host = host;
		this.#details = new ProcessDetails(host);
	}

	/** Read now, or less than a second ago. */
	read(now: () => number): Promise<Processes> {
		const at = now();

		if (!this.#shared || at - this.#shared.since >= sharedMs) {
			this.#shared = {since: at, processes: this.#pass(at, now)};
		}

		return this.#shared.processes;
	}

	/** One process, read now; undefined when there is none of that number, or it hides from us. */
	find(pid: number, now: () => number): SeenProcess | undefined {
		return this.#one(String(pid), this.uptime(), now());
	}

	/** Processes of others are kept from us (`hidepid` of proc(5)). */
	get isHiding(): boolean {
		return ifThere(() => this.#host.readOnce('/proc/1/stat')) === undefined;
	}

	/** The command line; undefined while the kernel would make us wait for it. `at`: monotonic, ms. */
	commandOf(process: SeenProcess, at: number): Command | undefined {
		return this.#details.commandOf(process, at);
	}

	/** The effective user's number; undefined when it has gone meanwhile. */
	userOf(process: SeenProcess, at: number): number | undefined {
		return this.#details.userOf(process, at);
	}

	/** Seconds since the machine started. */
	uptime(): number {
		return Number.parseFloat(this.#host.readText('/proc/uptime'));
	}

	async #pass(at: number, now: () => number): Promise<Processes> {
		const pids = this.#host.list('/proc').filter(name => /^[1-9]/.test(name));
		const all: SeenProcess[] = [];
		let uptime = this.uptime();

		for (const [index, pid] of pids.entries()) {
			if (index % slice === slice - 1) {
				await new Promise<void>(resume => setImmediate(resume));
				uptime = this.uptime();
			}

			const process = this.#one(pid, uptime, now());
			all.push(...(process ? [process] : []));
		}

		this.#details.keep(all);
		return {all, at};
	}

	#one(pid: string, uptime: number, readAt: number): SeenProcess | undefined {
		const stat = this.#stat;
		// As the sampler reads them, which keeps these files open: whoever lists /proc and does not read them makes it open them all anew.
		const bytes = ifThere(() => this.#host.readOnce(`/proc/${pid}/stat`));

		if (!bytes || !parseProcessStat(bytes, stat)) {
			return undefined;
		}

		this.#clock ??= clockOf(this.#host);
		const {ticksPerSecond, pageBytes} = this.#clock;
		return {
			pid: Number(pid),
			startTicks: stat.startTicks,
			comm: String.fromCharCode(...bytes.subarray(stat.commStart, stat.commEnd)),
			state: String.fromCharCode(stat.state),
			cpuSeconds: stat.ticks / ticksPerSecond,
			memoryBytes: stat.residentPages * pageBytes,
			age: Math.max(0, uptime - stat.startTicks / ticksPerSecond),
			readAt,
		};
	}
}
