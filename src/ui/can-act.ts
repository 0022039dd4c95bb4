import {type Safe, safe} from '../core/safe.js';
import type {ViewState} from './view-state.js';

/**
 * Whether a key may act on the machine now, or why not: the one place that every acting key asks. `forbidden` is what forbids it
 * as long as the program runs. A frozen picture forbids nothing, because what acts looks at its target again.
 */
export function canAct({time}: ViewState, forbidden: Safe | undefined): true | Safe {
	return forbidden ?? (time.past ? safe`this is the past: 0 goes back to now` : true);
}
