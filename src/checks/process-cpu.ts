import type {SeenProcess} from './process-list.js';

type Reading = {
	/** Monotonic, ms. */
	readonly at: number;
	readonly processes: ReadonlyMap<string, SeenProcess>;
};

/** How much of one core processes took since they were seen last, percent of all together; undefined as long as that is not known. */
export class ProcessCpu {
	#before: Reading | undefined;

	/** `at`: when they were looked for, monotonic, ms. */
	percentOf(running: readonly SeenProcess[], at: number): number | undefined {
		const before = this.#before;
		this.#before = {at, processes: new Map(running.map(process => [keyOf(process), process]))};

		if (!before || at <= before.at) {
			return undefined;
		}

		const seconds = (at - before.at) / 1000;
		return running.reduce((sum, process) => {
			const last = before.processes.get(keyOf(process));
			return sum + (last ? percentSince(last, process) : percentOfNew(process, seconds));
		}, 0);
	}
}

function percentSince(last: SeenProcess, process: SeenProcess): number {
	const elapsed = process.readAt - last.readAt;
	return elapsed > 0 ? Math.max(0, ((process.cpuSeconds - last.cpuSeconds) * 100_000) / elapsed) : 0;
}

/** What was not there then has taken all of its time since; of anything else nobody knows. */
function percentOfNew({age, cpuSeconds}: SeenProcess, seconds: number): number {
	return age <= seconds ? (cpuSeconds * 100) / seconds : 0;
}

/** A pid comes back with another start. */
function keyOf({pid, startTicks}: SeenProcess): string {
	return `${pid} ${startTicks}`;
}
