import {rate} from '../core/rate.js';
import {defineSampler, type Sample} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import {type CpuRaw, type CpuTimes, parseStat, source} from './proc-stat.js';

/** Percentages of the time between two readings. */
export type CpuShare = {
	readonly used: number;
	readonly user: number;
	readonly nice: number;
	readonly system: number;
	/** Hard and soft interrupts. */
	readonly irq: number;
	/** Absent when the kernel counted it backwards, as it sometimes does (proc(5)). */
	readonly iowait?: number;
	readonly steal: number;
};

export const cpu = defineSampler<CpuRaw>({
	name: 'cpu',
	read: host => parseStat(host.readText(source)),
	sample(current, previous) {
		const series = previous
			? [...sharesOf(current.raw, previous.raw), ...ratesOf(current.raw, previous.raw, current.at - previous.at)]
			: [];
		return {cores: current.raw.cores.size, series};
	},
});

function ratesOf(current: CpuRaw, previous: CpuRaw, elapsed: number): Sample['series'] {
	return (['switches', 'forks'] as const).flatMap(measure => {
		const value = rate(current[measure], previous[measure], elapsed);
		return value === undefined ? [] : [[`cpu.${measure}`, value] as const];
	});
}

function sharesOf(current: CpuRaw, previous: CpuRaw): Sample['series'] {
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

/**
 * How the time between two readings was spent. Undefined, a gap, when a counter went backwards (another
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

	const isSame = busy === 0 && idle === 0 && iowait === 0;

	if (total <= 0 && !isSame) {
		return undefined;
	}

	// Of the same reading twice (a recorded tree) nothing was used.
	const share = (jiffies: number) => (isSame ? 0 : (jiffies * 100) / total);
	return {
		used: share(busy),
		user: share(user),
		nice: share(nice),
		system: share(system),
		irq: share(interrupts),
		...(iowait >= 0 && {iowait: share(iowait)}),
		steal: share(steal),
	};
}
