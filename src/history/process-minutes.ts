import type {History} from '../core/history.js';
import type {ProcessMinute} from '../core/snapshot.js';
import {type PastMinutes, ProcessSegment} from './process-segment.js';
import {expired} from './retention.js';

/** Minutes that are kept at least: 24 hours. */
const mostMinutes = 1440;

const minutesPerSegment = 60;

/** Where every minute has command lines that nobody has seen before, there are fewer hours instead of more megabytes. */
const mostBytes = 3 * 2 ** 20;

/** What can be read of them. */
export type PastProcesses = Pick<History, 'busiestAt'>;

/**
 * The busiest processes of each minute for 24 hours, in segments of an hour that are dropped whole. They stand in the order in which they
 * happened, so that a clock that is set back overwrites nothing, and age is counted in minutes, not in hours of the clock.
 */
export class ProcessMinutes implements PastProcesses {
	/** Oldest first; only the last one is written to. */
	#segments: readonly ProcessSegment[] = [];
	#last: ProcessMinute | undefined;

	/** What they hold of memory, about. */
	get bytes(): number {
		return this.#segments.reduce((sum, {bytes}) => sum + bytes, 0);
	}

	/** The last complete minute, as each snapshot has it: kept when it is another one than before. */
	push(minute: ProcessMinute | undefined): void {
		if (!minute || minute === this.#last) {
			return;
		}

		this.#last = minute;
		let open = this.#segments.at(-1);

		if (!open || open.isFull) {
			open = new ProcessSegment(minutesPerSegment);
			this.#segments = [...this.#segments, open];
		}

		open.append(minute);
		const gone = new Set(expired(this.#segments, {points: mostMinutes, bytes: mostBytes}));

		if (gone.size > 0) {
			this.#segments = this.#segments.filter(segment => !gone.has(segment));
		}
	}

	busiestAt(at: number): ProcessMinute | undefined {
		return lastOf(this.#segments, at);
	}

	/** The minutes as they are now, which later ones leave alone. */
	copy(): PastProcesses {
		const segments = this.#segments.map(segment => segment.copy());
		return {busiestAt: at => lastOf(segments, at)};
	}
}

function lastOf(segments: readonly PastMinutes[], at: number): ProcessMinute | undefined {
	for (let index = segments.length - 1; index >= 0; index--) {
		const minute = segments[index]?.at(at);

		if (minute) {
			return minute;
		}
	}

	return undefined;
}
