import type {Alert} from '../core/alerts/alert.js';
import {isOpen} from '../core/alerts/alert-words.js';
import {span} from '../core/format.js';
import {type Safe, safe} from '../core/safe.js';
import type {Snapshot} from '../core/snapshot.js';
import type {ViewState} from './view-state.js';

/** Without a key for so long somebody may have been away, ms. */
const awayAfter = 5 * 60_000;

/** What somebody has missed. */
export type Away = {readonly ms: number; readonly alerts: number; readonly open: number};

/** Alerts that fired or were over since the last key (wall clock, ms), if that is so long ago that nobody may have seen it. */
export function awaySince(alerts: readonly Alert[], keyAt: number | undefined, now: number): Away | undefined {
	const ms = now - (keyAt ?? now);

	if (keyAt === undefined || ms <= awayAfter) {
		return undefined;
	}

	const isSince = (at: number | undefined) => at !== undefined && at > keyAt;
	const missed = alerts.filter(
		({firedAt, endedAt, severity}) =>
			firedAt !== undefined && severity !== 'info' && (isSince(firedAt) || isSince(endedAt)),
	);
	return missed.length === 0 ? undefined : {ms, alerts: missed.length, open: missed.filter(isOpen).length};
}

/** `while you were away (3h 12m): 2 alerts, 1 open`. */
export function awayText(away: Away): Safe {
	return safe`while you were away (${span(away.ms / 1000)}): ${countText(away)}`;
}

/** `away 3h 12m: 2 alerts, 1 open`, where there is less room. */
export function shortAwayText(away: Away): Safe {
	return safe`away ${span(away.ms / 1000)}: ${countText(away)}`;
}

function countText({alerts, open}: Away): Safe {
	const count = alerts === 1 ? safe`1 alert` : safe`${alerts} alerts`;
	return safe`${count}, ${open === 0 ? (alerts === 1 ? safe`over` : safe`all over`) : safe`${open} open`}`;
}

/** The view once somebody has pressed a key. */
export function withKey(view: ViewState, snapshot: Pick<Snapshot, 'at'> | undefined): ViewState {
	return snapshot && snapshot.at !== view.keyAt ? {...view, keyAt: snapshot.at} : view;
}

/** True when no key had been pressed for so long that something may have been said about it. */
export function wasAway(before: number | undefined, {keyAt: now}: ViewState): boolean {
	return before !== undefined && now !== undefined && now - before > awayAfter;
}

/** The view once there is something to look at: whoever has opened it is there. */
export function withFirstKey(view: ViewState, snapshot: Pick<Snapshot, 'at'> | undefined): ViewState {
	return view.keyAt === undefined ? withKey(view, snapshot) : view;
}
