import type {Tells} from '../notifier.js';
import type {AlertSettings} from './alert-settings.js';
import type {Incident, Told} from './incident.js';
import {compareSeverity, type Severity} from './severity.js';

/** Something critical waits no longer for others than this, ms. */
const criticalWait = 10_000;

/** What somebody should be told of an incident, and from when on. */
export type Need = {
	readonly incident: Incident;
	readonly tells: Tells;
	/** When it is to be told; others that are not due yet go along. */
	readonly due: number;
	/** It does not wait for the time between two messages. */
	readonly isUrgent: boolean;
};

/** What a recipient should be told of an incident, given what it was told; undefined when it knows. `minimum`: the least it is told at all. */
export function tellsOf(
	incident: Incident,
	told: Told | undefined,
	minimum: Severity,
	{repeatEvery}: AlertSettings,
	t: number,
): Tells | undefined {
	const isOver = incident.state.phase === 'resolved';

	if (told) {
		return isOver ? afterEnd(incident, told) : whileFiring(incident, told, minimum, repeatEvery, t);
	}

	if (compareSeverity(incident.worst, minimum) < 0 || isQuiet(incident)) {
		return undefined;
	}

	if (incident.flaps.isFlapping) {
		return 'flapping';
	}

	// Nobody was told while it lasted: it is told once, whatever was the matter.
	return isOver ? 'both' : 'firing';
}

/** That it flaps is told like anything else, although it keeps others from being told. */
function isQuiet({mute}: Incident): boolean {
	return mute !== undefined && mute !== 'flapping';
}

function whileFiring(
	incident: Incident,
	told: Told,
	minimum: Severity,
	repeatEvery: number,
	t: number,
): Tells | undefined {
	const {flaps, state} = incident;

	if (isQuiet(incident)) {
		return undefined;
	}

	const isWorse = compareSeverity(state.severity, told.severity) > 0;

	if (flaps.isFlapping) {
		return told.as === 'flapping' ? (isWorse ? 'raised' : undefined) : 'flapping';
	}

	switch (told.as) {
		case 'flapping':
			return 'steady';
		case 'over':
			return compareSeverity(state.severity, minimum) < 0 ? undefined : 'again';
		case 'firing':
			if (state.severity !== told.severity) {
				return isWorse ? 'raised' : 'downgraded';
			}

			return repeatEvery > 0 && t - told.t >= repeatEvery ? 'reminder' : undefined;
	}
}

function afterEnd(incident: Incident, told: Told): Tells | undefined {
	const {flaps, state, isGone} = incident;

	if (flaps.isFlapping) {
		return told.as === 'flapping' || isQuiet(incident) ? undefined : 'flapping';
	}

	// Whoever never had the first message needs no second one.
	if (!told.isAccepted) {
		return undefined;
	}

	if (told.as === 'over') {
		return state.reopened > told.reopened && !isQuiet(incident) ? 'both' : undefined;
	}

	if (told.as === 'flapping') {
		return 'steady';
	}

	return isGone ? 'gone' : 'resolved';
}

/** From when on it is to be told. What only became less bad goes along with others, and never alone. */
export function needOf(incident: Incident, tells: Tells, {groupWait}: AlertSettings, told: Told | undefined): Need {
	const isCritical = incident.state.severity === 'critical';
	const isNew = tells === 'firing' || tells === 'raised' || tells === 'again' || tells === 'flapping';
	const wait = isCritical && isNew ? Math.min(groupWait, criticalWait) : groupWait;

	if (tells === 'downgraded') {
		return {incident, tells, due: Number.POSITIVE_INFINITY, isUrgent: false};
	}

	const isAtOnce = tells === 'reminder' || (tells === 'raised' && isCritical);
	return {
		incident,
		tells,
		due: isAtOnce ? (told?.t ?? 0) : newsSince(incident, told) + wait,
		isUrgent: isCritical && (tells === 'firing' || tells === 'raised'),
	};
}

/** When the first thing happened that the recipient does not know: what changes all the time must not be put off for ever. */
export function newsSince({newsT}: Incident, told: Told | undefined): number {
	const since = told?.t ?? Number.NEGATIVE_INFINITY;
	return newsT.find(t => t > since) ?? newsT.at(-1) ?? since;
}

/** What a recipient has been told by a message that tells this of the incident. */
export function toldBy(incident: Incident, tells: Tells, before: Told | undefined, message: string, t: number): Told {
	const {state, flaps, worst} = incident;
	const isFlapping = tells === 'flapping' || (tells === 'raised' && flaps.isFlapping);
	return {
		as: isFlapping ? 'flapping' : state.phase === 'resolved' ? 'over' : 'firing',
		severity: state.severity ?? worst,
		reopened: state.reopened,
		t,
		root: before?.root ?? message,
		isAccepted: before?.isAccepted ?? false,
	};
}
