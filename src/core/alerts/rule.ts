import type {Safe} from '../safe.js';
import type {Severity} from './severity.js';

/** Another series, of the same instance where it has instances, that must be beyond a value, too. Without a value of it nothing is known. */
export type Guard = {readonly series: string; readonly kind: 'above' | 'below'; readonly trigger: number};

/** When a level holds. Values in the unit of the series, times in ms. */
export type RuleLevel =
	/** From beyond `trigger` until no longer beyond `clear`, which lies on the good side of it or on it. */
	| {
			readonly kind: 'above' | 'below';
			readonly trigger: number;
			readonly clear: number;
			readonly for: number;
			readonly guard?: Guard;
	  }
	/** While it has risen by at least `by` in all within the last `within`; a counter that begins anew is no rise. */
	| {readonly kind: 'rises'; readonly by: number; readonly within: number; readonly for: number}
	/** While there is no value. */
	| {readonly kind: 'absent'; readonly for: number};

/** Levels by what they amount to; at least one. */
export type RuleLevels = Readonly<Partial<Record<Severity, RuleLevel>>>;

/** A condition on a series, as the engine evaluates it. Texts for acting are one character a byte. */
export type Rule = {
	/** Unique: alerts are known by it. */
	readonly id: string;
	readonly name: Safe;
	/** `area.measure` for all its instances, or `area.measure:instance`. */
	readonly series: string;
	readonly only?: readonly string[];
	readonly except?: readonly string[];
	readonly levels: RuleLevels;
	/** How long it must be well before it is over, ms. */
	readonly keepFiringFor: number;
	/** Names of notifiers; none: all of them. */
	readonly notify: readonly string[];
	readonly runbook?: Safe;
	/** Whether it counts at this moment of the wall clock, ms. Absent: always. */
	readonly isOpen?: (wall: number) => boolean;
	/** It must have been well before: what has always been so (a file system that is mounted read-only) is no trouble. */
	readonly needsClear?: true;
	readonly isBuiltIn?: true;
	/** What it was made of: one that is the same goes on with its alerts. */
	readonly key: string;
};
