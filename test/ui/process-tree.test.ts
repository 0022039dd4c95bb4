import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {safeText} from '../../src/core/safe.js';
import type {Process} from '../../src/core/snapshot.js';
import {branchOf, treeOf, withAncestors} from '../../src/ui/panels/process-tree.js';
import {ascii, type Symbols, unicode} from '../../src/ui/theme.js';
import {aSnapshot} from '../helpers/scene.js';

const base = aSnapshot().processes[0] as Process;
const of = (pid: number, parent: number): Process => ({...base, pid, parent, name: safeText(`p${pid}`)});

/** The rows as they are drawn: lines and pid. */
function drawn(processes: readonly Process[], symbols: Symbols = unicode): readonly string[] {
	const tree = treeOf(processes);
	return tree.rows.map(({pid}, row) => `${branchOf(tree, row, symbols)}${pid}`);
}

const cases: Record<string, [processes: readonly Process[], rows: readonly string[]]> = {
	'nothing is no tree': [[], []],
	'brothers in the order they come in': [
		[of(3, 1), of(1, 0), of(2, 1)],
		['1', '├─ 3', '└─ 2'],
	],
	'grandchildren below their parent': [
		[of(1, 0), of(2, 1), of(3, 1), of(4, 2), of(5, 2), of(6, 3)],
		['1', '├─ 2', '│ ├─ 4', '│ └─ 5', '└─ 3', '  └─ 6'],
	],
	'who has no parent among them is a root': [
		[of(9, 8), of(1, 0), of(10, 9)],
		['9', '└─ 10', '1'],
	],
	'who is far down but first brings up its branch': [
		[of(9, 4), of(2, 0), of(3, 1), of(1, 0), of(4, 1)],
		['1', '├─ 4', '│ └─ 9', '└─ 3', '2'],
	],
	'its own parent': [
		[of(1, 1), of(2, 1)],
		['1', '└─ 2'],
	],
	'a ring has a root all the same': [
		[of(1, 0), of(5, 7), of(6, 5), of(7, 6)],
		['1', '5', '└─ 6', '  └─ 7'],
	],
};

describe('a tree', () => {
	test.each(Object.entries(cases))('%s', (_, [processes, rows]) => {
		expect(drawn(processes)).toEqual(rows);
	});

	test('in ASCII', () => {
		expect(drawn([of(1, 0), of(2, 1), of(3, 1), of(4, 2)], ascii)).toEqual(['1', '|- 2', '| `- 4', '`- 3']);
	});

	test('has every process once, and a child never before its parent', () => {
		const processes = fc
			.uniqueArray(fc.integer({min: 1, max: 60}), {maxLength: 60})
			.chain(pids =>
				fc.tuple(fc.constant(pids), fc.array(fc.integer({min: 0, max: 60}), {minLength: 60, maxLength: 60})),
			)
			.map(([pids, parents]) => pids.map((pid, index) => of(pid, parents[index] ?? 0)));
		fc.assert(
			fc.property(processes, all => {
				const {rows, parents} = treeOf(all);
				expect(rows.toSorted((a, b) => a.pid - b.pid)).toEqual(all.toSorted((a, b) => a.pid - b.pid));

				for (const [row, {parent}] of rows.entries()) {
					const above = parents[row] ?? -1;
					expect(above).toBeLessThan(row);
					expect(above < 0 || rows[above]?.pid === parent).toBe(true);
				}
			}),
		);
	});

	test('10,000 deep is no deeper than can be drawn', () => {
		const rows = drawn(Array.from({length: 10_000}, (_, index) => of(index + 1, index)));
		expect(rows).toHaveLength(10_000);
		expect(rows.at(-1)).toMatch(/^ {46}└─ 10000$/);
	});
});

test('ancestors of what matters are kept, in the order that they come in', () => {
	const all = [of(4, 3), of(3, 2), of(2, 1), of(1, 0), of(5, 1), of(6, 99), of(7, 8), of(8, 7)];
	const kept = (...pids: number[]) =>
		withAncestors(all, new Set(all.filter(({pid}) => pids.includes(pid)))).map(({pid}) => pid);
	expect(kept(3)).toEqual([3, 2, 1]);
	expect(kept(5, 6)).toEqual([1, 5, 6]);
	expect(kept(7)).toEqual([7, 8]);
	expect(kept()).toEqual([]);
});
