import {difference, exactly} from './reading.mjs';

/**
 * @import {Reading} from './reading.mjs'
 * @typedef {{readonly at: number, readonly value: number}} Point
 */

/** Numbers that were read again and again, each with the time of the reading (wall clock, ms). */
export class Timeline {
	/** @type {Map<string, Point[]>} */
	#points = new Map();

	/**
	 * @param {number} at
	 * @param {Iterable<readonly [key: string, value: number]>} numbers
	 */
	add(at, numbers) {
		for (const [key, value] of numbers) {
			const points = this.#points.get(key) ?? [];
			points.push({at, value});
			this.#points.set(key, points);
		}
	}

	/**
	 * All readings of one number.
	 *
	 * @param {string} key
	 * @returns {readonly Point[]}
	 */
	all(key) {
		return this.#points.get(key) ?? [];
	}

	/**
	 * The number at a moment, on the straight line between the readings before and after it; `low` and `high` are those of
	 * so many readings on each side. Undefined for what was never read.
	 *
	 * @param {string} key
	 * @param {number} moment
	 * @param {number} neighbours
	 * @returns {Reading | undefined}
	 */
	at(key, moment, neighbours = 1) {
		const points = this.all(key);
		const found = points.findIndex(({at}) => at >= moment);
		const index = found < 0 ? points.length : found;
		const [before, after] = [points[index - 1] ?? points[index], points[index] ?? points[index - 1]];

		if (!before || !after) {
			return undefined;
		}

		const part = after.at > before.at ? (moment - before.at) / (after.at - before.at) : 0;
		const values = points.slice(Math.max(0, index - neighbours), index + neighbours).map(({value}) => value);
		return {
			value: before.value + (after.value - before.value) * part,
			low: Math.min(...values),
			high: Math.max(...values),
		};
	}

	/**
	 * The last reading before a moment.
	 *
	 * @param {string} key
	 * @param {number} moment
	 * @returns {Reading | undefined}
	 */
	before(key, moment) {
		const value = this.all(key).findLast(({at}) => at <= moment)?.value;
		return value === undefined ? undefined : exactly(value);
	}

	/**
	 * A whole number that comes and goes: the reading nearest to a moment; `low` and `high` are those of so long around it.
	 *
	 * @param {string} key
	 * @param {number} moment
	 * @param {number} aroundMs
	 * @returns {Reading | undefined}
	 */
	near(key, moment, aroundMs) {
		const distance = (/** @type {Point} */ {at}) => Math.abs(at - moment);
		const points = this.all(key).toSorted((a, b) => distance(a) - distance(b));
		const values = points.filter(point => distance(point) <= aroundMs).map(({value}) => value);
		return points[0] && {value: points[0].value, low: Math.min(...values), high: Math.max(...values)};
	}

	/**
	 * How much a counter grew.
	 *
	 * @param {string} key
	 * @param {number} from
	 * @param {number} to
	 */
	growth(key, from, to) {
		return difference(this.at(key, to), this.at(key, from));
	}
}
