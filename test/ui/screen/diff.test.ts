import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Cells, Clusters, continuation} from '../../../src/ui/screen/cells.js';
import {diff, repaint} from '../../../src/ui/screen/diff.js';
import {Styles} from '../../../src/ui/screen/styles.js';
import {type Look, Xterm} from '../../helpers/xterm.js';

const styles = new Styles('true');
const encoding = {styles, isAscii: false};
const ascii = {styles: new Styles('none'), isAscii: true};

/** Style numbers 0-7: the terminal's own look, colours, and every flag. */
const looks = [
	{rgb: -1, flags: 0},
	{rgb: 0xff0000, flags: 0},
	{rgb: 0x123456, flags: 1},
	{rgb: -1, flags: 2},
	{rgb: 0, flags: 3},
	{rgb: 0xffffff, flags: 4},
	{rgb: -1, flags: 7},
];
const ids = looks.map(({rgb, flags}) => styles.idOf(rgb, flags));

for (const {rgb, flags} of looks) {
	ascii.styles.idOf(rgb, flags);
}

const character = fc.oneof(
	{weight: 6, arbitrary: fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 6})},
	{weight: 2, arbitrary: fc.constantFrom('日', '本語', '한', 'Ａ', '🦀', '🚀🚀')},
	{weight: 1, arbitrary: fc.constantFrom('e\u0301', 'o\u0308\u0301', '日\u0301')},
	{weight: 2, arbitrary: fc.constantFrom('⣿⣀', '⠁', '╭─╮', '█▏', '▂▃▅', '●', '▲', '…', 'é', '\ufffd')},
);
/** The emulator has at least two columns. */
const size = {columns: fc.integer({min: 2, max: 14}), rows: fc.integer({min: 1, max: 4})};

type Write = {x: number; y: number; text: string; style: number};

const writes = fc.array(
	fc.record({
		x: fc.nat(13),
		y: fc.nat(3),
		text: fc.array(character, {minLength: 1, maxLength: 4}).map(parts => parts.join('')),
		style: fc.constantFrom(...ids),
	}),
	{maxLength: 8},
);

function drawn(columns: number, rows: number, clusters: Clusters, ...layers: readonly (readonly Write[])[]): Cells {
	const cells = new Cells(columns, rows, clusters);

	for (const {x, y, text, style} of layers.flat()) {
		if (x < columns && y < rows) {
			cells.text(x, y, text, style);
		}
	}

	return cells;
}

/** What a terminal should show for these cells. */
function expected({codes, styles: numbers, columns, clusters}: Cells): Look[] {
	return Array.from(codes, (code, at) => {
		const isWide = at % columns < columns - 1 && codes[at + 1] === continuation;
		const {rgb, flags} = looks[ids.indexOf(numbers[at] ?? -1)] ?? {rgb: -2, flags: 0};
		return {
			text: code === continuation ? '' : clusters.textOf(code),
			width: code === continuation ? 0 : isWide ? 2 : 1,
			rgb,
			isBold: (flags & 1) > 0,
			isDim: (flags & 2) > 0,
			isInverse: (flags & 4) > 0,
		};
	});
}

/** A terminal says nothing about the style of the second half of a wide character. */
function comparable(cells: readonly Look[]): readonly Look[] {
	return cells.map(cell =>
		cell.width === 0 ? {...cell, rgb: -1, isBold: false, isDim: false, isInverse: false} : cell,
	);
}

