import type {AlertState} from './alert-state.js';
import type {Guard, Rule, RuleLevel} from './rule.js';
import {compareSeverity, type Severity, severities} from './severity.js';
import type {Look} from './step.js';

/** What is known of a rule's series at a moment. */
export type Values = {
	/** Undefined: there is none. */
	readonly value: number | undefined;
	/** How much it has risen within so many ms, as far as it was read; undefined before the first reading. */
	readonly riseWithin: (ms: number) => number | undefined;
	/** It was read in all of that time. */
	readonly isRiseKnown: (ms: number) => boolean;
	/** The series of a guard, of the same instance. */
	readonly guardValue: (guard: Guard) => number | undefined;
};

/**
 * Which levels of a rule hold. A level that fires holds until its value is no longer beyond `clear`; one that does not must go beyond
 * `trigger`, while it is pending, too.
 */
export function lookAt({levels}: Pick<Rule, 'levels'>, values: Values, state: AlertState | undefined): Look {
	let isKnown = false;
	const holds: Severity[] = [];

	for (const severity of severities) {
		const level = levels[severity];
		const isHeld = level && isHolding(level, values, isOn(state, severity));
		isKnown ||= isHeld !== undefined;

		if (isHeld) {
			holds.push(severity);
		}
	}

	return isKnown ? {kind: 'seen', holds} : {kind: 'no data'};
}

function isOn(state: AlertState | undefined, severity: Severity): boolean {
	const isFiring = state?.phase === 'firing' || state?.phase === 'recovering';
	return isFiring && compareSeverity(severity, state.severity) <= 0;
}

/** Undefined where nobody can tell. */
function isHolding(level: RuleLevel, values: Values, isFiring: boolean): boolean | undefined {
	switch (level.kind) {
		case 'absent':
			return values.value === undefined;
		case 'rises': {
			const rise = values.value === undefined ? undefined : values.riseWithin(level.within);
			// What rose before the program began nobody saw: what fired then is not over for that.
			const isUnknown = rise === undefined || (isFiring && rise < level.by && !values.isRiseKnown(level.within));
			return isUnknown ? undefined : rise >= level.by;
		}
		case 'above':
		case 'below': {
			const {value} = values;
			const isThere = value !== undefined && isBeyond(level.kind, value, isFiring ? level.clear : level.trigger);
			return value === undefined ? undefined : isThere && isGuarded(level.guard, values, isFiring);
		}
	}
}

/** A guard that has no value neither starts an alert nor ends one. */
function isGuarded(guard: Guard | undefined, {guardValue}: Values, isFiring: boolean): boolean {
	if (!guard) {
		return true;
	}

	const value = guardValue(guard);
	return value === undefined ? isFiring : isBeyond(guard.kind, value, guard.trigger);
}

function isBeyond(kind: 'above' | 'below', value: number, bound: number): boolean {
	return kind === 'above' ? value > bound : value < bound;
}
