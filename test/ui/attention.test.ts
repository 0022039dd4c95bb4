import {describe, expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import {type Attention, nextAttention} from '../../src/ui/attention.js';
import {anAlert} from '../helpers/scene-alerts.js';

const start = 1_800_000_000_000;

/** One that began to be critical so many seconds after the start. */
const critical = (incident: string, second: number, parts: Partial<Omit<Alert, 'title' | 'text' | 'of'>> = {}): Alert =>
	anAlert(incident, incident, {since: start + second * 1000, firedAt: start + second * 1000, ...parts});
const a = critical('a', 1);
const b = critical('b', 2);
const warning = critical('w', 1, {severity: 'warning'});

/** What there is in each second from the start on, and in which of them the bell rings and what the title says. */
type Step = {readonly alerts: readonly Alert[]; readonly isPast?: true; readonly at?: number; readonly now?: number};
type Row = [steps: readonly Step[], rings: readonly number[], counts: readonly number[]];

const raised: Alert = {
	...warning,
	severity: 'critical',
	timeline: [{at: start + 2000, kind: 'raised', text: warning.text}],
};
const old = critical('o', -3600);

const timelines: Record<string, Row> = {
	'one that fires rings once': [[{alerts: []}, {alerts: [a]}, {alerts: [a]}], [1], [0, 1, 1]],
	'what fires at the start does not': [[{alerts: [a]}, {alerts: [a]}], [], [1, 1]],
	'nor what an engine that goes on brings along': [[{alerts: []}, {alerts: [old]}], [], [0, 1]],
	'a warning does not': [[{alerts: []}, {alerts: [warning]}], [], [0, 0]],
	'until it is critical': [[{alerts: []}, {alerts: [warning]}, {alerts: [raised]}], [2], [0, 0, 1]],
	'one that was old and is raised does': [[{alerts: [warning]}, {alerts: []}, {alerts: [raised]}], [2], [0, 0, 1]],
	'one that is pending does not': [[{alerts: []}, {alerts: [{...a, phase: 'pending'}]}], [], [0, 0]],
	'two at once ring once': [[{alerts: []}, {alerts: [a, critical('c', 1)]}], [1], [0, 2]],
	'another one rings again': [
		[{alerts: []}, {alerts: [a]}, {alerts: [a, b]}],
		[1, 2],
		[0, 1, 2],
	],
	'not more than once a second': [
		[{alerts: []}, {alerts: [a]}, {alerts: [a, b], now: 1999}, {alerts: [a, b]}],
		[1],
		[0, 1, 2, 2],
	],
	'one that was over rings when it is back': [
		[{alerts: []}, {alerts: [a]}, {alerts: []}, {alerts: [a]}],
		[1, 3],
		[0, 1, 0, 1],
	],
	'one that nobody is told of does not': [[{alerts: []}, {alerts: [{...a, mute: 'silenced'}]}], [], [0, 1]],
	'but when that ends': [[{alerts: []}, {alerts: [{...a, mute: 'maintenance'}]}, {alerts: [a]}], [2], [0, 1, 1]],
	'one that was acknowledged in between does not ring again': [
		[{alerts: []}, {alerts: [a]}, {alerts: [{...a, mute: 'acknowledged'}]}, {alerts: [a]}],
		[1],
		[0, 1, 1, 1],
	],
	'while the past is on the screen it is put off': [
		[{alerts: []}, {alerts: [a], isPast: true}, {alerts: [a], isPast: true}, {alerts: [a]}],
		[3],
		[0, 1, 1, 1],
	],
	'after the clock was set back things are new all the same': [
		[{alerts: []}, {alerts: [critical('x', -599)], at: start - 599_000}],
		[1],
		[0, 1],
	],
};

describe('the bell and the title', () => {
	test.each(Object.entries(timelines))('%s', (_, [steps, rings, counts]) => {
		let attention: Attention | undefined;
		const seen = steps.map(({alerts, isPast = false, at, now}, second) => {
			const around = {now: now ?? second * 1000, isPast};
			const next = nextAttention(attention, {alerts, at: at ?? start + second * 1000}, around);
			attention = next.attention;
			return next;
		});
		expect(seen.flatMap((next, second) => (next.rings ? [second] : []))).toEqual(rings);
		expect(seen.map(({critical}) => critical)).toEqual(counts);
	});
});
