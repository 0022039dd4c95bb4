import type {Mute} from '../core/alerts/alert.js';
import type {AlertState} from '../core/alerts/alert-state.js';
import type {Evidence, Incident, TimelineEntry, TimelineKind} from '../core/alerts/incident.js';
import {compareSeverity, type Severity} from '../core/alerts/severity.js';
import type {Change, ChangeEvent, TrackedAlert} from './tracked-alert.js';

/** So much of what has happened to an incident is told: the beginning, and the last of it. */
const mostEntries = 40;
const firstEntries = 5;

/** So many times of news are remembered. */
const mostNews = 20;

/** What is news for those who are told. */
const news: ReadonlySet<ChangeEvent> = new Set([
	'fired',
	'raised',
	'resolved',
	'gone',
	'again',
	'flapping',
	'steady',
] as const);

const kinds: Readonly<Record<ChangeEvent, TimelineKind | undefined>> = {
	began: undefined,
	dropped: undefined,
	fired: 'fired',
	raised: 'raised',
	downgraded: 'downgraded',
	'no data': 'no data',
	recovering: 'recovering',
	relapsed: 'again',
	resolved: 'resolved',
	again: 'again',
	gone: 'gone',
	flapping: 'flapping',
	steady: 'steady',
};

/** When it happened: the clock of `AlertState` and the wall clock, ms; and what the machine looks like, where that is wanted. */
export type Circumstances = {readonly t: number; readonly wall: number; readonly evidence: () => Evidence};

/** The incident after a change of its alert; undefined where there is none yet. */
export function afterChange(
	before: Incident | undefined,
	{alert, event}: Change,
	{t, wall, evidence}: Circumstances,
): Incident | undefined {
	const {state, flaps, text} = alert;
	// One that comes again and that nobody remembers is a new one.
	const isNew = event === 'fired' || (event === 'again' && !before);

	if (!state?.severity || (!isNew && !before)) {
		// One whose last incident is over.
		return before && (event === 'flapping' || event === 'steady')
			? {...withTimelineEntry(before, {at: wall, kind: event, text}), flaps, newsT: withNews(before.newsT, t)}
			: undefined;
	}

	const next = changed(isNew ? undefined : before, {alert, event}, state, state.severity, {t, wall, evidence});
	const began = isNew && next.startedAt < next.firedAt - 1000 ? [beganEntry(next)] : [];
	const kind = kinds[event];
	const entries: readonly TimelineEntry[] = [
		...began,
		...(kind ? [{at: wall, kind, severity: state.severity, text}] : []),
	];
	return entries.reduce(withTimelineEntry, next);
}

function changed(
	before: Incident | undefined,
	{alert, event}: Change,
	state: AlertState,
	severity: Severity,
	circumstances: Circumstances,
): Incident {
	const {t, wall} = circumstances;
	const {subject, flaps, text} = alert;
	const {key, title, of, series, check, notify, runbook} = subject;
	const {endedAt: _ended, ...rest} = before ?? newIncident(alert, state, severity, circumstances);
	return {
		...rest,
		key,
		title,
		of,
		...(series !== undefined && {series}),
		...(check !== undefined && {check}),
		state,
		flaps,
		notify,
		...(runbook !== undefined && {runbook}),
		text,
		worst: compareSeverity(severity, rest.worst) > 0 ? severity : rest.worst,
		newsT: news.has(event) ? withNews(rest.newsT, t) : rest.newsT,
		isGone: event === 'gone',
		...(before && newestOf(event, alert, state, circumstances)),
		...(state.phase === 'resolved' && {endedAt: Math.round(wall - (t - (state.endedAt ?? t)))}),
	};
}

/** Of one that comes again, when it began this time; of that and of one that is worse, what the machine looks like now. */
function newestOf(
	event: ChangeEvent,
	{text}: TrackedAlert,
	state: AlertState,
	{t, wall, evidence}: Circumstances,
): Partial<Incident> {
	const startedAt = Math.round(wall - (t - state.since));
	switch (event) {
		case 'again':
			return {startedAt, firedAt: wall, firedText: text, evidence: evidence()};
		case 'raised':
			return {evidence: evidence()};
		default:
			return {};
	}
}

function newIncident(
	{id, text, subject, flaps}: TrackedAlert,
	state: AlertState,
	worst: Severity,
	{t, wall, evidence}: Circumstances,
): Incident {
	const {key, title, of, notify} = subject;
	return {
		id,
		key,
		title,
		of,
		state,
		worst,
		flaps,
		notify,
		text,
		firedText: text,
		startedAt: Math.round(wall - (t - state.since)),
		firedAt: wall,
		newsT: [],
		isGone: false,
		evidence: evidence(),
		timeline: [],
		sent: 0,
		refused: 0,
		told: {},
	};
}

function withNews(newsT: readonly number[], t: number): readonly number[] {
	return newsT.length < mostNews ? [...newsT, t] : [...newsT.slice(0, 1), ...newsT.slice(2), t];
}

function beganEntry({startedAt, text}: Incident): TimelineEntry {
	return {at: startedAt, kind: 'began', text};
}

/** The incident with one more line of what happened to it. */
export function withTimelineEntry(incident: Incident, entry: TimelineEntry): Incident {
	const all = [...incident.timeline, entry];
	const timeline =
		all.length > mostEntries ? [...all.slice(0, firstEntries), ...all.slice(firstEntries - mostEntries)] : all;
	return {...incident, timeline};
}

/** The incident with another reason why nobody is told, or none. */
export function withMute({mute: _, ...incident}: Incident, mute: Mute | undefined): Incident {
	return mute === undefined ? incident : {...incident, mute};
}

/** Why nobody is to be told of it. `isHeld`: a check waits for one that it depends on. */
export function muteOf({flaps, check, state, mute}: Incident, isHeld: (check: string) => boolean): Mute | undefined {
	if (check !== undefined && isHeld(check)) {
		return 'held';
	}

	if (flaps.isFlapping) {
		return 'flapping';
	}

	// Over while nobody was to be told: that stays so.
	return state.phase === 'resolved' && mute === 'held' ? 'held' : undefined;
}
