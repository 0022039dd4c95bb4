import {judgedCondition, stage} from '../check-decode.js';
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
	shown,
	whole,
	within,
} from '../decode.js';
import {units} from '../series-table.js';
import type {Alert, Mute, NotifierState} from './alert.js';
import type {Phase} from './alert-state.js';
import type {Evidence, EvidenceHour, EvidenceProcess, TimelineEntry, TimelineKind} from './incident.js';
import {type Severity, severities} from './severity.js';

const timelineKinds: readonly TimelineKind[] = [
	'began',
	'fired',
	'raised',
	'downgraded',
	'no data',
	'recovering',
	'resolved',
	'again',
	'gone',
	'flapping',
	'steady',
	'queued',
	'sent',
	'refused',
];

export const severity: Decode<Severity> = oneOf(...severities);

export const phase: Decode<Phase> = oneOf('pending', 'firing', 'recovering', 'resolved');

export const mute: Decode<Mute> = oneOf('acknowledged', 'silenced', 'maintenance', 'held', 'flapping');

export const timelineEntry: Decode<TimelineEntry> = object<TimelineEntry>({
	at: moment,
	kind: oneOf(...timelineKinds),
	severity: optional(severity),
	text: shown,
});

const evidenceProcess = object<EvidenceProcess>({
	pid: whole(0, Number.MAX_SAFE_INTEGER),
	name: shown,
	user: optional(shown),
	cpuPercent: optional(number),
	memoryBytes: number,
});

const orNull: Decode<number | null> = (json, path) => (json === null ? null : number(json, path));

const hour = object<EvidenceHour>({
	from: moment,
	to: moment,
	unit: oneOf(...units),
	values: list(orNull, 1000),
	warning: optional(number),
	critical: optional(number),
	isBelow: optional(boolean),
});

export const evidence: Decode<Evidence> = object<Evidence>({
	at: moment,
	hour: optional(hour),
	byCpu: list(evidenceProcess, 100),
	byMemory: list(evidenceProcess, 100),
	check: optional(
		object<NonNullable<Evidence['check']>>({
			type: shown,
			text: shown,
			reason: optional(shown),
			ms: optional(number),
			stages: list(stage, 20),
			conditions: list(judgedCondition, 1000),
		}),
	),
});

const count = whole(0, Number.MAX_SAFE_INTEGER);

/** One alert, as `JSON.stringify` wrote it. */
export const alert: Decode<Alert> = object<Alert>({
	incident: raw,
	title: shown,
	of: shown,
	check: optional(raw),
	series: optional(raw),
	phase,
	severity,
	isStale: boolean,
	isFlapping: boolean,
	since: moment,
	firedAt: optional(moment),
	endedAt: optional(moment),
	text: shown,
	mute: optional(mute),
	runbook: optional(shown),
	told: object<Alert['told']>({sent: count, waiting: count, refused: count}),
	timeline: list(timelineEntry, 1000),
	evidence: optional(evidence),
});

export const notifierState: Decode<NotifierState> = object<NotifierState>({
	name: shown,
	state: oneOf('well', 'waiting', 'broken'),
	waiting: within(0, 1e9),
	reason: optional(shown),
	retryAt: optional(moment),
});
