import type {Stage} from '../check.js';
import type {Safe} from '../safe.js';
import type {Unit} from '../series-table.js';
import type {JudgedCondition} from '../snapshot.js';
import type {Mute} from './alert.js';
import type {AlertState} from './alert-state.js';
import type {FlapRing} from './flap.js';
import type {Severity} from './severity.js';

/** One of the busiest processes at a moment: its name, never its command line, which may hold secrets. */
export type EvidenceProcess = {
	readonly pid: number;
	readonly name: Safe;
	readonly user?: Safe;
	/** Of one core. */
	readonly cpuPercent?: number;
	readonly memoryBytes: number;
};

/** The hour before: the worst value of each minute, oldest first, `null` where nothing is known. */
export type EvidenceHour = {
	readonly from: number;
	readonly to: number;
	readonly unit: Unit;
	readonly values: readonly (number | null)[];
	readonly warning?: number;
	readonly critical?: number;
	/** Values are bad below the levels, not above. */
	readonly isBelow?: boolean;
};

/** What the machine looked like when an incident fired. Times are wall clock, ms since 1970. */
export type Evidence = {
	readonly at: number;
	readonly hour?: EvidenceHour;
	/** At most five each. */
	readonly byCpu: readonly EvidenceProcess[];
	readonly byMemory: readonly EvidenceProcess[];
	/** Of a check: its last answer, and how far it got. */
	readonly check?: {
		readonly type: Safe;
		readonly text: Safe;
		readonly reason?: Safe;
		readonly ms?: number;
		readonly stages: readonly Stage[];
		readonly conditions: readonly JudgedCondition[];
	};
};

/** What has happened to an incident. */
export type TimelineKind =
	| 'began'
	| 'fired'
	| 'raised'
	| 'downgraded'
	| 'no data'
	| 'recovering'
	| 'resolved'
	| 'again'
	| 'gone'
	| 'flapping'
	| 'steady'
	| 'queued'
	| 'sent'
	| 'refused';

export type TimelineEntry = {
	/** Wall clock, ms. */
	readonly at: number;
	readonly kind: TimelineKind;
	readonly severity?: Severity;
	/** The value against its level; of what was sent, to whom. */
	readonly text: Safe;
};

/** What one recipient has been told of an incident last, or may have been. */
export type Told = {
	readonly as: 'firing' | 'over' | 'flapping';
	readonly severity: Severity;
	/** How often the incident had come again by then. */
	readonly reopened: number;
	/** When that was; the clock of `AlertState`. */
	readonly t: number;
	/** The first message about it, whose thread the others join. */
	readonly root: string;
	/** The other side has a message about it, or may have; false where it has refused every one. */
	readonly isAccepted: boolean;
};

/**
 * The life of one alert, from when it fired to its end, and everything done about it; as it is kept. `t`s are times of the clock of
 * `AlertState`, other times wall clock, ms.
 */
export type Incident = {
	/** `k3f9`. */
	readonly id: string;
	/** Of the alert: rule and series, or check. */
	readonly key: string;
	readonly title: Safe;
	readonly of: Safe;
	/** One character a byte. */
	readonly check?: string;
	readonly series?: string;
	readonly state: AlertState;
	/** The worst that it was. */
	readonly worst: Severity;
	readonly flaps: FlapRing;
	/** Names of notifiers, one character a byte; none: all. */
	readonly notify: readonly string[];
	readonly runbook?: Safe;
	/** The value against its level now, and when it fired. */
	readonly text: Safe;
	readonly firedText: Safe;
	readonly startedAt: number;
	readonly firedAt: number;
	readonly endedAt?: number;
	/** When it fired, rose, came again, flapped or was over: the first time and the last ones. Whoever does not know of one waits from then on. */
	readonly newsT: readonly number[];
	/** Why nobody is told; when it was over, too. */
	readonly mute?: Mute;
	/** It was over because what it was about is gone. */
	readonly isGone: boolean;
	readonly evidence?: Evidence;
	/** Oldest first, at most 40. */
	readonly timeline: readonly TimelineEntry[];
	/** Messages about it that the other side has, and that it will never have. */
	readonly sent: number;
	readonly refused: number;
	/** By recipient. */
	readonly told: Readonly<Record<string, Told>>;
};
