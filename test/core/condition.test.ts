import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ConditionText, Placeholder, PlaceholderValues} from '../../src/core/check.js';
import {ConditionError, judgeCondition, parseCondition, placeholdersOf} from '../../src/core/condition.js';
import {redactor} from '../../src/core/redact.js';

const all: readonly Placeholder[] = [
	'CONNECTED',
	'STATUS',
	'RESPONSE_TIME',
	'IP',
	'BODY',
	'HEADERS',
	'CERTIFICATE_EXPIRATION',
	'DNS_RCODE',
];
const dayMs = 86_400_000;
const values: PlaceholderValues = {
	CONNECTED: true,
	STATUS: 500,
	RESPONSE_TIME: 250,
	IP: '192.168.4.7',
	BODY: JSON.stringify({
		status: 'UP',
		name: 'john.doe',
		age: 1,
		id: 2,
		pi: 3.14,
		on: true,
		none: null,
		items: [{id: 1}, {id: 2}],
		deep: {er: ['x', 'y']},
	}),
	HEADERS: {'content-type': 'text/html; charset=utf-8'},
	CERTIFICATE_EXPIRATION: 3 * dayMs,
	DNS_RCODE: 'NOERROR',
};

const asItIs = (text: string) => text;

function judged(text: ConditionText, seen: PlaceholderValues = values, hide = asItIs) {
	return judgeCondition(parseCondition(text, all), seen, hide);
}

describe('is met', () => {
	test.each([
		'[STATUS] == 500',
		'[STATUS] != 200',
		'[STATUS] > 299',
		'[STATUS] >= 500',
		'[STATUS] == any(200, 500)',
		'any(200, 500) == [STATUS]',
		'[CONNECTED] == true',
		'[RESPONSE_TIME] < 300',
		'[RESPONSE_TIME] <= 250ms',
		'[RESPONSE_TIME] < 1s',
		'[IP] == 192.168.4.7',
		'[IP] == pat(192.168.*)',
		'pat(192.168.*) == [IP]',
		'[IP] != pat(10.*)',
		'[IP] == any(127.0.0.1, pat(192.*))',
		'[BODY].status == UP',
		'[BODY].name == john.doe',
		'[BODY].age == 1',
		'[BODY].age != [BODY].id',
		'[BODY].age < [BODY].id',
		'[BODY].pi > 3.13',
		'[BODY].on == true',
		'[BODY].none == null',
		'[BODY].items[1].id == 2',
		'[BODY].deep.er[0] == x',
		'[BODY] == pat(*john.doe*)',
		'len([BODY].items) == 2',
		'len([BODY].name) == 8',
		'has([BODY].status) == true',
		'has([BODY].errors) == false',
		'has([BODY].none) == true',
		'[HEADERS].content-type == pat(text/html*)',
		'[HEADERS].Content-Type == pat(text/*)',
		'has([HEADERS].x-frame-options) == false',
		'[CERTIFICATE_EXPIRATION] > 48h',
		'[CERTIFICATE_EXPIRATION] > 2d',
		'[DNS_RCODE] == NOERROR',
		'  [STATUS]   ==   500 ',
	])('%s', text => {
		expect(judged(text)).toEqual({isMet: true, text});
	});
});

