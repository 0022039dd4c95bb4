import {mostProcesses} from '../core/kept.js';
import {safe} from '../core/safe.js';
import type {Process, ProcessDisk, ProcessMinute} from '../core/snapshot.js';
import type {SegmentSize} from './retention.js';
import {Texts} from './texts.js';

/** Stands for traffic that may not be known; NaN is for what is not known. */
const denied = -1;

/** What can be read of a segment: of the minutes that cover a moment of the wall clock (ms) the one that was added last. */
export type PastMinutes = {
	readonly at: (moment: number) => ProcessMinute | undefined;
	/** How many there are. */
	readonly points: number;
	/** Every minute, in the order in which they were added. */
	readonly all: () => readonly ProcessMinute[];
};

type Columns = ReturnType<typeof columnsOf>;

/**
 * Some minutes in a row, and the processes in each of them, column by column: 55 bytes a process, and its texts once. Minutes are only ever
 * added: what has been written does not change, so that a copy shares it. Shares and rates have the precision of 32 bits.
 */
export class ProcessSegment implements SegmentSize, PastMinutes {
	readonly #room: number;
	readonly #columns: Columns;
	readonly #texts = new Texts();
	#points = 0;
	#until = Number.NEGATIVE_INFINITY;

	/** Room for so many minutes. */
	constructor(room: number) {
		this.#room = room;
		this.#columns = columnsOf(room, room * mostProcesses);
	}

	get points(): number {
		return this.#points;
	}

	get isFull(): boolean {
		return this.#points === this.#room;
	}

	get until(): number {
		return this.#until;
	}

	get bytes(): number {
		return Object.values(this.#columns).reduce((sum, {byteLength}) => sum + byteLength, this.#texts.bytes);
	}

	/** One minute more, with at most 20 processes. Only where it is not full. */
	append({from, to, processes}: ProcessMinute): void {
		const kept = processes.slice(0, mostProcesses);
		this.#columns.from[this.#points] = from;
		this.#columns.to[this.#points] = to;
		this.#columns.count[this.#points] = kept.length;

		for (const [index, process] of kept.entries()) {
			this.#write(this.#points * mostProcesses + index, process);
		}

		this.#until = Math.max(this.#until, to);
		this.#points += 1;

		if (this.isFull) {
			this.#texts.close();
		}
	}

	at(moment: number): ProcessMinute | undefined {
		return this.#last(moment, this.#points);
	}

	all(): readonly ProcessMinute[] {
		return this.#first(this.#points);
	}

	/** The minutes it has now: those that come will be behind them. */
	copy(): PastMinutes {
		const points = this.#points;
		return {points, at: moment => this.#last(moment, points), all: () => this.#first(points)};
	}

	#last(moment: number, points: number): ProcessMinute | undefined {
		const {from, to} = this.#columns;

		for (let point = points - 1; point >= 0; point--) {
			const [begin = Number.NaN, end = Number.NaN] = [from[point], to[point]];

			if (begin <= moment && moment <= end) {
				return this.#minute(point);
			}
		}

		return undefined;
	}

	#first(points: number): readonly ProcessMinute[] {
		return Array.from({length: points}, (_, point) => this.#minute(point));
	}

	#minute(point: number): ProcessMinute {
		const {from, to, count} = this.#columns;
		const processes = Array.from({length: count[point] ?? 0}, (_, index) => this.#read(point * mostProcesses + index));
		return {from: from[point] ?? Number.NaN, to: to[point] ?? Number.NaN, processes};
	}

	#write(row: number, process: Process): void {
		const columns = this.#columns;
		const {disk} = process;
		columns.pid[row] = process.pid;
		columns.parent[row] = process.parent;
		columns.startTicks[row] = process.startTicks;
		columns.startedAt[row] = process.startedAt;
		columns.state[row] = process.state.charCodeAt(0);
		columns.name[row] = this.#texts.place(process.name);
		columns.command[row] = this.#texts.place(process.command);
		columns.user[row] = this.#texts.place(process.user);
		columns.cpu[row] = process.cpuPercent ?? Number.NaN;
		columns.memory[row] = process.memoryBytes;
		columns.threads[row] = process.threads;
		columns.read[row] = disk === 'denied' ? denied : (disk?.read ?? Number.NaN);
		columns.written[row] = disk === 'denied' ? denied : (disk?.written ?? Number.NaN);
	}

	#read(row: number): Process {
		const columns = this.#columns;
		const cpu = knownOf(columns.cpu[row]);
		return {
			pid: columns.pid[row] ?? 0,
			startTicks: columns.startTicks[row] ?? 0,
			parent: columns.parent[row] ?? 0,
			state: String.fromCharCode(columns.state[row] ?? 0),
			name: this.#texts.at(columns.name[row] ?? 0) ?? safe``,
			command: this.#texts.at(columns.command[row] ?? 0),
			user: this.#texts.at(columns.user[row] ?? 0),
			cpuPercent: cpu,
			cpuSmoothed: cpu ?? 0,
			memoryBytes: columns.memory[row] ?? 0,
			threads: columns.threads[row] ?? 0,
			startedAt: columns.startedAt[row] ?? Number.NaN,
			disk: diskOf(knownOf(columns.read[row]), knownOf(columns.written[row])),
			openFiles: undefined,
		};
	}
}

function columnsOf(minutes: number, rows: number) {
	return {
		from: new Float64Array(minutes),
		to: new Float64Array(minutes),
		count: new Uint8Array(minutes),
		pid: new Int32Array(rows),
		parent: new Int32Array(rows),
		startTicks: new Float64Array(rows),
		startedAt: new Float64Array(rows),
		state: new Uint8Array(rows),
		name: new Uint16Array(rows),
		command: new Uint16Array(rows),
		user: new Uint16Array(rows),
		cpu: new Float32Array(rows),
		memory: new Float64Array(rows),
		threads: new Int32Array(rows),
		read: new Float32Array(rows),
		written: new Float32Array(rows),
	};
}

function knownOf(value: number | undefined): number | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value;
}

function diskOf(read: number | undefined, written: number | undefined): ProcessDisk | undefined {
	if (read === denied) {
		return 'denied';
	}

	return read === undefined || written === undefined ? undefined : {read, written};
}
