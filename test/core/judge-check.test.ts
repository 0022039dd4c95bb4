import {describe, expect, test} from 'vitest';
import type {Answer, ConditionText, Placeholder} from '../../src/core/check.js';
import {parseCondition} from '../../src/core/condition.js';
import {type Criteria, judgeCheck} from '../../src/core/judge-check.js';
import {parseRange} from '../../src/core/range.js';
import {safe} from '../../src/core/safe.js';

const all: readonly Placeholder[] = ['CONNECTED', 'STATUS', 'RESPONSE_TIME', 'BODY', 'CERTIFICATE_EXPIRATION'];
const well: Answer = {values: {CONNECTED: true, STATUS: 200}, text: safe`200`, ms: 42};
const refused: Answer = {
	values: {CONNECTED: false},
	text: safe``,
	failure: {status: 'critical', reason: safe`refused on 127.0.0.1:80`},
	reach: {isLoopback: true, hasConnected: false, target: '127.0.0.1:80'},
};
const silent: Answer = {
	...refused,
	failure: {status: 'critical', reason: safe`no answer in 5 s`, isTimeout: true},
};

type Levels = Record<string, {warning?: string; critical?: string}>;

function judge(
	answer: Answer,
	texts: readonly ConditionText[] = [],
	levels: Levels = {},
	more: Partial<Criteria> = {},
) {
	const range = (text: string | undefined) => (text === undefined ? undefined : parseRange(text, 'count'));
	const criteria: Criteria = {
		conditions: texts.map(text => parseCondition(text, all)),
		levels: new Map(
			Object.entries(levels).map(([name, {warning, critical}]) => [
				name,
				{warning: range(warning), critical: range(critical)},
			]),
		),
		measures: {cpu: {unit: 'percent', meaning: ''}, memory: {unit: 'bytes', meaning: ''}},
		severity: 'critical',
		hide: text => text,
		...more,
	};
	const {status, reason} = judgeCheck(answer, criteria, false);
	return [status, reason];
}

describe('conditions', () => {
	test('all met is ok', () => {
		expect(judge(well, ['[STATUS] == 200', '[RESPONSE_TIME] < 50'])).toEqual(['ok', undefined]);
	});

	test('the worst counts, and says all there is of its kind', () => {
		expect(judge(well, [{warning: '[RESPONSE_TIME] < 10'}])).toEqual(['warning', '[RESPONSE_TIME] (42) < 10']);
		expect(judge(well, [{warning: '[RESPONSE_TIME] < 10'}, '[STATUS] == 201', '[CONNECTED] == false'])).toEqual([
			'critical',
			'[STATUS] (200) == 201, [CONNECTED] (true) == false',
		]);
	});

	test('that a certificate has expired is said once, in plain words', () => {
		const expired: Answer = {values: {CERTIFICATE_EXPIRATION: -3 * 86_400_000}, text: safe``};
		const texts = ['[CERTIFICATE_EXPIRATION] > 48h', {warning: '[CERTIFICATE_EXPIRATION] > 14d'}];
		expect(judge(expired, texts)).toEqual(['critical', 'certificate expired 3d 0h ago']);
		const found = {...expired, findings: [{status: 'critical' as const, reason: safe`certificate expired 3 days ago`}]};
		expect(judge(found, texts)).toEqual(['critical', 'certificate expired 3 days ago']);
	});

	test('are not judged where the question was not answered', () => {
		expect(judge(refused, ['[STATUS] == 200'])).toEqual(['critical', 'refused on 127.0.0.1:80']);
	});

	test('that want it to be refused are', () => {
		expect(judge(refused, ['[CONNECTED] == false'])).toEqual(['ok', undefined]);
		expect(judge(silent, ['[CONNECTED] == false'])).toEqual(['critical', 'no answer in 5 s']);
		expect(judge(refused, ['[CONNECTED] == true'])).toEqual(['critical', 'refused on 127.0.0.1:80']);
	});
});

test('what could not be judged is unknown, and less bad than any failure', () => {
	const unknown: Answer = {...refused, failure: {status: 'unknown', reason: safe`no file descriptor`}};
	expect(judge(unknown, ['[CONNECTED] == false'])).toEqual(['unknown', 'no file descriptor']);
	const found = {...unknown, findings: [{status: 'warning' as const, reason: safe`restarted`}]};
	expect(judge(found)).toEqual(['warning', 'restarted']);
});

test('severity is what the worst amounts to', () => {
	expect(judge(refused, [], {}, {severity: 'warning'})).toEqual(['warning', 'refused on 127.0.0.1:80']);
});

describe('levels', () => {
	const measured: Answer = {
		...well,
		measures: {cpu: 91.26, memory: 3 * 2 ** 20},
		perfdata: [{label: safe`users`, value: 7, unit: safe``}],
	};

	test.each([
		[{cpu: {warning: '80', critical: '95'}}, 'warning', 'cpu 91.3%, wanted at most 80.0%'],
		[{cpu: {warning: '80', critical: '90'}}, 'critical', 'cpu 91.3%, wanted at most 90.0%'],
		[{memory: {critical: '@0:4194304'}}, 'critical', 'memory 3.0 MiB, wanted outside 0 B to 4.0 MiB'],
		[{users: {warning: '10:'}}, 'warning', 'users 7, wanted at least 10'],
		[{users: {warning: '1:5'}}, 'warning', 'users 7, wanted 1 to 5'],
		[{users: {warning: '10'}}, 'ok', undefined],
		[{nobody: {critical: '1'}}, 'ok', undefined],
	])('%j', (levels, status, reason) => {
		expect(judge(measured, [], levels)).toEqual([status, reason]);
	});
});

describe('after we stood still', () => {
	const criteria: Criteria = {
		conditions: [parseCondition('[RESPONSE_TIME] < 10', all), parseCondition('[STATUS] == 200', all)],
		levels: new Map(),
		measures: {},
		severity: 'critical',
		hide: text => text,
	};

	test('time says nothing of the target', () => {
		expect(judgeCheck(well, criteria, true)).toMatchObject({
			status: 'unknown',
			reason: 'not judged: healthtop stood still ([RESPONSE_TIME] (42) < 10)',
		});
		expect(judgeCheck(silent, criteria, true)).toMatchObject({
			status: 'unknown',
			reason: 'not judged: healthtop stood still (no answer in 5 s)',
		});
	});

	test('everything else does', () => {
		expect(judgeCheck({...well, values: {STATUS: 500}}, criteria, true).status).toBe('critical');
		expect(judgeCheck(refused, criteria, true).status).toBe('critical');
	});
});
