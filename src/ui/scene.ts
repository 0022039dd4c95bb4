import type {Alert} from '../core/alerts/alert.js';
import type {Facts} from '../core/facts.js';
import type {Safe} from '../core/safe.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Standing} from '../engine/store.js';
import type {Filtering} from './filter-field.js';
import type {Binding} from './keys-table.js';
import type {WatchedProcess} from './process-watch.js';
import type {Look, Symbols} from './theme.js';
import type {Timeline} from './timeline.js';
import type {ViewState} from './view-state.js';

/** Everything a painter may know. */
export type Scene = {
	/** The moment that is shown: the newest one, or one of the past. */
	readonly snapshot: Snapshot;
	/** Wall clock of the newest one, ms: how long ago the past is. */
	readonly newest: number;
	/** Those of the newest moment that is shown, which knows the most of them: for marks on the axis. */
	readonly alerts: readonly Alert[];
	/** What graphs show of the past. */
	readonly timeline: Timeline;
	/** How the screen stands to the engine that all of this is from. */
	readonly standing: Standing;
	readonly view: ViewState;
	readonly look: Look;
	readonly symbols: Symbols;
	/** The table of keys in force. */
	readonly bindings: readonly Binding[];
	readonly filter: Filtering;
	/** Undefined until somebody wanted to see them and the machine has told. */
	readonly facts: Facts | undefined;
	/** What is known of the process that a dialog is about. */
	readonly watched: WatchedProcess | undefined;
	/** Why nothing may be acted upon, as long as the program runs. */
	readonly forbidden: Safe | undefined;
};
