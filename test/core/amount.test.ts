import {expect, test} from 'vitest';
import {parseAmount} from '../../src/core/amount.js';

test.each([
	['90', 'percent', 90],
	['90%', 'percent', 90],
	['-1.5', 'degrees C', -1.5],
	['512MiB', 'bytes', 512 * 2 ** 20],
	['10MB', 'bytes/s', 1e7],
	['10MB/s', 'bytes/s', 1e7],
	['1h30m', 'seconds', 5400],
	['250ms', 'ms', 250],
	['14d', 'days', 14],
	['36h', 'days', 1.5],
	['1e3', 'count', 1000],
] as const)('%s in %s is %d', (text, unit, value) => {
	expect(parseAmount(text, unit)).toBe(value);
});

test.each([
	['', 'count'],
	[' ', 'count'],
	['5MiB', 'count'],
	['5MB/s', 'bytes'],
	['5/s', 'bytes/s'],
	['5MB', 'bits/s'],
	['5%', 'bytes'],
	['-5%', 'percent'],
	['5s', 'percent'],
	['s', 'seconds'],
	['NaN', 'count'],
	['Infinity', 'seconds'],
] as const)('%j is no amount in %s', (text, unit) => {
	expect(parseAmount(text, unit)).toBeUndefined();
});
