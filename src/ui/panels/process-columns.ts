import {bytes, bytesPerSecond, startTime, tenths} from '../../core/format.js';
import {type Safe, safe, safeText} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
import {cutStart} from '../../core/width.js';
import type {Scene} from '../scene.js';
import type {Sort} from '../view-state.js';

/** One column of the table. Width 0: all that is left. */
export type ProcessColumn = {
	readonly heading: Safe;
	readonly width: number;
	readonly isRight: boolean;
	/** The order that this column is the reason of. */
	readonly sort?: Sort;
	/** From this width of the table on. */
	readonly from: number;
	/** `branch`: the lines of the tree before the command. */
	readonly cell: (process: Process, scene: Scene, branch: Safe) => {readonly text: Safe; readonly style: number};
	/** Where the order's own column needs the place, the largest goes first; absent: never. */
	readonly yields?: number;
};

const columns: readonly ProcessColumn[] = [
	{
		heading: safe`PID`,
		width: 7,
		isRight: true,
		sort: 'pid',
		from: 0,
		cell: ({pid}, {look}) => ({text: safe`${pid}`, style: look.dim}),
	},
	{
		heading: safe`USER`,
		width: 9,
		isRight: false,
		yields: 3,
		from: 40,
		cell: ({user}, {look}) => ({text: user ?? safe`-`, style: look.text}),
	},
	{heading: safe`S`, width: 1, isRight: false, from: 100, cell: stateCell},
	{
		heading: safe`CPU%`,
		width: 6,
		isRight: true,
		sort: 'cpu',
		yields: 1,
		from: 0,
		cell: ({cpuPercent}, {look}) => ({text: tenths(cpuPercent), style: look.text}),
	},
	{
		heading: safe`MEM`,
		width: 8,
		isRight: true,
		sort: 'memory',
		yields: 2,
		from: 30,
		cell: ({memoryBytes}, {look}) => ({text: bytes(memoryBytes), style: look.text}),
	},
	{
		heading: safe`MEM%`,
		width: 5,
		isRight: true,
		from: 160,
		cell: memoryShareCell,
	},
	{
		heading: safe`THR`,
		width: 5,
		isRight: true,
		from: 140,
		cell: ({threads}, {look}) => ({text: safe`${threads}`, style: look.dim}),
	},
	{
		heading: safe`FILES`,
		width: 7,
		isRight: true,
		from: 160,
		cell: openFilesCell,
	},
	{
		heading: safe`READ`,
		width: 8,
		isRight: true,
		sort: 'io',
		from: 140,
		cell: (process, scene) => diskCell(process, 'read', scene),
	},
	{
		heading: safe`WRITE`,
		width: 8,
		isRight: true,
		sort: 'io',
		from: 140,
		cell: (process, scene) => diskCell(process, 'written', scene),
	},
	{
		heading: safe`START`,
		width: 5,
		isRight: true,
		sort: 'time',
		from: 100,
		cell: ({startedAt}, {snapshot, look}) => ({text: startTime(startedAt, snapshot.at), style: look.dim}),
	},
	{
		heading: safe`COMMAND`,
		width: 0,
		isRight: false,
		sort: 'name',
		from: 0,
		cell: (process, {look, view}, branch) => ({
			text: cutStart(commandText(process, branch), view.sideways),
			style: process.command ? look.text : look.dim,
		}),
	},
];

/** Columns of COMMAND that the order's own column leaves it, where it had so many before. */
const leastCommand = 24;

/**
 * The columns that a table of this width has room for. What it is sorted by is always among them: on a narrow screen in the
 * place of others.
 */
export function columnsFor(width: number, sort: Sort): readonly ProcessColumn[] {
	const usual = columns.filter(column => column.from <= width);

	if (usual.some(column => column.sort === sort)) {
		return usual;
	}

	const least = Math.min(leastCommand, restOf(usual, width));
	let kept = columns.filter(column => column.from <= width || column.sort === sort);

	const others = kept.filter(column => column.yields && column.sort !== sort);

	for (const next of others.toSorted((a, b) => (b.yields ?? 0) - (a.yields ?? 0))) {
		kept = restOf(kept, width) < least ? kept.filter(column => column !== next) : kept;
	}

	return kept;
}

/** Columns that a table of this width has for the command. */
export function commandColumns(width: number, sort: Sort): number {
	return restOf(columnsFor(width, sort), width);
}

function restOf(all: readonly ProcessColumn[], width: number): number {
	return all.reduce((rest, {width}) => (width === 0 ? rest : rest - width - 1), width);
}

/** What stands under COMMAND, as long as nothing is scrolled. */
export function commandText({command, name}: Process, branch: Safe): Safe {
	return safe`${branch}${command ?? name}`;
}

function stateCell({state}: Process, {look}: Scene): {text: Safe; style: number} {
	const style = state === 'R' ? look.strongLevel.ok : state === 'D' || state === 'Z' ? look.level.warning : look.dim;
	return {text: safeText(state), style};
}

function memoryShareCell({memoryBytes}: Process, {snapshot, look}: Scene): {text: Safe; style: number} {
	const total = snapshot.series.get('memory.total');
	return {text: tenths(total ? (memoryBytes * 100) / total : undefined), style: look.dim};
}

function openFilesCell({openFiles}: Process, {look}: Scene): {text: Safe; style: number} {
	return {text: openFiles === 'denied' ? safe`no perm` : safe`${openFiles ?? safe`-`}`, style: look.dim};
}

/** Without permission a dash tells less than a word. */
function diskCell({disk}: Process, way: 'read' | 'written', {look}: Scene): {text: Safe; style: number} {
	if (disk === 'denied') {
		return {text: safe`no perm`, style: look.dim};
	}

	return {text: bytesPerSecond(disk?.[way]), style: disk && disk[way] > 0 ? look.text : look.dim};
}
