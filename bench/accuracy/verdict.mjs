/**
 * @import {Reading} from './reading.mjs'
 * @typedef {{readonly percent?: number, readonly absolute?: number}} Bound
 *   How far two values may be apart: so many percent of what is held to be right, or so much in their unit, whichever is more.
 * @typedef {{readonly difference: number, readonly isKept: boolean, readonly words: string}} Verdict
 */

/** @param {number} percent @returns {Bound} */
export const within = percent => ({percent});

/** @param {number} absolute @returns {Bound} */
export const upTo = absolute => ({absolute});

/** @type {Bound} */
export const exact = {};

/** Of a tool's rate: its window begins and ends up to a tenth of a second before or after ours. */
export const toolRate = within(5);

/**
 * @param {Bound} bound
 * @param {string} unit
 */
export function boundText({percent, absolute}, unit) {
	const units = unit === 'percent' ? ' points' : unit === 'count' ? '' : ` ${unit}`;
	const texts = [
		...(percent === undefined ? [] : [`${percent} %`]),
		...(absolute === undefined ? [] : [`${absolute}${absolute === 1 ? units.replace(/s$/, '') : units}`]),
	];
	return texts.join(' or ') || 'exact';
}

/**
 * `low` and `high` of what is held to be right are the readings around the moment: a value between those cannot be
 * called wrong, for what was read moved meanwhile.
 *
 * @param {number | undefined} value
 * @param {Reading} right
 * @param {Bound} bound
 * @returns {Verdict}
 */
export function verdictOn(value, right, {percent = 0, absolute = 0}) {
	if (value === undefined) {
		return {difference: Number.NaN, isKept: false, words: '**missing**'};
	}

	const difference = value - right.value;
	const allowed = Math.max((Math.abs(right.value) * percent) / 100, absolute);
	// A little more than nothing: 0.1 + 0.2 is not wrong.
	const over = Math.abs(difference) - allowed - Math.abs(right.value) * 1e-12;

	if (over <= 0) {
		return {difference, isKept: true, words: 'ok'};
	}

	if (value >= right.low && value <= right.high) {
		return {difference, isKept: true, words: 'ok, moved'};
	}

	const beyond = Math.min(over, value > right.high ? value - right.high : right.low - value);
	const text =
		right.value === 0 ? number(beyond) : `${number(beyond)} (${number((beyond / Math.abs(right.value)) * 100)} %)`;
	return {difference, isKept: false, words: `**out** by ${text}`};
}

/**
 * So many digits that a difference of a bound shows, and no more.
 *
 * @param {number} value
 */
export function number(value) {
	const size = Math.abs(value);
	const digits = Number.isInteger(value) || size >= 10_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
	return value.toFixed(digits);
}
