import {describe, expect, test} from 'vitest';
import {Cells, Clusters, continuation} from '../../../src/ui/screen/cells.js';

/** The rows, with `<` where the second half of a wide character stands. */
function rowsOf({columns, rows, codes, clusters}: Cells): string[] {
	return Array.from({length: rows}, (_, y) =>
		Array.from(codes.subarray(y * columns, (y + 1) * columns), code =>
			code === continuation ? '<' : clusters.textOf(code),
		).join(''),
	);
}

type Write = [x: number, y: number, text: string, end?: number];

const pictures: Record<string, [writes: Write[], row: string]> = {
	nothing: [[], '      '],
	'plain text': [[[0, 0, 'nginx']], 'nginx '],
	'cut at the edge': [[[3, 0, 'nginx']], '   ngi'],
	'cut at the end asked for': [[[0, 0, 'nginx', 2]], 'ng    '],
	'wide characters take two cells': [[[0, 0, '日本']], '日<本<  '],
	'a wide one that would cross the edge is left out': [[[1, 0, '日本語']], ' 日<本< '],
	'a wide one that would cross the end is left out, and what follows with it': [[[0, 0, 'a日b', 2]], 'a     '],
	'a letter with marks is one cell': [[[0, 0, 'e\u0301x']], 'e\u0301x    '],
	'a mark without a letter is dropped': [[[0, 0, '\u0301x']], 'x     '],
	'over the first half of a wide one': [
		[
			[2, 0, '日'],
			[2, 0, 'x'],
		],
		'  x   ',
	],
	'over the second half': [
		[
			[2, 0, '日'],
			[3, 0, 'x'],
		],
		'   x  ',
	],
	'wide over wide, one cell left of it': [
		[
			[2, 0, '日'],
			[1, 0, '本'],
		],
		' 本<   ',
	],
	'wide over wide, one cell right of it': [
		[
			[2, 0, '日'],
			[3, 0, '本'],
		],
		'   本< ',
	],
	'wide over two wide ones': [
		[
			[0, 0, '日本'],
			[1, 0, '語'],
		],
		' 語<   ',
	],
	'above the screen': [[[0, -1, 'x']], '      '],
	'below it': [[[0, 1, 'x']], '      '],
	'right of it': [[[6, 0, 'x']], '      '],
	'coming in from the left': [[[-2, 0, 'abcd']], 'cd    '],
};

describe('text in cells', () => {
	test.each(Object.entries(pictures))('%s', (_, [writes, row]) => {
		const cells = new Cells(6, 1, new Clusters());

		for (const [x, y, text, end] of writes) {
			cells.text(x, y, text, 1, end);
		}

		expect(rowsOf(cells)).toEqual([row]);
	});
});

test('text gives the column after it', () => {
	const cells = new Cells(6, 1, new Clusters());
	expect(cells.text(1, 0, 'ab日', 0)).toBe(5);
	expect(cells.text(5, 0, '日', 0)).toBe(5);
	expect(cells.text(2, 0, '', 0)).toBe(2);
});

test('a style goes with the text, on both halves of a wide character', () => {
	const cells = new Cells(4, 1, new Clusters());
	cells.text(0, 0, 'a日', 7);
	expect([...cells.styles]).toEqual([7, 7, 7, 0]);
});

test('cleared cells are spaces in the look of the terminal', () => {
	const cells = new Cells(2, 2, new Clusters());
	cells.text(0, 1, '日', 3);
	cells.clear();
	expect(rowsOf(cells)).toEqual(['  ', '  ']);
	expect([...cells.styles]).toEqual([0, 0, 0, 0]);
});

test('a copy is of its own', () => {
	const clusters = new Clusters();
	const [one, other] = [new Cells(3, 1, clusters), new Cells(3, 1, clusters)];
	one.text(0, 0, 'abc', 2);
	other.copyFrom(one);
	one.text(0, 0, 'xyz', 1);
	expect(rowsOf(other)).toEqual(['abc']);
	expect([...other.styles]).toEqual([2, 2, 2]);
});

test('one character is one code, a cluster gets a number, the same one each time', () => {
	const clusters = new Clusters();
	expect(clusters.codeOf('a')).toBe(0x61);
	expect(clusters.codeOf('🦀')).toBe(0x1f980);
	const code = clusters.codeOf('e\u0301');
	expect(code).toBeGreaterThan(0x10ffff);
	expect(clusters.codeOf('e\u0301')).toBe(code);
	expect(clusters.codeOf('o\u0301')).not.toBe(code);
	expect(clusters.textOf(code)).toBe('e\u0301');
});

test('too many clusters are shown as U+FFFD until they are forgotten', () => {
	const clusters = new Clusters();
	const cluster = (number: number) => `${String.fromCodePoint(0x4e00 + number)}\u0301`;

	for (let i = 0; i < 4096; i++) {
		expect(clusters.isFull).toBe(false);
		expect(clusters.textOf(clusters.codeOf(cluster(i)))).toBe(cluster(i));
	}

	expect(clusters.isFull).toBe(true);
	expect(clusters.codeOf(cluster(4096))).toBe(0xfffd);
	expect(clusters.textOf(clusters.codeOf(cluster(0)))).toBe(cluster(0));
	clusters.forget();
	expect(clusters.isFull).toBe(false);
	expect(clusters.textOf(clusters.codeOf(cluster(4096)))).toBe(cluster(4096));
});
