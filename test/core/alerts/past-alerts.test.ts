import {describe, expect, test} from 'vitest';
import type {Alert} from '../../../src/core/alerts/alert.js';
import type {TimelineEntry} from '../../../src/core/alerts/incident.js';
import {pastAlerts} from '../../../src/core/alerts/past-alerts.js';
import {safe, safeText} from '../../../src/core/safe.js';

const at = (minute: number) => 1_800_000_000_000 + minute * 60_000;
const entry = (minute: number, kind: TimelineEntry['kind'], severity?: TimelineEntry['severity']): TimelineEntry => ({
	at: at(minute),
	kind,
	text: safeText(`${kind} at ${minute}`),
	...(severity && {severity}),
});

/** Pending at 1, a warning from 2 on, critical from 5 on, told at 3 and 6, without data at 7, well at 8, over at 10. */
const alert: Alert = {
	incident: 'k3f9',
	title: safe`Disk nearly full /`,
	of: safe`disk.used:/`,
	series: 'disk.used:/',
	phase: 'resolved',
	severity: 'critical',
	isStale: false,
	isFlapping: false,
	since: at(1),
	firedAt: at(2),
	endedAt: at(10),
	text: safe`now`,
	mute: 'acknowledged',
	told: {sent: 2, waiting: 0, refused: 0},
	evidence: {at: at(2), byCpu: [], byMemory: []},
	timeline: [
		entry(1, 'began', 'warning'),
		entry(2, 'fired', 'warning'),
		entry(3, 'sent'),
		entry(5, 'raised', 'critical'),
		entry(6, 'sent'),
		entry(7, 'no data'),
		entry(8, 'recovering'),
		entry(10, 'resolved'),
	],
};

type Row = readonly [minute: number, phase: Alert['phase'], severity: Alert['severity'], text: string, sent: number];

test.each<Row>([
	[1, 'pending', 'warning', 'began at 1', 0],
	[2, 'firing', 'warning', 'fired at 2', 0],
	[3, 'firing', 'warning', 'fired at 2', 1],
	[5, 'firing', 'critical', 'raised at 5', 1],
	[6, 'firing', 'critical', 'raised at 5', 2],
	[8, 'recovering', 'critical', 'recovering at 8', 2],
	[9, 'recovering', 'critical', 'recovering at 8', 2],
	[10, 'resolved', 'critical', 'resolved at 10', 2],
])('after %i minutes it was %s, %s: %s', (minute, phase, severity, text, sent) => {
	const [then] = pastAlerts([alert], at(minute));
	expect(then).toMatchObject({phase, severity, text, told: {sent, waiting: 0, refused: 0}});
	expect(then?.timeline.every(one => one.at <= at(minute))).toBe(true);
	expect(then?.mute).toBeUndefined();
	expect([then?.firedAt, then?.evidence !== undefined]).toEqual(minute < 2 ? [undefined, false] : [at(2), true]);
	expect(then?.endedAt).toBe(minute < 10 ? undefined : at(10));
	expect(then?.isStale).toBe(minute === 7);
});

test('it had no data from when that was so until something else was', () => {
	const stale = (minute: number) => pastAlerts([alert], at(minute))[0]?.isStale;
	expect([6, 7, 7.5, 8].map(stale)).toEqual([false, true, true, false]);
});

test('it flapped in between', () => {
	const flapping = {...alert, timeline: [...alert.timeline.slice(0, 2), entry(3, 'flapping'), entry(4, 'steady')]};
	expect([2, 3, 4].map(minute => pastAlerts([flapping], at(minute))[0]?.isFlapping)).toEqual([false, true, false]);
});

describe('of several', () => {
	const named = (incident: string, parts: Partial<Alert>): Alert => ({...alert, incident, timeline: [], ...parts});
	const names = (alerts: readonly Alert[], minute: number) =>
		pastAlerts(alerts, at(minute)).map(({incident}) => incident);

	test('the worst is first, and those to come are not there', () => {
		const alerts = [
			named('over', {endedAt: at(3)}),
			named('pending', {firedAt: at(9)}),
			named('warning', {severity: 'warning'}),
			named('critical', {}),
			named('later', {since: at(8)}),
		];
		expect(names(alerts, 5)).toEqual(['critical', 'warning', 'pending', 'over']);
	});

	test('what no timeline tells follows from when it fired and was over', () => {
		const phases = [1, 5, 11].map(minute => pastAlerts([named('a', {})], at(minute))[0]?.phase);
		expect(phases).toEqual(['pending', 'firing', 'resolved']);
	});
});
