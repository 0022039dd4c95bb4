import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatDuration} from '../../src/config/format-duration.js';
import {parseDuration} from '../../src/config/parse-duration.js';

describe('a duration is read', () => {
	test.each<[string, number | undefined]>([
		['0ms', 0],
		['200ms', 200],
		['0.5ms', 0.5],
		['1.001s', 1001],
		['1.5s', 1500],
		['5m', 300_000],
		['48h', 172_800_000],
		['90d', 7_776_000_000],
		['007s', 7000],
		['', undefined],
		['s', undefined],
		['1', undefined],
		['1.s', undefined],
		['.5s', undefined],
		['+1s', undefined],
		['1s ', undefined],
		['1s\n', undefined],
		['1h30m', undefined],
		['1constructor', undefined],
	])('%j', (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});
});

describe('a duration is written the shortest way, but not below one of its unit:', () => {
	test.each([
		[0, '0s'],
		[0.5, '0.5ms'],
		[0.036, '0.036ms'],
		[1, '1ms'],
		[200, '200ms'],
		[1000, '1s'],
		[1001, '1001ms'],
		[1500, '1.5s'],
		[10_000, '10s'],
		[60_000, '1m'],
		[90_000, '90s'],
		[5_400_000, '90m'],
		[129_600_000, '36h'],
		[86_400_000, '1d'],
		[7_776_000_000, '90d'],
	])('%s ms', (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});
});

test('whatever is read, what is written of it is read as the same, and never longer', () => {
	const texts = fc
		.tuple(
			fc.integer({min: 0, max: 100_000}),
			fc.option(fc.stringMatching(/^\d{1,4}$/)),
			fc.constantFrom('ms', 's', 'm', 'h', 'd'),
		)
		.map(([whole, fraction, unit]) => `${whole}${fraction === null ? '' : `.${fraction}`}${unit}`);
	fc.assert(
		fc.property(texts, text => {
			const ms = parseDuration(text) ?? Number.NaN;
			const written = formatDuration(ms);
			expect(parseDuration(written)).toBe(ms);
			expect(formatDuration(ms)).toBe(written);

			if (!/^0*\./.test(text) && !text.startsWith('0') && ms % 1 === 0) {
				expect(written.length).toBeLessThanOrEqual(text.length);
			}
		}),
	);
});

test('every whole number of ms is written and read', () => {
	fc.assert(
		fc.property(fc.nat({max: 2 ** 31 - 1}), ms => {
			expect(parseDuration(formatDuration(ms))).toBe(ms);
		}),
	);
});
