/** How much of a file system was used at one moment. */
export type SpacePoint = {
	/** Monotonic, ms. */
	readonly at: number;
	readonly usedBytes: number;
};

/** What stands for 'it does not fill': a year, in seconds. */
export const notFilling = 31_536_000;

/** With fewer points any change would look like a trend. */
const leastPoints = 5;

/**
 * So far from the least of all slopes, and from the greatest, lies what is believed. One step lies between up to half of all
 * pairs of points, of five points between 60 %: the median alone (Theil 1950, Sen 1968) would call it a trend.
 */
const trusted = 0.4;

/**
 * Seconds until `freeBytes` are used up, if it goes on as it went from the first point to the last; at most a year, which also
 * says that it does not fill. Undefined while too few points are known. One large file written or deleted, however long ago,
 * does not make a trend.
 */
export function fullIn(points: readonly SpacePoint[], freeBytes: number): number | undefined {
	if (points.length < leastPoints) {
		return undefined;
	}

	const slope = robustSlope(points);
	return slope > 0 ? Math.min(notFilling, freeBytes / slope) : notFilling;
}

/** Bytes a second: of the middle fifth of the slopes between all pairs of points, what is nearest to the median between neighbours. */
function robustSlope(points: readonly SpacePoint[]): number {
	const [all, near] = [slopes(points, points.length - 1), slopes(points, 1)];
	const least = Math.ceil(all.length * trusted) - 1;
	const middle = near.length / 2;
	const median = ((near[Math.floor(middle)] ?? 0) + (near[Math.ceil(middle) - 1] ?? 0)) / 2;
	return Math.min(all[all.length - 1 - least] ?? 0, Math.max(all[least] ?? 0, median));
}

/** Between points that lie at most so many places apart, least first. */
function slopes(points: readonly SpacePoint[], apart: number): Float64Array {
	const found: number[] = [];

	for (const [index, later] of points.entries()) {
		for (const {at, usedBytes} of points.slice(Math.max(0, index - apart), index)) {
			found.push(((later.usedBytes - usedBytes) * 1000) / (later.at - at));
		}
	}

	return Float64Array.from(found).sort();
}
