import type {CheckType} from '../core/check.js';
import type {NotifierType} from '../core/notifier.js';
import type {Safe} from '../core/safe.js';

/** A command of the screen and its keys, as far as a configuration has to know. */
export type KeyRow = {
	readonly command: string;
	/** Those that it has where nothing is configured. */
	readonly keys: readonly string[];
	readonly help: Safe;
	/** A key that it keeps, whatever is configured. */
	readonly always?: string;
	/** It must have a key. */
	readonly isNeeded?: true;
};

/** What a configuration may name that is made elsewhere. */
export type Known = {
	/** Names that `sampling` may have. */
	readonly samplers: readonly string[];
	/** Commands that `screen.keys` may have. */
	readonly keys: readonly KeyRow[];
	/** Types that checks may have. */
	readonly checkTypes: readonly CheckType[];
	/** Types that notifiers may have. */
	readonly notifierTypes: readonly NotifierType[];
};
