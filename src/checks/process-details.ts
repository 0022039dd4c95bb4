import type {Host} from '../core/host.js';
import {ifThere} from './if-there.js';
import type {SeenProcess} from './process-list.js';

/** A command line. The same object as long as it is the same one. */
export type Command = {
	/** Arguments joined by spaces; empty for kernel threads and zombies. */
	readonly text: string;
	/** The program, and what comes behind it: of a script its interpreter and itself. */
	readonly first: string;
	readonly second: string;
};

/** More of a command line is not looked at, bytes. Java's are long. */
const longest = 32 << 10;

/** What is known of a process is asked again after so long, ms, and a bit more: not of all at once. */
const keepMs = 60_000;
const spreadMs = 30_000;

/** Younger ones, seconds, are asked each time: they may still change their title and their user. */
const youngSeconds = 10;

type Kept<T> = {readonly value: T; readonly until: number};
type Entry = {readonly startTicks: number; readonly comm: string; command?: Kept<Command>; user?: Kept<number>};

/** What must be asked of each process by itself, and so is asked only when a check wants to know it. */
export class ProcessDetails {
	readonly #host: Host;
	readonly #entries = new Map<number, Entry>();

	constructor(host: Host) {
		this.#host = host;
	}

	/** Undefined while it is in state D and was not asked before: the kernel lets whoever asks wait as long as its disk takes. */
	commandOf(process: SeenProcess, at: number): Command | undefined {
		const entry = this.#entryOf(process);

		if (process.state !== 'D' && (entry.command?.until ?? Number.NEGATIVE_INFINITY) <= at) {
			const read = ifThere(() => this.#host.read(`/proc/${process.pid}/cmdline`));
			const [before, now] = [entry.command?.value, commandOf(read ?? new Uint8Array())];
			entry.command = {value: before?.text === now.text ? before : now, until: untilOf(process, at)};
		}

		return entry.command?.value;
	}

	userOf(process: SeenProcess, at: number): number | undefined {
		const entry = this.#entryOf(process);

		if ((entry.user?.until ?? Number.NEGATIVE_INFINITY) <= at) {
			const status = ifThere(() => this.#host.readText(`/proc/${process.pid}/status`));
			const user = /^Uid:\t\d+\t(\d+)/m.exec(status ?? '')?.[1];

			if (user === undefined) {
				return undefined;
			}

			entry.user = {value: Number(user), until: untilOf(process, at)};
		}

		return entry.user?.value;
	}

	/** Forgets all others. */
	keep(processes: readonly SeenProcess[]): void {
		const pids = new Set(processes.map(({pid}) => pid));

		for (const pid of this.#entries.keys()) {
			if (!pids.has(pid)) {
				this.#entries.delete(pid);
			}
		}
	}

	/** Another process under the same number is another one, and so is what it has become by an exec. */
	#entryOf({pid, startTicks, comm}: SeenProcess): Entry {
		const before = this.#entries.get(pid);
		const entry = before?.startTicks === startTicks && before.comm === comm ? before : {startTicks, comm};
		this.#entries.set(pid, entry);
		return entry;
	}
}

function untilOf({pid, age}: SeenProcess, at: number): number {
	return age < youngSeconds ? at : at + keepMs + ((pid * 1000) % spreadMs);
}

/** Arguments are parted by NUL; programs that change their title leave a row of them at the end. */
function commandOf(bytes: Uint8Array): Command {
	const latin1 = Buffer.from(bytes.subarray(0, longest)).toString('latin1').replace(/\0+$/, '');
	const words = Buffer.from(latin1, 'latin1').toString().split('\0');
	return {text: words.join(' '), first: words[0] ?? '', second: words[1] ?? ''};
}
