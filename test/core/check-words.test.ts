import {expect, test} from 'vitest';
import {
	attemptText,
	knownSpan,
	responseTime,
	shortType,
	uptimePercent,
	uptimeText,
} from '../../src/core/check-words.js';
import {aCheck} from '../helpers/scene-checks.js';

test.each([
	[0, '0.0 ms'],
	[0.04, '0.0 ms'],
	[-1, '0.0 ms'],
	[4.2, '4.2 ms'],
	[9.94, '9.9 ms'],
	[9.96, '10 ms'],
	[42.3, '42 ms'],
	[9999, '9999 ms'],
	[9999.6, '10.0 s'],
	[12_345, '12.3 s'],
])('%f ms are shown as %j', (ms, text) => {
	expect(responseTime(ms)).toBe(text);
});

const day = 86_400_000;

test.each([
	[100, '100%'],
	[99.999, '99.99%'],
	[99.999_999_999, '99.99%'],
	[99.994, '99.99%'],
	[99.98, '99.98%'],
	[99.989, '99.99%'],
	[99, '99.00%'],
	[98.999, '99.0%'],
	[79.995, '80.0%'],
	[64.29, '64.3%'],
	[50, '50.0%'],
	[0.001, '0.0%'],
	[0, '0%'],
])('an uptime of %s is shown as %j', (percent, text) => {
	expect(uptimePercent({percent, ms: 1})).toBe(text);
});

test('any failure in a day is one, whatever is rounded', () => {
	for (let failedMs = 1; failedMs < day; failedMs = Math.ceil(failedMs * 1.7)) {
		const percent = 100 - (failedMs / day) * 100;
		const shown = Number.parseFloat(uptimePercent({percent, ms: day}));
		expect(shown).toBeLessThan(100);
		expect(Math.abs(percent - shown)).toBeLessThan(percent > 99 ? 0.010_001 : 0.050_001);
	}
});

test.each([
	[0, '0s'],
	[999, '0s'],
	[40_000, '40s'],
	[59 * 60_000, '59m'],
	[3_599_999, '59m'],
	[6.99 * 3_600_000, '6h'],
	[day, '24h'],
])('%s ms of what is known are shown as %j', (ms, text) => {
	expect(knownSpan({percent: 100, ms})).toBe(text);
});

test.each([
	[{percent: 99.98, ms: day}, '99.98% 24h'],
	[{percent: 100, ms: 6 * 3_600_000}, '100%  6h'],
	[{percent: 0, ms: 0}, '0%  0s'],
	[undefined, '-'],
])('an uptime and what it is of: %j', (uptime, text) => {
	expect(uptimeText(uptime ? {uptime} : {})).toBe(text);
});

test.each([
	['process', 'proc'],
	['http', 'http'],
	['certificate', 'cert'],
	['systemd', 'unit'],
	['command', 'cmd'],
	['mysql', 'mysql'],
	['constructor', 'constructor'],
])('a check of type %s is called %s where there is little room', (type, word) => {
	expect(shortType(aCheck('a', type))).toBe(word);
});

test.each([
	[aCheck('a', 'tcp', {result: {}}), ''],
	[aCheck('a', 'tcp', {attempt: {count: 2, of: 3}, result: {status: 'critical'}}), '2/3'],
	[aCheck('a', 'tcp', {status: 'critical', attempt: {count: 1, of: 2}, result: {}}), 'ok 1/2'],
	[aCheck('a', 'tcp', {status: 'waiting', attempt: {count: 1, of: 3}, result: {status: 'unknown'}}), '1/3'],
] as const)('which result it is of how many', (check, text) => {
	expect(attemptText(check)).toBe(text);
});
