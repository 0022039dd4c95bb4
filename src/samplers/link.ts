import {isWanted} from '../core/filter.js';
import type {Host} from '../core/host.js';
import type {Sample, Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import {listIfThere, textAsideIfThere} from './if-there.js';

const directory = '/sys/class/net';

/** Of the flags of an interface: somebody set it up (netdevice(7)). */
const isSetUp = 0x1;

/** What old drivers say for SPEED_UNKNOWN (-1), in 16 and 32 bits. */
const unknownSpeeds: ReadonlySet<number> = new Set([0xffff, 0xffff_ffff]);

/** Whether each interface can carry traffic, and how fast. Aside: the driver is asked, which may take long. */
export const link: Sampler = {
	name: 'link',
	every: 10_000,
	isAside: true,
	start:
		() =>
		async (host, {filters}) => {
			const names = listIfThere(host, directory).filter(name => isWanted(name, filters.interfaces));
			const series: Sample['series'][number][] = [];

			for (const name of names) {
				series.push(...(await readLink(host, name)));
			}

			return {series};
		},
};

async function readLink(host: Host, name: string): Promise<Sample['series']> {
	const state = (await textAsideIfThere(host, `${directory}/${name}/operstate`))?.trim();

	if (state === undefined) {
		return [];
	}

	// lo and most tunnels have no notion of a link and are always 'unknown' (Documentation/networking/operstates.rst).
	const flags = state === 'unknown' ? Number(await textAsideIfThere(host, `${directory}/${name}/flags`)) : 0;
	const isUp = state === 'up' || (flags & isSetUp) !== 0;
	// -1 where nobody knows, EINVAL while the link is down.
	const megabits = Number.parseInt((await textAsideIfThere(host, `${directory}/${name}/speed`)) ?? '', 10);
	return [
		[seriesName('network.up', name), isUp ? 1 : 0],
		...(megabits > 0 && !unknownSpeeds.has(megabits)
			? [[seriesName('network.speed', name), megabits * 1e6] as const]
			: []),
	];
}
