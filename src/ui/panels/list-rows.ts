import {repeatSafe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {ListPanel} from '../row-bar.js';
import type {Scene} from '../scene.js';

/** One column of a list whose rows a bar can be put on. */
export type ListColumn<Row> = {
	/** 0: shares what is left with its like. */
	readonly columns: number;
	/** Columns of air before it. */
	readonly gap: number;
	/** `own` is the style of all its text where the row has one, under the bar. */
	readonly paint: (cell: Area, row: Row, scene: Scene, own: number | undefined) => void;
};

/** Columns that a list of this width leaves to those that share what is left. */
export function restOf<Row>(columns: readonly ListColumn<Row>[], width: number): number {
	return columns.reduce((rest, column) => rest - column.columns - column.gap, width);
}

/** Rows, one a line, under each other. Of columns that share what is left the first has `first` of it. */
export function paintListRows<Row>(
	area: Area,
	rows: readonly Row[],
	{columns, first}: {readonly columns: readonly ListColumn<Row>[]; readonly first: number},
	ownOf: (row: Row) => number | undefined,
	scene: Scene,
): void {
	const left = restOf(columns, area.columns);

	for (const [y, row] of rows.entries()) {
		const own = ownOf(row);
		let [x, rest] = [0, first];

		if (own !== undefined) {
			area.text(0, y, repeatSafe(safe` `, area.columns), own);
		}

		for (const {columns: fixed, gap, paint} of columns) {
			const width = fixed || rest;
			rest = fixed === 0 ? left - first : rest;
			paint(area.part({x: x + gap, y, columns: width, rows: 1}), row, scene, own);
			x += gap + width;
		}
	}
}

/** As in the list of processes: where the keys move something else, the bar only marks its row. */
export function listBarStyle(panel: ListPanel, {view, look}: Scene): number {
	return view.focused === panel ? look.inverse : look.strong;
}
