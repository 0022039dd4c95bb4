import type {Evidence, EvidenceProcess, TimelineEntry} from '../core/alerts/incident.js';
import {responseTime} from '../core/check-words.js';
import {bytesShort, nearTime, tenths} from '../core/format.js';
import type {MessageItem} from '../core/notifier.js';
import {type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import {hourMarkup} from './email-html-hour.js';
import {dim, heading, pill, table} from './email-html-parts.js';
import {linked, type Markup, markup} from './email-markup.js';
import {
	momentText,
	noteOf,
	stagesText,
	stateText,
	timelineOf,
	timeText,
	titleOf,
	toneOf,
	zoneText,
} from './email-words.js';

/** All about one incident. */
export function itemMarkup(item: MessageItem, now: number, where: Safe): Markup {
	const {text, evidence, timeline} = item;
	const note = noteOf(item);
	const place = where === '' ? markup`` : markup` <span style="font-weight:normal;${dim}">${where}</span>`;
	return markup`${pill(toneOf(item), stateText(item))}
<div style="margin:8px 0 6px;font-size:20px;line-height:1.3;font-weight:bold">${titleOf(item)}${place}</div>
<div style="font-size:16px">${text}</div>
<div style="font-size:14px;${dim}">${timeText(item, now)}</div>
${note ? markup`<div style="margin-top:6px">${note}</div>\n` : markup``}${factsMarkup(item)}
${evidence?.hour ? hourMarkup(evidence.hour) : markup``}
${evidence ? processesMarkup(evidence) : markup``}
${timelineMarkup(timelineOf(timeline), now)}`;
}

function factsMarkup({text, firedText, runbook, incident, evidence}: MessageItem): Markup {
	const check = evidence?.check;
	const rows = [
		...(firedText === text ? [] : [fact(safe`When it fired`, markup`${firedText}`)]),
		...(runbook ? [fact(safe`Runbook`, linked(runbook))] : []),
		...(check ? checkFacts(check, [text, firedText]) : []),
		fact(safe`Incident`, markup`${safeText(incident)}`),
	];
	return markup`<table ${table} style="margin-top:14px;font-size:14px">${rows}</table>`;
}

function checkFacts(check: NonNullable<Evidence['check']>, told: readonly Safe[]): readonly Markup[] {
	const {type, text, reason, ms, stages, conditions} = check;
	const time = ms === undefined ? safe`` : safe`, ${responseTime(ms)}`;
	return [
		fact(safe`Check`, markup`${type}${time}`),
		...(reason && !told.includes(reason) ? [fact(safe`Reason`, markup`${reason}`)] : []),
		...(text === '' ? [] : [fact(safe`Last answer`, markup`${text}`)]),
		...(stages.length > 0 ? [fact(safe`Stages`, markup`${stagesText(stages)}`)] : []),
		...conditions.map(({status, text: condition}) => fact(safeText(status), markup`<code>${condition}</code>`)),
	];
}

function fact(label: Safe, value: Markup): Markup {
	return markup`<tr><td valign="top" style="padding:2px 14px 2px 0;white-space:nowrap;${dim}">${label}</td><td valign="top" width="100%" style="padding:2px 0;overflow-wrap:anywhere;word-break:break-word">${value}</td></tr>\n`;
}

function processesMarkup({at, byCpu, byMemory}: Evidence): Markup {
	if (byCpu.length === 0 && byMemory.length === 0) {
		return markup``;
	}

	const cpu = processTable(safe`CPU, of one core`, byCpu, one => safe`${trimSafe(tenths(one.cpuPercent))}%`);
	const memory = processTable(safe`Memory`, byMemory, one => bytesShort(one.memoryBytes));
	return markup`${heading(safe`Busiest processes`, momentText(at))}<div style="font-size:0">${cpu}${memory}</div>`;
}

/** Beside each other where there is room for two, else one below the other. */
function processTable(
	label: Safe,
	processes: readonly EvidenceProcess[],
	value: (one: EvidenceProcess) => Safe,
): Markup {
	const rows = processes.map(
		one =>
			markup`<tr><td style="padding:2px 8px 2px 0;overflow-wrap:anywhere;word-break:break-word">${one.name} <span style="${dim}">${one.user ?? safe``}</span></td><td align="right" valign="top" style="padding:2px 0;white-space:nowrap">${value(one)}</td></tr>\n`,
	);
	return markup`<div style="display:inline-block;vertical-align:top;width:100%;max-width:268px;margin:0 16px 8px 0"><table ${table} style="font-size:14px;line-height:1.4"><tr><td colspan="2" style="font-size:13px;padding-bottom:2px;${dim}">${label}</td></tr>\n${rows}</table></div>`;
}

function timelineMarkup(entries: readonly TimelineEntry[], now: number): Markup {
	if (entries.length < 2) {
		return markup``;
	}

	const rows = entries.map(({at, kind, text}) =>
		fact(nearTime(at, now), markup`<b>${safeText(kind)}</b>${text === '' ? safe`` : safe`: ${text}`}`),
	);
	return markup`${heading(safe`What happened`, zoneText(now))}<table ${table} style="font-size:14px">${rows}</table>`;
}
