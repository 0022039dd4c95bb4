import {type Safe, safe} from './safe.js';
import type {Check, Snapshot} from './snapshot.js';

/**
 * How a check is shown: its hard state, `held` when one that it depends on has failed, or `failing` when its last result is bad but not yet
 * as many as it takes.
 */
export const checkStates = ['critical', 'warning', 'unknown', 'held', 'waiting', 'failing', 'ok'] as const;

export type CheckState = (typeof checkStates)[number];

export function checkState({status, blockedBy, result}: Check): CheckState {
	if (blockedBy !== undefined) {
		return 'held';
	}

	const isBad = result?.status === 'warning' || result?.status === 'critical';
	return isBad && (status === 'ok' || status === 'waiting') ? 'failing' : status;
}

/** Worst first, else in the order of the configuration. Only hard states move a row: single results come and go. */
export function worstChecksFirst(checks: readonly Check[]): readonly Check[] {
	const placeOf = ({status, blockedBy}: Check) => checkStates.indexOf(blockedBy === undefined ? status : 'held');
	return checks.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Of four columns: for rows that are read at a glance. */
export const checkStateWords: Readonly<Record<CheckState, Safe>> = {
	critical: safe`CRIT`,
	warning: safe`WARN`,
	unknown: safe`unkn`,
	held: safe`held`,
	waiting: safe`wait`,
	failing: safe`fail`,
	ok: safe`ok`,
};

/** Why its last result is not ok; while it recovers, why it failed. Undefined where nothing is wrong, or nobody remembers. */
export function checkReason({status, result, changes}: Check): Safe | undefined {
	const [last] = changes;
	return result?.reason ?? (last?.status === status ? last.reason : undefined);
}

/** Since when it has been as it is shown. Undefined for what is not certain yet, and of the past where nobody remembers. */
export function knownSince(check: Check, {at, past}: Pick<Snapshot, 'at' | 'past'>): number | undefined {
	const {status, since} = check;
	const isCertain = status === 'ok' ? checkState(check) === 'ok' : status !== 'waiting';
	return isCertain && (past === undefined || since < at) ? since : undefined;
}
