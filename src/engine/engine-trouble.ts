import {span, timeOfDay} from '../core/format.js';
import {type Safe, safe} from '../core/safe.js';
import type {NoView} from './view-connection.js';

/** An engine may be so late with a picture, ms, however often it reads. */
const leastSilence = 3000;

/** Why what a screen shows is not of now: its engine says nothing, or is gone. `since`: the last picture, ms of the monotonic clock. */
export type Trouble = {
	readonly since: number;
	readonly reason: Safe | 'silent';
	/** The engine itself said that it would end: that nobody listens any more afterwards is no news. */
	readonly isEnd?: boolean;
};

/** True when there was no picture for `ms` although an engine reads `every` ms: for three readings, and three seconds. */
export function isSilent(ms: number, every: number): boolean {
	return ms > Math.max(leastSilence, 3 * every);
}

/** In the words of the first line, at `now` (monotonic, ms), of a screen whose numbers are of `shownAt` (wall clock, ms). */
export function troubleText({since, reason}: Trouble, now: number, shownAt: number | undefined): Safe {
	const time = span((now - since) / 1000);
	const at = shownAt === undefined ? safe`` : safe`, all is of ${timeOfDay(shownAt)}`;
	return reason === 'silent'
		? safe`engine stopped or hanging for ${time}${at}`
		: safe`no engine for ${time}${at}: ${reason}`;
}

/** Why there is none, for a screen of that version. */
export function lossText(why: NoView, version: Safe): Safe {
	switch (why.kind) {
		case 'none':
			return safe`none runs`;
		case 'forbidden':
			return safe`this user may not look at it`;
		case 'lost':
			return why.reason;
		case 'other-protocol':
			return safe`it is healthtop ${why.greeting.version} now, this screen ${version}: quit and start again`;
	}
}
