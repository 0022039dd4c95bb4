import {averageOf, countOf, joined, type SomeTotals, type Total} from '../core/aggregate.js';
import {emptyPoints, type PastPoint, type Points} from '../core/history.js';
import type {PastSegment} from './segment.js';

/** All there is to read of a tier. */
export type TierState = {
	/** Closed points, oldest first. */
	readonly segments: readonly PastSegment[];
	/** Where the open point starts, wall clock, ms; undefined before the first value. */
	readonly openAt: number | undefined;
	readonly open: SomeTotals;
};

/** As `History.points`. `more` belongs to the open point, too: what a finer tier has not closed yet. */
export function readPoints(
	{segments, openAt, open}: TierState,
	series: string,
	count: number,
	more?: SomeTotals,
): Points {
	const closed = segments.reduce((sum, segment) => sum + segment.points, 0);
	const points = emptyPoints(Math.max(0, Math.min(count, closed + (openAt === undefined ? 0 : 1))));
	let end = points.at.length;

	if (openAt !== undefined && end > 0) {
		end -= 1;
		points.at[end] = openAt;
		write(points, end, totalOf(series, open, more));
	}

	for (let index = segments.length - 1; index >= 0 && end > 0; index--) {
		end -= segments[index]?.read(series, points, end) ?? 0;
	}

	return points;
}

/** As `History.pointAt`, of a tier whose points stand for `step` ms; `more` as above. */
export function readPointAt(
	{segments, openAt, open}: TierState,
	step: number,
	at: number,
	more?: SomeTotals,
): PastPoint | undefined {
	if (openAt !== undefined && openAt <= at && at < openAt + step) {
		const names = new Set([...open.keys(), ...(more?.keys() ?? [])]);
		const totals = [...names].map(name => [name, totalOf(name, open, more)] as const);
		const values = new Map(totals.flatMap(([name, total]) => (total ? [[name, averageOf(total)]] : [])));
		return {from: openAt, to: openAt + step, values};
	}

	for (let index = segments.length - 1; index >= 0; index--) {
		const segment = segments[index];
		const point = segment?.indexOf(at, step) ?? -1;

		if (segment && point >= 0) {
			const {at: from, averages} = segment.averagesAt(point);
			return {from, to: from + step, values: averages};
		}
	}

	return undefined;
}

function totalOf(series: string, open: SomeTotals, more: SomeTotals | undefined): Readonly<Total> | undefined {
	const newest = more?.get(series);
	return newest ? joined(open.get(series), newest) : open.get(series);
}

function write(points: Points, index: number, total: Readonly<Total> | undefined): void {
	if (total) {
		points.min[index] = total.min;
		points.avg[index] = averageOf(total);
		points.max[index] = total.max;
		points.count[index] = countOf(total);
	}
}
