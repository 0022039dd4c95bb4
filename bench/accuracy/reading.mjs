/**
 * @typedef {{readonly value: number, readonly low: number, readonly high: number}} Reading
 *   What a number was at a moment or over a window, and between which it lay for certain, as the readings around it tell.
 */

/** @param {number} value @returns {Reading} */
export const exactly = value => ({value, low: value, high: value});

/**
 * The reading with each of its numbers put through a function that does not fall.
 *
 * @param {Reading | undefined} reading
 * @param {(value: number) => number} change
 * @returns {Reading | undefined}
 */
export function mapped(reading, change) {
	return reading && {value: change(reading.value), low: change(reading.low), high: change(reading.high)};
}

/**
 * Undefined when one of them is.
 *
 * @param {readonly (Reading | undefined)[]} readings
 * @returns {Reading | undefined}
 */
export function sumOf(...readings) {
	return readings.reduce(
		(a, b) => a && b && {value: a.value + b.value, low: a.low + b.low, high: a.high + b.high},
		exactly(0),
	);
}

/**
 * @param {Reading | undefined} a
 * @param {Reading | undefined} b
 * @returns {Reading | undefined}
 */
export function difference(a, b) {
	return a && b && {value: a.value - b.value, low: a.low - b.high, high: a.high - b.low};
}

/**
 * One in percent of the other. Undefined where the other is 0.
 *
 * @param {Reading | undefined} part
 * @param {Reading | undefined} whole
 * @returns {Reading | undefined}
 */
export function percentOf(part, whole) {
	return whole?.value
		? part && {
				value: (part.value * 100) / whole.value,
				low: (part.low * 100) / whole.high,
				high: (part.high * 100) / whole.low,
			}
		: undefined;
}

/**
 * @param {number | undefined} value
 * @param {number} factor
 */
export const scaled = (value, factor) => (value === undefined ? undefined : value * factor);
