import {expect, test} from 'vitest';
import {calendarDate, nearTime} from '../../src/core/format.js';

const now = new Date(2026, 10, 22, 3, 14, 51).getTime();

test.each([
	[new Date(2026, 10, 22, 3, 12, 37), '03:12:37'],
	[new Date(2026, 10, 22, 23, 59, 59), '23:59:59'],
	[new Date(2026, 10, 21, 23, 59, 59), 'Nov 21 23:59'],
	[new Date(2026, 0, 1, 0, 0, 0), 'Jan 01 00:00'],
	[new Date(2025, 11, 31, 23, 59, 59), '2025-12-31'],
	[new Date(2027, 0, 1, 0, 0, 0), '2027-01-01'],
])('a moment at %s is shown as %j', (at, text) => {
	expect(nearTime(at.getTime(), now)).toBe(text);
});

test('a date is the one of the local time zone', () => {
	expect(calendarDate(new Date(2026, 1, 3, 23, 59).getTime())).toBe('2026-02-03');
});
