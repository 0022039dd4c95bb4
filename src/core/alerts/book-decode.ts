import {
	boolean,
	type Decode,
	list,
	moment,
	number,
	object,
	oneOf,
	optional,
	raw,
	record,
	shown,
	whole,
} from '../decode.js';
import type {AlertEntry, PendingAlert} from './alert-book.js';
import {evidence, mute, phase, severity, timelineEntry} from './alert-decode.js';
import type {AlertState} from './alert-state.js';
import type {FlapRing} from './flap.js';
import type {Incident, Told} from './incident.js';
import type {Outgoing, OutgoingItem} from './outgoing.js';

const count = whole(0, Number.MAX_SAFE_INTEGER);

const state = object<AlertState>({
	phase,
	severity: optional(severity),
	isStale: boolean,
	since: number,
	at: number,
	held: object<AlertState['held']>({info: optional(number), warning: optional(number), critical: optional(number)}),
	clearFor: optional(number),
	lowerFor: optional(number),
	endedAt: optional(number),
	staleSince: optional(number),
	reopened: count,
});

const told = object<Told>({
	as: oneOf('firing', 'over', 'flapping'),
	severity,
	reopened: count,
	t: number,
	root: raw,
	isAccepted: boolean,
});

const incident = object<Incident>({
	id: raw,
	key: raw,
	title: shown,
	of: shown,
	check: optional(raw),
	series: optional(raw),
	state,
	worst: severity,
	flaps: object<FlapRing>({states: raw, isFlapping: boolean}),
	notify: list(raw, 1000),
	runbook: optional(shown),
	text: shown,
	firedText: shown,
	startedAt: moment,
	firedAt: moment,
	endedAt: optional(moment),
	newsT: list(number, 100),
	mute: optional(mute),
	isGone: boolean,
	evidence: optional(evidence),
	timeline: list(timelineEntry, 1000),
	sent: count,
	refused: count,
	told: record(told),
});

const item = object<OutgoingItem>({
	incident: raw,
	tells: oneOf('firing', 'raised', 'downgraded', 'again', 'reminder', 'resolved', 'both', 'gone', 'flapping', 'steady'),
	told: optional(told),
});

const outgoing = object<Outgoing>({
	id: raw,
	notifier: raw,
	recipient: raw,
	t: number,
	at: moment,
	state: oneOf('waiting', 'trying', 'undecided', 'accepted', 'refused', 'expired', 'dropped'),
	items: list(item, 100_000),
	threadId: optional(raw),
	tries: count,
	mayRepeat: boolean,
	nextT: number,
	triedT: optional(number),
	reason: optional(shown),
});

const pendingAlert = object<PendingAlert>({
	id: raw,
	key: raw,
	series: optional(raw),
	check: optional(raw),
	state,
});

/** One entry of the book, as `JSON.stringify` wrote it. */
export const alertEntry: Decode<AlertEntry> = object<AlertEntry>({
	kind: oneOf('alerts'),
	t: number,
	instance: optional(raw),
	incidents: optional(list(incident, 10_000)),
	outgoing: optional(list(outgoing, 10_000)),
	pending: optional(list(pendingAlert, 100_000)),
	morePending: optional(list(pendingAlert, 100_000)),
});
