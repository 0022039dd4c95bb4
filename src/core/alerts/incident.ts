import type {Stage} from '../check.js';
import type {Safe} from '../safe.js';
import type {Unit} from '../series-table.js';
import type {JudgedCondition} from '../snapshot.js';
import type {Severity} from './severity.js';

/** What an alert is of. Texts are one character a byte. */
export type AlertSource =
	| {readonly kind: 'rule'; readonly rule: string; readonly series: string}
	| {readonly kind: 'check'; readonly check: string}
	/** Of another alert there is no data any more. */
	| {readonly kind: 'no-data'; readonly of: string};

/** One of the busiest processes at a moment: its name, never its command line, which may hold secrets. */
export type EvidenceProcess = {
	readonly pid: number;
	readonly name: Safe;
	readonly user?: Safe;
	/** Of one core. */
	readonly cpuPercent?: number;
	readonly memoryBytes: number;
};

/** The hour before: means of equal parts of it, oldest first, `null` where nothing is known. */
export type EvidenceHour = {
	readonly from: number;
	readonly to: number;
	readonly unit: Unit;
	readonly values: readonly (number | null)[];
	readonly warning?: number;
	readonly critical?: number;
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
