import {describe, expect, test} from 'vitest';
import {parseDurationMs} from '../../src/core/duration-ms.js';
import {atJsonPath, parseJsonPath} from '../../src/core/json-path.js';
import {monitorImpaired, type Reached} from '../../src/core/monitor-impaired.js';
import {Uptime} from '../../src/core/uptime.js';
import {matchesWildcard} from '../../src/core/wildcard.js';

test.each([
	['*', '', true],
	['*', 'anything\nat all', true],
	['a*c', 'abbbc', true],
	['a*c', 'abbbd', false],
	['a?c', 'abc', true],
	['a?c', 'ac', false],
	['*<h1>*</h1>*', '<p><h1>x</h1></p>', true],
	['', '', true],
	['', 'x', false],
	['a.c', 'abc', false],
	['**a', 'ba', true],
	[`${'a*'.repeat(30)}b`, 'a'.repeat(10_000), false],
])('the pattern %s and the text %.20s: %s', (pattern, text, isMatch) => {
	expect(matchesWildcard(pattern, text)).toBe(isMatch);
});

test.each([
	['.a.b[2]', ['a', 'b', 2]],
	['[0].x-y', [0, 'x-y']],
	['', []],
	['.', undefined],
	['a', undefined],
	['[x]', undefined],
	['.a b', undefined],
])('the path %s', (path, steps) => {
	expect(parseJsonPath(path)).toEqual(steps);
});

test('a path leads to what is there, and never to what is inherited', () => {
	expect(atJsonPath({a: [{b: 0}]}, ['a', 0, 'b'])).toBe(0);
	expect(atJsonPath({a: null}, ['a', 'b'])).toBeUndefined();
	expect(atJsonPath({}, ['constructor'])).toBeUndefined();
	expect(atJsonPath([], ['length', 'x'])).toBeUndefined();
});

test.each([
	['300ms', 300],
	['1h30m', 5_400_000],
	['-1.5h', -5_400_000],
	['2d', 172_800_000],
	['100us', 0.1],
	['5', undefined],
	['', undefined],
	['5 s', undefined],
	['5sx', undefined],
])('the duration %s is %s ms', (text, ms) => {
	expect(parseDurationMs(text)).toBe(ms);
});

describe('uptime', () => {
	const minute = 60_000;

	test('is of the time that is known', () => {
		const uptime = new Uptime();
		expect(uptime.value).toBeUndefined();
		uptime.add(true, 0, 2 * minute);
		expect(uptime.value).toEqual({percent: 100, ms: 0});

		for (const [at, isUp] of [
			[1, true],
			[2, false],
			[3, true],
			[4, undefined],
			[5, true],
			[6, true],
		] as const) {
			uptime.add(isUp, at * minute, 2 * minute);
		}

		// Of six minutes one is unknown; of the five others it was down for one.
		expect(uptime.value).toEqual({percent: 80, ms: 5 * minute});
	});

	test('does not take a time in which nothing was asked for known', () => {
		const uptime = new Uptime();
		uptime.add(true, 0, 2 * minute);
		uptime.add(false, 600 * minute, 2 * minute);
		expect(uptime.value).toEqual({percent: 100, ms: 2 * minute});
	});

	test('is of the last day, however seldom it is asked', () => {
		const uptime = new Uptime();

		for (let hour = 0; hour <= 96; hour++) {
			uptime.add(hour >= 72, hour * 60 * minute, 120 * minute);
		}

		expect(uptime.value).toEqual({percent: 100, ms: 24 * 60 * minute});
		uptime.add(undefined, 97 * 60 * minute, 120 * minute);
		uptime.add(undefined, 300 * 60 * minute, 120 * minute);
		expect(uptime.value).toBeUndefined();
	});

	test('forgets what is more than a day ago', () => {
		const uptime = new Uptime();

		for (let at = 0; at <= 72 * 60; at++) {
			uptime.add(at > 24 * 60, at * minute, 2 * minute);
		}

		expect(uptime.value?.percent).toBe(100);
		expect(uptime.value?.ms).toBeLessThanOrEqual(24 * 60 * minute);
		expect(uptime.value?.ms).toBeGreaterThan(23.5 * 60 * minute);
	});
});

describe('the monitor may be impaired', () => {
	const far = (target: string, isUnreached: boolean): Reached => ({
		status: isUnreached ? 'critical' : 'ok',
		reach: {isLoopback: false, hasConnected: !isUnreached, target},
		isUnreached,
	});
	const here = (status: Reached['status']): Reached => ({
		status,
		reach: {isLoopback: true, hasConnected: status === 'ok', target: '127.0.0.1:80'},
		isUnreached: status !== 'ok',
	});
	const unknown: Reached = {status: 'unknown', reach: undefined, isUnreached: false};
	const lost = [far('a:1', true), far('b:1', true), far('c:1', true)];

	test.each<[string, readonly Reached[], string | undefined]>([
		['nothing is known', [], undefined],
		['three hosts are lost', [...lost, here('ok')], '3 of 3 other hosts cannot be reached from here'],
		['two are', [...lost.slice(1), here('ok')], undefined],
		['three checks of one are', [lost[0], lost[0], lost[0], here('ok')].flatMap(one => one ?? []), undefined],
		['nothing is well here either', [...lost, here('critical')], undefined],
		['most others are reached', [...lost, ...['d', 'e', 'f'].map(name => far(name, false)), here('ok')], undefined],
		['more than half is unknown', [unknown, unknown, here('ok')], '2 of 3 checks could not be judged'],
		['half is', [unknown, here('ok')], undefined],
		['the only one is', [unknown], undefined],
	])('%s', (_, results, text) => {
		expect(monitorImpaired(results)).toBe(text);
	});
});
