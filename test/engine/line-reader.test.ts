import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LineReader} from '../../src/engine/line-reader.js';

/** What a reader of at most `most` bytes tells of these pieces, `!` standing for too long a line. */
function told(pieces: readonly Buffer[], most = 100): readonly string[] {
	const lines: string[] = [];
	const reader = new LineReader(
		most,
		line => lines.push(line),
		() => lines.push('!'),
	);

	for (const piece of pieces) {
		reader.feed(piece);
	}

	return lines;
}

test.each<[name: string, pieces: readonly string[], lines: readonly string[]]>([
	['nothing', [], []],
	['an end', ['\n'], ['']],
	['lines in one piece', ['a\nbc\n\nd\n'], ['a', 'bc', '', 'd']],
	['a line in pieces', ['a', '', 'b', 'c\nd', '\n'], ['abc', 'd']],
	['what has no end', ['a\nb'], ['a']],
	['a line as long as it may be', ['12345\n', '123', '45', '\n'], ['12345', '12345']],
	['too long a line, and nothing behind it', ['1\n123456\n2\n', '3\n'], ['1', '!']],
	['too long a line in pieces', ['123', '456', '7\n8\n'], ['!']],
	['too long a line before its end', ['123456'], ['!']],
])('%s', (_, pieces, lines) => {
	expect(
		told(
			pieces.map(piece => Buffer.from(piece)),
			5,
		),
	).toEqual(lines);
});

test('characters survive however they are cut', () => {
	const line = fc.string({unit: 'grapheme', maxLength: 20}).map(text => text.replaceAll('\n', ' '));
	fc.assert(
		fc.property(fc.array(line), fc.array(fc.nat(50)), (lines, cuts) => {
			const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
			const at = [0, ...cuts.map(cut => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
			const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
			expect(told(pieces, 1000)).toEqual(lines);
		}),
	);
});

test('what was fed may be written over', () => {
	const chunk = Buffer.from('abc');
	const lines: string[] = [];
	const reader = new LineReader(
		10,
		line => lines.push(line),
		() => {},
	);
	reader.feed(chunk);
	chunk.fill('x');
	reader.feed(Buffer.from('\n'));
	expect(lines).toEqual(['abc']);
});

test('whoever is told a line may stop the rest', () => {
	const lines: string[] = [];
	const reader = new LineReader(
		10,
		line => {
			lines.push(line);
			reader.stop();
		},
		() => lines.push('!'),
	);
	reader.feed(Buffer.from('a\nb\n'));
	reader.feed(Buffer.from('12345678901'));
	expect(lines).toEqual(['a']);
});

test('single bytes take a time and a room that grow no faster than the line', () => {
	const byte = Buffer.from('x');
	const most = 4 << 20;
	let length = 0;
	const reader = new LineReader(
		most,
		line => (length = line.length),
		() => {},
	);
	const before = process.memoryUsage().rss;

	for (let count = 0; count < most; count++) {
		reader.feed(byte);
	}

	// A list of four million buffers has 400 MB and more.
	expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
	reader.feed(Buffer.from('\n'));
	expect(length).toBe(most);
}, 20_000);

test('of a line without an end no more is held than may be', () => {
	const piece = Buffer.alloc(64 << 10, 'x');
	let times = 0;
	const reader = new LineReader(
		1 << 20,
		() => {},
		() => times++,
	);
	const before = process.memoryUsage().rss;

	for (let bytes = 0; bytes < 100e6; bytes += piece.length) {
		reader.feed(piece);
	}

	expect(times).toBe(1);
	expect(process.memoryUsage().rss - before).toBeLessThan(30 << 20);
});
