import {bytesPerSecond, percent, percentTenths, tenths} from '../../core/format.js';
import {niceTop} from '../../core/graph.js';
import {levelOf} from '../../core/levels.js';
import {type Safe, safe, safeText, trimSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Device} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import {firstKeyOf} from '../keys-table.js';
import {digitOf} from '../panel-name.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import {paintTimeAxis} from './time-axis.js';
import {below, type Fact, paintFacts, told} from './zoomed-parts.js';
import {type Column, fitted, paintTable} from './zoomed-table.js';

/** Columns of one fact: so that all of them fit at 80. */
const factColumns = 22;

/** A trickle under this is not drawn as if it filled the row, bytes per second. */
const leastTop = 100_000;

/** The table of devices, `shown` of `all`: graphs of all have one scale, so that the busy one is seen. */
export function paintDevices(area: Area, shown: readonly Device[], all: readonly Device[], scene: Scene): void {
	const name = all.reduce((most, device) => Math.max(most, widthOf(device.name)), 6);
	const raid = all.some(({device}) => scene.snapshot.series.has(seriesName('raid.degraded', device)))
		? [raidColumn]
		: [];
	const first: Column<Device> = {
		heading: safe`  DEVICE`,
		least: Math.min(12, name) + 2,
		most: name + 2,
		leaves: 0,
		paint: (cell, device, {look}) => cell.text(2, 0, device.name, look.text),
	};
	const others = [first, ...numbers, ...raid];
	// What the graph shows depends on its width, and its heading on what it shows.
	const columns = fitted([...others, graphColumn(safe``, () => {})], area.columns).at(-1)?.columns ?? 0;
	const values = new Map(all.map(device => [device, traffic([device], ['io.read', 'io.written'], columns, scene)]));
	const top = niceTop([...values.values()], leastTop);
	const graph = graphColumn(safe`R+W to ${trimSafe(bytesPerSecond(top))}`, (cell, device) =>
		paintGraph(cell, scene, values.get(device) ?? [], {top, style: () => scene.look.disk}),
	);
	paintTable(area, shown, [...others, graph], scene);
}

function graphColumn(heading: Safe, paint: Column<Device>['paint']): Column<Device> {
	return {heading, least: 14, most: Number.POSITIVE_INFINITY, leaves: 7, paint};
}

const numbers: readonly Column<Device>[] = [
	number(safe`READ`, 8, 2, device => bytesPerSecond(device.readBytesPerSecond)),
	number(safe`WRITE`, 8, 2, device => bytesPerSecond(device.writtenBytesPerSecond)),
	number(safe`READS/S`, 7, 6, device => tenths(device.readsPerSecond)),
	number(safe`WRITES/S`, 8, 6, device => tenths(device.writesPerSecond)),
	number(safe`LATENCY`, 8, 4, ({latencyMs}) => (latencyMs === undefined ? safe`-` : safe`${tenths(latencyMs)} ms`)),
	{
		heading: safe`BUSY`,
		least: 4,
		isRight: true,
		leaves: 1,
		paint: (cell, {busyPercent}, {look}) =>
			cell.right(cell.columns, 0, percent(busyPercent), look.level[levelOf('io.busy', busyPercent)]),
	},
];

function number(heading: Safe, least: number, leaves: number, text: (device: Device) => Safe): Column<Device> {
	return {
		heading,
		least,
		isRight: true,
		leaves,
		paint: (cell, device, {look}) => cell.right(cell.columns, 0, text(device), look.text),
	};
}

const raidColumn: Column<Device> = {
	heading: safe`RAID`,
	least: 10,
	leaves: 3,
	paint: (cell, {device}, {snapshot, look, symbols}) => {
		const degraded = snapshot.series.get(seriesName('raid.degraded', device));

		if (degraded === 1) {
			cell.text(0, 0, safe`${symbols.level.warning} degraded`, look.strongLevel.warning);
		} else if (degraded === 0) {
			cell.text(0, 0, safe`ok`, look.text);
		}
	},
};

/** The sum of series of some devices, value by value; NaN where none had one. */
function traffic(devices: readonly Device[], series: readonly string[], columns: number, scene: Scene): Float64Array {
	const sum = new Float64Array(graphValues(scene, '', columns).length).fill(Number.NaN);

	for (const {device} of devices) {
		for (const base of series) {
			for (const [index, value] of graphValues(scene, seriesName(base, device), columns).entries()) {
				const before = sum[index] ?? Number.NaN;
				sum[index] = Number.isNaN(value) ? before : value + (Number.isNaN(before) ? 0 : before);
			}
		}
	}

	return sum;
}

/** What all disks together read and write, beside each other, to one scale. */
export function paintTraffic(area: Area, scene: Scene): void {
	const {look, snapshot} = scene;
	const columns = Math.floor((area.columns - 2) / 2);
	const disks = snapshot.devices.filter(({isPhysical}) => isPhysical);
	const halves = [
		{label: safe`read`, values: traffic(disks, ['io.read'], columns, scene)},
		{label: safe`written`, values: traffic(disks, ['io.written'], columns, scene)},
	];
	const top = niceTop(
		halves.map(({values}) => values),
		leastTop,
	);

	for (const [index, {label, values}] of halves.entries()) {
		const half = area.part({x: index * (columns + 2), y: 0, columns, rows: area.rows});
		half.text(0, 0, safe`all disks ${label}, to ${trimSafe(bytesPerSecond(top))}`, look.dim);
		const [, graph = half, axis = half] = below(half, [1, half.rows - 2, 1]);
		paintGraph(graph, scene, values, {top, style: () => look.disk});
		paintTimeAxis(axis, scene);
	}
}

/** How much is waited for disks, and where it stands who uses them. */
export function paintDiskPressure(area: Area, scene: Scene): void {
	const fact = (label: Safe, series: string): Fact => ({
		label,
		value: told(scene, series, percentTenths, ['pressure', safe`not told by kernel`]),
		style: scene.look.level[levelOf(series, scene.snapshot.series.get(series))],
	});
	const processes = safeText(String(digitOf('processes')));
	const sort = firstKeyOf('sort-io', scene.bindings);
	paintFacts(
		area,
		[
			fact(safe`pressure, some`, 'pressure.io'),
			fact(safe`pressure, all`, 'pressure.io_full'),
			{label: safe`which process`, value: safe`${processes}, then ${sort}`, style: scene.look.dim},
		],
		factColumns,
		scene,
	);
}
