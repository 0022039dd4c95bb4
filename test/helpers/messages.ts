import type {Evidence} from '../../src/core/alerts/incident.js';
import type {Message, MessageItem, OtherAlert} from '../../src/core/notifier.js';
import {safe, safeText} from '../../src/core/safe.js';

/** 2026-12-01 14:06:23 UTC. */
export const decidedAt = Date.UTC(2026, 11, 1, 14, 6, 23);

const minute = 60_000;
const firedAt = decidedAt - 4 * minute - 12_000;

const processes = [
	{pid: 812, name: safe`mariadbd`, user: safe`mysql`, cpuPercent: 182.4, memoryBytes: 6.2 * 2 ** 30},
	{pid: 4310, name: safe`php-fpm8.2`, user: safe`www-data`, cpuPercent: 64.1, memoryBytes: 310 * 2 ** 20},
	{pid: 977, name: safe`node`, user: safe`shop`, cpuPercent: 12.7, memoryBytes: 840 * 2 ** 20},
	{pid: 1201, name: safe`redis-server`, user: safe`redis`, cpuPercent: 3.1, memoryBytes: 190 * 2 ** 20},
	{pid: 1, name: safe`systemd`, user: safe`root`, cpuPercent: 0.2, memoryBytes: 12 * 2 ** 20},
];

/** Response times that rise, with a minute of which nothing is known. */
const times = Array.from({length: 60}, (_, at) =>
	at === 20 ? null : at < 50 ? 12 + ((at * 7) % 9) * 3 : 90 + (at - 50) ** 2 * 38,
);

export const evidence: Evidence = {
	at: firedAt,
	hour: {from: firedAt - 60 * minute, to: firedAt, unit: 'ms', values: times, warning: 500, critical: 2000},
	byCpu: processes,
	byMemory: processes.toSorted((a, b) => b.memoryBytes - a.memoryBytes),
	check: {
		type: safe`mysql`,
		text: safe`10.11.6-MariaDB, 151 connections`,
		reason: safe`no answer in 5 s: connected, then silent`,
		ms: 5000,
		stages: [
			{name: 'name', ms: 0.2},
			{name: 'connect', ms: 0.4},
			{name: 'login', ms: 4998},
			{name: 'whole', ms: 5000},
		],
		conditions: [
			{text: safe`[CONNECTED] == true`, status: 'ok'},
			{text: safe`[RESPONSE_TIME] (5000) < 2000`, status: 'critical'},
		],
	},
};

/** An incident that has just fired, or what else is said of it. */
export function item(more: Partial<MessageItem> = {}): MessageItem {
	return {
		incident: 'k3f9',
		tells: 'firing',
		title: safe`orders-db`,
		severity: 'critical',
		isFiring: true,
		text: safe`no answer in 5 s: connected, then silent`,
		firedText: safe`no answer in 5 s: connected, then silent`,
		startedAt: firedAt - 90_000,
		firedAt,
		evidence,
		runbook: safe`https://wiki.example.com/orders-db`,
		timeline: [
			{at: firedAt - 90_000, kind: 'began', severity: 'critical', text: safe`refused on 127.0.0.1:3306`},
			{at: firedAt, kind: 'fired', severity: 'critical', text: safe`no answer in 5 s: connected, then silent`},
			{at: firedAt + 1000, kind: 'queued', text: safe`to ops@example.com`},
		],
		...more,
	};
}

/** One that is over. */
export function over(more: Partial<MessageItem> = {}): MessageItem {
	return item({
		tells: 'resolved',
		isFiring: false,
		text: safe`connected in 0.6 ms`,
		endedAt: decidedAt - 2000,
		...more,
	});
}

export const others: readonly OtherAlert[] = [
	{incident: 'a1b2', title: safe`Disk nearly full /data`, severity: 'warning', since: decidedAt - 26 * minute},
	{incident: 'c3d4', title: safe`certificate shop`, severity: 'warning', since: decidedAt - 40 * 60 * minute},
];

/** What one recipient is told. */
export function message(more: Partial<Message> = {}): Message {
	return {
		id: '01JE0000000000000000000000|ops|ops@example.com|firing|1',
		host: safe`web-01`,
		at: decidedAt,
		mayRepeat: false,
		isTest: false,
		items: [item()],
		others,
		...more,
	};
}

/** So many incidents, of several states and levels. */
export function manyItems(count: number): readonly MessageItem[] {
	return Array.from({length: count}, (_, at) => {
		const more = {incident: `x${at}`, title: safeText(`service-${at}`), text: safeText(`value ${at}`)};
		const severity = at % 2 === 0 ? 'critical' : 'warning';
		return at % 3 === 2 ? over({...more, severity, tells: 'both'}) : item({...more, severity, firedText: more.text});
	});
}
