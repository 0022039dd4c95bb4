import {Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Sampler} from '../core/sampler.js';
import {listIfThere, textAsideIfThere} from './if-there.js';

const cores = '/sys/devices/system/cpu';

/** How fast the cores run now, MHz, on average over those that tell. Aside: a core is asked by interrupting it. */
export const frequency: Sampler = {
	name: 'frequency',
	every: 10_000,
	isAside: true,
	start: () => async host => {
		const ofCores = await coreFrequencies(host);
		const all = ofCores.length > 0 ? ofCores : await cpuinfoFrequencies(host);

		if (all.length === 0) {
			throw new Unsupported('no core tells how fast it runs');
		}

		return {series: [['cpu.frequency', all.reduce((sum, value) => sum + value, 0) / all.length]]};
	},
};

/** scaling_cur_freq in kHz (Documentation/admin-guide/pm/cpufreq.rst); a core that is offline has none. */
async function coreFrequencies(host: Host): Promise<readonly number[]> {
	const found: number[] = [];

	for (const core of listIfThere(host, cores).filter(name => /^cpu\d+$/.test(name))) {
		const kilohertz = Number.parseInt(
			(await textAsideIfThere(host, `${cores}/${core}/cpufreq/scaling_cur_freq`)) ?? '',
			10,
		);

		if (kilohertz > 0) {
			found.push(kilohertz / 1000);
		}
	}

	return found;
}

/** `cpu MHz` of /proc/cpuinfo, which x86 has in virtual machines too. */
async function cpuinfoFrequencies(host: Host): Promise<readonly number[]> {
	// 1 MiB: about 1.5 kB a core.
	const text = await textAsideIfThere(host, '/proc/cpuinfo', 1 << 20);
	return [...(text ?? '').matchAll(/^cpu MHz\s*: (\d+(?:\.\d+)?)$/gm)].map(([, mhz]) => Number(mhz));
}
