import {ParseError} from '../core/errors.js';
import type {History} from '../core/history.js';
import type {Period, ProcessMinute} from '../core/snapshot.js';
import type {MinutesBefore} from './pieces.js';
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
	#last: Period | undefined;
	/** Minutes from elsewhere that the first segment is to begin with, and that are still to come. */
	#ahead = 0;
	/** Whether any were given up: what is older than those is not wanted either, though there may be room for it. */
	#isCut = false;

	/** What they hold of memory, about. */
	get bytes(): number {
		return this.#segments.reduce((sum, {bytes}) => sum + bytes, 0);
	}

	/** The minute that was pushed last. */
	get last(): Period | undefined {
		return this.#last;
	}

	/** The last complete minute, as each snapshot has it: kept when it is at another time than the one before. */
	push(minute: ProcessMinute | undefined): void {
		if (!minute || (minute.from === this.#last?.from && minute.to === this.#last.to)) {
			return;
		}

		this.#last = minute;
		this.#append(minute);
	}

	/** Goes on from minutes that were pushed elsewhere. Only where there are none. */
	begin({last, newest}: MinutesBefore): void {
		this.#last = last;
		this.#ahead = newest % minutesPerSegment;
	}

	/**
	 * A segment of minutes from before all there are, oldest first: first the one that was the newest when these minutes began, what was
	 * pushed here is added to it.
	 * @throws {ParseError} Then nothing has changed.
	 */
	addOlder(minutes: readonly ProcessMinute[]): void {
		const length = this.#ahead || minutesPerSegment;

		if (minutes.length !== length) {
			throw new ParseError('minutes', `must be ${length} minutes`);
		}

		const [first, ...later] = this.#segments;
		const isBegun = this.#ahead > 0;
		this.#ahead = 0;

		if (!this.#isCut) {
			const older = segmentOf([...minutes, ...(isBegun ? (first?.all() ?? []) : [])]);
			this.#segments = isBegun ? [older, ...later] : [older, ...this.#segments];
			this.#giveUp();
		}
	}

	#append(minute: ProcessMinute): void {
		let open = this.#segments.at(-1);

		if (!open || open.isFull) {
			// Segments end where they end elsewhere, so that the same minutes are given up together.
			open = new ProcessSegment(minutesPerSegment - (open ? 0 : this.#ahead));
			this.#segments = [...this.#segments, open];
		}

		open.append(minute);
		this.#giveUp();
	}

	#giveUp(): void {
		const gone = new Set(expired(this.#segments, {points: mostMinutes, bytes: mostBytes}));

		if (gone.size > 0) {
			this.#isCut = true;
			this.#segments = this.#segments.filter(segment => !gone.has(segment));
		}
	}

	busiestAt(at: number): ProcessMinute | undefined {
		return lastOf(this.#segments, at);
	}

	/** The segments as they are now, which later minutes leave alone, oldest first. */
	segments(): readonly PastMinutes[] {
		return this.#segments.map(segment => segment.copy());
	}

	/** The minutes as they are now, which later ones leave alone. */
	copy(): PastProcesses {
		const segments = this.segments();
		return {busiestAt: at => lastOf(segments, at)};
	}
}

function segmentOf(minutes: readonly ProcessMinute[]): ProcessSegment {
	const segment = new ProcessSegment(minutesPerSegment);

	for (const minute of minutes) {
		segment.append(minute);
	}

	return segment;
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
