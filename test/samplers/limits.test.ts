import {expect, test} from 'vitest';
import {everything} from '../../src/core/filter.js';
import {conntrack} from '../../src/samplers/conntrack.js';
import {container} from '../../src/samplers/container.js';
import {raid} from '../../src/samplers/raid.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost} from '../helpers/fake-host.js';
import {seriesOf} from '../helpers/series-of.js';

const group = '/sys/fs/cgroup';
const memory2 = {[`${group}/memory.max`]: '1000\n', [`${group}/memory.current`]: '700\n'};
const memory1 = {
	[`${group}/memory/memory.limit_in_bytes`]: '1000\n',
	[`${group}/memory/memory.usage_in_bytes`]: '700\n',
};

const containers: Record<string, [files: FakeFiles, series: Record<string, number>]> = {
	'the machine itself': [{}, {}],
	'the root of version 2, which has no limits': [
		{[`${group}/cpu.stat`]: 'usage_usec 5\n', [`${group}/memory.stat`]: 'inactive_file 1\n'},
		{},
	],
	'no limits': [{...memory2, [`${group}/memory.max`]: 'max\n', [`${group}/cpu.max`]: 'max 100000\n'}, {}],
	'memory, without what can be dropped': [
		{...memory2, [`${group}/memory.stat`]: 'active_file 50\ninactive_file 200\n'},
		{'container.memory_limit': 1000, 'container.memory_used': 50},
	],
	'more can be dropped than is used': [
		{...memory2, [`${group}/memory.stat`]: 'inactive_file 900\n'},
		{'container.memory_limit': 1000, 'container.memory_used': 0},
	],
	'a limit of nothing is no limit that could be used up': [{...memory2, [`${group}/memory.max`]: '0\n'}, {}],
	'a limit, and nobody knows what is used': [{[`${group}/memory.max`]: '1000\n'}, {}],
	'a part of a core': [
		{...memory2, [`${group}/memory.max`]: 'max\n', [`${group}/cpu.max`]: '25000 100000\n'},
		{'container.cpu_limit': 0.25},
	],
	'cores, where memory is not limited by anybody': [
		{[`${group}/cpu.max`]: '300000 100000\n'},
		{'container.cpu_limit': 3},
	],
	'version 1: all levels below count': [
		{...memory1, [`${group}/memory/memory.stat`]: 'inactive_file 1\ntotal_inactive_file 600\n'},
		{'container.memory_limit': 1000, 'container.memory_used': 10},
	],
	'version 1: a number that no machine reaches is no limit': [
		{...memory1, [`${group}/memory/memory.limit_in_bytes`]: '9223372036854771712\n'},
		{},
	],
	'version 1: a quota of -1 is none': [
		{[`${group}/cpu/cpu.cfs_quota_us`]: '-1\n', [`${group}/cpu/cpu.cfs_period_us`]: '100000\n'},
		{},
	],
};

test.each(Object.entries(containers))('container: %s', async (_, [files, series]) => {
	expect(await seriesOf(container, files)).toEqual(series);
});

test('CPU time of a container is of its limit, and a gap where it steps back', async () => {
	const host = fakeHost({[`${group}/cpu.max`]: '50000 100000\n'});
	const collect = container.start();
	const used = [0, 250_000, 100_000, 1_100_000].map((time, index) => {
		host.files[`${group}/cpu.stat`] = `usage_usec ${time}\nuser_usec 9\n`;
		const sample = collect(host, contextAt(index * 1000));
		return 'series' in sample && new Map(sample.series).get('container.cpu_used');
	});
	// A second of half a core has 500,000 microseconds.
	expect(used).toEqual([undefined, 50, undefined, 200]);
});

const filter = '/proc/sys/net/netfilter';

test.each([
	['full', '262144\n', '262144\n', {'conntrack.used': 100}],
	['three quarters', '49152', '65536', {'conntrack.used': 75}],
	['no limit', '5\n', '0\n', {}],
])('connections that are followed: %s', async (_, count, most, series) => {
	expect(
		await seriesOf(conntrack, {[`${filter}/nf_conntrack_count`]: count, [`${filter}/nf_conntrack_max`]: most}),
	).toEqual(series);
});

test('a firewall that is started later is seen, for the kernel loads it then', async () => {
	const host = fakeHost({});
	const collect = conntrack.start();
	expect(collect(host, contextAt(0))).toEqual({series: []});
	Object.assign(host.files, {[`${filter}/nf_conntrack_count`]: '1', [`${filter}/nf_conntrack_max`]: '4'});
	expect(collect(host, contextAt(0))).toEqual({series: [['conntrack.used', 25]]});
});

test('arrays that are not wanted are left out', async () => {
	const filters = {mounts: everything, devices: {only: ['md1']}, interfaces: everything};
	const files = {'/proc/mdstat': 'md0 : active raid0 a\n 1\nmd1 : inactive b\n 1\n'};
	expect(await seriesOf(raid, files, {}, {filters})).toEqual({'raid.degraded:md1': 1});
});
