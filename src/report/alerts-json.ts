import type {Alert} from '../core/alerts/alert.js';
import {safeBytes} from '../core/safe.js';
import type {AlertsReport} from './alerts-text.js';

/** Alerts as JSON for scripts (version 1): camelCase keys, ISO 8601 times. */
export function alertsJson({at, isRemembered, alerts, notifiers}: AlertsReport): string {
	const json = {
		version: 1,
		at: isoOf(at),
		isRemembered,
		alerts: alerts.map(alertJson),
		notifiers: notifiers.map(({retryAt, ...rest}) => ({
			...rest,
			...(retryAt !== undefined && {retryAt: isoOf(retryAt)}),
		})),
	};
	return `${JSON.stringify(json, undefined, 2)}\n`;
}

function alertJson({check, series, since, firedAt, endedAt, timeline, evidence, ...rest}: Alert): object {
	return {
		...rest,
		...(check !== undefined && {check: safeBytes(check)}),
		...(series !== undefined && {series: safeBytes(series)}),
		since: isoOf(since),
		...(firedAt !== undefined && {firedAt: isoOf(firedAt)}),
		...(endedAt !== undefined && {endedAt: isoOf(endedAt)}),
		timeline: timeline.map(({at, ...entry}) => ({at: isoOf(at), ...entry})),
		...(evidence && {evidence: evidenceJson(evidence)}),
	};
}

function evidenceJson({at, hour, ...rest}: NonNullable<Alert['evidence']>): object {
	return {at: isoOf(at), ...(hour && {hour: {...hour, from: isoOf(hour.from), to: isoOf(hour.to)}}), ...rest};
}

function isoOf(at: number): string {
	return new Date(at).toISOString();
}
