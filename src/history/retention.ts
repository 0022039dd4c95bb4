/** What retention has to know of a segment: points that are kept, and given up, together. */
export type SegmentSize = {
	/** How many points it holds. */
	readonly points: number;
	/** Wall clock at which the latest of its points ends, ms. */
	readonly until: number;
	readonly bytes: number;
};

/** What is kept; a limit that is absent is none. */
export type Limits = {
	/** As many of the newest points, and what else is in their segments. */
	readonly points?: number;
	/** What is not older than this, wall clock, ms. A clock that is years ahead makes everything older: say it only when the clock is trusted. */
	readonly since?: number;
	/** As many of the newest segments as fit in, whole. */
	readonly bytes?: number;
};

/**
 * The segments, of a list with the oldest first, that are to be given up: those in which every point is over a limit.
 * Never the newest, which is the one that is written to.
 */
export function expired<S extends SegmentSize>(segments: readonly S[], limits: Limits): readonly S[] {
	const {
		points = Number.POSITIVE_INFINITY,
		since = Number.NEGATIVE_INFINITY,
		bytes = Number.POSITIVE_INFINITY,
	} = limits;
	let newerPoints = 0;
	let bytesSoFar = 0;

	return segments
		.toReversed()
		.filter((segment, age) => {
			const isOver = newerPoints >= points || segment.until <= since || bytesSoFar + segment.bytes > bytes;
			newerPoints += segment.points;
			bytesSoFar += segment.bytes;
			return isOver && age > 0;
		})
		.reverse();
}
