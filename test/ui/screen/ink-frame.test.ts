import {describe, expect, test} from 'vitest';
import {Cells, Clusters, continuation} from '../../../src/ui/screen/cells.js';
import {readInkFrame} from '../../../src/ui/screen/ink-frame.js';
import {Styles} from '../../../src/ui/screen/styles.js';

const [bold, dim, inverse] = [1, 2, 4];

type Run = [text: string, rgb: number, flags: number];

/** A frame, and for each row the runs of one style. */
const frames: Record<string, [frame: string, rows: Run[][]]> = {
	'text alone': ['ab', [[['ab    ', -1, 0]]]],
	nothing: ['', [[['      ', -1, 0]]]],
	'two rows': ['ab\ncd', [[['ab    ', -1, 0]], [['cd    ', -1, 0]]]],
	'more rows than the screen has': ['a\nb\nc\nd', [[['a     ', -1, 0]], [['b     ', -1, 0]]]],
	'a row wider than the screen': ['abcdefgh', [[['abcdef', -1, 0]]]],
	'a colour and its end': [
		'\x1b[38;2;255;107;104mab\x1b[39mc',
		[
			[
				['ab', 0xff6b68, 0],
				['c   ', -1, 0],
			],
		],
	],
	'a colour over the end of a row': [
		'\x1b[38;2;0;0;1mab\ncd\x1b[39m',
		[
			[
				['ab', 1, 0],
				['    ', -1, 0],
			],
			[
				['cd', 1, 0],
				['    ', -1, 0],
			],
		],
	],
	'bold and dim end together': [
		'\x1b[1ma\x1b[2mb\x1b[22mc',
		[
			[
				['a', -1, bold],
				['b', -1, bold | dim],
				['c   ', -1, 0],
			],
		],
	],
	'inverse ends by itself': [
		'\x1b[1m\x1b[7ma\x1b[27mb\x1b[22m',
		[
			[
				['a', -1, bold | inverse],
				['b', -1, bold],
				['    ', -1, 0],
			],
		],
	],
	'all ends at once': [
		'\x1b[38;2;1;2;3m\x1b[1ma\x1b[0mb',
		[
			[
				['a', 0x010203, bold],
				['b    ', -1, 0],
			],
		],
	],
	'what we do not use changes nothing': ['\x1b[4ma\x1b[24mb\x1b[48;2;1;1;1mc\x1b[49m', [[['abc   ', -1, 0]]]],
	'only colours, no text': ['\x1b[1m\x1b[22m', [[['      ', -1, 0]]]],
	'wide characters': [
		'日\x1b[1mb\x1b[22m',
		[
			[
				['日<', -1, 0],
				['b', -1, bold],
				['   ', -1, 0],
			],
		],
	],
};

describe('a frame by Ink', () => {
	test.each(Object.entries(frames))('%s', (_, [frame, rows]) => {
		const styles = new Styles('true');
		const cells = new Cells(6, 2, new Clusters());
		readInkFrame(frame, cells, styles);
		const expected = rows.flatMap(row =>
			row.flatMap(([text, rgb, flags]) => [...text].map(() => styles.idOf(rgb, flags))),
		);
		const text = Array.from(cells.codes, code => (code === continuation ? '<' : cells.clusters.textOf(code))).join('');
		expect(text.slice(0, 6 * rows.length)).toBe(rows.map(row => row.map(([part]) => part).join('')).join(''));
		expect([...cells.styles.subarray(0, 6 * rows.length)]).toEqual(expected.map(id => (id === -1 ? 0 : id)));
	});
});

test('what was there before is gone', () => {
	const cells = new Cells(3, 2, new Clusters());
	cells.text(0, 0, 'xyz', 5);
	readInkFrame('\nb', cells, new Styles('true'));
	expect(String.fromCodePoint(...cells.codes)).toBe('   b  ');
	expect([...cells.styles]).toEqual([0, 0, 0, 0, 0, 0]);
});
