import type {Evidence} from '../core/alerts/incident.js';
import type {Message, MessageItem, OtherAlert} from '../core/notifier.js';

/** Counts up when a program that reads it would have to be changed. New keys are none. */
const version = 1;

/** A message as programs get it: one line of JSON, times in ISO 8601, units in names. docs/configuration.md shows one. */
export function messageJson(message: Message): string {
	const {id, threadId, host, at, mayRepeat, isTest, items, others} = message;
	const thread = threadId === undefined ? {} : {threadId};
	return `${JSON.stringify({
		version,
		id,
		...thread,
		host,
		at: iso(at),
		mayRepeat,
		isTest,
		items: items.map(itemOf),
		others: others.map(otherOf),
	})}\n`;
}

function itemOf({startedAt, firedAt, endedAt, evidence, timeline, ...item}: MessageItem) {
	return {
		...item,
		startedAt: iso(startedAt),
		firedAt: iso(firedAt),
		...(endedAt !== undefined && {endedAt: iso(endedAt)}),
		...(evidence && {evidence: evidenceOf(evidence)}),
		timeline: timeline.map(({at, ...entry}) => ({at: iso(at), ...entry})),
	};
}

function otherOf({since, ...other}: OtherAlert) {
	return {...other, since: iso(since)};
}

function evidenceOf({at, hour, ...evidence}: Evidence) {
	return {
		at: iso(at),
		...(hour && {hour: {...hour, from: iso(hour.from), to: iso(hour.to)}}),
		...evidence,
	};
}

function iso(wall: number): string {
	return new Date(wall).toISOString();
}
