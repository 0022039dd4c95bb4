import {levelOfDisk} from '../../core/disk-level.js';
import {about, bytes, percentUp, span} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {joinSafe, type Safe, safe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Filesystem, FilesystemUsage} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {cutStart, fullSoon} from './disk-rows.js';
import {type Column, paintTable} from './zoomed-table.js';

/** The table of file systems, `shown` of `all`: columns are as wide as all of them need, so that scrolling moves none. */
export function paintFilesystems(
	area: Area,
	shown: readonly Filesystem[],
	all: readonly Filesystem[],
	scene: Scene,
): void {
	paintTable(area, shown, columnsOf(all), scene, messageOf);

	if (all.length === 0) {
		area.text(2, 1, scene.snapshot.past ? safe`none remembered` : safe`none seen yet`, scene.look.dim);
	}
}

/** A mount that gives no answer has no numbers, but says why and since when. */
function messageOf({usage, problem, stuckSince, type, device}: Filesystem, {snapshot, look, symbols}: Scene) {
	if (usage) {
		return undefined;
	}

	const since = stuckSince === undefined ? safe`` : safe`, for ${span((snapshot.at - stuckSince) / 1000)}`;
	const text = safe`${problem ?? safe`no answer yet`}${since} ${symbols.dot} ${type} ${device}`;
	return {text, style: problem === undefined ? look.dim : look.level.warning};
}

function columnsOf(all: readonly Filesystem[]): readonly Column<Filesystem>[] {
	const widest = (least: number, textOf: (row: Filesystem) => Safe) =>
		all.reduce((most, row) => Math.max(most, widthOf(textOf(row))), least);
	const mount = widest(5, ({name}) => name) + 2;
	const type = Math.min(
		12,
		widest(4, row => row.type),
	);
	const device = widest(6, row => row.device);
	return [
		{heading: safe`  MOUNT`, least: Math.min(18, mount), most: mount, leaves: 0, paint: paintMount},
		{heading: safe``, least: 8, most: 30, leaves: 10, paint: paintBar},
		...numbers,
		...(all.some(({isReadOnly}) => isReadOnly) ? [readOnly] : []),
		{
			heading: safe`TYPE`,
			least: Math.min(5, type),
			most: type,
			leaves: 8,
			paint: (cell, row, {look}) => cell.text(0, 0, row.type, look.dim),
		},
		{
			heading: safe`DEVICE`,
			least: Math.min(10, device),
			most: device,
			leaves: 9,
			paint: (cell, row, {look}) => cell.text(0, 0, cutStart(row.device, cell.columns), look.dim),
		},
		{
			heading: safe`OPTIONS`,
			least: 12,
			most: widest(12, optionsOf),
			leaves: 11,
			paint: (cell, row, {look}) => cell.text(0, 0, optionsOf(row), look.dim),
		},
	];
}

const numbers: readonly Column<Filesystem>[] = [
	{
		heading: safe`USE%`,
		least: 4,
		isRight: true,
		leaves: 1,
		paint: (cell, row, {look}) =>
			cell.right(cell.columns, 0, percentUp(row.usage?.usedPercent), look.level[levelOfDisk(row)]),
	},
	size(safe`FREE`, 2, usage => usage.freeBytes),
	size(safe`USED`, 6, usage => usage.usedBytes),
	size(safe`SIZE`, 5, usage => usage.totalBytes),
	{
		heading: safe`INODE%`,
		least: 6,
		isRight: true,
		leaves: 7,
		paint: (cell, {usage}, {look}) => {
			const used = usage?.inodes?.usedPercent;
			cell.right(cell.columns, 0, percentUp(used), look.level[levelOf('disk.inodes_used', used)]);
		},
	},
	{heading: safe`FULL IN`, least: 7, isRight: true, leaves: 3, paint: paintFullIn},
];

const readOnly: Column<Filesystem> = {
	heading: safe`RO`,
	least: 2,
	leaves: 4,
	paint: (cell, {isReadOnly}, {look}) => cell.text(0, 0, isReadOnly ? safe`ro` : safe``, look.dim),
};

function size(heading: Safe, leaves: number, bytesOf: (usage: FilesystemUsage) => number): Column<Filesystem> {
	return {
		heading,
		least: 8,
		isRight: true,
		leaves,
		paint: (cell, {usage}, {look}) => cell.right(cell.columns, 0, bytes(usage && bytesOf(usage)), look.text),
	};
}

function paintMount(cell: Area, row: Filesystem, {look, symbols}: Scene): void {
	const level = levelOfDisk(row);
	cell.text(0, 0, level === 'ok' ? safe`` : symbols.level[level], look.strongLevel[level]);
	cell.text(2, 0, cutStart(row.name, cell.columns - 2), look.text);
}

function paintBar(cell: Area, row: Filesystem, {look, symbols}: Scene): void {
	const level = levelOfDisk(row);
	const fraction = (row.usage?.usedPercent ?? 0) / 100;
	cell.bar(0, 0, cell.columns, fraction, symbols.bar, level === 'ok' ? look.disk : look.level[level]);
}

const yearSeconds = 365 * 86_400;

/** What is not filling is said to be full in a year. */
function paintFullIn(cell: Area, row: Filesystem, {snapshot, look}: Scene): void {
	const seconds = snapshot.series.get(seriesName('disk.full_in', row.mount));
	const text = seconds === undefined ? safe`-` : seconds >= yearSeconds ? safe`>1 year` : about(seconds);
	const style = fullSoon(row, snapshot) === undefined ? look.text : look.level.warning;
	cell.right(cell.columns, 0, text, style);
}

/** Without what nearly all have, and what has a column of its own. */
function optionsOf({options}: Filesystem): Safe {
	const shown = options.filter(option => !['rw', 'ro', 'relatime'].includes(option));
	return joinSafe([...new Set(shown)], safe`,`);
}
