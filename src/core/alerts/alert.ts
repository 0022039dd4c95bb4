import type {Safe} from '../safe.js';
import type {Phase} from './alert-state.js';
import type {Evidence, TimelineEntry} from './incident.js';
import type {Severity} from './severity.js';

/** Why nobody is told of an alert for now. */
export type Mute = 'acknowledged' | 'silenced' | 'maintenance' | 'held' | 'flapping';

/** One alert that is not inactive, and for a day those that are over. The same object until something about it changes. Times: wall clock, ms. */
export type Alert = {
	/** Of its incident: `k3f9`. */
	readonly incident: string;
	/** What it is about, without a number that changes: `orders-db`, `Disk nearly full /data`. */
	readonly title: Safe;
	/** `check`, or the series that its rule is about. */
	readonly of: Safe;
	/** Of a check's alert: the check, one character a byte. */
	readonly check?: string;
	/** One character a byte. */
	readonly series?: string;
	readonly phase: Phase;
	/** While it is pending: what it would be. */
	readonly severity: Severity;
	/** There is no data: it is as it was. */
	readonly isStale: boolean;
	readonly isFlapping: boolean;
	/** When its condition began to hold. */
	readonly since: number;
	readonly firedAt?: number;
	readonly endedAt?: number;
	/** The value against its level, or a check's reason: `96.2%, above 95%`. */
	readonly text: Safe;
	readonly mute?: Mute;
	readonly runbook?: Safe;
	/** Messages about it: that the other side has, that wait, and that it will never have. */
	readonly told: {readonly sent: number; readonly waiting: number; readonly refused: number};
	/** Oldest first, at most 40. */
	readonly timeline: readonly TimelineEntry[];
	/** Since it has fired. */
	readonly evidence?: Evidence;
};

/** One way to tell people, and how it does. */
export type NotifierState = {
	readonly name: Safe;
	/** `waiting`: it is tried again. `broken`: somebody has to mend the configuration. */
	readonly state: 'well' | 'waiting' | 'broken';
	/** Messages that the other side has not taken. */
	readonly waiting: number;
	readonly reason?: Safe;
	/** Wall clock, ms: of the next try. */
	readonly retryAt?: number;
};
