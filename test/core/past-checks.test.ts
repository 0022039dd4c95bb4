import {describe, expect, test} from 'vitest';
import {checkState, knownSince} from '../../src/core/check-state.js';
import {pastChecks} from '../../src/core/past-checks.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {Check, HardStatus} from '../../src/core/snapshot.js';
import {aSnapshot} from '../helpers/scene.js';
import {aCheck} from '../helpers/scene-checks.js';

const {at: now} = aSnapshot();
const minute = 60_000;

const change = (ago: number, status: HardStatus, reason?: string) => ({
	at: now - ago * minute,
	status,
	...(reason !== undefined && {reason: safeText(reason)}),
});

/** The check so many minutes ago. */
function then(check: Check, ago: number, series: Readonly<Record<string, number>> = {}): Check {
	const known = new Map(Object.entries(series).map(([name, value]) => [`${name}:${check.check}`, value]));
	const [row] = pastChecks([check], known, now - ago * minute, true);
	return row ?? check;
}

/** Its state, reason or text, and for how many minutes it had been so. */
function told(check: Check, ago: number, series: Readonly<Record<string, number>> = {}): readonly unknown[] {
	const row = then(check, ago, series);
	const at = now - ago * minute;
	const since = knownSince(row, {at, past: {values: undefined, processes: undefined}});
	const {reason, text} = row.result ?? {};
	return [checkState(row), reason ?? text, since === undefined ? undefined : (at - since) / minute];
}

const up = {'check.up': 1};
const down = {'check.up': 0};

const shop = aCheck('shop', 'http', {
	since: now - 5 * minute,
	result: {},
	changes: [
		change(5, 'ok'),
		change(10, 'critical', 'refused'),
		change(20, 'warning', '812 > 500'),
		change(30, 'unknown', 'no file descriptor left'),
		change(40, 'ok'),
	],
});

test.each<[string, Check, ago: number, Readonly<Record<string, number>>, readonly unknown[]]>([
	['the state that still holds', shop, 4, up, ['ok', '', 1]],
	['a failure and its reason', shop, 7, down, ['critical', 'refused', 3]],
	['a failure from its first moment on', shop, 10, down, ['critical', 'refused', undefined]],
	['a failure while one result was good', shop, 7, up, ['critical', 'refused', 3]],
	['a warning, which its series do not tell', shop, 15, up, ['warning', '812 > 500', 5]],
	['what could not be judged', shop, 25, {}, ['unknown', 'no file descriptor left', 5]],
	['one bad result alone', shop, 35, down, ['failing', 'not remembered', undefined]],
	['what failed in a minute that was well else', shop, 35, {'check.up': 0.9}, ['failing', 'not remembered', undefined]],
	['that it was well while a result could not be judged', shop, 35, {}, ['ok', '', 5]],
	['before all changes what series tell: well', shop, 45, up, ['ok', '', undefined]],
	['before all changes what series tell: failed', shop, 45, down, ['critical', 'not remembered', undefined]],
	['before all changes what series tell: nothing', shop, 45, {}, ['unknown', 'not remembered', undefined]],
	[
		'a change of which nobody knows why',
		aCheck('a', 'tcp', {changes: [change(5, 'critical')], result: {}}),
		4,
		down,
		['critical', 'not remembered', 1],
	],
])('of the past it tells %s', (_, check, ago, series, row) => {
	expect(told(check, ago, series)).toEqual(row);
});

test('a response time is that of the series, and changes are those until then', () => {
	const row = then(shop, 15, {'check.up': 1, 'check.time': 812});
	expect(row.result?.ms).toBe(812);
	expect(row.changes.map(({status}) => status)).toEqual(['warning', 'unknown', 'ok']);
	expect(then(shop, 15, up).result).not.toHaveProperty('ms');
});

test('one that has had no result until now had none then', () => {
	const dueAt = now + minute;
	const row = then(aCheck('backup', 'command', {status: 'waiting', since: now - 9 * minute, dueAt}), 5);
	expect(checkState(row)).toBe('waiting');
	expect(row).not.toHaveProperty('result');
	expect(row.dueAt).toBe(dueAt);
});

test('one that began to fail with its first result was failing then', () => {
	const parts = {status: 'waiting', since: now - 9 * minute, attempt: {count: 2, of: 3}} as const;
	const check = aCheck('shop', 'http', {...parts, result: {status: 'critical', reason: safe`refused`}});
	expect(told(check, 5, down)).toEqual(['failing', 'not remembered', undefined]);
});

describe('what is blocked now', () => {
	const failed = {status: 'critical', blockedBy: safe`db`, result: {status: 'critical'}} as const;
	const changes = [change(5, 'critical', 'refused'), change(9, 'ok')];

	test('was so while it was in the state that it is in', () => {
		const row = then(aCheck('a', 'tcp', {...failed, changes}), 4, down);
		expect([checkState(row), row.blockedBy]).toEqual(['held', 'db']);
	});

	test('was not before', () => {
		const check = aCheck('a', 'tcp', {...failed, changes: [...changes, change(12, 'critical', 'silent')]});
		expect(told(check, 7, up)).toEqual(['ok', '', 2]);
		expect(told(check, 11, down)).toEqual(['critical', 'silent', 1]);
	});

	test('was not while it was well', () => {
		const check = aCheck('a', 'tcp', {...failed, status: 'ok', changes: [change(9, 'ok')]});
		expect(told(check, 7, up)).toEqual(['ok', '', 2]);
		expect(told(check, 7, down)[0]).toBe('held');
	});
});

test('where nothing was read there are none', () => {
	expect(pastChecks([shop], new Map(), now, false)).toEqual([]);
});
