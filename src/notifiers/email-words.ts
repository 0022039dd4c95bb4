import type {TimelineEntry} from '../core/alerts/incident.js';
import type {Stage} from '../core/check.js';
import {responseTime} from '../core/check-words.js';
import {calendarDate, span, timeOfDay} from '../core/format.js';
import type {Message, MessageItem} from '../core/notifier.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import {cut} from '../core/width.js';

/** A title may be as long as a path. */
const longestTitle = 200;

/** What an item is about, as far as anybody reads. */
export function titleOf({title}: MessageItem): Safe {
	return cut(title, longestTitle);
}

/** How bad the state is that is told, for a colour beside its words. */
export type Tone = 'critical' | 'warning' | 'info' | 'well';

/** More items than that are a digest: a list without evidence. */
export const mostSections = 10;

/** What a mail says of an item in one or two words, the first thing that is read. */
export function stateText({tells, severity, isFiring}: MessageItem): Safe {
	const level = safeText(severity.toUpperCase());

	switch (tells) {
		case 'firing':
			return level;
		case 'raised':
			return safe`NOW ${level}`;
		case 'downgraded':
			return safe`ONLY ${level}`;
		case 'again':
			return safe`${level} AGAIN`;
		case 'reminder':
			return safe`STILL ${level}`;
		case 'flapping':
			return safe`FLAPPING`;
		case 'steady':
			return isFiring ? safe`STEADY, ${level}` : safe`STEADY, WELL`;
		case 'resolved':
		case 'both':
			return safe`RESOLVED`;
		case 'gone':
			return safe`GONE`;
	}
}

/** What is told by a sentence of its own, since the state alone would leave a question. */
export function noteOf({tells, isFiring}: MessageItem): Safe | undefined {
	switch (tells) {
		case 'again':
			return safe`It was over, and is back soon after.`;
		case 'both':
			return safe`Nobody could be told while it lasted.`;
		case 'gone':
			return safe`What it was about does not exist any more.`;
		case 'flapping':
			return safe`It comes and goes. You hear of it again when it is steady.`;
		case 'steady':
			return isFiring ? safe`It has stopped coming and going, and fires.` : safe`It has stopped coming and going.`;
		case 'firing':
		case 'raised':
		case 'downgraded':
		case 'reminder':
		case 'resolved':
			return undefined;
	}
}

/** The colour of what is told. */
export function toneOf({isFiring, severity}: MessageItem): Tone {
	return isFiring ? severity : 'well';
}

/** A moment with its zone: `2026-12-01 14:02:11 UTC+01:00`. */
export function momentText(at: number): Safe {
	return safe`${calendarDate(at)} ${timeOfDay(at)} ${zoneText(at)}`;
}

/** `UTC`, `UTC+01:00`: an abbreviation such as CST may be one of several. */
export function zoneText(at: number): Safe {
	const minutes = -new Date(at).getTimezoneOffset();
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
	const two = (part: number) => String(part).padStart(2, '0');
	return minutes === 0 ? safe`UTC` : safeText(`UTC${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`);
}

/** Two moments; the day of the second only where it is another one. */
export function periodText(from: number, to: number): Safe {
	const isSameDay = calendarDate(from) === calendarDate(to) && zoneText(from) === zoneText(to);
	return isSameDay
		? safe`${calendarDate(from)} ${timeOfDay(from)} to ${timeOfDay(to)} ${zoneText(to)}`
		: safe`${momentText(from)} to ${momentText(to)}`;
}

/** Since when and for how long, or from when to when: `Was down ...` of what nobody was told in time. */
export function timeText(item: MessageItem, now: number): Safe {
	const {startedAt, endedAt, tells} = item;

	if (endedAt === undefined) {
		return safe`Since ${momentText(startedAt)}, ${span((now - startedAt) / 1000)}`;
	}

	const lasted = span((endedAt - startedAt) / 1000);
	const was = tells === 'both' ? safe`Was ${badText(item)} ` : safe``;
	return safe`${was}${periodText(startedAt, endedAt)}, ${lasted}`;
}

function badText({evidence, severity}: MessageItem): Safe {
	return evidence?.check && severity === 'critical' ? safe`down` : safeText(severity);
}

/** `name 0.2 ms, connect 4.1 ms`; the whole is told beside its type. */
export function stagesText(stages: readonly Stage[]): Safe {
	return joinSafe(
		stages.filter(({name}) => name !== 'whole').map(({name, ms}) => safe`${safeText(name)} ${responseTime(ms)}`),
		safe`, `,
	);
}

/** More of its past than that nobody reads in a mail. */
const mostEntries = 12;

/** The end of what has happened, without what only says that a mail was to be sent. */
export function timelineOf(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
	return timeline.filter(({kind}) => kind !== 'queued').slice(-mostEntries);
}

/** What items there are, by state: `2 CRITICAL, 1 RESOLVED`. */
export function countsText(items: Message['items']): Safe {
	const counts = new Map<Safe, number>();

	for (const item of items) {
		counts.set(stateText(item), (counts.get(stateText(item)) ?? 0) + 1);
	}

	return joinSafe(
		[...counts].map(([state, count]) => safe`${count} ${state}`),
		safe`, `,
	);
}
