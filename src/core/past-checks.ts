import type {CheckStatus} from './check.js';
import {type Safe, safe} from './safe.js';
import {seriesName} from './series.js';
import type {Check, CheckChange} from './snapshot.js';

/**
 * Checks at a past moment: their hard states by the changes that are remembered, and before those by what the series say, which know no
 * warnings and no reasons. `since` is `at` where nobody remembers since when.
 */
export function pastChecks(
	checks: readonly Check[],
	series: ReadonlyMap<string, number>,
	at: number,
	wasRead: boolean,
): readonly Check[] {
	return wasRead ? checks.map(check => pastCheck(check, series, at)) : [];
}

function pastCheck(now: Check, series: ReadonlyMap<string, number>, at: number): Check {
	const {check, name, type, changes, blockedBy, dueAt} = now;
	const up = series.get(seriesName('check.up', check));
	const ms = series.get(seriesName('check.time', check));
	// Of a minute the mean is known: whatever failed in it is told.
	const seen = up === undefined ? 'unknown' : up < 1 ? 'critical' : 'ok';
	const known = statesOf(now);
	const then = known.find(change => change.at <= at);
	const {status, reason} = then ?? {status: seen};
	const result = status === 'ok' || status === 'waiting' ? softStatus(status, seen) : status;
	const isStillSo = then !== undefined && then === known[0];
	// One that has had no result until now had none then.
	const hasResult = !isStillSo || now.result !== undefined;
	return {
		check,
		name,
		type,
		status,
		since: then?.at ?? at,
		...(hasResult && {result: pastResult(result, at, reason, ms)}),
		// What is well now or then is not blocked.
		...(isStillSo && blockedBy !== undefined && (status !== 'ok' || result !== 'ok') && {blockedBy}),
		dueAt: hasResult ? at : dueAt,
		recent: '',
		changes: changes.filter(change => change.at <= at),
	};
}

/** Newest first. One that nothing was known of yet has had no change. */
function statesOf({changes, since, status}: Check): readonly CheckChange[] {
	return changes.length > 0 ? changes : [{at: since, status}];
}

/** What was well was so though a result is not known. */
function softStatus(status: 'ok' | 'waiting', seen: CheckStatus): CheckStatus {
	return status === 'ok' && seen === 'unknown' ? 'ok' : seen;
}

function pastResult(
	status: CheckStatus,
	at: number,
	reason: Safe | undefined,
	ms: number | undefined,
): NonNullable<Check['result']> {
	const isKnown = status === 'ok' || reason !== undefined;
	return {
		status,
		at,
		text: isKnown ? safe`` : safe`not remembered`,
		...(status !== 'ok' && reason !== undefined && {reason}),
		...(ms !== undefined && {ms}),
		stages: [],
		conditions: [],
		facts: [],
	};
}
