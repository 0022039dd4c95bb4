import type {AlertBook} from '../core/alerts/alert-book.js';
import type {Incident} from '../core/alerts/incident.js';
import {type Outgoing, worseFirst} from '../core/alerts/outgoing.js';
import type {Message, MessageItem} from '../core/notifier.js';
import type {Safe} from '../core/safe.js';

/** More of the others nobody reads. */
const mostOthers = 20;

/** The message that an outgoing one is, of what the book knows. Undefined where it knows nothing of its incidents. */
export function messageOf(outgoing: Outgoing, {incidents, instance = ''}: AlertBook, host: Safe): Message | undefined {
	const items = outgoing.items.flatMap(item => {
		const incident = incidents.get(item.incident);
		return incident ? [itemOf(incident, item)] : [];
	});
	const told = new Set(items.map(({incident}) => incident));
	const others = [...incidents.values()]
		.filter(({id, state}) => !told.has(id) && (state.phase === 'firing' || state.phase === 'recovering'))
		.toSorted(worseFirst)
		.slice(0, mostOthers)
		.map(({id, title, state, worst, firedAt}) => ({
			incident: id,
			title,
			severity: state.severity ?? worst,
			since: firedAt,
		}));
	return items.length === 0
		? undefined
		: {
				id: `${instance}|${outgoing.id}`,
				...(outgoing.threadId !== undefined && {threadId: `${instance}|${outgoing.threadId}`}),
				host,
				at: outgoing.at,
				mayRepeat: outgoing.mayRepeat,
				isTest: false,
				items,
				others,
			};
}

/** One that may have arrived tells what it told then, whatever has happened since. */
function itemOf(incident: Incident, {tells, told}: Outgoing['items'][number]): MessageItem {
	const {id, title, state, worst, text, firedText, startedAt, firedAt, endedAt, evidence, runbook, timeline} = incident;
	const isOver = told?.as === 'over' || (told?.as === 'flapping' && state.phase === 'resolved');
	const isStill = !isOver && state.phase === 'resolved';
	return {
		incident: id,
		tells,
		title,
		severity: told?.severity ?? state.severity ?? worst,
		isFiring: !isOver,
		text: isStill ? firedText : text,
		firedText,
		startedAt,
		firedAt,
		...(isOver && endedAt !== undefined && {endedAt}),
		...(evidence && {evidence}),
		...(runbook !== undefined && {runbook}),
		timeline,
	};
}
