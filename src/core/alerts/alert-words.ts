import {span} from '../format.js';
import {joinSafe, type Safe, safe} from '../safe.js';
import type {Alert, Mute, NotifierState} from './alert.js';

/** How an alert is shown: by its severity while it fires, else by where it is in its life. */
export type AlertShown = 'critical' | 'warning' | 'info' | 'flapping' | 'recovering' | 'pending' | 'over';

export function alertShown({
	phase,
	severity,
	isFlapping,
}: Pick<Alert, 'phase' | 'severity' | 'isFlapping'>): AlertShown {
	switch (phase) {
		case 'resolved':
			return 'over';
		case 'pending':
			return 'pending';
		case 'recovering':
			return isFlapping ? 'flapping' : 'recovering';
		case 'firing':
			return isFlapping ? 'flapping' : severity;
	}
}

/** Of at most five columns: for rows that are read at a glance. */
export const alertWords: Readonly<Record<AlertShown, Safe>> = {
	critical: safe`CRIT`,
	warning: safe`WARN`,
	info: safe`info`,
	flapping: safe`flap`,
	recovering: safe`recov`,
	pending: safe`pend`,
	over: safe`over`,
};

/** Why nobody is told, in at most eleven columns. */
export const muteWords: Readonly<Record<Mute, Safe>> = {
	acknowledged: safe`acked`,
	silenced: safe`silenced`,
	maintenance: safe`maintenance`,
	held: safe`held`,
	flapping: safe`not told`,
};

/** The same as a sentence. */
export const muteSentences: Readonly<Record<Mute, Safe>> = {
	acknowledged: safe`acknowledged: nobody is told again until it is over or worse`,
	silenced: safe`silenced: nobody is told`,
	maintenance: safe`maintenance: nobody is told`,
	held: safe`held: something that it depends on has failed, which is told`,
	flapping: safe`flapping: nobody is told of each change`,
};

/** True of what is not over, and more than worth knowing. */
export function isOpen({phase}: Pick<Alert, 'phase'>): boolean {
	return phase === 'firing' || phase === 'recovering';
}

/** The value against its level; of what there is no data any more, the last one that there was. */
export function alertText({text, isStale}: Pick<Alert, 'text' | 'isStale'>): Safe {
	return isStale ? safe`no data, was ${text}` : text;
}

/** `3 waiting, retry in 40s, refused on mail.example.com:587`; of a broken one that it is. */
export function notifierText({state, waiting, reason, retryAt}: NotifierState, now: number): Safe {
	const wait = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
	const parts = [
		...(state === 'broken' ? [safe`broken`] : []),
		...(waiting > 0 ? [safe`${waiting} waiting`] : []),
		...(wait > 0 ? [safe`retry in ${span(wait)}`] : []),
		...(reason === undefined ? [] : [reason]),
	];
	return joinSafe(parts.length === 0 ? [safe`not well`] : parts, safe`, `);
}
