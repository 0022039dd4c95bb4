import {expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import {awaySince, awayText, shortAwayText, wasAway, withFirstKey, withKey} from '../../src/ui/away.js';
import {initialView} from '../../src/ui/view-state.js';
import {anAlert} from '../helpers/scene-alerts.js';

const [now, minute] = [1_800_000_000_000, 60_000];
const fired = (ago: number, parts: Partial<Omit<Alert, 'title' | 'text' | 'of'>> = {}) =>
	anAlert('a', 'a', {since: now - ago, firedAt: now - ago, ...parts});
const over = (ago: number, endedAgo: number) => fired(ago, {phase: 'resolved', endedAt: now - endedAgo});

type Row = [alerts: readonly Alert[], away: number | undefined, text: string | undefined];

const rows: Record<string, Row> = {
	'nothing happened': [[], 60 * minute, undefined],
	'one fired': [[fired(minute)], 192 * minute, '3h 12m: 1 alert, 1 open'],
	'it fired before': [[fired(60 * minute)], 30 * minute, undefined],
	'it was over': [[over(60 * minute, minute)], 30 * minute, '30m0s: 1 alert, over'],
	'it fired and was over': [[over(20 * minute, minute)], 30 * minute, '30m0s: 1 alert, over'],
	'some were over, one is not': [[fired(minute), over(9 * minute, minute)], 30 * minute, '30m0s: 2 alerts, 1 open'],
	'all were over': [[over(8 * minute, minute), over(9 * minute, minute)], 30 * minute, '30m0s: 2 alerts, all over'],
	'it recovers': [[fired(minute, {phase: 'recovering'})], 30 * minute, '30m0s: 1 alert, 1 open'],
	'one only is pending': [[anAlert('a', 'a', {phase: 'pending', since: now - minute})], 30 * minute, undefined],
	'one only is worth knowing': [[fired(minute, {severity: 'info'})], 30 * minute, undefined],
	'five minutes are not away': [[fired(minute)], 5 * minute, undefined],
	'one more is': [[fired(minute)], 5 * minute + 1000, '5m1s: 1 alert, 1 open'],
	'nobody has looked yet': [[fired(minute)], undefined, undefined],
	'the clock was set back since': [[fired(minute)], -60 * minute, undefined],
};

test.each(Object.entries(rows))('%s', (_, [alerts, away, text]) => {
	const found = awaySince(alerts, away === undefined ? undefined : now - away, now);
	expect(found && shortAwayText(found).replace('away ', '')).toBe(text);
});

test('is said in words', () => {
	expect(awayText({ms: 192 * minute, alerts: 2, open: 1})).toBe('while you were away (3h 12m): 2 alerts, 1 open');
});

test('the view knows when the last key was pressed, and before the first one when it was opened', () => {
	const view = initialView(['cpu']);
	expect(withFirstKey(view, undefined)).toBe(view);
	const opened = withFirstKey(view, {at: now});
	expect(opened.keyAt).toBe(now);
	expect(withFirstKey(opened, {at: now + minute})).toBe(opened);
	expect(withKey(opened, {at: now})).toBe(opened);
	expect(withKey(opened, {at: now + minute}).keyAt).toBe(now + minute);
});

test('a key after a long time may take away what was said', () => {
	const view = withKey(initialView(['cpu']), {at: now});
	expect(wasAway(now - 6 * minute, view)).toBe(true);
	expect(wasAway(now - minute, view)).toBe(false);
	expect(wasAway(undefined, view)).toBe(false);
});
