/**
 * Growth per second of a counter between two readings, `elapsed` in ms of the monotonic clock.
 * Undefined, a gap, when it went backwards (reset, wrapped, another device under the same name) or no time passed:
 * a rate made from such a pair would be negative or 10^19.
 */
export function rate(current: number | undefined, previous: number | undefined, elapsed: number): number | undefined {
	if (current === undefined || previous === undefined || current < previous || elapsed <= 0) {
		return undefined;
	}

	return ((current - previous) * 1000) / elapsed;
}
