import {type CheckState, checkState, checkStates, worstChecksFirst} from '../../core/check-state.js';
import {shortType} from '../../core/check-words.js';
import type {Check, Snapshot} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Scene} from '../scene.js';

/** The list of services, seen or not, and what its columns and its border need of all of them. */
export type ServiceListing = {
	readonly rows: readonly Check[];
	/** Columns of the longest name, and of the longest type. */
	readonly nameColumns: number;
	readonly typeColumns: number;
	readonly counts: Readonly<Record<CheckState, number>>;
};

let last: {readonly checks: readonly Check[]; readonly listing: ServiceListing} | undefined;

/** The last result is kept: one picture asks for it more than once, and there may be hundreds of them. */
export function servicesOf({checks}: Pick<Snapshot, 'checks'>): ServiceListing {
	if (last?.checks !== checks) {
		last = {checks, listing: listingOf(checks)};
	}

	return last.listing;
}

function listingOf(checks: readonly Check[]): ServiceListing {
	const counts = Object.fromEntries(checkStates.map(state => [state, 0])) as Record<CheckState, number>;
	let [nameColumns, typeColumns] = [0, 0];

	for (const check of checks) {
		counts[checkState(check)] += 1;
		nameColumns = Math.max(nameColumns, widthOf(check.name));
		typeColumns = Math.max(typeColumns, widthOf(shortType(check)));
	}

	return {rows: worstChecksFirst(checks), nameColumns, typeColumns, counts};
}

/** The service that what fills the screen is about: the one that the bar is on, else the worst. */
export function shownService({snapshot, view: {bars}}: Scene): Check | undefined {
	const {rows} = servicesOf(snapshot);
	return rows.find(({check}) => check === bars.services?.id) ?? rows[0];
}
