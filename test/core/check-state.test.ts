import {describe, expect, test} from 'vitest';
import {checkReason, checkState, knownSince, worstChecksFirst} from '../../src/core/check-state.js';
import {safe} from '../../src/core/safe.js';
import type {Check} from '../../src/core/snapshot.js';
import {aSnapshot} from '../helpers/scene.js';
import {aCheck, someChecks} from '../helpers/scene-checks.js';

const names = (checks: readonly Check[]) => worstChecksFirst(checks).map(({check}) => check);

test('the worst come first: critical, warning, unknown, held, waiting, ok', () => {
	const states = worstChecksFirst(someChecks).map(checkState);
	const places = states.map(state => (state === 'failing' ? 'ok' : state));
	expect([...new Set(places)]).toEqual(['critical', 'warning', 'unknown', 'held', 'waiting', 'ok']);
	expect(states).toHaveLength(someChecks.length);
});

const bad = {status: 'critical', reason: safe`refused`} as const;
const soft = {attempt: {count: 1, of: 3}, result: bad} as const;

test.each<[string, Check, state: string, since: boolean]>([
	['well', aCheck('a', 'tcp', {result: {}}), 'ok', true],
	['well, and the last result is bad', aCheck('a', 'tcp', soft), 'failing', false],
	['well, and the last result warns', aCheck('a', 'tcp', {...soft, result: {status: 'warning'}}), 'failing', false],
	['well, and the last result was not judged', aCheck('a', 'tcp', {...soft, result: {status: 'unknown'}}), 'ok', true],
	['waiting', aCheck('a', 'tcp', {status: 'waiting'}), 'waiting', false],
	['waiting, and the first result is bad', aCheck('a', 'tcp', {...soft, status: 'waiting'}), 'failing', false],
	['failed, and the last result is good', aCheck('a', 'tcp', {status: 'critical', result: {}}), 'critical', true],
	['a warning that becomes worse', aCheck('a', 'tcp', {...soft, status: 'warning'}), 'warning', true],
	['blocked', aCheck('a', 'tcp', {status: 'critical', blockedBy: safe`db`, result: bad}), 'held', true],
	['blocked before it is certain', aCheck('a', 'tcp', {...soft, blockedBy: safe`db`}), 'held', false],
])('how it is shown, and whether since when: %s', (_, check, state, isKnown) => {
	expect(checkState(check)).toBe(state);
	expect(knownSince(check, aSnapshot())).toBe(isKnown ? check.since : undefined);
});

describe('rows keep their place', () => {
	const [a, b, c] = [
		aCheck('a', 'tcp', {result: {}}),
		aCheck('b', 'tcp', {result: {}}),
		aCheck('c', 'tcp', {result: {}}),
	];

	test('within a state in the order of the configuration', () => {
		const failed = (check: Check): Check => ({...check, status: 'critical'});
		expect(names([a, b, c])).toEqual(['a', 'b', 'c']);
		expect(names([a, failed(b), failed(c)])).toEqual(['b', 'c', 'a']);
		expect(names([failed(a), b, failed(c)])).toEqual(['a', 'c', 'b']);
	});

	test('while single results fail or are well again', () => {
		const failing = aCheck('c', 'tcp', soft);
		expect(names([a, b, failing])).toEqual(['a', 'b', 'c']);
		expect(names([a, failing, b])).toEqual(['a', 'c', 'b']);
		const first: Check = {...failing, status: 'waiting'};
		expect(names([a, {...b, status: 'waiting'}, first])).toEqual(['b', 'c', 'a']);
		const recovering = aCheck('c', 'tcp', {status: 'critical', attempt: {count: 1, of: 2}, result: {}});
		expect(names([a, b, recovering])).toEqual(['c', 'a', 'b']);
	});

	test('and one that is blocked is below what could be asked, whatever its own state is', () => {
		const held = aCheck('c', 'tcp', {status: 'critical', blockedBy: safe`a`, result: {}});
		expect(names([{...b, status: 'waiting'}, a, held])).toEqual(['c', 'b', 'a']);
		expect(names([{...b, status: 'unknown'}, a, held])).toEqual(['b', 'c', 'a']);
	});
});

const change = {at: 1, status: 'critical', reason: safe`refused`} as const;

test.each<[string, Check, string | undefined]>([
	['of what is well there is none', aCheck('a', 'tcp', {result: {}}), undefined],
	['that of its last result', aCheck('a', 'tcp', {result: {status: 'critical', reason: safe`silent`}}), 'silent'],
	[
		'the last result’s before that of the change',
		aCheck('a', 'tcp', {status: 'critical', changes: [change], result: {status: 'critical', reason: safe`silent`}}),
		'silent',
	],
	[
		'that of the change while it recovers',
		aCheck('a', 'tcp', {status: 'critical', changes: [change], result: {}}),
		'refused',
	],
	['not that of an older state', aCheck('a', 'tcp', {changes: [change], result: {}}), undefined],
	['before the first result there is none', aCheck('a', 'tcp', {status: 'waiting'}), undefined],
])('the reason: %s', (_, check, reason) => {
	expect(checkReason(check)).toBe(reason);
});
