import {bytes, tenths} from '../../core/format.js';
import {safe} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Column, paintTable} from './zoomed-table.js';

const columns: readonly Column<Process>[] = [
	{
		heading: safe`PID`,
		least: 7,
		isRight: true,
		leaves: 1,
		paint: (cell, {pid}, {look}) => cell.right(cell.columns, 0, safe`${pid}`, look.dim),
	},
	{
		heading: safe`USER`,
		least: 9,
		leaves: 4,
		paint: (cell, {user}, {look}) => cell.text(0, 0, user ?? safe`-`, look.text),
	},
	{
		heading: safe`CPU%`,
		least: 6,
		isRight: true,
		leaves: 2,
		paint: (cell, {cpuPercent}, {look}) => cell.right(cell.columns, 0, tenths(cpuPercent), look.text),
	},
	{
		heading: safe`MEM`,
		least: 8,
		isRight: true,
		leaves: 3,
		paint: (cell, {memoryBytes}, {look}) => cell.right(cell.columns, 0, bytes(memoryBytes), look.text),
	},
	{
		heading: safe`COMMAND`,
		least: 10,
		most: Number.POSITIVE_INFINITY,
		leaves: 0,
		paint: (cell, {command, name}, {look}) => cell.text(0, 0, command ?? name, command ? look.text : look.dim),
	},
];

/** Smoothed, so that rows keep their place; then by pid, for the same reason. */
const orders = {
	cpu: (a: Process, b: Process) => b.cpuSmoothed - a.cpuSmoothed || a.pid - b.pid,
	memory: (a: Process, b: Process) => b.memoryBytes - a.memoryBytes || a.pid - b.pid,
};

/** The processes that take the most, under headings. */
export function paintLargest(area: Area, by: 'cpu' | 'memory', scene: Scene): void {
	const rows = scene.snapshot.processes.toSorted(orders[by]).slice(0, Math.max(0, area.rows - 1));
	paintTable(area, rows, columns, scene);
}
