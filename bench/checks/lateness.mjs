/**
 * When one check was started, as its server saw it.
 *
 * @typedef {{readonly from: number, readonly to: number}} Span of the wall clock, ms
 * @typedef {{
 *   readonly late: readonly number[],
 *   readonly apart: readonly number[],
 *   readonly due: number,
 *   readonly missed: number,
 *   readonly again: number,
 * }} Starts `late`: after its own beat, ms; `apart`: between two starts, ms; `missed`: beats that were due without a start;
 *   `again`: starts beyond one in a beat.
 */

/**
 * How late a check was started, against its own beat: nobody outside knows when it was meant to be, so that the earliest of
 * its starts, by what is left of its time after whole beats, counts as in time. One that is off by half a beat or more
 * counts for the next one, and its own is missed.
 *
 * @param {readonly number[]} arrivals at its server, sorted, ms: those within half a beat of the span, too
 * @param {number} every ms
 * @param {Span} span
 * @returns {Starts}
 */
export function startsOf(arrivals, every, span) {
	const [first] = arrivals;

	if (first === undefined) {
		const due = Math.floor((span.to - span.from) / every);
		return {late: [], apart: [], due, missed: due, again: 0};
	}

	const counted = arrivals.map(at => ({at, beat: Math.round((at - first) / every)}));
	const earliest = Math.min(...counted.map(({at, beat}) => at - beat * every));
	const momentOf = (/** @type {number} */ beat) => earliest + beat * every;
	const [begin, end] = [span.from, span.to].map(edge => Math.ceil((edge - earliest) / every));
	const due = Number(end) - Number(begin);
	const inside = counted.filter(({beat}) => beat >= Number(begin) && beat < Number(end));
	const seen = new Set(inside.map(({beat}) => beat)).size;

	return {
		late: inside.map(({at, beat}) => at - momentOf(beat)),
		apart: inside.slice(1).map(({at}, index) => at - Number(inside[index]?.at)),
		due,
		missed: due - seen,
		again: inside.length - seen,
	};
}
