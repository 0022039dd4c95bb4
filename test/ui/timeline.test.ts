import {describe, expect, test} from 'vitest';
import {Past} from '../../src/history/past.js';
import type {TimeView} from '../../src/ui/time-view.js';
import {Timeline} from '../../src/ui/timeline.js';

const start = 1_764_000_000_000;
const seconds = 1200;
const newest = start + (seconds - 1) * 1000;
const gap = Number.NaN;

/** Twenty minutes of readings that count the seconds, with a clock that was seen to be set in the 1,100th. */
function aPast(): Past {
	const past = new Past();

	for (let second = 0; second < seconds; second++) {
		const timeEvent = second === 1100 ? {timeEvent: {kind: 'clock-set', ms: 3} as const} : {};
		past.push({
			at: start + second * 1000,
			series: new Map([['cpu.used', second]]),
			intervalMs: 1000,
			...timeEvent,
		});
	}

	return past;
}

const past = aPast();
const live = (span: TimeView['span']): TimeView => ({span, past: undefined});
const back = (span: TimeView['span'], at: number, end = newest): TimeView => ({span, past: {at, end}});

describe('single readings', () => {
	test('live: the last ones, and no cursor', () => {
		const timeline = new Timeline(past, live('readings'), newest);
		expect([...timeline.values('cpu.used', 3)]).toEqual([1197, 1198, 1199]);
		expect([...timeline.times(2)]).toEqual([newest - 1000, newest]);
		expect(timeline.cursor(3)).toBeUndefined();
	});

	test('of the past: up to where graphs stand still, however much later it is', () => {
		const timeline = new Timeline(past, back('readings', newest - 12_000, newest - 10_000), newest);
		expect([...timeline.values('cpu.used', 3)]).toEqual([1187, 1188, 1189]);
		expect(timeline.cursor(3)).toBe(0);
		expect(timeline.cursor(30)).toBe(27);
		expect(timeline.cursor(2)).toBeUndefined();
	});

	test('what is no more remembered one by one is shown as five minutes', () => {
		const timeline = new Timeline(past, back('readings', start + 60_000, start + 120_000), newest);
		expect(timeline.times(5)[0]).toBe(start + 120_000 - 300_000);
		expect([...timeline.values('cpu.used', 5)]).toEqual([gap, gap, gap, 29.5, 89.5]);
	});
});

describe('spans', () => {
	test('live: steps begin at multiples of their length, so that graphs do not dance', () => {
		const timesAt = (at: number) => [...new Timeline(past, live('5m'), at).times(10)];
		expect(newest % 30_000).not.toBe(0);
		expect(timesAt(newest).filter(time => time % 30_000 !== 0)).toEqual([]);
		expect(timesAt(newest - 1000)).toEqual(timesAt(newest));
		expect(timesAt(newest + 30_000)[0]).toBe(timesAt(newest)[1]);
		expect((timesAt(newest).at(-1) ?? 0) + 30_000).toBeGreaterThan(newest);
	});

	test('the cursor stands at the step that the moment is in', () => {
		const timeline = new Timeline(past, back('5m', newest - 150_000), newest);
		expect(timeline.cursor(10)).toBe(5);
		expect(timeline.cursor(100)).toBe(50);
		expect(new Timeline(past, back('5m', newest), newest).cursor(10)).toBe(9);
	});

	test('what happened to time stands at its step', () => {
		const marks = (view: TimeView, count: number) =>
			new Timeline(past, view, newest).marks(count).map(({index, event}) => [event.kind, index]);
		expect(marks(back('5m', newest), 10)).toEqual([['clock-set', 6]]);
		expect(marks(back('1h', newest), 60)).toEqual([
			['started', 40],
			['clock-set', 58],
		]);
		expect(marks(live('readings'), 100)).toEqual([['clock-set', 0]]);
		expect(marks(live('readings'), 99)).toEqual([]);
		expect(marks(back('5m', newest - 200_000, newest - 150_000), 10)).toEqual([]);
	});
});

describe('what was read is kept', () => {
	const next = (before: Timeline, view: TimeView, at: number) => Timeline.next(before, past, view, at) === before;

	test.each<[string, TimeView, number, boolean]>([
		['for the same moment', live('readings'), 0, true],
		['not for the next one', live('readings'), 1000, false],
		['of an hour for the next one', live('1h'), 1000, true],
		['of an hour not for long', live('1h'), 10_000, false],
	])('%s', (_, view, later, isKept) => {
		expect(next(new Timeline(past, view, start), view, start + later)).toBe(isKept);
	});

	test('not for another view or another history', () => {
		const timeline = new Timeline(past, live('1h'), start);
		expect(next(timeline, live('1h'), start)).toBe(false);
		expect(Timeline.next(timeline, past.copy(), live('1h'), start)).not.toBe(timeline);
	});
});
