import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	about,
	bytes,
	bytesPerSecond,
	bytesShort,
	hundredths,
	percent,
	percentUp,
	span,
	startTime,
	tenths,
	timeOfDay,
} from '../../src/core/format.js';

const tables: Record<string, [format: (value: number | undefined) => string, rows: [number | undefined, string][]]> = {
	bytes: [
		bytes,
		[
			[undefined, '       -'],
			[0, '     0 B'],
			[512, '   512 B'],
			[1023, '  1023 B'],
			[1023.4, '  1023 B'],
			[1023.9, ' 1.0 KiB'],
			[1024, ' 1.0 KiB'],
			[10_188, ' 9.9 KiB'],
			[10_189, '  10 KiB'],
			[1024 * 1023.4, '1023 KiB'],
			[1024 * 1023.9, ' 1.0 MiB'],
			[1.2 * 1024 ** 3, ' 1.2 GiB'],
			[612 * 1024 ** 3, ' 612 GiB'],
			[1024 ** 5, ' 1.0 PiB'],
			[5000 * 1024 ** 5, ' 4.9 EiB'],
			[-1, '     0 B'],
		],
	],
	bytesPerSecond: [
		bytesPerSecond,
		[
			[undefined, '       -'],
			[0, '   0 B/s'],
			[0.4, '   0 B/s'],
			[999, ' 999 B/s'],
			[999.4, ' 999 B/s'],
			[999.5, '1.0 kB/s'],
			[9949, '9.9 kB/s'],
			[9950, ' 10 kB/s'],
			[310_000, '310 kB/s'],
			[999_499, '999 kB/s'],
			[999_500, '1.0 MB/s'],
			[1_200_000, '1.2 MB/s'],
			[3_125_000_000, '3.1 GB/s'],
		],
	],
	bytesShort: [
		bytesShort,
		[
			[undefined, '-'],
			[512, '512 B'],
			[1024, '1.0 KiB'],
		],
	],
	percent: [
		percent,
		[
			[undefined, '   -'],
			[0, '  0%'],
			[23.49, ' 23%'],
			[99.5, '100%'],
			[100, '100%'],
		],
	],
	percentUp: [
		percentUp,
		[
			[undefined, '   -'],
			[0, '  0%'],
			[94, ' 94%'],
			[94.000_000_000_01, ' 94%'],
			[94.1, ' 95%'],
			[99.01, '100%'],
			[100, '100%'],
		],
	],
	tenths: [
		tenths,
		[
			[undefined, '    -'],
			[0, '  0.0'],
			[12.14, ' 12.1'],
			[100, '100.0'],
			[999.94, '999.9'],
			[999.95, ' 1000'],
			[12_800, '12800'],
		],
	],
	hundredths: [
		hundredths,
		[
			[undefined, '    -'],
			[0.42, ' 0.42'],
			[64.125, '64.13'],
			[128, '128.00'],
		],
	],
	span: [
		value => span(value ?? 0),
		[
			[-5, '0s'],
			[0, '0s'],
			[40.9, '40s'],
			[60, '1m0s'],
			[134, '2m14s'],
			[3599, '59m59s'],
			[18_120, '5h 2m'],
			[86_399, '23h 59m'],
			[86_400, '1d 0h'],
			[12 * 86_400 + 3 * 3600, '12d 3h'],
			[99 * 86_400 + 86_399, '99d 23h'],
			[100 * 86_400, '100d'],
		],
	],
};

for (const [name, [format, rows]] of Object.entries(tables)) {
	describe(name, () => {
		test.each(rows)('%s is %j', (value, text) => {
			expect(format(value)).toBe(text);
		});
	});
}

describe('whatever the value is', () => {
	const amounts = fc.oneof(fc.double({min: 0, max: 1e15, noNaN: true}), fc.maxSafeNat());

	test.each([
		['bytes', bytes, /^ *(?:\d\.\d [KMGTPE]iB|\d{1,4} (?:B|[KMGTPE]iB))$/],
		['bytesPerSecond', bytesPerSecond, /^ *(?:\d\.\d [kMGTP]B|\d{1,3} (?:|[kMGTP])B)\/s$/],
	] as const)('%s takes 8 columns', (_, format, shape) => {
		fc.assert(
			fc.property(amounts, amount => {
				expect(format(amount)).toHaveLength(8);
				expect(format(amount)).toMatch(shape);
			}),
		);

		for (let power = 0; power <= 15; power++) {
			for (const factor of [0.999_4, 0.999_5, 0.999_95, 1, 1.024, 9.949, 9.95, 9.99]) {
				expect(format(factor * 10 ** power)).toHaveLength(8);
				expect(format(factor * 1024 ** (power / 3))).toHaveLength(8);
			}
		}
	});

	test('a span takes at most 7 columns', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 1e9}), seconds => {
				expect(span(seconds).length).toBeLessThanOrEqual(7);
			}),
		);
	});
});

const local = (text: string) => new Date(text).getTime();

test('a time of day has two digits everywhere, in the local time zone', () => {
	expect(timeOfDay(local('2026-11-22T03:04:05'))).toBe('03:04:05');
});

test.each([
	['2026-11-22T03:14:59', '03:14'],
	['2026-11-21T23:59:59', 'Nov21'],
	['2026-01-02T00:00:00', 'Jan02'],
	['2025-12-31T23:59:59', ' 2025'],
])('what started at %s is shown as %j', (then, text) => {
	expect(startTime(local(then), local('2026-11-22T12:00:00'))).toBe(text);
});

test.each([
	[0, '~1m'],
	[89, '~1m'],
	[91, '~2m'],
	[3569, '~59m'],
	[3570, '~1h'],
	[5400, '~2h'],
	[16_560, '~5h'],
	[172_769, '~48h'],
	[172_771, '~2d'],
	[31_536_000, '~365d'],
])('about %i s is %s', (seconds, text) => {
	expect(about(seconds)).toBe(text);
});
