import type {CheckStatus} from './check.js';
import type {HardStatus} from './snapshot.js';

/** How many results in a row change a hard state. */
export type HardRules = {
	/** Results that are at least as bad, from 1. */
	readonly failAfter: number;
	/** Results that are better, from 1. */
	readonly recoverAfter: number;
};

/** For one level: whether it holds, and how many results in a row have said otherwise, since when. */
type Standing = {readonly isOn: boolean; readonly against: number; readonly since: number};

/** What is known of a check's results. Times are whatever comes in as `at`. */
export type HardState = {
	readonly status: HardStatus;
	/** When the first result came that made it so. */
	readonly since: number;
	readonly warning: Standing;
	readonly critical: Standing;
	/** Results in a row that could not be judged, and since when. */
	readonly unjudged: {readonly count: number; readonly since: number};
	/** Whether any result could be judged. */
	readonly isKnown: boolean;
};

/** Before the first result. */
export function noResults(at: number): HardState {
	const standing = {isOn: false, against: 0, since: at};
	return {
		status: 'waiting',
		since: at,
		warning: standing,
		critical: standing,
		unjudged: {count: 0, since: at},
		isKnown: false,
	};
}

/**
 * One more result. A level begins to hold after `failAfter` results in a row that are at least as bad, and ends after `recoverAfter` that
 * are better; what could not be judged counts neither way. The first good result is believed at once: there was no state that it changes.
 * `failAfter` unknown ones in a row are `unknown`, unless a failure holds: no data does not end one (Nagios' hard and soft states,
 * https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/statetypes.html, for each level by itself).
 */
export function hardState(state: HardState, status: CheckStatus, at: number, rules: HardRules): HardState {
	if (status === 'unknown') {
		return withStatus({...state, unjudged: counted(state.unjudged, at)}, at, rules);
	}

	const bad = {warning: status !== 'ok', critical: status === 'critical'};
	return withStatus(
		{
			...state,
			warning: step(state.warning, bad.warning, at, rules),
			critical: step(state.critical, bad.critical, at, rules),
			unjudged: {count: 0, since: at},
			isKnown: state.isKnown || status === 'ok',
		},
		at,
		rules,
	);
}

function counted({count, since}: HardState['unjudged'], at: number): HardState['unjudged'] {
	return {count: count + 1, since: count === 0 ? at : since};
}

function step(standing: Standing, isBad: boolean, at: number, {failAfter, recoverAfter}: HardRules): Standing {
	if (isBad === standing.isOn) {
		return standing.against === 0 ? standing : {...standing, against: 0};
	}

	const against = standing.against + 1;
	const since = against === 1 ? at : standing.since;
	return against >= (isBad ? failAfter : recoverAfter)
		? {isOn: isBad, against: 0, since}
		: {...standing, against, since};
}

function withStatus(state: HardState, at: number, {failAfter}: HardRules): HardState {
	const {critical, warning, unjudged} = state;
	const status = statusOf(state, failAfter);

	if (status === state.status) {
		return state;
	}

	switch (status) {
		case 'critical':
			return {...state, status, since: critical.since};
		case 'warning':
			return {...state, status, since: state.status === 'critical' ? critical.since : warning.since};
		case 'unknown':
			return {...state, status, since: unjudged.since};
		case 'ok':
			return {...state, status, since: state.status === 'warning' || state.status === 'critical' ? warning.since : at};
		case 'waiting':
			return {...state, status};
	}
}

function statusOf({critical, warning, unjudged, isKnown, status}: HardState, failAfter: number): HardStatus {
	if (critical.isOn || warning.isOn) {
		return critical.isOn ? 'critical' : 'warning';
	}

	if (unjudged.count >= failAfter) {
		return 'unknown';
	}

	// One that could be judged again after unknown ones is believed when it is good; a bad one has to be seen again.
	if (status === 'unknown' && (unjudged.count > 0 || warning.against > 0)) {
		return 'unknown';
	}

	return isKnown ? 'ok' : 'waiting';
}

/** While results say otherwise: how many have, of how many that it takes. Undefined while all agree. */
export function attemptOf(
	state: HardState,
	{failAfter, recoverAfter}: HardRules,
): {count: number; of: number} | undefined {
	const {warning, critical, unjudged} = state;

	for (const {isOn, against} of [critical, warning]) {
		if (against > 0) {
			return {count: against, of: isOn ? recoverAfter : failAfter};
		}
	}

	// While a failure holds, what cannot be judged changes nothing, however often.
	const isHeld = critical.isOn || warning.isOn || state.status === 'unknown';
	return unjudged.count > 0 && !isHeld ? {count: unjudged.count, of: failAfter} : undefined;
}
