/** @typedef {{readonly at: number, readonly value: number}} Point */

/**
 * The straight line that fits best: its slope per unit of `at`, and half the width of the slope's 95 % interval, undefined
 * for fewer points than say anything. Neighbours of such a series resemble each other (a heap fills and is swept), so that
 * n of them tell less than n: as many count as independent ones would tell the same, by the correlation of what is left
 * over with its neighbour.
 *
 * @param {readonly Point[]} points at equal distances
 */
export function slopeOf(points) {
	const {length} = points;
	const meanAt = mean(points.map(({at}) => at));
	const meanValue = mean(points.map(({value}) => value));
	const spread = sum(points.map(({at}) => (at - meanAt) ** 2));
	const slope = sum(points.map(({at, value}) => (at - meanAt) * (value - meanValue))) / spread;
	const rests = points.map(({at, value}) => value - meanValue - slope * (at - meanAt));
	const squares = sum(rests.map(rest => rest ** 2));
	const correlation =
		squares === 0 ? 0 : sum(rests.slice(1).map((rest, index) => rest * Number(rests[index]))) / squares;
	const resembling = Math.max(0, correlation);
	const independent = (length * (1 - resembling)) / (1 + resembling);

	if (!(independent > 3)) {
		return {slope, halfWidth: undefined};
	}

	const error = Math.sqrt(squares / (independent - 2) / spread);
	return {slope, halfWidth: error * student(independent - 2)};
}

/**
 * The quantile of Student's distribution that 95 % are within, by the expansion in 1/v (Abramowitz and Stegun 26.7.5).
 *
 * @param {number} freedom
 */
function student(freedom) {
	const z = 1.959964;
	const terms = [
		(z ** 3 + z) / 4,
		(5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
		(3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
	];
	return terms.reduce((total, term, index) => total + term / freedom ** (index + 1), z);
}

/** @param {readonly number[]} values */
const sum = values => values.reduce((total, value) => total + value, 0);

/** @param {readonly number[]} values */
const mean = values => sum(values) / values.length;
