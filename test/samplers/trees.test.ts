import {describe, expect, test} from 'vitest';
import {seriesTable} from '../../src/core/series.js';
import {collectTree, expectation, rounded} from '../helpers/collect.js';

const trees = ['web-01', 'old-kernel', 'many-cores', 'new-kernel', 'names-from-hell'];
const base = (name: string) => name.replace(/:.*/s, '');

for (const tree of trees) {
	describe(tree, async () => {
		const expected = expectation(tree, 'expected.json');
		const tables = expectation(tree, 'tables.json');
		const {before, after} = await collectTree(tree, expected.elapsedMs);

		test('one reading gives what needs no second', () => {
			expect(rounded(before.series)).toEqual(rounded(expected.before));
		});

		test('two readings give every series', () => {
			expect(rounded(after.series)).toEqual(rounded(expected.after));
			expect(after.cores).toBe(expected.cores);
		});

		test.each(['filesystems', 'devices', 'interfaces'] as const)('the table of %s', name => {
			expect(rounded(after.tables[name])).toEqual(rounded(tables[name]));
		});

		test('the table of processes', () => {
			const byPid = after.tables.processes.toSorted((a, b) => a.pid - b.pid);
			expect(rounded(byPid)).toEqual(rounded(tables.processes));
		});

		test('what could not be read', () => {
			expect(after.unsupported).toEqual(tables.unsupported);
			expect(after.problems).toEqual(tables.problems);
		});

		test('a first reading has no rates in its tables', () => {
			const {devices, interfaces, processes} = before.tables;
			const rates = [
				...devices.map(({readBytesPerSecond}) => readBytesPerSecond),
				...interfaces.map(({receivedBytesPerSecond}) => receivedBytesPerSecond),
				...processes.map(({cpuPercent, disk}) => cpuPercent ?? disk),
			];
			expect(new Set(rates)).toEqual(new Set([undefined]));
		});
	});
}

test('the trees and the table of series name the same series', async () => {
	const emitted = new Set<string>();

	for (const tree of trees) {
		const {before, after} = await collectTree(tree, 1000);

		for (const name of [...Object.keys(before.series), ...Object.keys(after.series)]) {
			emitted.add(base(name));
		}
	}

	const documented = seriesTable.map(({name}) => base(name)).filter(name => !name.startsWith('self.'));
	expect([...emitted].sort()).toEqual(documented.sort());
});
