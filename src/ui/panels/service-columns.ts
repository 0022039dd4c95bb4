import {shortType} from '../../core/check-words.js';
import type {Check} from '../../core/snapshot.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type ListColumn, listBarStyle, paintListRows, restOf} from './list-rows.js';
import {
	type PaintCell,
	paintChanged,
	paintDue,
	paintFound,
	paintName,
	paintReason,
	paintRecent,
	paintSince,
	paintState,
	paintUptime,
	paintUptimeOrSince,
	paintWhatOrReason,
} from './service-cells.js';
import {type ServiceListing, servicesOf} from './service-rows.js';

type ServiceColumn = ListColumn<Check>;

/** From this width of the list on reason, last change and next run have columns of their own; from the second on how long it has been so. */
const [wide, middle] = [156, 96];

/** Columns of a type: longer ones are cut. */
const mostType = 5;

/** Of the two that share what is left the first one has this part, and no more columns than that. */
const [foundShare, mostFound] = [0.4, 60];

const paintType: PaintCell = (cell, check, {look}, own) => {
	cell.text(0, 0, shortType(check), own ?? look.dim);
};

/** The columns of a list of this width. */
function columnsFor(width: number, {nameColumns, typeColumns}: ServiceListing): readonly ServiceColumn[] {
	const mostName = Math.max(10, Math.min(30, Math.floor(width / 6)));
	const gap = width < 60 ? 1 : 2;
	const recent = recentColumns(width, nameColumns);
	const column = (from: number, columns: number, paint: PaintCell, before = gap): readonly ServiceColumn[] =>
		width >= from ? [{columns, gap: before, paint}] : [];
	return [
		...column(0, 6, paintState, 0),
		...column(0, Math.min(mostName, nameColumns), paintName, 1),
		...column(60, Math.min(mostType, typeColumns), paintType),
		...column(0, 0, width >= wide ? paintFound : paintWhatOrReason),
		...column(wide, 0, paintReason),
		...column(74, recent, paintRecent),
		...column(46, 12, width >= middle ? paintUptime : paintUptimeOrSince, 1),
		...column(middle, 11, paintSince),
		...column(wide, 16, paintChanged),
		...column(wide, 12, paintDue),
	];
}

/** On a small screen long names must not take their place from the reasons. */
function recentColumns(width: number, nameColumns: number): number {
	if (width < middle && nameColumns > 9) {
		return 8;
	}

	return width >= 240 ? 30 : width >= 180 ? 20 : 11;
}

/** Rows of the list, one a line, under each other; `selected` is the name of the one that is marked. */
export function paintServiceRows(area: Area, rows: readonly Check[], selected: string | undefined, scene: Scene): void {
	const columns = columnsFor(area.columns, servicesOf(scene.snapshot));
	const left = restOf(columns, area.columns);
	const isShared = columns.filter(column => column.columns === 0).length > 1;
	const first = isShared ? Math.min(mostFound, Math.floor(left * foundShare)) : left;
	const own = listBarStyle('services', scene);
	paintListRows(area, rows, {columns, first}, ({check}) => (check === selected ? own : undefined), scene);
}