describe('numbers are equal', () => {
	test.each([
		['12345678901234567890', '12345678901234567890', true],
		['12345678901234567890', '12345678901234567891', false],
		['0.10000000000000000001', '0.1', false],
		['0e123', '0e456', false],
		['1e3', '1000', false],
		['0x10', '16', false],
		['1h', '3600s', true],
		['200', '200.0', true],
		['007', '7', true],
		['-0', '0', true],
		['.5', '0.5', true],
		['0000000000000000007', '7', true],
		['9007199254740993ms', '9007199254740992ms', false],
	])('%s and %s: %s', (one, other, isMet) => {
		expect(judged(`[BODY] == ${other}`, {BODY: one}).isMet).toBe(isMet);
		expect(judged(`[BODY] != ${other}`, {BODY: one}).isMet).toBe(!isMet);
		expect(judged(`${one} == [BODY]`, {BODY: other}).isMet).toBe(isMet);
	});

	test('in JSON, too', () => {
		const BODY =
			'{"id": 12345678901234567890, "ids": [-12345678901234567, 1], "pi": 3.14159265358979323846, "s": "\\"1234567890123456789"}';
		expect(judged('[BODY].id == 12345678901234567890', {BODY}).isMet).toBe(true);
		expect(judged('[BODY].id == 12345678901234567891', {BODY}).isMet).toBe(false);
		expect(judged('[BODY].id > 5', {BODY}).isMet).toBe(true);
		expect(judged('[BODY].ids[0] == -12345678901234567', {BODY}).isMet).toBe(true);
		expect(judged('[BODY].pi == 3.142', {BODY}).isMet).toBe(true);
		expect(judged('[BODY].s == "1234567890123456789', {BODY}).isMet).toBe(true);
	});
});

describe('is not met, and says what it saw', () => {
	test.each([
		['[STATUS] == 200', '[STATUS] (500) == 200'],
		['[STATUS] == any(200, 429)', '[STATUS] (500) == any(200, 429)'],
		['[CONNECTED] == false', '[CONNECTED] (true) == false'],
		['[RESPONSE_TIME] < 100', '[RESPONSE_TIME] (250) < 100'],
		['[BODY].name == jane', '[BODY].name (john.doe) == jane'],
		['[BODY].nobody == jane', '[BODY].nobody (INVALID) == jane'],
		['[BODY].age == [BODY].id', '[BODY].age (1) == [BODY].id (2)'],
		['[BODY].constructor == x', '[BODY].constructor (INVALID) == x'],
		['[BODY].name > 5', '[BODY].name (john.doe) > 5'],
		['[BODY].nobody < 5', '[BODY].nobody (INVALID) < 5'],
		['len([BODY].items) == 3', 'len([BODY].items) (2) == 3'],
		['has([BODY].status) == false', 'has([BODY].status) (true) == false'],
		['[IP] == pat(10.*)', '[IP] (192.168.4.7) == pat(10.*)'],
		['[CERTIFICATE_EXPIRATION] > 168h', '[CERTIFICATE_EXPIRATION] (3d 0h) > 168h'],
		['[HEADERS].server == nginx', '[HEADERS].server (INVALID) == nginx'],
	])('%s', (text, seen) => {
		expect(judged(text)).toEqual({isMet: false, text: seen});
	});

	test('of a certificate that has expired', () => {
		expect(judged('[CERTIFICATE_EXPIRATION] > 48h', {CERTIFICATE_EXPIRATION: -3 * dayMs}).text).toBe(
			'[CERTIFICATE_EXPIRATION] (expired 3d 0h ago) > 48h',
		);
	});

	test('of a body that is none of JSON', () => {
		expect(judged('[BODY].status == UP', {BODY: '<html>'}).text).toBe('[BODY].status (INVALID) == UP');
		expect(judged('len([BODY]) == 3', {BODY: '<html>'}).text).toBe('len([BODY]) (6) == 3');
	});

	test('without secrets, whole or cut', () => {
		const hide = redactor(['hunter22']);
		const seen = {BODY: `${'y'.repeat(95)}hunter22`};
		expect(judged('[BODY] == hunter22', seen, hide).text).toBe(
			`[BODY] (${'y'.repeat(95)}[secr...(truncated)) == [secret]`,
		);
		expect(judged('[BODY] == any(a, pat(*hunter22?))', seen, hide).text).toMatch(
			/ == any\(a, pat\(\*\[secret\]\?\)\)$/,
		);
		expect(judged('[BODY] != hunter22', {BODY: 'x'}, hide).text).toBe('[BODY] != [secret]');
	});

	test('of a long body its beginning, and nothing in it can do harm', () => {
		const {text} = judged('[BODY] == x', {BODY: `\x1b]0;owned\x07${'y'.repeat(500)}`});
		expect(text).toBe(`[BODY] (\\x1b]0;owned\\x07${'y'.repeat(90)}...(truncated)) == x`);
	});
});

