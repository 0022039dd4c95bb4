import type {Facts} from '../core/facts.js';
import type {History} from '../core/history.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Filtering} from './filter-field.js';
import type {Look, Symbols} from './theme.js';
import type {ViewState} from './view-state.js';

/** Everything a painter may know. */
export type Scene = {
	readonly snapshot: Snapshot;
	readonly history: History;
	readonly view: ViewState;
	readonly look: Look;
	readonly symbols: Symbols;
	readonly filter: Filtering;
	/** Undefined until somebody wanted to see them and the machine has told. */
	readonly facts: Facts | undefined;
};
