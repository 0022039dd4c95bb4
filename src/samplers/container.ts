import type {Host} from '../core/host.js';
import {rate} from '../core/rate.js';
import {defineSampler, type Sample} from '../core/sampler.js';
import {textIfThere} from './if-there.js';

/** What a container may use and does use. Undefined where there is no limit: on the machine itself there is none. */
export type ContainerRaw = {
	/** Bytes. */
	readonly memoryLimit: number | undefined;
	/** Bytes without what the kernel could drop at once (inactive file pages), as `docker stats` counts them. */
	readonly memoryUsed: number | undefined;
	/** Cores. */
	readonly cpuLimit: number | undefined;
	/** CPU time since the container was made, microseconds. */
	readonly cpuTime: number | undefined;
};

const cgroup = '/sys/fs/cgroup';

/** cgroup v1 has no word for 'no limit', only a number that no machine reaches. */
const unlimited = 2 ** 60;

/** Limits of the container that we run in, from the root of the control groups as it is mounted here. */
export const container = defineSampler<ContainerRaw>({
	name: 'container',
	every: 5000,
	read: host => readVersion2(host) ?? readVersion1(host),
	sample: (current, previous) => ({
		series: containerSeries(current.raw, previous?.raw, previous ? current.at - previous.at : 0),
	}),
});

/** Documentation/admin-guide/cgroup-v2.rst. The machine's own root has neither limit. */
function readVersion2(host: Host): ContainerRaw | undefined {
	// Either may be switched off: Raspberry Pi OS starts without the one for memory.
	const [memoryMax, cpuMax] = [textIfThere(host, `${cgroup}/memory.max`), textIfThere(host, `${cgroup}/cpu.max`)];

	if (memoryMax === undefined && cpuMax === undefined) {
		return undefined;
	}

	const [quota = 0, period = 0] = (cpuMax ?? '').split(' ').map(text => Number.parseInt(text, 10));
	return {
		memoryLimit: limitOf(memoryMax),
		memoryUsed: used(host, 'memory.current', 'memory.stat', 'inactive_file'),
		cpuLimit: quota > 0 && period > 0 ? quota / period : undefined,
		cpuTime: numberAfter(textIfThere(host, `${cgroup}/cpu.stat`), 'usage_usec'),
	};
}

/** Documentation/admin-guide/cgroup-v1/memory.rst and cpuacct.rst, and scheduler/sched-bwc.rst. */
function readVersion1(host: Host): ContainerRaw {
	const cpu = (file: string) => Number.parseInt(textIfThere(host, `${cgroup}/cpu/${file}`) ?? '', 10);
	const [quota, period] = [cpu('cpu.cfs_quota_us'), cpu('cpu.cfs_period_us')];
	const nanoseconds = Number.parseInt(textIfThere(host, `${cgroup}/cpuacct/cpuacct.usage`) ?? '', 10);
	return {
		memoryLimit: limitOf(textIfThere(host, `${cgroup}/memory/memory.limit_in_bytes`)),
		memoryUsed: used(host, 'memory/memory.usage_in_bytes', 'memory/memory.stat', 'total_inactive_file'),
		cpuLimit: quota > 0 && period > 0 ? quota / period : undefined,
		cpuTime: Number.isNaN(nanoseconds) ? undefined : nanoseconds / 1000,
	};
}

/** Undefined for `max` and whatever else is no number that a machine could have. */
function limitOf(text: string | undefined): number | undefined {
	const bytes = Number.parseInt(text ?? '', 10);
	return bytes > 0 && bytes < unlimited ? bytes : undefined;
}

function used(host: Host, usageFile: string, statFile: string, inactive: string): number | undefined {
	const bytes = Number.parseInt(textIfThere(host, `${cgroup}/${usageFile}`) ?? '', 10);
	const droppable = numberAfter(textIfThere(host, `${cgroup}/${statFile}`), inactive) ?? 0;
	return Number.isNaN(bytes) ? undefined : Math.max(0, bytes - droppable);
}

function numberAfter(text: string | undefined, name: string): number | undefined {
	const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1];
	return value === undefined ? undefined : Number(value);
}

function containerSeries(now: ContainerRaw, before: ContainerRaw | undefined, elapsed: number): Sample['series'] {
	const {memoryLimit, memoryUsed, cpuLimit, cpuTime} = now;
	const series: Sample['series'][number][] = [];

	if (memoryLimit !== undefined && memoryUsed !== undefined) {
		series.push(['container.memory_limit', memoryLimit], ['container.memory_used', (memoryUsed * 100) / memoryLimit]);
	}

	if (cpuLimit !== undefined) {
		// Microseconds a second, of a million a core.
		const busy = rate(cpuTime, before?.cpuTime, elapsed);
		series.push(['container.cpu_limit', cpuLimit]);
		series.push(...(busy === undefined ? [] : [['container.cpu_used', busy / 10_000 / cpuLimit] as const]));
	}

	return series;
}
