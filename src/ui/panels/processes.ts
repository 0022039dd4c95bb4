import type {Query} from '../../core/query.js';
import {matches} from '../../core/query-match.js';
import {type Safe, safe, safeText} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
import {cut} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Sort, ViewState} from '../view-state.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {columnsFor} from './process-columns.js';

export const processes: Panel = {
	name: 'processes',
	title: safe`Processes`,
	area: 'process',
	summary(scene, rows) {
		const size = extent(scene, rows);
		const offset = offsetOf('processes', size, scene);
		const {sort, isReversed} = scene.view;
		const last = Math.min(size.total, offset + size.shown);
		const ownOnly = scene.snapshot.problems.some(({area, isNote}) => area === 'process' && isNote);
		const hidden = ownOnly ? safe` ${scene.symbols.dot} hidepid` : safe``;
		const {text} = scene.filter;
		const filter = text === '' ? safe`` : safe` ${scene.symbols.dot} / ${cut(safeText(text), 24)}`;
		return safe`by ${sortWords[sort]}${isReversed ? safe` reversed` : safe``} ${scene.symbols.dot} ${Math.min(size.total, offset + 1)}-${last} of ${size.total}${filter}${hidden}`;
	},
	paint,
	extent,
};

const sortWords = {
	cpu: safe`cpu`,
	memory: safe`memory`,
	pid: safe`pid`,
	name: safe`name`,
	io: safe`disk I/O`,
	time: safe`start`,
} as const;

function extent(scene: Scene, rows: number): Extent {
	return {total: filtered(scene).length, shown: Math.max(1, rows - headingRows(rows))};
}

/** A single row is worth more with a process in it. */
function headingRows(rows: number): number {
	return rows > 1 ? 1 : 0;
}

function paint(area: Area, scene: Scene): void {
	const columns = columnsFor(area.columns);
	const top = headingRows(area.rows);

	if (top > 0) {
		paintHeading(area, columns, scene);
	}

	const shown = shownProcesses(scene, area.rows);

	if (shown.length === 0 && scene.filter.query) {
		area.text(0, top, safe`no process matches`, scene.look.dim);
	}

	for (const [y, process] of shown.entries()) {
		paintRow(area.part({x: 0, y: y + top, columns: area.columns, rows: 1}), process, columns, scene);
	}
}

type Columns = ReturnType<typeof columnsFor>;

function paintHeading(area: Area, columns: Columns, {view, look}: Scene): void {
	paintCells(area, columns, ({heading, sort}) => ({text: heading, style: sort === view.sort ? look.strong : look.dim}));
}

function paintRow(line: Area, process: Process, columns: Columns, scene: Scene): void {
	paintCells(line, columns, column => column.cell(process, scene));
}

/** The first row of the area, cell by cell; the last column has what is left. */
function paintCells(
	area: Area,
	columns: Columns,
	cellOf: (column: Columns[number]) => {text: Safe; style: number},
): void {
	let x = 0;

	for (const column of columns) {
		const width = column.width || area.columns - x;
		const {text, style} = cellOf(column);
		const cell = area.part({x, y: 0, columns: width, rows: 1});

		if (column.isRight) {
			cell.right(width, 0, text, style);
		} else {
			cell.text(0, 0, text, style);
		}

		x += width + 1;
	}
}

/** The processes that a body of so many rows shows. */
export function shownProcesses(scene: Scene, rows: number): readonly Process[] {
	const size = extent(scene, rows);
	const offset = offsetOf('processes', size, scene);
	return sorted(filtered(scene), scene.view).slice(offset, offset + size.shown);
}

let lastFilter:
	| {readonly rows: readonly Process[]; readonly query: Query; readonly result: readonly Process[]}
	| undefined;

/** The processes that the filter leaves. The last result is kept, as that of sorting is. */
function filtered({snapshot, filter: {query}}: Scene): readonly Process[] {
	const {processes: rows, series, at} = snapshot;

	if (!query) {
		return rows;
	}

	if (lastFilter?.rows !== rows || lastFilter.query !== query) {
		const context = {memoryTotalBytes: series.get('memory.total'), now: at};
		lastFilter = {rows, query, result: rows.filter(row => matches(query, row, context))};
	}

	return lastFilter.result;
}

type Order = Pick<ViewState, 'sort' | 'isReversed'>;

let last: {readonly rows: readonly Process[]; readonly order: Order; readonly result: readonly Process[]} | undefined;

/**
 * Largest first for amounts, smallest first for names and numbers; then by pid, so that equal rows keep their place.
 * The last result is kept: one picture asks for the same order more than once.
 */
export function sorted(rows: readonly Process[], order: Order): readonly Process[] {
	if (last?.rows !== rows || last.order.sort !== order.sort || last.order.isReversed !== order.isReversed) {
		last = {rows, order, result: inOrder(rows, order)};
	}

	return last.result;
}

function inOrder(rows: readonly Process[], {sort, isReversed}: Order): readonly Process[] {
	const compare = comparisons[sort];
	const sign = isReversed ? -1 : 1;
	return rows.toSorted((a, b) => sign * compare(a, b) || a.pid - b.pid);
}

const comparisons: Record<Sort, (a: Process, b: Process) => number> = {
	cpu: (a, b) => b.cpuSmoothed - a.cpuSmoothed || b.memoryBytes - a.memoryBytes,
	memory: (a, b) => b.memoryBytes - a.memoryBytes,
	pid: (a, b) => a.pid - b.pid,
	name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
	io: (a, b) => diskOf(b) - diskOf(a),
	time: (a, b) => b.startTicks - a.startTicks,
};

function diskOf({disk}: Process): number {
	return disk === undefined || disk === 'denied' ? -1 : disk.read + disk.written;
}
