import {describe, expect, test} from 'vitest';
import {parse, refusal} from './given.js';

/** One message, of the first mistake. */
const unreadable: Record<string, [text: string, message: string]> = {
	'nothing at all': ['', 'config.json: is empty; write {} for the defaults'],
	'only a comment': ['// todo', 'config.json: is empty; write {} for the defaults'],
	'no JSON': ['every: 1s', 'config.json:1: is not JSON: invalid symbol'],
	'a key without quotes': ['{\nevery: "1s"}', 'config.json:2: is not JSON: invalid symbol'],
	'single quotes': ["{'every': '1s'}", 'config.json:1: is not JSON: invalid symbol'],
	'a key without a value': ['{"every"}', 'config.json:1: is not JSON: colon expected'],
	'a colon without a value': ['{"every":\n}', 'config.json:2: is not JSON: value expected'],
	'a missing comma': ['{\n"every": "1s"\n"mounts": {}\n}', 'config.json:3: is not JSON: comma expected'],
	'two commas': ['{"every": "1s",,}', 'config.json:1: is not JSON: property name expected'],
	'a missing bracket': ['{\n"every": "1s"', 'config.json:2: is not JSON: close brace expected'],
	'half of a list': ['{"mounts": {"only": ["/"', 'config.json:1: is not JSON: close bracket expected'],
	'half of a string': ['{"every": "1', 'config.json:1: is not JSON: unexpected end of string'],
	'something behind it': ['{}\n{}', 'config.json:2: is not JSON: end of file expected'],
	'an unknown escape': ['{"every": "\\q"}', 'config.json:1: is not JSON: invalid escape character'],
	'half of an escape': ['{"every": "\\u12"}', 'config.json:1: is not JSON: invalid unicode'],
	'a tab in a string': ['{"every": "1\ts"}', 'config.json:1: is not JSON: invalid character'],
	NaN: ['{"every": NaN}', 'config.json:1: is not JSON: invalid symbol'],
	'a leading zero': ['{"every": 01}', 'config.json:1: is not JSON: comma expected'],
	'bytes of something else': ['\u0000\ufffd\u0001', 'config.json:1: is not JSON: invalid symbol'],
	'far too many brackets': ['['.repeat(500_000), 'config.json: is nested too deeply'],
	'too many brackets': [`{"every": ${'['.repeat(100)}${']'.repeat(100)}}`, 'config.json: is nested too deeply'],
};

describe('what is not JSON:', () => {
	test.each(Object.entries(unreadable))('%s', async (_, [text, message]) => {
		expect(await refusal(() => parse(text))).toBe(message);
	});
});
