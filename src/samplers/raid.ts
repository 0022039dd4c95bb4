import {codeOf} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import type {Host} from '../core/host.js';
import {defineSampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';

const source = '/proc/mdstat';

/** Whether each array of md(4) lacks a member. */
export const raid = defineSampler<ReadonlyMap<string, boolean>>({
	name: 'raid',
	every: 10_000,
	read(host, {filters}) {
		const arrays = parseMdstat(readMdstat(host));
		return new Map([...arrays].filter(([name]) => isWanted(name, filters.devices)));
	},
	sample: ({raw}) => ({
		series: [...raw].map(([name, isDegraded]) => [seriesName('raid.degraded', name), isDegraded ? 1 : 0]),
	}),
});

function readMdstat(host: Host): string {
	try {
		return host.readText(source);
	} catch (error) {
		// Without the md driver there is no such file, and there are no arrays.
		if (codeOf(error) === 'ENOENT') {
			return '';
		}

		throw error;
	}
}

/**
 * `md0 : active raid1 sdb1[1] sda1[0]`, and on the next line `... [2/2] [UU]`: members wanted and working (mdadm's manual,
 * drivers/md/md.c). An array that is not active, or has a failed member that nobody replaced, is degraded. Levels without
 * spare members (raid0, linear) have no such pair, and lose a member only by stopping.
 */
export function parseMdstat(text: string): ReadonlyMap<string, boolean> {
	const arrays = new Map<string, boolean>();

	for (const [, name = '', state, rest = ''] of text.matchAll(/^(md\S*) : (\S+)((?:.*\n)(?:[ \t].*\n?)*)/gm)) {
		const [, wanted, working] = /\[(\d+)\/(\d+)\]/.exec(rest) ?? [];
		arrays.set(name, state !== 'active' || (wanted !== undefined && Number(working) < Number(wanted)));
	}

	return arrays;
}
