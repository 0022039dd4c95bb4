import {tickMs} from './counters.mjs';
import {exactly, mapped, percentOf, sumOf} from './reading.mjs';

/** @import {Timeline} from './timeline.mjs' */

const parts = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];

/** Counts are made four times a second: so many ms on each side show how much they come and go. */
const aroundMs = 1000;

/** The kernel's counters over one window. */
export class Kernel {
	#timeline;
	#from;
	#to;

	/**
	 * @param {Timeline} timeline
	 * @param {{readonly from: number, readonly to: number}} window wall clock, ms
	 */
	constructor(timeline, {from, to}) {
		this.#timeline = timeline;
		this.#from = from;
		this.#to = to;
	}

	/**
	 * What comes and goes, at the end of the window; two readings on each side say how much it moved around then.
	 *
	 * @param {string} key
	 */
	now(key) {
		return this.#timeline.at(key, this.#to, 2);
	}

	/**
	 * What is gone right after the end of the window.
	 *
	 * @param {string} key
	 */
	before(key) {
		return this.#timeline.before(key, this.#to);
	}

	/**
	 * A count of what comes and goes within milliseconds, at the end of the window.
	 *
	 * @param {string} key
	 */
	count(key) {
		return this.#timeline.near(key, this.#to, aroundMs);
	}

	/**
	 * The same at its start.
	 *
	 * @param {string} key
	 */
	countAtStart(key) {
		return this.#timeline.near(key, this.#from, aroundMs);
	}

	/** @param {string} key */
	growth(key) {
		return this.#timeline.growth(key, this.#from, this.#to);
	}

	/**
	 * The growth of some counters together.
	 *
	 * @param {readonly string[]} keys
	 */
	perSecond(...keys) {
		const growth = sumOf(...keys.map(key => this.growth(key)));
		return mapped(growth, value => (value * 1000) / (this.#to - this.#from));
	}

	/**
	 * Some parts of the time of all cores (`cpu`) or of one (`cpu0`), percent.
	 *
	 * @param {string} core
	 * @param {readonly string[]} wanted
	 */
	share(core, ...wanted) {
		const sum = (/** @type {readonly string[]} */ names) =>
			exactly(names.reduce((total, name) => total + (this.growth(`${core}.${name}`)?.value ?? Number.NaN), 0));
		return percentOf(sum(wanted), sum(parts));
	}

	/**
	 * CPU time of one process, percent of a core.
	 *
	 * @param {number} pid
	 */
	processPercent(pid) {
		return mapped(this.perSecond(`pid.${pid}.ticks`), ticks => (ticks * tickMs) / 10);
	}

	/**
	 * Mean time of a read or write of a disk, ms. Undefined when there was none.
	 *
	 * @param {string} disk
	 */
	latency(disk) {
		const grown = (/** @type {string} */ name) => this.growth(`disk.${disk}.${name}`)?.value ?? Number.NaN;
		const requests = grown('reads') + grown('writes');
		return requests > 0 ? exactly((grown('msRead') + grown('msWritten')) / requests) : undefined;
	}
}
