import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parse, refusal} from './given.js';

const rule = (when: unknown) => JSON.stringify({rules: [{name: 'a', series: 'load.1', warning: {above: 1}, when}]});

async function opening(when: object): Promise<(wall: number) => boolean> {
	const isOpen = (await parse(rule(when))).config.rules[0]?.when?.isOpen;
	expect(isOpen).toBeDefined();
	return isOpen ?? (() => false);
}

const weekdays = {cron: '0 8 * * 1-5', duration: '10h', timezone: 'Europe/Berlin'};

describe('from 8 to 18 from Monday to Friday in Berlin', () => {
	test.each<[at: string, isOpen: boolean]>([
		['2026-11-30T06:59:59.999Z', false],
		['2026-11-30T07:00:00.000Z', true],
		['2026-11-30T16:59:59.999Z', true],
		['2026-11-30T17:00:00.000Z', false],
		['2026-12-05T12:00:00.000Z', false],
		['2026-12-06T12:00:00.000Z', false],
		['2026-12-07T07:00:00.001Z', true],
		// In summer an hour earlier, by UTC.
		['2026-07-01T06:00:00.000Z', true],
		['2026-07-01T05:59:59.000Z', false],
		['2026-07-01T16:00:00.000Z', false],
	])('%s: %s', async (at, expected) => {
		const isOpen = await opening(weekdays);
		expect(isOpen(Date.parse(at))).toBe(expected);
		expect(isOpen(Date.parse(at))).toBe(expected);
	});
});

test('hours that begin again before they end are open all the time', async () => {
	const isOpen = await opening({cron: '*/5 * * * *', duration: '7m'});
	const begin = Date.parse('2026-12-01T00:00:00Z');
	expect(Array.from({length: 60}, (_, minute) => isOpen(begin + minute * 60_000))).toEqual(Array(60).fill(true));
});

test('in whatever order it is asked, the answer is the same', async () => {
	const day = 86_400_000;
	const begin = Date.parse('2026-03-27T00:00:00Z');
	const moments = fc.array(fc.integer({min: begin, max: begin + 5 * day}), {maxLength: 30});
	const isOpen = await opening({cron: '30 1,14 * * *', duration: '3h', timezone: 'Europe/Berlin'});
	await fc.assert(
		fc.asyncProperty(moments, async walls => {
			const fresh = await opening({cron: '30 1,14 * * *', duration: '3h', timezone: 'Europe/Berlin'});
			expect(walls.map(isOpen)).toEqual(walls.toReversed().map(fresh).toReversed());
		}),
		{numRuns: 50},
	);
});

test('an hour of every day at 3 is open for an hour of every day', async () => {
	const isOpen = await opening({cron: '@daily', duration: '1h', timezone: 'UTC'});
	const begin = Date.parse('2026-12-01T00:00:00Z');
	const open = Array.from({length: 48 * 60}, (_, minute) => minute).filter(minute => isOpen(begin + minute * 60_000));
	expect(open).toEqual(Array.from({length: 120}, (_, index) => (index < 60 ? index : 1380 + index)));
});

const cron =
	'must be five fields as cron has them, minute, hour, day, month and weekday: "0 8 * * 1-5" is at 8 from Monday to Friday';

test.each<[name: string, when: unknown, problem: string]>([
	['four fields', {...weekdays, cron: '0 8 * *'}, `.cron: ${cron}, got "0 8 * *"`],
	['seconds', {...weekdays, cron: '0 0 8 * * *'}, `.cron: ${cron}, got "0 0 8 * * *"`],
	['a minute that there is not', {...weekdays, cron: '61 8 * * *'}, `.cron: ${cron}, got "61 8 * * *"`],
	['a day that never comes', {...weekdays, cron: '0 0 30 2 *'}, `.cron: ${cron}, got "0 0 30 2 *"`],
	['one moment', {...weekdays, cron: '2026-12-24T00:00:00'}, `.cron: ${cron}, got "2026-12-24T00:00:00"`],
	['nothing', {...weekdays, cron: ''}, `.cron: ${cron}, got ""`],
	['no duration', {cron: '0 8 * * *'}, '.duration: is missing'],
	['a moment', {...weekdays, duration: '1s'}, '.duration: must be between "1m" and "31d", got "1s"'],
	[
		'a place that there is not',
		{...weekdays, timezone: 'Europe/Berln'},
		'.timezone: must be a time zone such as "Europe/Berlin" or "UTC", got "Europe/Berln"',
	],
	['a key misspelt', {...weekdays, timezon: 'UTC'}, ": unknown key 'timezon'; did you mean 'timezone'?"],
	['a text', '0 8 * * 1-5', ': must be an object, got "0 8 * * 1-5"'],
])('is refused: %s', async (_, when, problem) => {
	expect(await refusal(() => parse(rule(when)))).toBe(`config.json has 1 problem:\n  line 1, rules[0].when${problem}`);
});
