import type {Severity} from '../core/alerts/severity.js';
import type {Notify} from '../core/notifier.js';
import type {Redact} from '../core/redact.js';
import type {Safe} from '../core/safe.js';

/** One way to tell people, as the engine uses it. */
export type PlannedNotifier = {
	/** Its name, one character a byte. */
	readonly id: string;
	readonly name: Safe;
	/** Each is told by a message of its own. */
	readonly recipients: readonly string[];
	/** For one try, ms. */
	readonly timeout: number;
	/** The least that it tells. */
	readonly minimum: Severity;
	readonly notify: Notify;
	/** Takes secrets out of what the other side said. */
	readonly hide: Redact;
	/** What it was made of. */
	readonly key: string;
};
