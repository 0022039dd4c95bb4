import {readCounters, readDear} from './counters.mjs';
import {Timeline} from './timeline.mjs';

/** Between two readings: so long that they cost little, so short that a straight line between two is nearly true. */
const everyMs = 50;

/** One reading in so many has what is dear, too. */
const dearEvery = 5;

/** Reads the kernel's counters again and again, for what they were at any moment to be found afterwards. */
export class Watch {
	timeline = new Timeline();

	/** Processes that are looked at, too. @type {Set<number>} */
	pids;

	#mounts;
	#count = 0;
	#timer;

	/**
	 * @param {readonly string[]} mounts
	 * @param {Iterable<number>} pids
	 */
	constructor(mounts, pids) {
		this.pids = new Set(pids);
		this.#mounts = mounts;
		this.#read();
		this.#timer = setInterval(() => this.#read(), everyMs);
	}

	stop() {
		clearInterval(this.#timer);
	}

	/**
	 * When the machine had been up for so many seconds, wall clock, ms: the mean of all readings, since the kernel tells
	 * hundredths of a second only.
	 *
	 * @param {number} seconds
	 */
	momentOf(seconds) {
		const booted = this.timeline.all('uptime.seconds').map(({at, value}) => at - value * 1000);
		return booted.reduce((sum, at) => sum + at, 0) / booted.length + seconds * 1000;
	}

	#read() {
		this.#add(() => readCounters(this.#mounts, this.pids));

		if (this.#count % dearEvery === 0) {
			this.#add(readDear);
		}

		this.#count += 1;
	}

	/** @param {typeof readDear} read */
	#add(read) {
		const before = Date.now();
		const entries = read();
		this.timeline.add((before + Date.now()) / 2, entries);
	}
}
