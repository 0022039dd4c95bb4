import type {Check} from '../core/snapshot.js';
import {barMoved, offsetWith, type ScrollCommand} from './scrolling.js';
import type {Around, ViewState} from './view-state.js';

/** The check that the bar is on, by its name, and the row that it was seen in last. */
export type SelectedService = {readonly check: string; readonly row: number};

/** The view with the bar on a check in this row; without one it stays as it is. */
export function putServiceBar(view: ViewState, check: Check | undefined, row: number): ViewState {
	const {service} = view;

	if (!check || (service?.check === check.check && service.row === row)) {
		return view;
	}

	return {...view, service: {check: check.check, row}};
}

/** The view scrolled as far as it takes for the bar to be among `shown` rows. */
function followed(view: ViewState, count: number, shown: number): ViewState {
	const before = view.offsets.services ?? 0;
	const offset = view.service ? offsetWith(view.service.row, before, count, shown) : before;
	return offset === before ? view : {...view, offsets: {...view.offsets, services: offset}};
}

/**
 * The view after the rows have changed: the bar stays on its check, and goes with it. What fills the screen is all about one check, which
 * stays the same while it is read: the first one, unless somebody has chosen another. The past knows but some of the checks.
 */
export function withServiceRows(view: ViewState, rows: readonly Check[], shown: number): ViewState {
	const {service, time, zoomed} = view;
	const row = service ? rows.findIndex(({check}) => check === service.check) : -1;

	if (row >= 0) {
		return followed(putServiceBar(view, rows[row], row), rows.length, shown);
	}

	if (service && time.past) {
		return view;
	}

	const without = service ? {...view, service: undefined} : view;
	return zoomed === 'services' ? followed(putServiceBar(without, rows[0], 0), rows.length, shown) : without;
}

/** The view with the bar moved. */
export function moveServiceBar(view: ViewState, command: ScrollCommand, {page, services}: Around): ViewState {
	const {service, offsets} = view;
	const row = services.findIndex(({check}) => check === service?.check);
	const at = row < 0 ? undefined : row;
	const to = barMoved(at, command, {rows: services.length, page, offset: offsets.services});
	return followed(putServiceBar(view, services[to], to), services.length, page);
}
