import type {SeenProcess} from './process-list.js';

type Reading = {
	/** Monotonic, ms. */
	readonly at: number;
	readonly seconds: ReadonlyMap<string, number>;
};

/** How much of one core processes took since they were seen last, percent of all together; undefined as long as that is not known. */
export class ProcessCpu {
	#before: Reading | undefined;

	/** `at`: when they were read, monotonic, ms. */
	percentOf(running: readonly SeenProcess[], at: number): number | undefined {
		const before = this.#before;
		this.#before = {at, seconds: new Map(running.map(process => [keyOf(process), process.cpuSeconds]))};
		const elapsed = before ? (at - before.at) / 1000 : 0;

		if (!before || elapsed <= 0) {
			return undefined;
		}

		const used = running.map(process => {
			// What was not there then has taken all of its time since.
			const first = process.age <= elapsed ? 0 : process.cpuSeconds;
			return Math.max(0, process.cpuSeconds - (before.seconds.get(keyOf(process)) ?? first));
		});
		return (100 * used.reduce((sum, seconds) => sum + seconds, 0)) / elapsed;
	}
}

/** A pid comes back with another start. */
function keyOf({pid, startTicks}: SeenProcess): string {
	return `${pid} ${startTicks}`;
}
