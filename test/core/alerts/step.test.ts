import {describe, expect, test} from 'vitest';
import type {AlertState, Phase} from '../../../src/core/alerts/alert-state.js';
import type {Severity} from '../../../src/core/alerts/severity.js';
import {type Look, type StepEvent, step, type Timing} from '../../../src/core/alerts/step.js';

const timing: Timing = {for: {}, keepFiringFor: 0, downgradeAfter: 300, longestGap: 1000};

/** `.` nothing holds, `w` and `c` warning and critical (both: `wc`), `-` no data, `x` gone. */
type Seen = '.' | 'w' | 'c' | 'wc' | 'i' | '-' | 'x';

type Row = readonly [
	t: number,
	seen: Seen,
	phase: Phase | 'inactive',
	event?: StepEvent | undefined,
	severity?: Severity,
];

const levels: Readonly<Record<string, Severity>> = {w: 'warning', c: 'critical', i: 'info'};

function lookOf(seen: Seen): Look {
	switch (seen) {
		case '-':
			return {kind: 'no data'};
		case 'x':
			return {kind: 'gone'};
		case '.':
			return {kind: 'seen', holds: []};
		default:
			return {kind: 'seen', holds: [...seen].flatMap(letter => levels[letter] ?? [])};
	}
}

const stories: Record<string, [timing: Partial<Timing>, rows: readonly Row[]]> = {
	'without a duration it fires at once': [
		{},
		[
			[0, '.', 'inactive'],
			[1, 'w', 'firing', 'fired', 'warning'],
			[2, 'w', 'firing', undefined, 'warning'],
			[3, '.', 'resolved', 'resolved', 'warning'],
			[4, '.', 'resolved', undefined, 'warning'],
		],
	],
	'it fires when it has held for as long, not before': [
		{for: {warning: 60}},
		[
			[0, 'w', 'pending', 'began'],
			[59, 'w', 'pending'],
			[60, 'w', 'firing', 'fired', 'warning'],
		],
	],
	'a dip while pending starts over': [
		{for: {warning: 60}},
		[
			[0, 'w', 'pending', 'began'],
			[30, '.', 'inactive', 'dropped'],
			[31, 'w', 'pending', 'began'],
			[61, 'w', 'pending'],
			[91, 'w', 'firing', 'fired', 'warning'],
		],
	],
	'while there is no data it gets no older': [
		{for: {warning: 60}},
		[
			[0, 'w', 'pending', 'began'],
			[30, 'w', 'pending'],
			[40, '-', 'pending'],
			[500, '-', 'pending'],
			[510, 'w', 'pending'],
			[539, 'w', 'pending'],
			[540, 'w', 'firing', 'fired', 'warning'],
		],
	],
	'time in which nobody looked does not count': [
		{for: {warning: 60}, longestGap: 10},
		[
			[0, 'w', 'pending', 'began'],
			[5000, 'w', 'pending'],
			[5010, 'w', 'pending'],
			[5050, 'w', 'pending'],
			[5060, 'w', 'pending'],
			[5070, 'w', 'pending'],
			[5080, 'w', 'firing', 'fired', 'warning'],
		],
	],
	'no data resolves nothing': [
		{},
		[
			[0, 'c', 'firing', 'fired', 'critical'],
			[10, '-', 'firing', 'no data', 'critical'],
			[99_999, '-', 'firing', undefined, 'critical'],
			[100_000, 'c', 'firing', undefined, 'critical'],
			[100_001, '.', 'resolved', 'resolved', 'critical'],
		],
	],
	'what is gone is over': [
		{},
		[
			[0, 'c', 'firing', 'fired', 'critical'],
			[10, 'x', 'resolved', 'gone', 'critical'],
		],
	],
	'what is gone while pending is nothing': [
		{for: {critical: 60}},
		[
			[0, 'c', 'pending', 'began'],
			[10, 'x', 'inactive', 'dropped'],
		],
	],
	'it must be well for a while': [
		{keepFiringFor: 30},
		[
			[0, 'w', 'firing', 'fired', 'warning'],
			[10, '.', 'recovering', 'recovering', 'warning'],
			[39, '.', 'recovering', undefined, 'warning'],
			[40, '.', 'resolved', 'resolved', 'warning'],
		],
	],
	'a relapse is the same incident and no news': [
		{keepFiringFor: 30},
		[
			[0, 'w', 'firing', 'fired', 'warning'],
			[10, '.', 'recovering', 'recovering', 'warning'],
			[20, 'w', 'firing', 'relapsed', 'warning'],
			[21, '.', 'recovering', 'recovering', 'warning'],
			[50, '.', 'recovering', undefined, 'warning'],
			[51, '.', 'resolved', 'resolved', 'warning'],
		],
	],
	'no data does not recover either': [
		{keepFiringFor: 30},
		[
			[0, 'w', 'firing', 'fired', 'warning'],
			[10, '.', 'recovering', 'recovering', 'warning'],
			[20, '-', 'recovering', 'no data', 'warning'],
			[90, '-', 'recovering', undefined, 'warning'],
			[91, '.', 'recovering', undefined, 'warning'],
			[120, '.', 'recovering', undefined, 'warning'],
			[121, '.', 'resolved', 'resolved', 'warning'],
		],
	],
	'worse is told when it has held for as long as that level must': [
		{for: {warning: 10, critical: 50}},
		[
			[0, 'w', 'pending', 'began'],
			[10, 'w', 'firing', 'fired', 'warning'],
			[20, 'wc', 'firing', undefined, 'warning'],
			[69, 'wc', 'firing', undefined, 'warning'],
			[70, 'wc', 'firing', 'raised', 'critical'],
		],
	],
	'both at once are the worst': [{}, [[0, 'wc', 'firing', 'fired', 'critical']]],
	'better is believed after a while': [
		{downgradeAfter: 300},
		[
			[0, 'wc', 'firing', 'fired', 'critical'],
			[10, 'w', 'firing', undefined, 'critical'],
			[309, 'w', 'firing', undefined, 'critical'],
			[310, 'w', 'firing', 'downgraded', 'warning'],
			[320, 'wc', 'firing', 'raised', 'critical'],
		],
	],
	'bad again meanwhile starts that over': [
		{downgradeAfter: 300},
		[
			[0, 'wc', 'firing', 'fired', 'critical'],
			[10, 'w', 'firing', undefined, 'critical'],
			[200, 'wc', 'firing', undefined, 'critical'],
			[210, 'w', 'firing', undefined, 'critical'],
			[509, 'w', 'firing', undefined, 'critical'],
			[510, 'w', 'firing', 'downgraded', 'warning'],
		],
	],
	'what comes again soon is the same incident': [
		{},
		[
			[0, 'c', 'firing', 'fired', 'critical'],
			[10, '.', 'resolved', 'resolved', 'critical'],
			[20, 'c', 'firing', 'again', 'critical'],
			[30, '.', 'resolved', 'resolved', 'critical'],
		],
	],
	'and must hold as long as before': [
		{for: {critical: 60}},
		[
			[0, 'c', 'pending', 'began'],
			[60, 'c', 'firing', 'fired', 'critical'],
			[70, '.', 'resolved', 'resolved', 'critical'],
			[80, 'c', 'pending', 'began'],
			[90, '.', 'resolved', 'dropped'],
			[100, 'c', 'pending', 'began'],
			[160, 'c', 'firing', 'again', 'critical'],
		],
	],
	'information is the least': [
		{},
		[
			[0, 'i', 'firing', 'fired', 'info'],
			[10, 'w', 'firing', 'raised', 'warning'],
		],
	],
};

describe.each(Object.entries(stories))('%s', (_, [changes, rows]) => {
	test('step by step', () => {
		let state: AlertState | undefined;

		for (const [t, seen, phase, event, severity] of rows) {
			const next = step(state, lookOf(seen), {...timing, ...changes}, t);
			const got = {t, phase: next.state?.phase ?? 'inactive', event: next.event, severity: next.state?.severity};
			expect(got).toEqual({t, phase, event, severity});
			state = next.state;
		}
	});
});

test('how often it came again is counted', () => {
	const run = (t: number, seen: Seen, state?: AlertState) => step(state, lookOf(seen), timing, t).state;
	const again = run(3, 'w', run(2, '.', run(1, 'w')));
	expect(again).toMatchObject({phase: 'firing', reopened: 1, since: 3});
});
