import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ParseError, Unsupported} from '../../src/core/errors.js';
import type {Sample} from '../../src/core/sampler.js';
import {baseOf} from '../../src/core/series.js';
import {samplers} from '../../src/samplers/index.js';
import {contextAt} from '../helpers/collect.js';
import {treeHost} from '../helpers/tree-files.js';

/** What each sampler reads: the file that is broken, and the tree that has it. */
const sources: [sampler: string, tree: string, file: string][] = [
	['cpu', 'web-01', '/proc/stat'],
	['frequency', 'web-01', '/proc/cpuinfo'],
	['frequency', 'new-kernel', '/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq'],
	['memory', 'web-01', '/proc/meminfo'],
	['vmstat', 'web-01', '/proc/vmstat'],
	['container', 'pod', '/sys/fs/cgroup/memory.max'],
	['container', 'pod', '/sys/fs/cgroup/memory.current'],
	['container', 'pod', '/sys/fs/cgroup/memory.stat'],
	['container', 'pod', '/sys/fs/cgroup/cpu.max'],
	['container', 'pod', '/sys/fs/cgroup/cpu.stat'],
	['container', 'docker-v1', '/sys/fs/cgroup/memory/memory.limit_in_bytes'],
	['container', 'docker-v1', '/sys/fs/cgroup/memory/memory.stat'],
	['container', 'docker-v1', '/sys/fs/cgroup/cpu/cpu.cfs_quota_us'],
	['container', 'docker-v1', '/sys/fs/cgroup/cpuacct/cpuacct.usage'],
	['load', 'web-01', '/proc/loadavg'],
	['pressure', 'web-01', '/proc/pressure/io'],
	['uptime', 'web-01', '/proc/uptime'],
	['filesystem', 'new-kernel', '/proc/self/mountinfo'],
	['io', 'new-kernel', '/proc/diskstats'],
	['raid', 'new-kernel', '/proc/mdstat'],
	['network', 'new-kernel', '/proc/self/net/dev'],
	['network', 'web-01', '/sys/class/net/eth0/ifindex'],
	['link', 'new-kernel', '/sys/class/net/veth1a2b3c4/speed'],
	['link', 'web-01', '/sys/class/net/lo/flags'],
	['tcp', 'web-01', '/proc/self/net/snmp'],
	['tcp', 'old-kernel', '/proc/self/net/netstat'],
	['listening', 'web-01', '/proc/self/net/tcp'],
	['listening', 'web-01', '/proc/self/net/sockstat'],
	['conntrack', 'web-01', '/proc/sys/net/netfilter/nf_conntrack_count'],
	['conntrack', 'web-01', '/proc/sys/net/netfilter/nf_conntrack_max'],
	['files', 'web-01', '/proc/sys/fs/file-nr'],
	['process', 'web-01', '/proc/1044/stat'],
	['process', 'web-01', '/proc/1044/io'],
	['process', 'web-01', '/proc/1044/status'],
	['temperature', 'new-kernel', '/sys/class/hwmon/hwmon1/temp1_input'],
	['temperature', 'new-kernel', '/sys/class/hwmon/hwmon1/name'],
];

/** Reads a whole tree, then one in which `file` is `content`, then a whole one again. */
function reader(name: string, tree: string, file: string) {
	const sampler = samplers.find(one => one.name === name);
	const [before, after] = [treeHost(tree, 'before'), treeHost(tree, 'after')];
	const whole = Buffer.from(after.read(file)).toString('latin1');
	const visible = new Set([1044]);

	async function sampleOf(collect: ReturnType<NonNullable<typeof sampler>['start']>, host: typeof after, at: number) {
		try {
			return await collect(host, contextAt(at, {visible}));
		} catch (error) {
			expect(error instanceof ParseError || error instanceof Unsupported, String(error)).toBe(true);
			return undefined;
		}
	}

	return {
		whole,
		async readings(content: string): Promise<readonly (Sample | undefined)[]> {
			const collect = sampler?.start();

			if (!collect) {
				throw new Error(`there is no sampler '${name}'`);
			}

			const first = await sampleOf(collect, before, 0);
			after.files[file] = content;
			const broken = await sampleOf(collect, after, 1000);
			after.files[file] = whole;
			return [first, broken, await sampleOf(collect, after, 2000)];
		},
	};
}

/** Every number of a sample is one, and none that is made of two readings is below 0. */
function expectNumbers(sample: Sample | undefined, single: ReadonlySet<string>, what: string): void {
	for (const [name, value] of sample?.series ?? []) {
		expect(Number.isFinite(value), `${name} is ${value} with ${what}`).toBe(true);
		expect(value >= 0 || single.has(baseOf(name)), `${name} is ${value} with ${what}`).toBe(true);
	}

	const {devices = [], interfaces = [], processes = []} = sample?.tables ?? {};
	const disks = processes.map(({disk}) => (disk === 'denied' ? {} : {...disk}));

	for (const [key, value] of [...devices, ...interfaces, ...disks].flatMap(row => Object.entries(row))) {
		const isRate = /PerSecond$|^latencyMs$|^busyPercent$|^read$|^written$/.test(key);
		expect(
			!isRate || (typeof value === 'number' && Number.isFinite(value) && value >= 0),
			`${key} is ${value} with ${what}`,
		).toBe(true);
	}
}

describe.each(sources)('%s of %s, %s', (name, tree, file) => {
	const {whole, readings} = reader(name, tree, file);

	async function expectAll(content: string, what: string): Promise<void> {
		const samples = await readings(content);
		const single = new Set(samples[0]?.series.map(([name]) => baseOf(name)));

		for (const sample of samples) {
			expectNumbers(sample, single, what);
		}
	}

	test('cut after every byte, or empty, gives numbers or says that it cannot be read', async () => {
		for (let length = 0; length < whole.length; length++) {
			await expectAll(
				whole.slice(0, length),
				`its end cut after ${JSON.stringify(whole.slice(Math.max(0, length - 40), length))}`,
			);
		}
	});

	test('with nonsense in the place of a number, too', async () => {
		const places = [...whole.matchAll(/\d+/g)].map(({index, 0: number}) => ({index, length: number.length}));
		const odd = fc.constantFrom(
			'NaN',
			'Infinity',
			'-Infinity',
			'1e999',
			'-5',
			'0',
			'',
			'\0',
			'1.5',
			'0x1f',
			'18446744073709551616',
		);
		const nonsense = fc.oneof(odd, fc.string({unit: fc.constantFrom(...'09 \n\t:-.e[]()xNa/\xff'), maxLength: 12}));
		await fc.assert(
			fc.asyncProperty(fc.nat(Math.max(0, places.length - 1)), nonsense, async (place, text) => {
				const {index = 0, length = 0} = places[place] ?? {};

				await expectAll(whole.slice(0, index) + text + whole.slice(index + length), JSON.stringify(text));
			}),
			{numRuns: 100},
		);
	});
});
