import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {joinSafe, padSafe, type Safe, safe, safeBytes, safeText} from '../../src/core/safe.js';

const anything = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** What the kernel gave, one character a byte, and what may be shown. */
const fromBytes: Record<string, [bytes: string, shown: string]> = {
	'plain text': ['/usr/bin/nginx -g "a b"', '/usr/bin/nginx -g "a b"'],
	nothing: ['', ''],
	NUL: ['a\0b', 'a\\x00b'],
	'tab, newline, return, backspace, bell': ['\t\n\r\b\x07', '\\x09\\x0a\\x0d\\x08\\x07'],
	'a colour': ['\x1b[31mred', '\\x1b[31mred'],
	'a title (OSC 0)': ['\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
	'the clipboard (OSC 52)': ['\x1b]52;c;ZXZpbA==\x1b\\', '\\x1b]52;c;ZXZpbA==\\x1b\\'],
	DEL: ['\x7f', '\\x7f'],
	'C1 as a raw byte': ['\x9b31m', '\\x9b31m'],
	'C1 as UTF-8': ['\xc2\x9b31m', '\\x9b31m'],
	'NEL as UTF-8': ['\xc2\x85', '\\x85'],
	'latin1 that is no UTF-8': ['caf\xe9', 'caf\\xe9'],
	'UTF-8': [utf8('café 日本 ☃ 🦀'), 'café 日本 ☃ 🦀'],
	'a combining mark stays with its letter': [utf8('e\u0301'), 'e\u0301'],
	'a no-break space is a space': ['\xc2\xa0', '\u00a0'],
	'an overlong slash': ['\xc0\xaf', '\\xc0\\xaf'],
	'an overlong escape in three bytes': ['\xe0\x80\x9b', '\\xe0\\x80\\x9b'],
	'an overlong one in four': ['\xf0\x80\x80\x9b', '\\xf0\\x80\\x80\\x9b'],
	'a surrogate as UTF-8': ['\xed\xa0\x80', '\\xed\\xa0\\x80'],
	'beyond Unicode': ['\xf4\x90\x80\x80', '\\xf4\\x90\\x80\\x80'],
	'bytes that are never UTF-8': ['\xfe\xff\xf8\xc1', '\\xfe\\xff\\xf8\\xc1'],
	'a sequence that is cut': ['\xe6\x97', '\\xe6\\x97'],
	'a sequence cut by ASCII': ['\xe6\x97x', '\\xe6\\x97x'],
	'a continuation alone': ['\x97', '\\x97'],
	'right-to-left override': [utf8('gpj\u202eexe'), 'gpj\ufffdexe'],
	isolates: [utf8('\u2066a\u2069'), '\ufffda\ufffd'],
	'marks of direction': [utf8('\u200e\u200f\u061c'), '\ufffd\ufffd\ufffd'],
	'joiners and zero width': [utf8('\u200b\u200c\u200d\u2060'), '\ufffd\ufffd\ufffd\ufffd'],
	'a byte order mark': [utf8('\ufeffx'), '\ufffdx'],
	'a soft hyphen': [utf8('a\u00adb'), 'a\ufffdb'],
	'line and paragraph separators': [utf8('\u2028\u2029'), '\ufffd\ufffd'],
	'variation selectors': [utf8('\ufe0f\ufe00\u{e0100}'), '\ufffd\ufffd\ufffd'],
	tags: [utf8('\u{e0041}\u{e007f}'), '\ufffd\ufffd'],
	fillers: [utf8('\u3164\u115f\uffa0\u034f'), '\ufffd\ufffd\ufffd\ufffd'],
	'an emoji of several comes apart': [utf8('👩\u200d🚀'), '👩\ufffd🚀'],
};

describe('bytes from outside', () => {
	test.each(Object.entries(fromBytes))('%s', (_, [bytes, shown]) => {
		expect(safeBytes(bytes)).toBe(shown);
	});
});

const fromText: Record<string, [text: string, shown: string]> = {
	'a lone high surrogate': ['a\ud800b', 'a\ufffdb'],
	'a lone low one': ['\udc00', '\ufffd'],
	'a pair is a character': ['\ud83e\udd80', '🦀'],
	C1: ['\x9b1m', '\\x9b1m'],
	'latin1 letters are letters': ['é', 'é'],
};

describe('text from outside', () => {
	test.each(Object.entries(fromText))('%s', (_, [text, shown]) => {
		expect(safeText(text)).toBe(shown);
	});
});

test('a megabyte is cut before it costs anything', () => {
	expect(safeBytes('x'.repeat(1_000_000))).toHaveLength(4096);
	expect(safeBytes('\x1b'.repeat(1_000_000)).length).toBeLessThanOrEqual(4 * 4096);
	expect(safeText('\x1b'.repeat(1_000_000))).toHaveLength(4 * 4096);
});

test('a cut through the middle of a character leaves no half of it', () => {
	expect(safeText(`${'x'.repeat(4095)}🦀`)).toBe(`${'x'.repeat(4095)}\ufffd`);
	expect(safeBytes('x'.repeat(4095) + utf8('é'))).toBe(`${'x'.repeat(4095)}\\`);
});

test('whatever the bytes are, nothing in the result acts, hides or grows without end', () => {
	const bytes = fc.uint8Array({maxLength: 6000, size: 'max'}).map(array => Buffer.from(array).toString('latin1'));
	const nasty = fc.constantFrom(...Object.values(fromBytes).map(([given]) => given));
	const texts = fc.oneof(
		bytes,
		fc.array(nasty, {maxLength: 50}).map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(texts, text => {
			const shown = safeBytes(text);
			expect(shown).not.toMatch(anything);
			expect(shown.length).toBeLessThanOrEqual(4 * 4096);
			expect(safeBytes(utf8(shown)).startsWith(shown.slice(0, 1000))).toBe(true);
		}),
		{numRuns: 200},
	);
});

test('whatever the text is, it is safe, and safe text stays as it is', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 500}), text => {
			expect(safeText(text)).not.toMatch(anything);
			expect(safeText(safeText(text))).toBe(safeText(text));
		}),
	);
});

test('pieces put together', () => {
	const [name, bar] = [safeText('a\x1bb'), safe`|`];
	expect(safe`PID ${7} is ${name}`).toBe('PID 7 is a\\x1bb');
	expect(joinSafe([name, safe`c`], bar)).toBe('a\\x1bb|c');
	expect(padSafe('x' as Safe, 3, 'start')).toBe('  x');
	expect(padSafe('x' as Safe, 3, 'end')).toBe('x  ');
});
