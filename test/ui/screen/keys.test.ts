import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Keys} from '../../../src/ui/screen/keys.js';

type Waiting = {readonly delay: number; readonly run: () => void};

/** A decoder with its keys and the one thing it waits for, which only the test lets happen. */
function decoder() {
	const keys: string[] = [];
	let waiting: Waiting | undefined;
	const decoder = new Keys(
		key => keys.push(key),
		(delay, run) => {
			expect(waiting, 'one wait at a time').toBeUndefined();
			const mine = {delay, run};
			waiting = mine;
			return () => {
				waiting = waiting === mine ? undefined : waiting;
			};
		},
	);
	return {
		keys,
		feed: (text: string | Uint8Array) => decoder.feed(typeof text === 'string' ? Buffer.from(text) : text),
		reset: () => decoder.reset(),
		get delay() {
			return waiting?.delay;
		},
		/** The time that it waits for is over. */
		elapse() {
			const {run} = waiting ?? {run() {}};
			waiting = undefined;
			run();
		},
	};
}

const sequences: Record<string, string> = {
	a: 'a',
	G: 'G',
	'?': '?',
	é: 'é',
	日: '日',
	'🦀': '🦀',
	' ': 'space',
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\x7f': 'backspace',
	'\b': 'backspace',
	'\x03': 'ctrl+c',
	'\x0c': 'ctrl+l',
	'\x1a': 'ctrl+z',
	'\x01': 'ctrl+a',
	'\x15': 'ctrl+u',
	'\x1b[A': 'up',
	'\x1b[B': 'down',
	'\x1b[C': 'right',
	'\x1b[D': 'left',
	'\x1b[H': 'home',
	'\x1b[F': 'end',
	'\x1b[Z': 'shift+tab',
	'\x1bOA': 'up',
	'\x1bOB': 'down',
	'\x1bOC': 'right',
	'\x1bOD': 'left',
	'\x1bOH': 'home',
	'\x1bOF': 'end',
	'\x1bOP': 'f1',
	'\x1bOS': 'f4',
	'\x1b[[A': 'f1',
	'\x1b[[E': 'f5',
	'\x1b[1~': 'home',
	'\x1b[2~': 'insert',
	'\x1b[3~': 'delete',
	'\x1b[4~': 'end',
	'\x1b[5~': 'pgup',
	'\x1b[6~': 'pgdn',
	'\x1b[7~': 'home',
	'\x1b[8~': 'end',
	'\x1b[1;2A': 'shift+up',
	'\x1b[1;3C': 'alt+right',
	'\x1b[1;5D': 'ctrl+left',
	'\x1b[1;6H': 'shift+ctrl+home',
	'\x1b[1;8B': 'shift+alt+ctrl+down',
	'\x1b[5;5~': 'ctrl+pgup',
	'\x1b[1;1A': 'up',
	'\x1bx': 'alt+x',
	'\x1b\r': 'alt+enter',
	'\x1b\x7f': 'alt+backspace',
	'\x1b\x03': 'alt+ctrl+c',
	'\x1bé': 'alt+é',
};

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

/** What comes, `null` where the wait is over, and the keys. */
const stories: Record<string, [events: (string | null)[], keys: string[]]> = {
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
