import type {Evidence, EvidenceHour, EvidenceProcess, TimelineEntry} from '../core/alerts/incident.js';
import {responseTime} from '../core/check-words.js';
import {bytesShort, clockTime, nearTime, tenths} from '../core/format.js';
import type {MessageItem} from '../core/notifier.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import {valueText} from '../core/value-text.js';
import {sparklineOf, sparklineText} from './email-sparkline.js';
import {besides, indented, labelled, padded} from './email-text-layout.js';
import {momentText, noteOf, stagesText, timelineOf, timeText, zoneText} from './email-words.js';

/** A cell a minute. */
const sparkColumns = 60;
const labelWidth = 15;

/** All about one incident, below the line with its state and title. */
export function itemLines(item: MessageItem, now: number): readonly Safe[] {
	const {text, firedText, evidence, runbook, timeline} = item;
	const note = noteOf(item);
	const row = (label: Safe, value: Safe) => labelled(label, value, labelWidth);
	return [
		safe``,
		...indented(text, 0),
		...indented(timeText(item, now), 0),
		...(note ? indented(note, 0) : []),
		safe``,
		...(firedText === text ? [] : row(safe`When it fired`, firedText)),
		...(runbook ? row(safe`Runbook`, runbook) : []),
		...row(safe`Incident`, safeText(item.incident)),
		...(evidence?.check ? checkLines(evidence.check, [text, firedText]) : []),
		...(evidence?.hour ? hourLines(evidence.hour) : []),
		...(evidence ? processLines(evidence) : []),
		...timelineLines(timelineOf(timeline), now),
	];
}

function checkLines(check: NonNullable<Evidence['check']>, told: readonly Safe[]): readonly Safe[] {
	const {type, text, reason, ms, stages, conditions} = check;
	const row = (label: Safe, value: Safe) => labelled(label, value, labelWidth);
	const time = ms === undefined ? safe`` : safe`, ${responseTime(ms)}`;
	return [
		...row(safe`Check`, safe`${type}${time}`),
		...(reason && !told.includes(reason) ? row(safe`Reason`, reason) : []),
		...(text === '' ? [] : row(safe`Last answer`, text)),
		...(stages.length > 0 ? row(safe`Stages`, stagesText(stages)) : []),
		...conditions.flatMap(({status, text: condition}) => row(safe`  ${safeText(status)}`, condition)),
	];
}

function hourLines(hour: EvidenceHour): readonly Safe[] {
	const spark = sparklineOf(hour, sparkColumns);

	if (!spark) {
		return [];
	}

	const {from, to, unit, warning, critical} = hour;
	const value = (number: number) => valueText(number, unit);
	const levels = [
		...(warning === undefined ? [] : [safe`warning at ${value(warning)}`]),
		...(critical === undefined ? [] : [safe`critical at ${value(critical)}`]),
	];
	return [
		safe``,
		safe`The hour before, ${clockTime(from)} to ${clockTime(to)} ${zoneText(to)}`,
		safe``,
		safe`  ${safeText(sparklineText(spark))}`,
		safe`  lowest ${value(spark.lowest)}, highest ${value(spark.highest)}, last ${value(spark.last)}`,
		...(levels.length > 0 ? [safe`  ${joinSafe(levels, safe`, `)}`] : []),
	];
}

function processLines({at, byCpu, byMemory}: Evidence): readonly Safe[] {
	if (byCpu.length === 0 && byMemory.length === 0) {
		return [];
	}

	const cpu = byCpu.map(one => processLine(one, safe`${tenths(one.cpuPercent)}%`));
	const memory = byMemory.map(one => processLine(one, bytesShort(one.memoryBytes)));
	return [
		safe``,
		safe`Busiest processes, ${momentText(at)}`,
		safe``,
		...besides([safe`  by CPU (of one core)`, ...cpu], [safe`  by memory`, ...memory]),
	];
}

/** 36 columns: two beside each other are a line. */
function processLine({name, user, pid}: EvidenceProcess, value: Safe): Safe {
	return safe`  ${padded(name, 15)} ${padded(user ?? safeText(String(pid)), 9)}${padded(value, 9, 'start')}`;
}

function timelineLines(entries: readonly TimelineEntry[], now: number): readonly Safe[] {
	if (entries.length < 2) {
		return [];
	}

	const [last] = entries.slice(-1);
	const widest = Math.max(...entries.map(({at}) => nearTime(at, now).length));
	return [
		safe``,
		safe`What happened (${zoneText(last?.at ?? now)})`,
		safe``,
		...entries.flatMap(({at, kind, text}) =>
			labelled(safe`  ${padded(nearTime(at, now), widest)}  ${safeText(kind)}`, text, widest + 16),
		),
	];
}
