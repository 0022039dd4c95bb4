import {refuse} from '../core/decode.js';
import {ParseError} from '../core/errors.js';
import {beatInterval} from '../core/past-values.js';
import type {Process, ProcessMinute} from '../core/snapshot.js';
import {mostPids, type PlacedReading} from './pieces.js';

/** Readings that are kept: the minute that is not over, and a little more. */
const mostReadings = 75;

/** Rows of all readings together: on a machine with very many processes fewer readings are kept. */
const mostRows = 75_000;

/** All processes at `at` of the wall clock, ms. */
export type Reading = {readonly at: number; readonly processes: readonly Process[]};

/**
 * All processes of the last readings, one by one. It costs little more than the lists: the row of a process that did nothing is the same
 * object in all of them.
 */
export class RecentProcesses {
	/** Oldest first. */
	#readings: readonly Reading[] = [];
	/** Rows of readings that are being added, by their places. */
	#rows: Process[] = [];
	/** Whether any were given up: what is older than those is not wanted either, though there may be room for it. */
	#isCut = false;

	/** Oldest first; later ones leave the list alone. */
	get readings(): readonly Reading[] {
		return this.#readings;
	}

	/** Those of one reading, at `at` of the wall clock (ms). */
	push(at: number, processes: readonly Process[]): void {
		this.#keep([...this.#readings, {at, processes}]);
	}

	/**
	 * Readings from before all there are, newest first, and rows that come behind those of the calls before: the places in `readings`
	 * count all of them.
	 * @throws {ParseError} Then nothing has changed.
	 */
	addOlder(rows: readonly Process[], readings: readonly PlacedReading[]): void {
		const all = this.#rows.concat(rows);

		if (all.length > mostPids) {
			throw new ParseError('processes.rows', `must be at most ${mostPids} in all`);
		}

		const older = readings.map(({at, rows}) => ({
			at,
			processes: Array.from(rows, place => all[place] ?? refuse('processes.readings', 'places of rows', place)),
		}));
		this.#rows = all;

		for (const reading of older) {
			if (!this.#isCut) {
				this.#keep([reading, ...this.#readings]);
			}
		}
	}

	/** No more readings will be added: their rows are forgotten. */
	end(): void {
		this.#rows = [];
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

	/** As many of the newest as fit in; the newest one in any case. */
	#keep(readings: readonly Reading[]): void {
		let rows = 0;
		const tooOld = readings.findLastIndex(({processes}, index) => {
			rows += processes.length;
			const age = readings.length - 1 - index;
			return age >= mostReadings || (age > 0 && rows > mostRows);
		});
		this.#isCut ||= tooOld >= 0;
		this.#readings = readings.slice(tooOld + 1);
	}
}
