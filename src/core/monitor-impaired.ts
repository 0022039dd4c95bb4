import type {CheckStatus} from './check.js';
import {type Safe, safe} from './safe.js';

/** What of a check's last result says something of ourselves. */
export type Reached = {
	readonly status: CheckStatus;
	readonly reach?: {readonly isLoopback: boolean; readonly hasConnected: boolean; readonly target: string} | undefined;
	/** It failed on the way to a connection, by refusal or silence, or for want of an address. */
	readonly isUnreached: boolean;
};

/** Targets that cannot all have failed by chance. */
const manyTargets = 3;

/**
 * Why failures may be this machine's: more than half of the checks could not be judged, or at least three different targets on other hosts,
 * and more than half of those there are, failed before a connection while one on this machine is well. Undefined when nothing points to that.
 */
export function monitorImpaired(results: readonly Reached[]): Safe | undefined {
	const unjudged = results.filter(({status}) => status === 'unknown').length;

	if (results.length > 1 && unjudged * 2 > results.length) {
		return safe`${unjudged} of ${results.length} checks could not be judged`;
	}

	const far = results.filter(({reach}) => reach && !reach.isLoopback);
	const targets = new Set(far.map(({reach}) => reach?.target));
	const lost = new Set(far.filter(({isUnreached}) => isUnreached).map(({reach}) => reach?.target));
	const isHereWell = results.some(({status, reach}) => reach?.isLoopback && status === 'ok');
	return lost.size >= manyTargets && lost.size * 2 > targets.size && isHereWell
		? safe`${lost.size} of ${targets.size} other hosts cannot be reached from here`
		: undefined;
}
