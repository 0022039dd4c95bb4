import {expect, test} from 'vitest';
import {type CpuShare, cpu, cpuShare} from '../../src/samplers/cpu.js';
import type {CpuTimes} from '../../src/samplers/proc-stat.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost} from '../helpers/fake-host.js';

const zero: CpuTimes = {user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, softirq: 0, steal: 0};
const some: CpuTimes = {user: 50, nice: 50, system: 50, idle: 50, iowait: 50, irq: 50, softirq: 50, steal: 50};

const idle: CpuShare = {used: 0, user: 0, nice: 0, system: 0, irq: 0, iowait: 0, steal: 0};

const shares: Record<string, [growth: Partial<CpuTimes>, share: CpuShare | undefined]> = {
	'an idle machine': [{idle: 100}, {...idle}],
	'a busy one': [{user: 100}, {...idle, used: 100, user: 100}],
	'waiting for a disk is not work': [
		{idle: 50, iowait: 50},
		{...idle, iowait: 50},
	],
	'nice and interrupts are used, and neither user nor system': [
		{nice: 10, irq: 5, softirq: 15, idle: 70},
		{...idle, used: 30, nice: 10, irq: 20},
	],
	'steal is used: the machine had no more': [
		{steal: 40, idle: 60},
		{...idle, used: 40, steal: 40},
	],
	'iowait that steps back was idle time, and is left out': [
		{user: 50, idle: 70, iowait: -20},
		{used: 50, user: 50, nice: 0, system: 0, irq: 0, steal: 0},
	],
	'no time at all': [{}, {used: 0, user: 0, nice: 0, system: 0, irq: 0, iowait: 0, steal: 0}],
	'only a step back of iowait': [{iowait: -1}, undefined],
	'user steps back': [{user: -1, idle: 100}, undefined],
	'idle steps back': [{user: 100, idle: -1}, undefined],
	'steal steps back': [{user: 100, steal: -1}, undefined],
	'nice steps back': [{user: 100, nice: -1}, undefined],
	'interrupts step back': [{user: 100, softirq: -1}, undefined],
};

for (const [name, [growth, share]] of Object.entries(shares)) {
	test(name, () => {
		const after = {...some};

		for (const key of Object.keys(zero) as (keyof CpuTimes)[]) {
			after[key as 'user'] += growth[key] ?? 0;
		}

		expect(cpuShare(after, some)).toEqual(share);
	});
}

test('a reading that failed leaves a gap, not a rate over two intervals', () => {
	const collect = cpu.start();
	const host = fakeHost({'/proc/stat': 'cpu  1 0 0 1\n'});
	collect(host, contextAt(0));
	host.files['/proc/stat'] = 'nonsense';
	expect(() => collect(host, contextAt(1000))).toThrow();
	host.files['/proc/stat'] = 'cpu  9 0 0 9\n';
	expect(collect(host, contextAt(2000))).toEqual({cores: 0, series: []});
	host.files['/proc/stat'] = 'cpu  10 0 0 12\n';
	expect(collect(host, contextAt(3000))).toMatchObject({series: expect.arrayContaining([['cpu.used', 25]])});
});

test('two collectors of one sampler share nothing', () => {
	const host = fakeHost({'/proc/stat': 'cpu  1 0 0 1\n'});
	cpu.start()(host, contextAt(0));
	host.files['/proc/stat'] = 'cpu  2 0 0 2\n';
	expect(cpu.start()(host, contextAt(1000))).toEqual({cores: 0, series: []});
});
