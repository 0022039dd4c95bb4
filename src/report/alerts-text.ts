import type {Alert, NotifierState} from '../core/alerts/alert.js';
import {severityWords} from '../core/alerts/words.js';
import {bytesShort, nearTime, percentTenths, span} from '../core/format.js';
import {joinSafe, padSafe, type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import {valueText} from '../core/value-text.js';

/** What `alerts list` and `alerts show` print. */
export type AlertsReport = {
	/** Wall clock, ms. */
	readonly at: number;
	/** No engine runs: it is what the last one left. */
	readonly isRemembered: boolean;
	readonly alerts: readonly Alert[];
	readonly notifiers: readonly NotifierState[];
};

/** A row for each alert, worst first: id, how it is, since when, what, and the value against its level. */
export function alertsText({at, alerts, notifiers, isRemembered}: AlertsReport): string {
	const rows = alerts.map(alert => [
		safeText(alert.incident),
		stateWord(alert),
		sinceText(alert, at),
		alert.title,
		alert.text,
		toldText(alert, notifiers.length > 0),
	]);
	const widths = [0, 1, 2, 3].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
	const lines = rows.map(row =>
		joinSafe(
			row.map((cell, index) => padSafe(cell, widths[index] ?? 0, 'end')),
			safe`  `,
		),
	);
	const troubles = notifiers
		.filter(({state}) => state !== 'well')
		.map(
			({name, state, waiting, reason = safe`-`}) => safe`${name}: ${safeText(state)}, ${waiting} waiting: ${reason}`,
		);
	const head = isRemembered ? [safe`no engine runs: this is what the last one left`] : [];
	return textOf([...head, ...(rows.length === 0 ? [safe`no alerts`] : lines), ...troubles]);
}

/** All about one alert: what, since when, what the machine looked like when it fired, and what was done about it. */
export function alertText(alert: Alert, at: number): string {
	const {evidence, runbook, timeline, title, text, of, incident} = alert;
	return textOf([
		safe`${safeText(incident)}  ${stateWord(alert)}  ${title}`,
		safe`${text}`,
		safe`of ${of}, ${sinceText(alert, at)}`,
		...(runbook === undefined ? [] : [safe`runbook: ${runbook}`]),
		...(evidence ? evidenceLines(evidence) : []),
		safe``,
		...timeline.map(
			({at: when, kind, severity, text: what}) =>
				safe`${padSafe(nearTime(when, at), 12, 'end')}  ${padSafe(safeText(kind), 10, 'end')}  ${severity ? padSafe(severityWords[severity], 8, 'end') : padSafe(safe``, 8, 'end')}  ${what}`,
		),
	]);
}

function evidenceLines({check, byCpu, byMemory, hour}: NonNullable<Alert['evidence']>): readonly Safe[] {
	const known = hour?.values.filter(value => value !== null) ?? [];
	const range =
		hour && known.length > 0
			? [
					safe`in the hour before: ${valueText(Math.min(...known), hour.unit)} to ${valueText(Math.max(...known), hour.unit)}`,
				]
			: [];
	const stages = check?.stages.map(({name, ms}) => safe`${safeText(name)} ${valueText(ms, 'ms')}`) ?? [];
	return [
		...range,
		...(check ? [safe`last answer: ${answerText(check)}`] : []),
		...(stages.length > 0 ? [safe`stages: ${joinSafe(stages, safe`, `)}`] : []),
		...(check?.conditions ?? []).map(({text, status}) => safe`${padSafe(safeText(status), 8, 'end')}  ${text}`),
		...(byCpu.length > 0 ? [safe`by cpu:`] : []),
		...byCpu.map(({pid, name, cpuPercent}) => safe`  ${trimSafe(percentTenths(cpuPercent))}  ${name} (${pid})`),
		...(byMemory.length > 0 ? [safe`by memory:`] : []),
		...byMemory.map(({pid, name, memoryBytes}) => safe`  ${bytesShort(memoryBytes)}  ${name} (${pid})`),
	];
}

/** Where there was no answer, only why. */
function answerText({text, reason}: {readonly text: Safe; readonly reason?: Safe}): Safe {
	if (reason === undefined) {
		return text;
	}

	return text === '' ? reason : safe`${text} (${reason})`;
}

/** `CRITICAL`, `resolved`, `CRITICAL, flapping`. */
export function stateWord({phase, severity, isFlapping, isStale, mute}: Alert): Safe {
	const word = phase === 'firing' ? severityWords[severity] : safeText(phase);
	const more = [
		...(isFlapping ? [safe`flapping`] : []),
		...(isStale ? [safe`no data`] : []),
		...(mute === undefined || mute === 'flapping' ? [] : [safeText(mute)]),
	];
	return joinSafe([word, ...more], safe`, `);
}

function sinceText({since, endedAt}: Alert, at: number): Safe {
	return endedAt === undefined
		? safe`since ${nearTime(since, at)} (${span((at - since) / 1000)})`
		: safe`${nearTime(since, at)} to ${nearTime(endedAt, at)} (${span((endedAt - since) / 1000)})`;
}

function toldText({told: {sent, waiting, refused}, phase, mute}: Alert, hasNotifiers: boolean): Safe {
	const parts = [
		...(sent > 0 ? [safe`${sent} sent`] : []),
		...(waiting > 0 ? [safe`${waiting} waiting`] : []),
		...(refused > 0 ? [safe`${refused} refused`] : []),
	];
	if (parts.length > 0) {
		return joinSafe(parts, safe`, `);
	}

	const isExpected = phase === 'firing' && hasNotifiers && mute === undefined;
	return phase === 'pending' ? safe`` : isExpected ? safe`not told yet` : safe`nobody told`;
}

function textOf(lines: readonly Safe[]): string {
	return lines.map(line => `${line.trimEnd()}\n`).join('');
}
