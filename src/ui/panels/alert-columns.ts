import type {Alert} from '../../core/alerts/alert.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {
	type PaintAlertCell,
	paintIncident,
	paintShortSince,
	paintSince,
	paintState,
	paintText,
	paintTitle,
	paintTitleAndText,
	paintTold,
} from './alert-cells.js';
import {type ListColumn, listBarStyle, paintListRows, restOf} from './list-rows.js';

/** From these widths of the list on: title and text in columns of their own, and the incident. */
const [middle, wide] = [74, 110];

/** The columns of a list of this width, for titles as long as that. */
function columnsFor(width: number, titles: number): readonly ListColumn<Alert>[] {
	const column = (from: number, columns: number, paint: PaintAlertCell, gap = 1): readonly ListColumn<Alert>[] =>
		width >= from ? [{columns, gap, paint}] : [];
	const title = Math.min(titles, Math.max(16, Math.floor((width - 34) / 2)));
	const told = width >= middle ? 11 : 9;
	return [
		...column(0, 7, paintState, 0),
		...(width >= middle ? column(0, title, paintTitle) : []),
		...column(0, 0, width >= middle ? paintText : paintTitleAndText, width >= middle ? 2 : 1),
		...column(52, told, paintTold),
		...column(0, width >= middle ? 11 : 8, width >= middle ? paintSince : paintShortSince),
		...column(wide, 5, paintIncident, 2),
	];
}

/** Rows of the list, one a line, under each other; `selected` is the incident of the one that is marked. */
export function paintAlertRows(area: Area, rows: readonly Alert[], selected: string | undefined, scene: Scene): void {
	const titles = Math.max(0, ...scene.snapshot.alerts.map(({title}) => widthOf(title)));
	const columns = columnsFor(area.columns, titles);
	const own = listBarStyle('alerts', scene);
	const first = restOf(columns, area.columns);
	paintListRows(area, rows, {columns, first}, ({incident}) => (incident === selected ? own : undefined), scene);
}
