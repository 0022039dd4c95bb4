import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {keyNamed} from '../../../src/core/key-names.js';
import {decoder, sequences} from '../../helpers/decoder.js';

describe('one key', () => {
	test.each(Object.entries(sequences))('%j is %s', (bytes, key) => {
		const {feed, keys} = decoder();
		feed(bytes);
		expect(keys).toEqual([key]);
	});

	test.each(Object.entries(sequences))('%j is %s, split after any byte', (text, key) => {
		const bytes = Buffer.from(text);

		for (let at = 1; at < bytes.length; at++) {
			const {feed, keys} = decoder();
			feed(bytes.subarray(0, at));
			expect(keys).toEqual([]);
			feed(bytes.subarray(at));
			expect(keys).toEqual([key]);
		}
	});
});

test('every key has a name that can be written into a configuration', () => {
	expect(Object.values(sequences).filter(key => keyNamed(key) !== key)).toEqual([]);
});

test('keys that come joined come one after another', () => {
	const {feed, keys} = decoder();
	feed(Object.keys(sequences).join(''));
	expect(keys).toEqual(Object.values(sequences));
});

test('keys that come byte by byte do too', () => {
	const {feed, keys} = decoder();

	for (const byte of Buffer.from(Object.keys(sequences).join(''))) {
		feed(Uint8Array.of(byte));
	}

	expect(keys).toEqual(Object.values(sequences));
});

const bytesOf = (latin1: string) => Buffer.from(latin1, 'latin1');

/** What comes, `null` where the wait is over, and the keys. */
const stories: Record<string, [events: (string | Uint8Array | null)[], keys: string[]]> = {
	'a lone escape, after the wait': [['\x1b', null], ['escape']],
	'a lone escape, before the wait is over': [['\x1b'], []],
	'escape twice': [
		['\x1b\x1b', null],
		['escape', 'escape'],
	],
	'escape before an arrow': [['\x1b\x1b[A'], ['escape', 'up']],
	'an arrow whose end comes too late': [
		['\x1b', null, '[A'],
		['escape', '[', 'A'],
	],
	'half a sequence, and nothing more': [['\x1b[1;', null, 'q'], ['q']],
	'half an application key, and nothing more': [['\x1bO', null, 'q'], ['q']],
	'an unknown CSI': [['\x1b[5n\x1b[?1;2c\x1b[<0;3;4M\x1b[99~x'], ['x']],
	'focus gained and lost': [['\x1b[I\x1b[Ox'], ['x']],
	'a sequence that breaks off': [['\x1b[1\x03'], ['1', 'ctrl+c']],
	'an unknown application key': [['\x1bOzx'], ['x']],
	'pasted text': [['a\x1b[200~rm -rf /\rq\x1b[A\x1b[201~b'], ['a', 'b']],
	'pasted text in pieces': [['\x1b[20', '0~qqq', 'qqq\x1b[2', '01~x'], ['x']],
	'a paste whose end never comes': [['\x1b[200~q', 'q', null, 'x'], ['x']],
	'a paste of nothing': [['\x1b[200~\x1b[201~x'], ['x']],
	'the end of a paste alone': [['\x1b[201~x'], ['x']],
	'two pastes': [['\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~'], []],
	'an unknown key of the Linux console': [['\x1b[[Zx'], ['x']],
	'mouse reports between keys': [['a\x1b[<0;3;4M\x1b[<0;3;4mb'], ['a', 'b']],
	'half a mouse report, and nothing more': [['\x1b[<0;3', null, 'x'], ['x']],
	'a mouse report that breaks off': [['\x1b[<0;3\x03'], ['<', '0', ';', '3', 'ctrl+c']],
	'a mouse report of old terminals': [
		['\x1b[M !!x', '\x1b[M', ' ', '~', '~', 'y'],
		['x', 'y'],
	],
	'mouse reports of old terminals beyond column 95': [[bytesOf('\x1b[M \xff\xc3x\x1b[M#\xe9!y')], ['x', 'y']],
	'half a mouse report of old terminals, and nothing more': [['\x1b[M !', null, 'x'], ['x']],
	'half a mouse report of old terminals before a key': [['\x1b[M \x1b[A\x1b[M!\x03'], ['up', 'ctrl+c']],
	'half a key of the Linux console': [['\x1b[[', null, 'x'], ['x']],
};

describe('what comes', () => {
	test.each(Object.entries(stories))('%s', (_, [events, keys]) => {
		const one = decoder();

		for (const event of events) {
			if (event === null) {
				one.elapse();
			} else {
				one.feed(event);
			}
		}

		expect(one.keys).toEqual(keys);
	});
});

test('an escape waits 30 ms, and no other key makes it wait', () => {
	const one = decoder();
	one.feed('abc\x1b[A');
	expect(one.delay).toBeUndefined();
	one.feed('\x1b');
	expect(one.delay).toBe(30);
	one.feed('[');
	expect(one.delay).toBe(30);
	one.feed('B');
	expect(one.delay).toBeUndefined();
});

test('after a reset nothing is half read', () => {
	const one = decoder();
	one.feed('\x1b[200~half a paste');
	one.reset();
	one.feed('q\x1b');
	one.reset();
	expect(one.delay).toBeUndefined();
	one.feed('[');
	expect(one.keys).toEqual(['q', '[']);
});

test('bytes that are no UTF-8 are one key nobody uses each, and do not stop what follows', () => {
	const one = decoder();
	one.feed(Uint8Array.of(0xff, 0xc3, 0x28, 0x71));
	expect(one.keys).toEqual(['\ufffd', '\ufffd', '(', 'q']);
});

test('of a paste of any size nothing becomes a key', () => {
	const one = decoder();
	one.feed(`\x1b[200~${'q'.repeat(70_000)}`);
	one.feed(`${'q'.repeat(70_000)}\x1b[20`);
	one.feed('1~x');
	expect(one.keys).toEqual(['x']);
});

test('whatever the bytes are, however they are cut, nothing throws and the keyboard stays alive', () => {
	const piece = fc.oneof(
		fc.uint8Array({maxLength: 12}),
		fc
			.constantFrom(...Object.keys(sequences), '\x1b[', '\x1bO', '\x1b[1;', '\x1b', '\x1b[201~')
			.map(text => Buffer.from(text)),
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 20}), fc.nat(5), (pieces, waits) => {
			const one = decoder();

			for (const [index, bytes] of pieces.entries()) {
				one.feed(bytes);

				if (index % 5 < waits) {
					one.elapse();
				}
			}

			one.feed('\x1b[201~');
			one.elapse();
			one.feed('q');
			expect(one.keys.at(-1)).toBe('q');
			expect(one.keys).not.toContain('');
		}),
		{numRuns: 1000},
	);
});
