import {timeOfDay} from '../../core/format.js';
import {joinSafe, repeatSafe, type Safe, safe, safeText} from '../../core/safe.js';
import {isSame} from '../../core/signal.js';
import type {Process} from '../../core/snapshot.js';
import {cut, widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {columnsFor, commandColumns, commandText, type ProcessColumn} from './process-columns.js';
import {listingOf} from './process-rows.js';
import {branchOf} from './process-tree.js';

export const processes: Panel = {
	name: 'processes',
	title: safe`Processes`,
	area: 'process',
	summary(scene, rows, columns) {
		const size = extent(scene, rows);
		const offset = offsetOf('processes', size, scene);
		const {sort, isReversed, isTree, lentSort} = scene.view;
		const isLent = lentSort?.sort === sort && !isReversed;
		const last = Math.min(size.total, offset + size.shown);
		const {text} = scene.filter;
		const parts = [
			safe`by ${sortWords[sort]}${isReversed ? safe` reversed` : isLent ? safe` for the alert` : safe``}`,
			isTree ? safe`tree` : safe``,
			safe`${Math.min(size.total, offset + 1)}-${last} of ${size.total}`,
			text === '' ? safe`` : safe`/ ${cut(safeText(text), 24)}`,
			...remarksOn(scene, rows, columns),
		];
		return joinSafe(
			parts.filter(part => part !== ''),
			safe` ${scene.symbols.dot} `,
		);
	},
	paint,
	extent,
};

/** What one should know of the list: which time it is about, and what of it cannot be seen. */
function remarksOn(scene: Scene, rows: number, columns: number): readonly Safe[] {
	const {past, problems} = scene.snapshot;
	const {from, to} = past?.processes ?? {from: 0, to: 0};
	const hasDisk = columnsFor(columns, scene.view.sort).some(({sort}) => sort === 'io');
	const disks = shownProcesses(scene, rows).map(({disk}) => disk);
	// Of some processes not even root may know; advice is for those who are kept from most.
	const isDenied = hasDisk && disks.filter(disk => disk === 'denied').length * 2 > disks.length;
	return [
		from < to ? safe`busiest of ${timeOfDay(from)}-${timeOfDay(to)}` : safe``,
		problems.some(({area, isNote}) => area === 'process' && isNote) ? safe`hidepid: own only` : safe``,
		isDenied ? safe`no perm: run as root` : safe``,
	];
}

const sortWords = {
	cpu: safe`cpu`,
	memory: safe`memory`,
	pid: safe`pid`,
	name: safe`name`,
	io: safe`disk I/O`,
	time: safe`start`,
} as const;

function extent(scene: Scene, rows: number): Extent {
	return {total: listingOf(scene).rows.length, shown: Math.max(1, rows - headingRows(rows))};
}

/** A single row is worth more with a process in it. */
export function headingRows(rows: number): number {
	return rows > 1 ? 1 : 0;
}

function paint(area: Area, scene: Scene): void {
	const columns = columnsFor(area.columns, scene.view.sort);
	const top = headingRows(area.rows);

	if (top > 0) {
		paintHeading(area, columns, scene);
	}

	const shown = shownRows(scene, area.rows);

	if (shown.length === 0) {
		paintNone(area.part({x: 0, y: top, columns: area.columns, rows: area.rows - top}), scene);
	}

	for (const [y, row] of shown.entries()) {
		paintRow(area.part({x: 0, y: y + top, columns: area.columns, rows: 1}), row, columns, scene);
	}
}

/** Why there is none. */
function paintNone(area: Area, {snapshot: {past}, filter, look}: Scene): void {
	const reasons =
		past && !past.processes
			? [safe`no processes are remembered of this moment:`, safe`all of the last minute, the busiest of each for a day`]
			: filter.query
				? [safe`no process matches`]
				: [];

	for (const [y, reason] of reasons.entries()) {
		area.text(0, y, reason, look.dim);
	}
}

function paintHeading(area: Area, columns: readonly ProcessColumn[], {view, look}: Scene): void {
	paintCells(area, columns, ({heading, sort}) => ({text: heading, style: sort === view.sort ? look.strong : look.dim}));
}

/** A process in the list: the lines of the tree before it, and in a tree with a filter whether that is about it. */
type Row = {readonly process: Process; readonly branch: Safe; readonly isMatch: boolean | undefined};

function paintRow(line: Area, {process, branch, isMatch}: Row, columns: readonly ProcessColumn[], scene: Scene): void {
	const {look, view} = scene;
	const bar = view.selected && isSame(view.selected, process) ? barStyle(scene) : undefined;
	const own = bar ?? (isMatch === false ? look.dim : undefined);

	if (bar !== undefined) {
		line.text(0, 0, repeatSafe(safe` `, line.columns), bar);
	}

	const x = paintCells(line, columns, column => {
		const {text, style} = column.cell(process, scene, branch);
		// Without colours, pale is like all others: what was looked for is bold, too.
		return {text, style: own ?? (isMatch && column.sort === 'name' ? look.strong : style)};
	});

	if (view.sideways === 0 && bar === undefined) {
		line.text(x, 0, branch, look.dim);
	}
}

/** Where the keys move something else, the bar only marks its process. */
function barStyle({view, look}: Scene): number {
	return view.focused === 'processes' ? look.inverse : look.strong;
}

/** The first row of the area, cell by cell; the last column has what is left, and where it begins is the result. */
function paintCells(
	area: Area,
	columns: readonly ProcessColumn[],
	cellOf: (column: ProcessColumn) => {text: Safe; style: number},
): number {
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

		x += column.width ? width + 1 : 0;
	}

	return x;
}

/** What a body of so many rows shows. */
function shownRows(scene: Scene, rows: number): readonly Row[] {
	const size = extent(scene, rows);
	const offset = offsetOf('processes', size, scene);
	const {rows: all, tree, matching} = listingOf(scene);
	return all.slice(offset, offset + size.shown).map((process, index) => ({
		process,
		branch: tree ? branchOf(tree, offset + index, scene.symbols) : safe``,
		isMatch: matching?.has(process),
	}));
}

/** The processes that a body of so many rows shows. */
export function shownProcesses(scene: Scene, rows: number): readonly Process[] {
	return shownRows(scene, rows).map(({process}) => process);
}

/**
 * What stands in line `y`, counted from 0, of a body of so many rows, and its row in the whole list: what `putBar` takes. Undefined for
 * the heading and for what is empty.
 */
export function processAt(
	scene: Scene,
	rows: number,
	y: number,
): {readonly process: Process; readonly row: number} | undefined {
	const size = extent(scene, rows);
	const line = y - headingRows(rows);
	const row = offsetOf('processes', size, scene) + line;
	const process = line >= 0 && line < size.shown ? listingOf(scene).rows[row] : undefined;
	return process && {process, row};
}

/** How far command lines can be scrolled until the longest of those that a body of this size shows has been seen. */
export function mostSideways(scene: Scene, columns: number, rows: number): number {
	const room = commandColumns(columns, scene.view.sort);
	const widths = shownRows(scene, rows).map(({process, branch}) => widthOf(commandText(process, branch)));
	return Math.max(0, Math.max(0, ...widths) - room);
}
