import {bytes, bytesPerSecond, startTime, tenths} from '../../core/format.js';
import {type Safe, safe, safeText} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
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
	readonly cell: (process: Process, scene: Scene) => {readonly text: Safe; readonly style: number};
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
		from: 40,
		cell: ({user}, {look}) => ({text: user ?? safe`-`, style: look.text}),
	},
	{heading: safe`S`, width: 1, isRight: false, from: 100, cell: stateCell},
	{
		heading: safe`CPU%`,
		width: 6,
		isRight: true,
		sort: 'cpu',
		from: 0,
		cell: ({cpuPercent}, {look}) => ({text: tenths(cpuPercent), style: look.text}),
	},
	{
		heading: safe`MEM`,
		width: 8,
		isRight: true,
		sort: 'memory',
		from: 30,
		cell: ({memoryBytes}, {look}) => ({text: bytes(memoryBytes), style: look.text}),
	},
	{
		heading: safe`MEM%`,
		width: 5,
		isRight: true,
		sort: 'memory',
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
		cell: ({command, name}, {look}) => (command ? {text: command, style: look.text} : {text: name, style: look.dim}),
	},
];

/** The columns that a table of this width has room for. */
export function columnsFor(width: number): readonly ProcessColumn[] {
	return columns.filter(column => column.from <= width);
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
