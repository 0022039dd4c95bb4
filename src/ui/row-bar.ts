import {barMoved, offsetWith, type ScrollCommand} from './scrolling.js';
import type {Around, ViewState} from './view-state.js';

/** Panels whose rows a bar can be put on, besides the processes. */
export const listPanels = ['services', 'alerts'] as const;

export type ListPanel = (typeof listPanels)[number];

/** What the bar is on, a check by its name or an alert by its incident, and the row that it was seen in last. */
export type RowBar = {readonly id: string; readonly row: number};

/** What each list has in it, seen or not, in its order. */
export type ListRows = Readonly<Record<ListPanel, readonly string[]>>;

export function isListPanel(panel: string): panel is ListPanel {
	return listPanels.some(one => one === panel);
}

/** The view with the bar of a panel on what is in this row; without anything there it stays as it is. */
export function putRowBar(view: ViewState, panel: ListPanel, id: string | undefined, row: number): ViewState {
	const bar = view.bars[panel];

	if (id === undefined || (bar?.id === id && bar.row === row)) {
		return view;
	}

	return {...view, bars: {...view.bars, [panel]: {id, row}}};
}

/** The view without the bar of a panel. */
export function withoutRowBar(view: ViewState, panel: ListPanel): ViewState {
	const {[panel]: bar, ...bars} = view.bars;
	return bar ? {...view, bars} : view;
}

/** The view scrolled as far as it takes for the bar to be among `shown` rows. */
function followed(view: ViewState, panel: ListPanel, count: number, shown: number): ViewState {
	const before = view.offsets[panel] ?? 0;
	const bar = view.bars[panel];
	const offset = bar ? offsetWith(bar.row, before, count, shown) : before;
	return offset === before ? view : {...view, offsets: {...view.offsets, [panel]: offset}};
}

/**
 * The view after the rows have changed: the bar stays on what it was put on, and goes with it. What fills the screen is all about one row,
 * which stays the same while it is read: the first one, unless somebody has chosen another. The past knows but some of them.
 */
export function withListRows(view: ViewState, panel: ListPanel, ids: readonly string[], shown: number): ViewState {
	const bar = view.bars[panel];
	const row = bar ? ids.indexOf(bar.id) : -1;

	if (row >= 0) {
		return followed(putRowBar(view, panel, ids[row], row), panel, ids.length, shown);
	}

	if (bar && view.time.past) {
		return view;
	}

	const without = withoutRowBar(view, panel);
	return view.zoomed === panel ? followed(putRowBar(without, panel, ids[0], 0), panel, ids.length, shown) : without;
}

/** The view with the bar moved. */
export function moveRowBar(
	view: ViewState,
	panel: ListPanel,
	command: ScrollCommand,
	{page, lists}: Pick<Around, 'page' | 'lists'>,
): ViewState {
	const ids = lists[panel];
	const row = ids.indexOf(view.bars[panel]?.id ?? '');
	const at = row < 0 ? undefined : row;
	const to = barMoved(at, command, {rows: ids.length, page, offset: view.offsets[panel]});
	return followed(putRowBar(view, panel, ids[to], to), panel, ids.length, page);
}
