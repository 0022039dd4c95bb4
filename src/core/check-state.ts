import {type Safe, safe} from './safe.js';
import type {Check} from './snapshot.js';

/** How a check is shown, worst first: its hard state, or `held` when one that it depends on has failed. */
export const checkStates = ['critical', 'warning', 'unknown', 'held', 'waiting', 'ok'] as const;

export type CheckState = (typeof checkStates)[number];

export function checkState({status, blockedBy}: Check): CheckState {
	return blockedBy === undefined ? status : 'held';
}

/** Worst first, else in the order of the configuration. Only hard states move a row: single results come and go. */
export function worstChecksFirst(checks: readonly Check[]): readonly Check[] {
	return checks.toSorted((a, b) => checkStates.indexOf(checkState(a)) - checkStates.indexOf(checkState(b)));
}

/** Of four columns: for rows that are read at a glance. */
export const checkStateWords: Readonly<Record<CheckState, Safe>> = {
	critical: safe`CRIT`,
	warning: safe`WARN`,
	unknown: safe`unkn`,
	held: safe`held`,
	waiting: safe`wait`,
	ok: safe`ok`,
};

/** Why its last result is not ok; while it recovers, why it failed. Undefined where nothing is wrong, or nobody remembers. */
export function checkReason({status, result, changes}: Check): Safe | undefined {
	const [last] = changes;
	return result?.reason ?? (last?.status === status ? last.reason : undefined);
}
