import type {Severity} from './severity.js';

/** Where an alert is in its life. Without a state it is inactive. */
export type Phase = 'pending' | 'firing' | 'recovering' | 'resolved';

/**
 * How one alert stands. Times are ms of a clock that never goes back, also from one run of the program to the next, and stands still for no
 * one but the machine.
 */
export type AlertState = {
	readonly phase: Phase;
	/** The worst level that holds; of one that is over, the last. Absent while pending. */
	readonly severity?: Severity;
	/** There is no data: it stays as it was. */
	readonly isStale: boolean;
	/** When its condition began to hold. */
	readonly since: number;
	/** Of the last step. */
	readonly at: number;
	/** For each level whose condition holds: how long it has, as far as somebody looked, ms. */
	readonly held: Readonly<Partial<Record<Severity, number>>>;
	/** How long it has been well without a break, ms; while recovering. */
	readonly clearFor?: number;
	/** How long only lesser levels have held, ms. */
	readonly lowerFor?: number;
	readonly endedAt?: number;
	/** Since when there is no data. */
	readonly staleSince?: number;
	/** How often it began again after it was over. */
	readonly reopened: number;
};