test('what was not seen is no answer, unless the answer is another one', () => {
	expect(judged('[STATUS] == 200', {})).toEqual({isMet: false, text: '[STATUS] (INVALID) == 200'});
	expect(judged('[STATUS] != 200', {}).isMet).toBe(true);
});

test('has a level', () => {
	expect(parseCondition('[STATUS] == 200', all).level).toBe('critical');
	expect(parseCondition({critical: '[STATUS] == 200'}, all).level).toBe('critical');
	expect(parseCondition({warning: '[STATUS] == 200'}, all).level).toBe('warning');
});

test('names what it depends on', () => {
	expect(placeholdersOf(parseCondition('[BODY].a == [STATUS]', all))).toEqual(['BODY', 'STATUS']);
});

describe('is refused', () => {
	test.each([
		['[STATUS]==200', 'with spaces around'],
		['[STATUS] = 200', 'must be a condition such as'],
		['', 'must be a condition such as'],
		['1 == 1', 'must have a placeholder, one of [STATUS], [BODY]'],
		['[STATSU] == 200', 'no placeholder [STATSU] here; did you mean [STATUS]?'],
		['[DNS_RCODE] == NOERROR', 'no placeholder [DNS_RCODE] here; this type of check has [STATUS], [BODY]'],
		['[DOMAIN_EXPIRATION] > 720h', '[DOMAIN_EXPIRATION] is not known here: it needs a service outside'],
		['[STATUS].code == 1', '[STATUS] has no parts'],
		['[BODY]..x == 1', 'must have a path such as [BODY].data[0].name'],
		['len([STATUS]) == 3', 'len() goes only with [BODY]'],
		['has(x) == true', 'has() goes only with [BODY]'],
		['[STATUS] < any(1, 2)', 'pat() and any() go only with == and !='],
		['[BODY] > pat(*)', 'pat() and any() go only with == and !='],
		['[STATUS] < 5x', 'must compare with one number or duration'],
		['[STATUS] == 2xx', 'must compare with one number or duration'],
		['[STATUS] == any(200, 2xx)', 'must compare with one number or duration'],
		['[STATUS] == 200 && [BODY] == x', 'must compare with one number or duration'],
		['len([BODY]) == x', 'must compare with one number or duration'],
		['[STATUS] == 2e2', 'must compare with one number or duration'],
		['5x > [BODY].age', 'must compare with one number or duration'],
		['[EXPIRES] > 168', 'must compare with a duration that has a unit'],
	])('%s', (text, message) => {
		const known: readonly Placeholder[] = ['STATUS', 'BODY'];
		const isOfCertificate = text.includes('[EXPIRES]');
		const written = text.replace('EXPIRES', 'CERTIFICATE_EXPIRATION');
		expect(() => parseCondition(written, isOfCertificate ? all : known)).toThrow(message);
	});
});

test('any text is a condition or refused, and any answer can be judged by it', () => {
	const pieces = fc.constantFrom(
		'[STATUS]',
		'[BODY]',
		'.a',
		'[0]',
		' == ',
		' < ',
		'pat(',
		'any(',
		'len(',
		')',
		',',
		'x',
	);
	const texts = fc.oneof(
		fc.string(),
		fc.array(pieces).map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(texts, fc.oneof(fc.json(), fc.string()), (text, BODY) => {
			try {
				judgeCondition(parseCondition(text, all), {...values, BODY}, asItIs);
			} catch (error) {
				expect(error).toBeInstanceOf(ConditionError);
			}
		}),
		{numRuns: 1000},
	);
});
