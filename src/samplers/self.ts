import {defineSampler} from '../core/sampler.js';

/** What healthtop itself costs: CPU time since it started in microseconds, its resident set in bytes, how late its tick was in ms. */
export type SelfRaw = {readonly cpu: number; readonly memory: number; readonly lag: number};

/** Always our own process, whatever root the host is read from. */
export const self = defineSampler<SelfRaw>({
	name: 'self',
	read(_, {lag}) {
		const {user, system} = process.cpuUsage();
		return {cpu: user + system, memory: process.memoryUsage.rss(), lag};
	},
	sample(current, previous) {
		const elapsed = previous ? current.at - previous.at : 0;
		const percent = previous && elapsed > 0 ? (current.raw.cpu - previous.raw.cpu) / (elapsed * 10) : undefined;
		return {
			series: [
				...(percent === undefined ? [] : [['self.cpu', percent] as const]),
				['self.memory', current.raw.memory],
				['self.lag', current.raw.lag],
			],
		};
	},
});
