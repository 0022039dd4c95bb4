import {clockTime} from '../core/format.js';
import type {Message, MessageItem, OtherAlert} from '../core/notifier.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {itemMarkup} from './email-html-item.js';
import {dim, pill} from './email-html-parts.js';
import {linked, Markup, markup} from './email-markup.js';
import {countsText, momentText, mostSections, stateText, timeText, titleOf, toneOf, zoneText} from './email-words.js';

const fonts = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * The mail for who reads HTML: one column from 320 px on, inline styles, nothing from elsewhere. Text and ground keep the reader's own
 * colours, so that it is dark where all else is.
 */
export function emailHtml(message: Message): string {
	const {host, at, items} = message;
	const parts = items.length > mostSections ? digestMarkup(message) : sectionsMarkup(message);
	const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>healthtop</title>
</head>
<body style="margin:0;padding:0;color-scheme:light dark">
<div style="max-width:568px;margin:0 auto;padding:20px 16px;font:15px/1.5 ${new Markup(fonts)};overflow-wrap:anywhere;word-break:break-word">
${headMarkup(message)}
${parts}
${othersMarkup(message)}
<div style="margin-top:28px;padding-top:10px;border-top:1px solid rgba(128,128,128,.35);font-size:13px;${dim}">healthtop on ${host}, ${momentText(at)}</div>
</div>
</body>
</html>
`;
	return page.html;
}

function headMarkup(message: Message): readonly Markup[] {
	const {items, host, isTest, mayRepeat} = message;
	const note = (text: Safe) =>
		markup`<div style="margin:0 0 14px;padding:8px 12px;border:1px solid rgba(128,128,128,.5);border-radius:6px;font-size:14px">${text}</div>\n`;
	const summary = markup`<div style="margin:0 0 4px;font-size:14px;${dim}">${countsText(items)} on ${host}</div>\n`;
	return [
		...(isTest ? [note(safe`TEST: this is what a mail looks like. Nothing is wrong.`)] : []),
		...(items.length > 1 ? [summary] : []),
		...(mayRepeat ? [note(safe`(may repeat an earlier mail)`)] : []),
	];
}

function sectionsMarkup({items, host, at}: Message): readonly Markup[] {
	const [first] = items;

	if (first && items.length === 1) {
		return [itemMarkup(first, at, safe`on ${host}`)];
	}

	const list = items.map(item => rowMarkup(item, markup``));
	return [...list, ...items.map(item => separated(itemMarkup(item, at, safe``)))];
}

function separated(section: Markup): Markup {
	return markup`<div style="margin-top:28px;padding-top:20px;border-top:2px solid rgba(128,128,128,.35)">${section}</div>\n`;
}

function rowMarkup(item: MessageItem, more: Markup): Markup {
	return markup`<div style="padding:5px 0">${pill(toneOf(item), stateText(item))} <b>${titleOf(item)}</b>${more}</div>\n`;
}

/** Nothing is lost of many: each has its state, value and time. */
function digestMarkup({items, at}: Message): readonly Markup[] {
	return items.map(item => {
		const {text, firedText, isFiring, runbook, incident} = item;
		const was = isFiring || text === firedText ? markup`` : markup`; it was: ${firedText}`;
		const link = runbook ? markup`<br>${linked(runbook)}` : markup``;
		const time = markup`${timeText(item, at)} &middot; ${safeText(incident)}${link}`;
		return rowMarkup(
			item,
			markup`<div style="margin-top:2px">${text}${was}</div><div style="font-size:13px;${dim}">${time}</div>`,
		);
	});
}

function othersMarkup({others, at}: Message): Markup {
	if (others.length === 0) {
		return markup``;
	}

	const rows = others.map(
		other =>
			markup`<div style="padding:3px 0">${pill(other.severity, safeText(other.severity.toUpperCase()))} ${other.title} <span style="font-size:13px;${dim}">since ${sinceText(other, at)}</span></div>\n`,
	);
	return markup`<div style="margin-top:24px">
<div style="margin-bottom:6px;font-weight:bold">Also firing</div>
${rows}</div>`;
}

/** Shared with nobody: a day is enough to tell which `03:14` it is. */
function sinceText({since}: OtherAlert, now: number): Safe {
	return now - since < 12 * 3_600_000 ? safe`${clockTime(since)} ${zoneText(since)}` : momentText(since);
}
