import {describe, expect, test} from 'vitest';
import {baseOf} from '../../src/core/series.js';
import {seriesTable} from '../../src/core/series-table.js';
import {collectRoots, collectTree, expectation, pathOf, rounded, trees} from '../helpers/collect.js';

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
			const fields = [...devices, ...interfaces].flatMap(row => Object.keys(row));
			expect(fields.filter(field => /PerSecond$|^latencyMs$|^busyPercent$/.test(field))).toEqual([]);
			expect(processes.filter(({cpuPercent, disk}) => (cpuPercent ?? disk) !== undefined)).toEqual([]);
		});
	});
}

/** What only two readings give. A share of no time and a mean of no requests are unknown; all others are 0. */
const ratesOfNothing = `container.cpu_used core.used cpu.forks cpu.iowait cpu.irq cpu.nice cpu.steal
	cpu.switches cpu.system cpu.used cpu.user io.busy io.read io.reads io.writes io.written
	network.drops network.errors network.packets_in network.packets_out network.received network.sent swap.in swap.out swap.traffic
	tcp.listen_drops tcp.retransmits`.split(/\s+/);

test('a tree that is read twice unchanged gives the same totals, and rates of zero', async () => {
	const rates = new Set<string>();

	for (const tree of trees) {
		const root = pathOf(tree, 'after');
		const {before, after} = await collectRoots(root, root, 1000);
		const {after: expected} = expectation(tree, 'expected.json');
		const grown = Object.keys(after.series).filter(name => !(name in before.series));
		expect(after.series).toMatchObject(before.series);
		expect(grown.map(name => [name, after.series[name]])).toEqual(grown.map(name => [name, 0]));
		// A counter that stepped back between the two recorded readings has a rate here: of nothing but itself.
		expect(Object.keys(expected).filter(name => !(name in after.series))).toEqual(
			Object.keys(expected).filter(name => name.startsWith('io.latency:')),
		);
		expect(after.tables.devices.filter(({latencyMs}) => latencyMs !== undefined)).toEqual([]);
		expect(new Set(after.tables.processes.map(({cpuPercent}) => cpuPercent))).toEqual(new Set([0]));

		for (const name of grown) {
			rates.add(baseOf(name));
		}
	}

	expect([...rates].sort()).toEqual(ratesOfNothing);
});

/** Of ourselves; of systemd, which no recorded tree can ask; a forecast, which needs five minutes. They have their own tests, and so has what checks find. */
const inNoTree = new Set([
	'self.cpu',
	'self.memory',
	'self.lag',
	'self.unkept',
	'self.undeliverable',
	'self.impaired',
	'unit.failed',
	'disk.full_in',
]);

test('the trees and the table of series name the same series', async () => {
	const emitted = new Set<string>();

	for (const tree of trees) {
		const {before, after} = await collectTree(tree, 1000);

		for (const name of [...Object.keys(before.series), ...Object.keys(after.series)]) {
			emitted.add(baseOf(name));
		}
	}

	const documented = seriesTable
		.filter(({name}) => !name.includes(':CHECK'))
		.map(({name}) => baseOf(name))
		.filter(name => !inNoTree.has(name));
	expect([...emitted].sort()).toEqual(documented.sort());
});
