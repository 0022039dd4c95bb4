import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {spanNames} from '../../src/core/span.js';
import {goTo, live, reduceTime, type TimeAround, type TimeCommand, type TimeView} from '../../src/ui/time-view.js';

const newest = 10_000_000;
const around: TimeAround = {newest, beat: 1000};
const past = (span: TimeView['span'], ago: number, endAgo = 0): TimeView => ({
	span,
	past: {at: newest - ago, end: newest - endAgo},
});

const rows: Record<string, [before: TimeView, command: TimeCommand, after: TimeView]> = {
	'the first press only shows the cursor': [live, 'earlier', past('readings', 0)],
	'forward, too': [live, 'later', past('readings', 0)],
	'one reading back': [past('readings', 0), 'earlier', past('readings', 1000)],
	'one reading forward': [past('readings', 5000), 'later', past('readings', 4000)],
	'ten readings back': [past('readings', 5000), 'much-earlier', past('readings', 15_000)],
	'not beyond the newest': [past('readings', 5000), 'much-later', past('readings', 0)],
	'beyond what graphs show they move with it': [past('readings', 29_000), 'earlier', past('readings', 30_000, 15_000)],
	'a step of five minutes': [past('5m', 0), 'earlier', past('5m', 5000)],
	'a step of a day': [past('24h', 0), 'earlier', past('24h', 900_000)],
	'graphs stand still while the moment is in them': [
		past('5m', 100_000, 50_000),
		'earlier',
		past('5m', 105_000, 50_000),
	],
	'forward out of the graphs': [past('5m', 50_000, 50_000), 'later', past('5m', 45_000)],
	'a longer span': [live, 'longer', {span: '5m', past: undefined}],
	'a longer span of the past keeps the moment': [past('5m', 60_000, 50_000), 'longer', past('15m', 60_000, 50_000)],
	'a shorter span that has it no more moves to it': [past('15m', 600_000), 'shorter', past('5m', 600_000, 450_000)],
	'the longest is the last': [{span: '90d', past: undefined}, 'longer', {span: '90d', past: undefined}],
	'the shortest is the first': [live, 'shorter', live],
	'back to now keeps the span': [past('1h', 5000), 'live', {span: '1h', past: undefined}],
	'now is now': [live, 'live', live],
};

describe('moving through time', () => {
	test.each(Object.entries(rows))('%s', (_, [before, command, after]) => {
		expect(reduceTime(before, command, around)).toEqual(after);
	});
});

describe('a moment that was named', () => {
	test('of the last readings is seen among them', () => {
		expect(goTo(live, newest - 20_000, around)).toEqual(past('readings', 20_000));
	});

	test('of before them is seen in a quarter of an hour', () => {
		expect(goTo(live, newest - 300_000, around)).toEqual(past('15m', 300_000));
	});

	test('of long ago stands in the middle', () => {
		expect(goTo({span: '1h', past: undefined}, newest - 7_200_000, around)).toEqual(past('1h', 7_200_000, 5_400_000));
	});
});

test('whatever is pressed, the moment has been, and graphs of that span have it', () => {
	const command = fc.constantFrom<TimeCommand>(
		'earlier',
		'later',
		'much-earlier',
		'much-later',
		'longer',
		'shorter',
		'live',
	);
	const step = fc.record({command, passed: fc.nat(100_000)});
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), steps => {
			let [view, now] = [live, newest];

			for (const {command, passed} of steps) {
				now += passed;
				view = reduceTime(view, command, {newest: now, beat: 1000});
				expect(spanNames).toContain(view.span);
				expect(view.past?.at ?? 0).toBeLessThanOrEqual(view.past?.end ?? 0);
				expect(view.past?.end ?? 0).toBeLessThanOrEqual(now);
			}
		}),
	);
});
