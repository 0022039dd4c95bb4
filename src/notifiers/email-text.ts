import {clockTime} from '../core/format.js';
import type {Message, MessageItem, OtherAlert} from '../core/notifier.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import {cut, widthOf} from '../core/width.js';
import {itemLines} from './email-text-item.js';
import {indented, labelled, padded} from './email-text-layout.js';
import {countsText, momentText, mostSections, stateText, timeText, titleOf, zoneText} from './email-words.js';

const rule = safe`----------------------------------------------------------------------`;

/** The mail for who reads text: the state in the first line, at most 78 columns, no characters that move anything. */
export function emailText(message: Message): string {
	const {items, host, at} = message;
	const lines = [
		...headLines(message),
		...(items.length > mostSections ? digestLines(message) : sectionLines(message)),
		...othersLines(message),
		safe``,
		// Signatures begin so (RFC 3676, section 4.3): readers make them grey and leave them out of answers.
		safe`-- `,
		safe`healthtop on ${host}, ${momentText(at)}`,
	];
	// The mark of a signature ends with a space, no other line does.
	return `${joinSafe(lines, safe`\n`).replace(/(?<!^--) +$/gm, '')}\n`;
}

function headLines(message: Message): readonly Safe[] {
	const {items, host, isTest, mayRepeat} = message;
	const [first] = items;
	const state = first && items.length === 1 ? stateText(first) : countsText(items);
	const title = first && items.length === 1 ? safe`  ${titleOf(first)}` : safe``;
	return [
		...(isTest ? [safe`TEST: this is what a mail looks like. Nothing is wrong.`, safe``] : []),
		...indented(safe`${state}${title} on ${host}`, 0),
		...(mayRepeat ? [safe`(may repeat an earlier mail)`] : []),
	];
}

function sectionLines({items, at}: Message): readonly Safe[] {
	if (items.length === 1) {
		return items.flatMap(item => itemLines(item, at));
	}

	const widest = Math.max(...items.map(item => stateText(item).length));
	const list = items.map(item => safe`  ${padded(stateText(item), widest)}  ${cut(item.title, 50)}`);
	return [
		safe``,
		...list,
		...items.flatMap(item => [
			safe``,
			rule,
			...indented(safe`${stateText(item)}  ${titleOf(item)}`, 0),
			...itemLines(item, at),
		]),
	];
}

/** Nothing is lost of many: each has its state, value and time. */
function digestLines({items, at}: Message): readonly Safe[] {
	return items.flatMap(item => [
		safe``,
		...indented(safe`${stateText(item)}  ${titleOf(item)}  (${safeText(item.incident)})`, 0),
		...indented(digestValue(item), 2),
		...indented(timeText(item, at), 2),
		...(item.runbook ? indented(item.runbook, 2) : []),
	]);
}

/** What is over by now says too what it was. */
function digestValue({text, firedText, isFiring}: MessageItem): Safe {
	return isFiring || text === firedText ? text : safe`${text}; it was: ${firedText}`;
}

function othersLines({others, at}: Message): readonly Safe[] {
	if (others.length === 0) {
		return [];
	}

	const widest = Math.min(40, Math.max(...others.map(({title}) => widthOf(title))));
	return [
		safe``,
		safe`Also firing (${zoneText(at)})`,
		...others.flatMap(other => labelled(safe`  ${safeText(other.severity)}`, otherText(other, widest, at), 12)),
	];
}

function otherText({title, since}: OtherAlert, columns: number, now: number): Safe {
	const isToday = now - since < 12 * 3_600_000;
	return safe`${padded(title, columns)}  since ${isToday ? clockTime(since) : momentText(since)}`;
}
