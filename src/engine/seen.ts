import type {AlertSettings} from '../core/alerts/alert-settings.js';
import type {Rule} from '../core/alerts/rule.js';
import type {Tables} from '../core/snapshot.js';

/** What an engine saw at a tick. */
export type Seen = {
	/** The clock of `AlertState`, and the wall clock, ms. */
	readonly t: number;
	readonly wall: number;
	readonly series: ReadonlyMap<string, number>;
	readonly tables: Pick<Tables, 'filesystems' | 'devices' | 'interfaces' | 'checks' | 'impaired'>;
};

export type StateSettings = {
	readonly rules: readonly Rule[];
	readonly alerts: AlertSettings;
	/** Names of notifiers of each check. */
	readonly checkNotify: ReadonlyMap<string, readonly string[]>;
	/** Time between two ticks, ms. */
	readonly every: number;
};
