import type {Filter} from '../core/filter.js';

/** What the configuration comes to. Times in ms. */
export type Config = {
	/** Time between two ticks. */
	readonly every: number;
	/** Time between two runs of a sampler, by its name. */
	readonly sampling: Readonly<Record<string, number>>;
	readonly mounts: Filter;
	readonly devices: Filter;
	readonly interfaces: Filter;
};

/** Without a file: watch the whole machine every second. */
export const defaults: Config = {every: 1000, sampling: {}, mounts: {}, devices: {}, interfaces: {}};
