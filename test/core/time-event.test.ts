import {expect, test} from 'vitest';
import {type Moment, timeEvent, timeEventEntry} from '../../src/core/time-event.js';

const hour = 3_600_000;
const before: Moment = {now: 50_000, wall: 1_795_000_000_000, uptime: 90_000_000};

/** `before`, and so much later by each clock. */
function after(now: number, wall: number, uptime: number | undefined = now): Moment {
	return {
		now: before.now + now,
		wall: before.wall + wall,
		uptime: uptime === undefined ? undefined : 90_000_000 + uptime,
	};
}

test.each([
	['a second', after(1000, 1000), 0, undefined],
	['a second that NTP makes a little longer', after(1000, 1004), 0, undefined],
	['just under what counts', after(1000, 2999), 0, undefined],
	['set on by two seconds', after(1000, 3000), 0, {kind: 'clock-set', ms: 2000}],
	['set on by an hour', after(1000, 1000 + hour), 0, {kind: 'clock-set', ms: hour}],
	['set back by a day', after(1000, 1000 - 24 * hour), 0, {kind: 'clock-set', ms: -24 * hour}],
	['set on, and nobody tells the uptime', after(1000, 1000 + hour, undefined), 0, {kind: 'clock-set', ms: hour}],
	['suspended for eight hours', after(1000, 8 * hour, 8 * hour), 0, {kind: 'suspended', ms: 8 * hour - 1000}],
	['stopped for a minute', after(60_000, 60_000), 59_000, {kind: 'stalled', ms: 59_000}],
	['a slow tick', after(4000, 4000), 3000, undefined],
	['stopped, and the clock was set meanwhile', after(60_000, hour), 59_000, {kind: 'clock-set', ms: hour - 60_000}],
] as const)('%s', (_, moment, lag, event) => {
	expect(timeEvent(before, moment, lag)).toEqual(event);
});

test('without an uptime before, a sleep is a clock that was set', () => {
	const event = timeEvent({...before, uptime: undefined}, after(1000, 8 * hour, 8 * hour), 0);
	expect(event).toEqual({kind: 'clock-set', ms: 8 * hour - 1000});
});

test.each([
	['clock-set', -3_600_000.4, 'the wall clock was set', {byMs: -3_600_000}],
	['suspended', 5000, 'the machine was suspended', {forMs: 5000}],
	['stalled', 60_000.2, 'healthtop stood still: it was stopped, or the machine was', {forMs: 60_000}],
] as const)('%s is logged', (kind, ms, message, fields) => {
	expect(timeEventEntry({kind, ms})).toEqual({message, fields});
});
