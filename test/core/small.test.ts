import {describe, expect, test} from 'vitest';
import {
	ConfigError,
	codeOf,
	messageOf,
	NoTerminalError,
	ParseError,
	Unsupported,
	UserError,
} from '../../src/core/errors.js';
import {type Filter, isWanted} from '../../src/core/filter.js';
import {type Level, levelOf} from '../../src/core/levels.js';
import {present} from '../../src/core/present.js';
import {rate} from '../../src/core/rate.js';
import {baseOf, seriesName, sumOf} from '../../src/core/series.js';
import {seriesTable} from '../../src/core/series-table.js';

const rates: Record<
	string,
	[current: number | undefined, previous: number | undefined, elapsed: number, rate: number | undefined]
> = {
	'growth a second': [3000, 1000, 2000, 1000],
	'nothing moved': [5, 5, 1000, 0],
	'a short interval': [10, 0, 1, 10_000],
	'no reading before': [5, undefined, 1000, undefined],
	'no reading now': [undefined, 5, 1000, undefined],
	'neither now nor before': [undefined, undefined, 1000, undefined],
	'a counter that went backwards': [4, 5, 1000, undefined],
	'a counter of 32 bits that wrapped': [10, 4_294_967_290, 1000, undefined],
	'no time passed': [9, 5, 0, undefined],
	'a clock that went backwards': [9, 5, -1, undefined],
	'a counter beyond 2^53 keeps its order of magnitude': [2 ** 60 + 2 ** 20, 2 ** 60, 1000, 2 ** 20],
};

describe('a rate', () => {
	test.each(Object.entries(rates))('%s', (_, [current, previous, elapsed, expected]) => {
		expect(rate(current, previous, elapsed)).toBe(expected);
	});
});

const judged: [series: string, value: number | undefined, level: Level][] = [
	['memory.used', 89.99, 'ok'],
	['memory.used', 90, 'warning'],
	['memory.used', 95, 'critical'],
	['memory.used', undefined, 'ok'],
	['cpu.used', 100, 'warning'],
	['disk.used', 94.9, 'warning'],
	['swap.used', 100, 'warning'],
	['network.received', 1e12, 'ok'],
	['constructor', 1e12, 'ok'],
];

test.each(judged)('%s at %s is %s', (series, value, level) => {
	expect(levelOf(series, value)).toBe(level);
});

const filters: [filter: Filter, wanted: string[]][] = [
	[{}, ['/', '/data', '/data2']],
	[{only: ['/data']}, ['/data']],
	[{only: []}, []],
	[{except: ['/data']}, ['/', '/data2']],
	[{only: ['/', '/data'], except: ['/']}, ['/data']],
	[{only: undefined, except: undefined}, ['/', '/data', '/data2']],
];

test.each(filters)('%j lets through %j', (filter, wanted) => {
	expect(['/', '/data', '/data2'].filter(name => isWanted(name, filter))).toEqual(wanted);
});

test('errors carry their exit code, their source and their name', () => {
	expect(new UserError('x')).toMatchObject({exitCode: 1, name: 'UserError'});
	expect(new ConfigError('x')).toMatchObject({exitCode: 78, name: 'ConfigError'});
	expect(new NoTerminalError('x')).toMatchObject({exitCode: 2, name: 'NoTerminalError'});
	expect(new ParseError('/proc/x', 'is cut')).toMatchObject({source: '/proc/x', message: '/proc/x: is cut'});
	expect(new Unsupported('x').name).toBe('Unsupported');
	expect(new ConfigError('x')).toBeInstanceOf(UserError);
});

test.each([
	[Object.assign(new Error('x'), {code: 'ENOENT'}), 'ENOENT', 'x'],
	[Object.assign(new Error('x'), {code: 5}), undefined, 'x'],
	[new DOMException('gone', 'AbortError'), undefined, 'gone'],
	['text', undefined, 'text'],
	[undefined, undefined, 'undefined'],
	[{code: 'ENOENT'}, undefined, '[object Object]'],
])('of %s the code is %s', (thrown, code, message) => {
	expect(codeOf(thrown)).toBe(code);
	expect(messageOf(thrown)).toBe(message);
});

test('a series is named area.measure, once, and has its instance after the first colon', () => {
	const names = seriesTable.map(({name}) => name);
	expect(new Set(names).size).toBe(names.length);

	for (const name of names) {
		expect(name).toMatch(/^[a-z]+(?:\.[a-z\d_]+)?(?::[A-Z]+(?:\/[A-Z]+)?)?$/);
	}

	expect(seriesName('disk.used', '/a:b')).toBe('disk.used:/a:b');
	expect([baseOf('disk.used:/a:b'), baseOf('uptime'), baseOf('x:')]).toEqual(['disk.used', 'uptime', 'x']);
});

test('of entries without a value not even the key is left', () => {
	const entries = present({a: 1, b: undefined, c: 0, d: ''});
	expect(entries).toStrictEqual({a: 1, c: 0, d: ''});
	expect(Object.keys(entries)).toEqual(['a', 'c', 'd']);
	expect(present({})).toStrictEqual({});
});

test('every series has a unit, a meaning and a source, in one line each', () => {
	for (const {name, unit, meaning, source} of seriesTable) {
		expect(unit, name).not.toBe('');
		expect(meaning, name).toMatch(/^[^\n|]{10,}$/);
		expect(meaning, name).not.toMatch(/\.$/);
		expect(source, name).toMatch(/^[^\n|]{3,}$/);
	}
});

test('two values together are known when the first is', () => {
	const series = new Map([
		['a', 1],
		['b', 2],
	]);
	expect([sumOf(series, 'a', 'b'), sumOf(series, 'a', 'x'), sumOf(series, 'x', 'b')]).toEqual([3, 1, undefined]);
});
