import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseMoment} from '../../src/core/parse-moment.js';

/** A Sunday. */
const now = new Date(2026, 10, 22, 3, 14, 51).getTime();
const at = (day: number, hour: number, minute: number, second = 0) =>
	new Date(2026, 10, day, hour, minute, second, 500).getTime();

const moments: Record<string, number> = {
	'03:12': at(22, 3, 12),
	'3:12': at(22, 3, 12),
	'03:12:40': at(22, 3, 12, 40),
	'  03:12  ': at(22, 3, 12),
	'22:00': at(21, 22, 0),
	'today 03:00': at(22, 3, 0),
	'yesterday 22:00': at(21, 22, 0),
	'Yesterday 22:00': at(21, 22, 0),
	'sat 03:12': at(21, 3, 12),
	'Saturday 03:12': at(21, 3, 12),
	'mon 03:12': at(16, 3, 12),
	'sun 03:00': at(22, 3, 0),
	'sun 04:00': at(15, 4, 0),
	'2026-11-20 03:12': at(20, 3, 12),
	'2026-11-20T03:12:07': at(20, 3, 12, 7),
	'2h ago': now - 7_200_000,
	'1h30m ago': now - 5_400_000,
	'1h 30m ago': now - 5_400_000,
	'1.5h': now - 5_400_000,
	'-90s': now - 90_000,
	'3d ago': now - 259_200_000,
};

describe('a moment that people write', () => {
	test.each(Object.entries(moments))('%j', (text, expected) => {
		expect(parseMoment(text, now)).toEqual({ok: true, at: expected});
	});
});

describe('what is none says what to write', () => {
	test.each([
		'24:00',
		'03:60',
		'03:12:60',
		'noon',
		'xyz 03:12',
		'2026-02-30 03:12',
		'2026-13-01 03:12',
		'2h later',
		'ago',
		'',
		'12',
		'03:12 \x1b[2J',
		'month 03:12',
		'sunset 00:00',
		'0001-01-01 00:00',
		'99999999999d ago',
	])('%j', text => {
		expect(parseMoment(text, now)).toEqual({ok: false, problem: expect.stringContaining('03:12, yesterday 22:00')});
	});

	test.each(['today 22:00', '2026-11-23 00:00', '2027-01-01 00:00'])('%j is not yet', text => {
		expect(parseMoment(text, now)).toEqual({ok: false, problem: 'that has not been yet'});
	});
});

test('whatever is typed is a moment that has been, or none', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9smhdago:\- ]{0,12}$/)), text => {
			const parsed = parseMoment(text, now);
			expect(parsed.ok ? parsed.at <= now && Number.isFinite(parsed.at) : parsed.problem.length > 0).toBe(true);
		}),
	);
});
