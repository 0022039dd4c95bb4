import {beatInterval} from '../core/past-values.js';
import type {Process, ProcessMinute} from '../core/snapshot.js';

/** Readings that are kept: the minute that is not over, and a little more. */
const mostReadings = 75;

/** Rows of all readings together: on a machine with very many processes fewer readings are kept. */
const mostRows = 75_000;

type Reading = {readonly at: number; readonly processes: readonly Process[]};

/**
 * All processes of the last readings, one by one. It costs little more than the lists: the row of a process that did nothing is the same
 * object in all of them.
 */
export class RecentProcesses {
	/** Oldest first. */
	#readings: readonly Reading[] = [];

	/** Those of one reading, at `at` of the wall clock (ms). */
	push(at: number, processes: readonly Process[]): void {
		let rows = processes.length;
		const kept = this.#readings.slice(1 - mostReadings);
		const first = kept.findLastIndex(reading => {
			rows += reading.processes.length;
			return rows > mostRows;
		});
		this.#readings = [...kept.slice(first + 1), {at, processes}];
	}

	/** Those of the reading nearest to a moment; undefined where there was none beside it, or it is not remembered. */
	processesAt(at: number): ProcessMinute | undefined {
		const interval = beatInterval(this.#readings.map(reading => reading.at));
		const nearest = this.#readings.findLast(reading => reading.at <= at + interval / 2);
		return nearest && at - nearest.at <= interval
			? {from: nearest.at, to: nearest.at, processes: nearest.processes}
			: undefined;
	}

	/** The readings as they are now, which later ones leave alone. */
	copy(): RecentProcesses {
		const copy = new RecentProcesses();
		copy.#readings = this.#readings;
		return copy;
	}
}
