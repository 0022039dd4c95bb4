import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {clockOf} from '../core/kernel-clock.js';
import {rate} from '../core/rate.js';
import {type Collect, defineSampler, type Sample, type Sampler} from '../core/sampler.js';

const source = '/proc/vmstat';

/** Events since boot; what the kernel does not count is undefined. Pages are given in bytes. */
export type VmstatRaw = {
	readonly swappedIn: number | undefined;
	readonly swappedOut: number | undefined;
	/** Before Linux 4.13 nobody counted them. */
	readonly oomKills: number | undefined;
};

/** What went to swap and came from it, and how often the kernel killed for want of memory. */
export const vmstat: Sampler = {
	name: 'vmstat',
	start(): Collect {
		let pageBytes: number | undefined;
		return defineSampler<VmstatRaw>({
			name: 'vmstat',
			read(host) {
				pageBytes ??= clockOf(host).pageBytes;
				return parseVmstat(readVmstat(host), pageBytes);
			},
			sample: (current, previous) => ({
				series: vmstatSeries(current.raw, previous?.raw, previous ? current.at - previous.at : 0),
			}),
		}).start();
	},
};

function readVmstat(host: Host): string {
	try {
		return host.readText(source);
	} catch (error) {
		throw codeOf(error) === 'ENOENT' ? new Unsupported(`${source} is not on this machine`) : error;
	}
}

/** Rows `name value`. */
export function parseVmstat(text: string, pageBytes: number): VmstatRaw {
	const pages = (name: string) => {
		const value = counterOf(text, name);
		return value === undefined ? undefined : value * pageBytes;
	};
	return {swappedIn: pages('pswpin'), swappedOut: pages('pswpout'), oomKills: counterOf(text, 'oom_kill')};
}

function counterOf(text: string, name: string): number | undefined {
	const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
	return value === undefined ? undefined : Number(value);
}

function vmstatSeries(now: VmstatRaw, before: VmstatRaw | undefined, elapsed: number): Sample['series'] {
	const [read, written] = [
		rate(now.swappedIn, before?.swappedIn, elapsed),
		rate(now.swappedOut, before?.swappedOut, elapsed),
	];
	const values = [
		['swap.in', read],
		['swap.out', written],
		['swap.traffic', read === undefined || written === undefined ? undefined : read + written],
		['memory.oom_kills', now.oomKills],
	] as const;
	return values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
