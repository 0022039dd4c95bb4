import type {CheckType} from '../core/check.js';
import type {Criteria} from '../core/judge-check.js';
import type {Safe} from '../core/safe.js';

/** A check as the engine runs it. Times in ms. */
export type PlannedCheck = {
	/** One character a byte. */
	readonly check: string;
	readonly name: Safe;
	readonly type: CheckType;
	/** What the type's schema let through. */
	readonly options: unknown;
	readonly every: number;
	readonly timeout: number;
	readonly failAfter: number;
	readonly recoverAfter: number;
	/** Between two runs while results say other than the hard state. */
	readonly retryEvery: number;
	readonly criteria: Criteria;
	/** Names of others, one character a byte. */
	readonly dependsOn: readonly string[];
	/** Names of notifiers, one character a byte; none: all of them. */
	readonly notify: readonly string[];
	/** Takes secrets out of what a service said. */
	readonly hide: (text: Safe) => Safe;
	/** What it was made of: one that is the same goes on with what it knows. */
	readonly key: string;
};
