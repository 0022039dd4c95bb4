import {safe} from './safe.js';
import {seriesName} from './series.js';
import type {Check, HardStatus} from './snapshot.js';

/** Checks at a past moment, of which their series tell whether the service was there and how long it took; why is not remembered. */
export function pastChecks(
	checks: readonly Check[],
	series: ReadonlyMap<string, number>,
	at: number,
	wasRead: boolean,
): readonly Check[] {
	if (!wasRead) {
		return [];
	}

	return checks.map(({check, name, type, changes}) => {
		const up = series.get(seriesName('check.up', check));
		const ms = series.get(seriesName('check.time', check));
		// Of a minute the mean is known: whatever failed in it is told.
		const status: HardStatus = up === undefined ? 'unknown' : up < 1 ? 'critical' : 'ok';
		const seen = status === 'unknown' ? 'unknown' : status;
		return {
			check,
			name,
			type,
			status,
			since: at,
			result: {
				status: seen,
				at,
				text: status === 'ok' ? safe`` : safe`not remembered`,
				...(ms !== undefined && {ms}),
				stages: [],
				conditions: [],
				facts: [],
			},
			dueAt: at,
			recent: '',
			changes: changes.filter(change => change.at <= at),
		};
	});
}
