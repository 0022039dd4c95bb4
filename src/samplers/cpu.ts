import {ParseError} from '../core/errors.js';
import {defineSampler, type Sample} from '../core/sampler.js';
import {seriesName} from '../core/series.js';

const source = '/proc/stat';

/** Jiffies since boot of one row of /proc/stat, in the kernel's order. Rows of kernels before 2.6.11 have fewer; those are 0. */
export type CpuTimes = {
	readonly user: number;
	readonly nice: number;
	readonly system: number;
	readonly idle: number;
	readonly iowait: number;
	readonly irq: number;
	readonly softirq: number;
	readonly steal: number;
};

/** All cores together, and each core that is online by its number. */
export type CpuRaw = {readonly all: CpuTimes; readonly cores: ReadonlyMap<number, CpuTimes>};

/** Percentages of the time between two readings. */
export type CpuShare = {
	readonly used: number;
	readonly user: number;
	readonly system: number;
	/** Absent when the kernel counted it backwards, as it sometimes does (proc(5)). */
	readonly iowait?: number;
	readonly steal: number;
};

export const cpu = defineSampler<CpuRaw>({
	name: 'cpu',
	read: host => parseStat(host.readText(source)),
	sample(current, previous) {
		return {cores: current.raw.cores.size, series: previous ? seriesOf(current.raw, previous.raw) : []};
	},
});

function seriesOf(current: CpuRaw, previous: CpuRaw): Sample['series'] {
	const series: [string, number][] = [];
	const share = cpuShare(current.all, previous.all);

	if (share) {
		series.push(...Object.entries(share).map(([measure, value]): [string, number] => [`cpu.${measure}`, value]));
	}

	for (const [core, times] of current.cores) {
		const before = previous.cores.get(core);
		const used = before && cpuShare(times, before)?.used;

		if (used !== undefined) {
			series.push([seriesName('core.used', String(core)), used]);
		}
	}

	return series;
}

/** Reads the `cpu` rows of /proc/stat (proc(5)). @throws ParseError when there is no row for all cores together. */
export function parseStat(text: string): CpuRaw {
	const cores = new Map<number, CpuTimes>();
	let all: CpuTimes | undefined;

	for (let start = 0; text.startsWith('cpu', start); start = text.indexOf('\n', start) + 1) {
		const end = text.indexOf('\n', start);
		const [name = '', ...fields] = text.slice(start, end < 0 ? undefined : end).split(/ +/);
		const times = timesOf(fields);

		if (name === 'cpu') {
			all = times;
		} else {
			cores.set(Number(name.slice(3)), times);
		}

		if (end < 0) {
			break;
		}
	}

	if (!all) {
		throw new ParseError(source, "has no row 'cpu'");
	}

	return {all, cores};
}

function timesOf(fields: readonly string[]): CpuTimes {
	// guest and guest_nice (fields 9 and 10) are left out: the kernel counts them in user and nice already.
	const numbers = fields.slice(0, 8).map(Number);
	const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbers;

	if (
		user === undefined ||
		nice === undefined ||
		system === undefined ||
		idle === undefined ||
		numbers.some(Number.isNaN)
	) {
		throw new ParseError(source, `has a row that is not numbers: '${fields.join(' ')}'`);
	}

	return {user, nice, system, idle, iowait, irq, softirq, steal};
}

/**
 * How the time between two readings was spent. Undefined, a gap, when no time passed or a counter went backwards (another
 * machine under the same files, a restored one). Only iowait may step back on a live kernel (proc(5)), when it
 * turns out to have been idle time: that is no gap, for the sum of the two is right; iowait itself is left out.
 */
export function cpuShare(current: CpuTimes, previous: CpuTimes): CpuShare | undefined {
	const user = current.user - previous.user;
	const nice = current.nice - previous.nice;
	const system = current.system - previous.system;
	const interrupts = current.irq - previous.irq + current.softirq - previous.softirq;
	const steal = current.steal - previous.steal;
	const [idle, iowait] = [current.idle - previous.idle, current.iowait - previous.iowait];

	if (Math.min(user, nice, system, idle, interrupts, steal) < 0) {
		return undefined;
	}

	const busy = user + nice + system + interrupts + steal;
	const total = busy + Math.max(0, idle + iowait);

	if (total <= 0) {
		return undefined;
	}

	const share = (jiffies: number) => (jiffies * 100) / total;
	return {
		used: share(busy),
		user: share(user),
		system: share(system),
		...(iowait >= 0 && {iowait: share(iowait)}),
		steal: share(steal),
	};
}