const sgr = '\\x1b\\[\\d+(?:;\\d+)*m';
const moves = '\\x1b\\[\\d+;\\d+H|\\x1b\\[\\d+C|\\x1b\\[K';
/** The style that is set after these bytes. Each of ours says all of it; where there is none, it is that of the part before. */
const styleAfter = (bytes: string) => [...bytes.matchAll(/\x1b\[([\d;]+)m/g)].at(-1)?.[1] ?? '0';
const onlyOurs = new RegExp(`^(?:${sgr}|${moves}|[^\\p{Cc}])*$`, 'u');
const onlyAscii = new RegExp(`^(?:${sgr}|${moves}|[\\x20-\\x7e])*$`);

describe('whatever the screens are', () => {
	test('the difference makes the new one from the old one, text and style', async () => {
		await fc.assert(
			fc.asyncProperty(size.columns, size.rows, writes, writes, async (columns, rows, before, after) => {
				const clusters = new Clusters();
				const old = drawn(columns, rows, clusters, before);
				const next = drawn(columns, rows, clusters, after);
				const terminal = await new Xterm(columns, rows).write(repaint(old, encoding));
				expect(comparable(terminal.looks)).toEqual(comparable(expected(old)));
				await terminal.write(diff(old, next, encoding));
				expect(comparable(terminal.looks)).toEqual(comparable(expected(next)));
			}),
			{numRuns: 400},
		);
	});

	test('so does a small difference, and a row of them leaves nothing behind', async () => {
		await fc.assert(
			fc.asyncProperty(size.columns, size.rows, fc.array(writes, {maxLength: 6}), async (columns, rows, layers) => {
				const clusters = new Clusters();
				let shown = drawn(columns, rows, clusters);
				const terminal = await new Xterm(columns, rows).write(repaint(shown, encoding));

				for (const [index] of layers.entries()) {
					const next = drawn(columns, rows, clusters, ...layers.slice(0, index + 1));
					await terminal.write(diff(shown, next, encoding));
					shown = next;
				}

				expect(comparable(terminal.looks)).toEqual(comparable(expected(shown)));
			}),
			{numRuns: 150},
		);
	});

	test('painted whole, it covers whatever was there', async () => {
		const garbage = fc.string({unit: 'grapheme-ascii', maxLength: 60});
		await fc.assert(
			fc.asyncProperty(size.columns, size.rows, garbage, writes, async (columns, rows, before, after) => {
				const next = drawn(columns, rows, new Clusters(), after);
				const terminal = await new Xterm(columns, rows).write(`\x1b[1;7;38;2;1;2;3m${before}`);
				await terminal.write(repaint(next, encoding));
				expect(comparable(terminal.looks)).toEqual(comparable(expected(next)));
			}),
			{numRuns: 200},
		);
	});

	test('the bytes are SGR, CUP, CUF, EL and text, and the style is reset at the end', () => {
		fc.assert(
			fc.property(size.columns, size.rows, writes, writes, (columns, rows, before, after) => {
				const clusters = new Clusters();
				const old = drawn(columns, rows, clusters, before);
				const next = drawn(columns, rows, clusters, after);
				expect(diff(old, next, encoding)).toMatch(onlyOurs);
				expect(repaint(next, encoding)).toMatch(onlyOurs);
				expect(diff(next, next, encoding)).toBe('');
				// Some terminals erase in the colours that are set.
				expect(
					repaint(next, encoding)
						.split('\x1b[K')
						.slice(0, -1)
						.filter(part => styleAfter(part) !== '0'),
				).toEqual([]);
				const all = [...diff(old, next, encoding).matchAll(new RegExp(sgr, 'g'))];
				expect(all.at(-1)?.[0] ?? '\x1b[0m').toBe('\x1b[0m');
			}),
			{numRuns: 400},
		);
	});

	test('on an ASCII terminal they are ASCII, and everything stands where it stands', async () => {
		await fc.assert(
			fc.asyncProperty(size.columns, size.rows, writes, writes, async (columns, rows, before, after) => {
				const clusters = new Clusters();
				const old = drawn(columns, rows, clusters, before);
				const next = drawn(columns, rows, clusters, after);
				const bytes = [repaint(old, ascii), diff(old, next, ascii)];
				expect(bytes.join('')).toMatch(onlyAscii);
				const terminal = await new Xterm(columns, rows).write(bytes.join(''));
				expect(terminal.rows.join('')).toBe(
					Array.from(next.codes, code =>
						code === 0x2026 ? '~' : code >= 0x20 && code <= 0x7e ? String.fromCharCode(code) : '?',
					).join(''),
				);
			}),
			{numRuns: 200},
		);
	});
});

type Row = [before: string, after: string, bytes: string];

/** One row of 20 columns, in the terminal's own look. */
const rows: Record<string, Row> = {
	'the same': ['nginx', 'nginx', ''],
	'a letter at the beginning': ['nginx', 'Nginx', '\x1b[1;1HN'],
	'a short gap is written again': ['load 0.42', 'Load 0.43', '\x1b[1;1HL\x1b[7C3'],
	'so that 12% to 13% is few bytes': ['12% 1', '13% 2', '\x1b[1;2H3% 2'],
	'a long gap is jumped over': ['a         b', 'x         y', '\x1b[1;1Hx\x1b[9Cy'],
	'after what terminals disagree about the cursor is set': ['      ', '日x', '\x1b[1;1H日\x1b[1;3Hx'],
	'after our own drawings it is known': ['   ', '⣀█x', '\x1b[1;1H⣀█x'],
	'after the last column it is set': ['', `${' '.repeat(19)}x`, '\x1b[1;20Hx'],
	'a wide one that becomes narrow': ['日', 'ab', '\x1b[1;1Hab'],
};

test.each(Object.entries(rows))('the bytes for %s', (_, [before, after, bytes]) => {
	const clusters = new Clusters();
	const [old, next] = [before, after].map(text => drawn(20, 1, clusters, [{x: 0, y: 0, text, style: 0}]));
	expect(old && next && diff(old, next, encoding)).toBe(bytes);
});
