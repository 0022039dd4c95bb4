import {describe, expect, test} from 'vitest';
import {type Safe, safe} from '../../src/core/safe.js';
import {type Block, paintBlocks} from '../../src/ui/panels/blocks.js';
import {aScene} from '../helpers/scene.js';
import {painted} from '../helpers/screen.js';

/** Fills its rows with a letter. */
function block(letter: Safe, rank: number, least: number, most: number, more: Partial<Block> = {}): Block {
	return {
		rank,
		least,
		most,
		paint: area => {
			for (let y = 0; y < area.rows; y++) {
				area.text(0, y, letter, 0);
			}
		},
		...more,
	};
}

const [a, b, c] = [block(safe`a`, 2, 1, 2), block(safe`b`, 1, 2, 3), block(safe`c`, 3, 1, 4)];

const rows: Record<string, [blocks: readonly Block[], rows: number, painted: string]> = {
	'all they want, in their order, and air between them': [[a, b, c], 11, 'aa bbb cccc'],
	'no air where it is not enough for all': [[a, b, c], 10, 'aabbbcccc '],
	'what they want by rank': [[a, b, c], 7, 'aabbbcc'],
	'the least of each': [[a, b, c], 4, 'abbc'],
	'the last by rank leaves first': [[a, b, c], 3, 'abb'],
	'then the one before it': [[a, b, c], 2, 'bb'],
	'one that fits where a more important one does not': [[a, b, c], 1, 'a'],
	'nothing without rows': [[a, b, c], 0, ''],
	'nothing without blocks': [[], 2, '  '],
	'what nobody else wants': [[{...a, takesRest: true}, b], 12, 'aaaaaaaa bbb'],
	'no more than the least where more is worth nothing': [[block(safe`a`, 1, 1, 6, {worthwhile: 4}), b], 5, 'a bbb'],
	'nor the rest of it': [[block(safe`a`, 1, 1, 1, {worthwhile: 4, takesRest: true}), b], 6, 'a bbb '],
	'more where it is': [[block(safe`a`, 1, 1, 6, {worthwhile: 4}), b], 6, 'aaaabb'],
};

describe('blocks have', () => {
	test.each(Object.entries(rows))('%s', (_, [blocks, rows, expected]) => {
		expect(painted(1, rows, aScene(), area => paintBlocks(area, blocks)).join('')).toBe(expected);
	});
});
