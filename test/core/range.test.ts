import {expect, test} from 'vitest';
import {isAlarming, parseRange} from '../../src/core/range.js';

/** The table of https://nagios-plugins.org/doc/guidelines.html, and units. */
test.each([
	['10', [-1, 11], [0, 5, 10]],
	['10:', [9, -1], [10, 1e9]],
	['~:10', [11], [10, -1e9]],
	['10:20', [9, 21], [10, 20]],
	['@10:20', [10, 15, 20], [9, 21]],
	['@10', [0, 10], [-1, 11]],
	['-5:-1', [0, -6], [-5, -1]],
	['1.5:2.5', [1.4, 2.6], [2]],
	['0:', [-0.1], [0]],
] as const)('%s alarms for %j, and not for %j', (text, alarming, quiet) => {
	const range = parseRange(text, 'count');
	expect(range).toBeDefined();
	expect(alarming.filter(value => range && !isAlarming(value, range))).toEqual([]);
	expect(quiet.filter(value => range && isAlarming(value, range))).toEqual([]);
});

test.each([
	['512MiB', 'bytes', 512 * 2 ** 20],
	['1.5GB', 'bytes', 1.5e9],
	['2MB', 'bytes/s', 2e6],
	['90s', 'seconds', 90],
	['7d', 'seconds', 604_800],
	['1h30m', 'seconds', 5400],
	['250ms', 'ms', 250],
	['80%', 'percent', 80],
	['3', 'seconds', 3],
] as const)('%s of %s is %d', (text, unit, most) => {
	expect(parseRange(text, unit)?.most).toBe(most);
});

test.each(['', ':', '@', 'x', '10:5', '10-20', '1:2:3', '10 : 20', '5MiB', '5s', 'NaN', 'Infinity'])(
	'%j is no range of a count',
	text => {
		expect(parseRange(text, 'count')).toBeUndefined();
	},
);
