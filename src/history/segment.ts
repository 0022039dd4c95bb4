import {averageOf, countOf, type SomeTotals, type Totals} from '../core/aggregate.js';
import type {Points} from '../core/history.js';

/** Columns that are added at once when a series joins, so that ten disks that appear together do not copy everything ten times. */
const columnsAtOnce = 8;

/** What can be read of a segment. */
export type PastSegment = Pick<Segment, 'points' | 'read' | 'indexOf' | 'averagesAt' | 'packed'>;

/** All there is in a segment: where its points start, ms, and its series. */
export type PackedPoints = {readonly at: Float64Array; readonly series: readonly PackedSeries[]};

/** From its `first` point with a value to the last one: three `values` (min, avg, max) and a count for each point. */
export type PackedSeries = {
	readonly name: string;
	readonly first: number;
	readonly values: Float32Array;
	readonly counts: Uint16Array;
};

/**
 * Some points in a row, of the series that occurred in them. Points are only ever added: what has been written does not change, so that
 * a copy shares it.
 */
export class Segment {
	/** As long as there is room for points. */
	#at: Float64Array;
	#columns = new Map<string, number>();
	/** Min, avg and max of each point, series after series. */
	#values: Float32Array;
	/** 0 where the series had no value: then the three values mean nothing. */
	#counts: Uint16Array;
	#points = 0;
	#until = Number.NEGATIVE_INFINITY;

	/** Room for `room` points of `columns` series; more series can join, more points cannot. */
	constructor(room: number, columns: number) {
		this.#at = new Float64Array(room);
		this.#values = new Float32Array(columns * room * 3);
		this.#counts = new Uint16Array(columns * room);
	}

	/** As `packed` gave them, points that stand for `step` ms. There has to be room for them, and for their series. */
	static of(room: number, step: number, {at, series}: PackedPoints): Segment {
		const segment = new Segment(room, series.length);
		segment.#at.set(at);
		segment.#points = at.length;
		segment.#until = at.reduce((until, from) => Math.max(until, from + step), Number.NEGATIVE_INFINITY);

		for (const {name, first, values, counts} of series) {
			const index = segment.#column(name) * room + first;
			segment.#values.set(values, index * 3);
			segment.#counts.set(counts, index);
		}

		return segment;
	}

	get points(): number {
		return this.#points;
	}

	get isFull(): boolean {
		return this.#points === this.#at.length;
	}

	/** Wall clock at which the latest of its points ends, ms. Not always the last one: clocks are set back. */
	get until(): number {
		return this.#until;
	}

	/** What its arrays hold of memory. */
	get bytes(): number {
		return this.#at.byteLength + this.#values.byteLength + this.#counts.byteLength;
	}

	/** One point more, from `at` to `until`. Only where it is not full. */
	append(at: number, until: number, totals: SomeTotals): void {
		for (const [series, total] of totals) {
			const index = this.#column(series) * this.#at.length + this.#points;
			this.#values[index * 3] = total.min;
			this.#values[index * 3 + 1] = averageOf(total);
			this.#values[index * 3 + 2] = total.max;
			this.#counts[index] = countOf(total);
		}

		this.#at[this.#points] = at;
		this.#until = Math.max(this.#until, until);
		this.#points += 1;
	}

	/** Writes its last points into `points`, the newest just before `end`, as many as fit in; how many that were. */
	read(series: string, points: Points, end: number): number {
		const count = Math.min(end, this.#points);
		const first = this.#points - count;
		points.at.set(this.#at.subarray(first, this.#points), end - count);
		const column = this.#columns.get(series);

		if (column !== undefined) {
			for (let row = 0; row < count; row++) {
				this.#readPoint(column * this.#at.length + first + row, points, end - count + row);
			}
		}

		return count;
	}

	/** The last of its points that begins at most `step` ms before `at`; -1 where there is none. */
	indexOf(at: number, step: number): number {
		return this.#at.subarray(0, this.#points).findLastIndex(from => from <= at && at < from + step);
	}

	/** When a point begins, and the mean of each series that had a value in it. */
	averagesAt(index: number): {readonly at: number; readonly averages: ReadonlyMap<string, number>} {
		const averages = new Map<string, number>();

		for (const [series, column] of this.#columns) {
			const value = column * this.#at.length + index;

			if ((this.#counts[value] ?? 0) > 0) {
				averages.set(series, this.#values[value * 3 + 1] ?? Number.NaN);
			}
		}

		return {at: this.#at[index] ?? Number.NaN, averages};
	}

	/** Its points as they stand here, not copied. A series that joined after a copy was made has none in that copy. */
	packed(): PackedPoints {
		const series: PackedSeries[] = [];

		for (const [name, column] of this.#columns) {
			const index = column * this.#at.length;
			const counts = this.#counts.subarray(index, index + this.#points);
			const first = counts.findIndex(count => count > 0);
			const end = counts.findLastIndex(count => count > 0) + 1;

			if (end > 0) {
				const values = this.#values.subarray((index + first) * 3, (index + end) * 3);
				series.push({name, first, values, counts: counts.subarray(first, end)});
			}
		}

		return {at: this.#at.subarray(0, this.#points), series};
	}

	/** What its points are made of, oldest first: as near as 32 bits come to it, so that appended elsewhere they are the same points. */
	*totals(): Iterable<{readonly at: number; readonly totals: SomeTotals}> {
		for (let point = 0; point < this.#points; point++) {
			const totals: Totals = new Map();

			for (const [name, column] of this.#columns) {
				const index = column * this.#at.length + point;
				const count = this.#counts[index] ?? 0;

				if (count > 0) {
					const [min = 0, average = 0, max = 0] = this.#values.subarray(index * 3, index * 3 + 3);
					// 24 bits times 16 bits fit into the 53 of a double: the average comes out again as it is.
					totals.set(name, {count, sum: average * count, min, max});
				}
			}

			yield {at: this.#at[point] ?? Number.NaN, totals};
		}
	}

	/** The points it has now, without a copy of them: the arrays are the same, and only what is after them will be written. */
	copy(): PastSegment {
		const copy = new Segment(0, 0);
		copy.#at = this.#at;
		copy.#columns = this.#columns;
		copy.#values = this.#values;
		copy.#counts = this.#counts;
		copy.#points = this.#points;
		return copy;
	}

	#readPoint(index: number, points: Points, to: number): void {
		// A series that joined after a copy was made may have its column beyond the copy's arrays.
		const count = this.#counts[index] ?? 0;

		if (count > 0) {
			points.min[to] = this.#values[index * 3] ?? Number.NaN;
			points.avg[to] = this.#values[index * 3 + 1] ?? Number.NaN;
			points.max[to] = this.#values[index * 3 + 2] ?? Number.NaN;
			points.count[to] = count;
		}
	}

	#column(series: string): number {
		const known = this.#columns.get(series);

		if (known !== undefined) {
			return known;
		}

		const column = this.#columns.size;
		this.#columns.set(series, column);

		if (this.#counts.length < this.#columns.size * this.#at.length) {
			this.#grow(this.#columns.size + columnsAtOnce - 1);
		}

		return column;
	}

	/** Into new arrays: a copy goes on with the old ones. */
	#grow(columns: number): void {
		const values = new Float32Array(columns * this.#at.length * 3);
		const counts = new Uint16Array(columns * this.#at.length);
		values.set(this.#values);
		counts.set(this.#counts);
		this.#values = values;
		this.#counts = counts;
	}
}
