import type {Stage, StageName} from '../core/check.js';

/** One of each: behind redirects there were several. */
export function joinedStages(stages: readonly Stage[]): readonly Stage[] {
	const sums = new Map<StageName, number>();

	for (const {name, ms} of stages) {
		sums.set(name, (sums.get(name) ?? 0) + ms);
	}

	return [...sums].map(([name, ms]) => ({name, ms}));
}
