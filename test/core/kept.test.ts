import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {keptSeries, mainInstances, mainSeries, mostKept} from '../../src/core/kept.js';
import {baseOf} from '../../src/core/series.js';
import {seriesTable} from '../../src/core/series-table.js';

const mounts = (count: number, base = 'disk.used') => Array.from({length: count}, (_, index) => `${base}:/m${index}`);

type Row = {present: string[]; configured?: string[]; limit?: number; before?: string[]; kept: string[]};

const choices: Record<string, Row> = {
	'nothing there': {present: [], configured: ['cpu.used'], kept: []},
	'main numbers are kept, the most telling first': {
		present: ['self.lag', 'memory.used', 'cpu.used'],
		kept: ['cpu.used', 'memory.used', 'self.lag'],
	},
	'single cores, totals and constants are not': {
		present: ['core.used:0', 'network.sent_total:eth0', 'disk.size:/', 'network.speed:eth0', 'uptime', 'cpu.used'],
		kept: ['cpu.used'],
	},
	'what nobody knows is not': {present: ['constructor', 'a.b', '', ':', 'cpu.used:1'], kept: []},
	'every instance is kept': {
		present: ['disk.used:/', 'disk.used:/a:b', 'temperature:cpu'],
		kept: ['disk.used:/', 'temperature:cpu', 'disk.used:/a:b'],
	},
	'what the configuration names comes first': {
		present: ['cpu.used', 'core.used:3', 'core.used:4'],
		configured: ['core.used:4'],
		kept: ['core.used:4', 'cpu.used'],
	},
	'a configured name without instance means all of them': {
		present: ['cpu.used', 'core.used:3', 'core.used:4', 'core.usedup:1'],
		configured: ['core.used'],
		kept: ['core.used:3', 'core.used:4', 'cpu.used'],
	},
	'what is configured and main counts once': {
		present: ['cpu.used', 'load.1'],
		configured: ['load.1', 'load.1'],
		kept: ['load.1', 'cpu.used'],
	},
	'over the limit, numbers of the machine come before those of its parts': {
		present: ['disk.used:/', 'disk.used:/data', 'self.lag', 'cpu.used'],
		limit: 3,
		kept: ['cpu.used', 'self.lag', 'disk.used:/'],
	},
	'over the limit, the first of each kind come before the second of any': {
		present: [...mounts(9), ...mounts(9, 'disk.free'), 'network.sent:eth0', 'network.sent:veth1', 'io.busy:vda'],
		limit: 6,
		kept: ['disk.used:/m0', 'network.sent:eth0', 'io.busy:vda', 'disk.free:/m0', 'disk.used:/m1', 'network.sent:veth1'],
	},
	'over the limit, what is kept already stays': {
		present: ['disk.used:/', 'disk.used:/data', 'network.sent:eth0'],
		limit: 2,
		before: ['disk.used:/data', 'network.sent:eth0'],
		kept: ['network.sent:eth0', 'disk.used:/data'],
	},
	'and makes way only for a better group': {
		present: ['disk.used:/', 'cpu.used', 'network.sent:eth0', 'core.used:1'],
		configured: ['core.used:1'],
		limit: 3,
		before: ['disk.used:/', 'network.sent:eth0'],
		kept: ['core.used:1', 'cpu.used', 'disk.used:/'],
	},
	'what was kept and is gone is not': {present: ['cpu.used'], before: ['load.1'], kept: ['cpu.used']},
	'no room for anything': {present: ['cpu.used'], limit: 0, kept: []},
};

describe('kept series', () => {
	test.each(Object.entries(choices))('%s', (_, {present, configured, limit, before, kept}) => {
		expect([...keptSeries(present, configured, limit, before && new Set(before))]).toEqual(kept);
	});
});

test('100 are kept without being asked for another number', () => {
	expect(mostKept).toBe(100);
	expect(keptSeries([...mounts(2000), ...mainSeries]).size).toBe(100);
	expect([...keptSeries([...mounts(2000), ...mainSeries])].slice(0, mainSeries.length)).toEqual(mainSeries);
});

test('every main series exists, with instances where it says so, and none is named twice', () => {
	const all = seriesTable.map(({name}) => name);
	expect(all).toEqual(expect.arrayContaining([...mainSeries]));
	expect(all.filter(name => name !== baseOf(name)).map(baseOf)).toEqual(expect.arrayContaining([...mainInstances]));
	expect(new Set([...mainSeries, ...mainInstances]).size).toBe(mainSeries.length + mainInstances.length);
});

const main = fc.constantFrom(...mainSeries);
const part = fc
	.tuple(fc.constantFrom(...mainInstances, 'core.used', 'disk.size'), fc.nat(12))
	.map(([base, instance]) => `${base}:${instance}`);
const names = fc.uniqueArray(fc.oneof(main, part), {maxLength: 60});

test('whatever is there: never more than the limit, never less than could be, and nothing that is not there', () => {
	fc.assert(
		fc.property(names, names, fc.nat(20), (present, configured, limit) => {
			const all = keptSeries(present, configured, Number.POSITIVE_INFINITY);
			const kept = keptSeries(present, configured, limit);
			expect(kept.size).toBe(Math.min(limit, all.size));
			expect([...all]).toEqual(expect.arrayContaining([...kept]));
			expect(present).toEqual(expect.arrayContaining([...all]));
			expect([...all]).toEqual(expect.arrayContaining(present.filter(name => configured.includes(name))));
		}),
	);
});

test('whatever comes, parts of the machine do not push out what is kept', () => {
	fc.assert(
		fc.property(names, fc.uniqueArray(part, {maxLength: 60}), fc.integer({min: 1, max: 20}), (first, more, limit) => {
			const before = keptSeries(first, [], limit);
			const after = keptSeries(new Set([...more, ...first]), [], limit, before);
			expect([...after]).toEqual(expect.arrayContaining([...before]));
		}),
	);
});
