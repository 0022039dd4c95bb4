import {bytes, bytesPerSecond, tenths} from '../../core/format.js';
import {niceTop} from '../../core/graph.js';
import {levelOf} from '../../core/levels.js';
import {padSafe, type Safe, safe, safeText, trimSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Interface} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import {paintTimeAxis} from './time-axis.js';
import {whole} from './zoomed-parts.js';

/** A trickle under this is not drawn as if it filled the line, bytes per second. */
export const leastTop = 10_000;

/** Where an interface is drawn, and how. */
export type InterfacePlace = {
	readonly area: Area;
	readonly nameColumns: number;
	/** With a row of its addresses under its state. */
	readonly hasAddresses: boolean;
};

/** One interface: its state, its addresses, and what it received and sent, in a graph each. */
export function paintInterface({area, nameColumns, hasAddresses}: InterfacePlace, one: Interface, scene: Scene): void {
	const {symbols} = scene;
	const {packets, total, graph: x} = columnsOf(area.columns);
	const head = hasAddresses ? 2 : 1;
	const rows = Math.floor((area.rows - head) / 2);
	const received = graphValues(scene, seriesName('network.received', one.interface), area.columns - x);
	const sent = graphValues(scene, seriesName('network.sent', one.interface), area.columns - x);
	const top = niceTop([received, sent], leastTop);
	area.text(0, 0, one.name, scene.look.strong, nameColumns);
	const state = area.part({x: nameColumns + 2, y: 0, columns: area.columns - nameColumns - 2, rows: 1});
	paintState(state, one, top, scene);

	if (hasAddresses) {
		paintAddresses(area.part({x: 2, y: 1, columns: area.columns - 2, rows: 1}), one, scene);
	}

	const halves = [
		[symbols.received, one.receivedBytesPerSecond, one.receivedPacketsPerSecond, one.receivedBytes, received],
		[symbols.sent, one.sentBytesPerSecond, one.sentPacketsPerSecond, one.sentBytes, sent],
	] as const;

	for (const [index, [symbol, rate, packetRate, sum, values]] of halves.entries()) {
		const half = area.part({x: 0, y: head + index * rows, columns: area.columns, rows});
		half.text(2, 0, symbol, scene.look.dim);
		half.text(4, 0, bytesPerSecond(rate), scene.look.text);

		if (packets > 0) {
			half.text(packets, 0, safe`${padSafe(whole(packetRate), 7, 'start')} packets/s`, scene.look.text);
		}

		if (total > 0) {
			half.text(total, 0, safe`${bytes(sum)} in all`, scene.look.text);
		}

		const graph = half.part({x, y: 0, columns: area.columns - x, rows});
		paintGraph(graph, scene, values, {top, style: () => scene.look.network});
	}
}

/** Below the graphs of the last interface. */
export function paintInterfacesAxis(area: Area, scene: Scene): void {
	const {graph: x} = columnsOf(area.columns);
	paintTimeAxis(area.part({x, y: 0, columns: area.columns - x, rows: 1}), scene);
}

/** Where packets, the total and the graph begin; what there is no room for is at 0. */
function columnsOf(columns: number): {packets: number; total: number; graph: number} {
	if (columns >= 64) {
		return {packets: 13, total: 32, graph: 49};
	}

	return columns >= 44 ? {packets: 0, total: 13, graph: 30} : {packets: 0, total: 0, graph: 13};
}

/** As many as fit, and how many more there are; the first one is cut where it must. */
function paintAddresses(area: Area, {addresses = []}: Interface, {look}: Scene): void {
	if (addresses.length === 0) {
		area.text(0, 0, safe`no address`, look.dim);
		return;
	}

	let x = 0;

	for (const [index, address] of addresses.entries()) {
		const left = addresses.length - index - 1;
		const more = left > 0 ? 2 + widthOf(safe`+${left}`) : 0;

		if (x > 0 && x + widthOf(address) + more > area.columns) {
			area.text(x, 0, safe`+${left + 1}`, look.dim);
			return;
		}

		x = area.text(x, 0, address, look.text) + 2;
	}
}

/** `up    errors  0.2/s  drops  0.0/s  1 Gbit/s`, and the scale of the graphs. */
function paintState(area: Area, one: Interface, top: number, scene: Scene): void {
	const {look, snapshot} = scene;
	const up = snapshot.series.get(seriesName('network.up', one.interface));
	const speed = snapshot.series.get(seriesName('network.speed', one.interface));
	const count = (label: Safe, value: number | undefined, series: string): Piece => [
		value === undefined ? safe`${label}       -` : safe`${label} ${tenths(value)}/s`,
		value !== undefined && value > 0 ? look.text : look.dim,
		look.level[levelOf(series, value)],
	];
	const pieces: readonly Piece[] = [
		[up === undefined ? safe`-   ` : up === 1 ? safe`up  ` : safe`down`, up === 1 ? look.strongLevel.ok : look.dim, 0],
		count(safe`errors`, one.errorsPerSecond, 'network.errors'),
		count(safe`drops`, one.dropsPerSecond, 'network.drops'),
		[speedOf(speed), look.dim, 0],
	];
	let x = 0;

	for (const [text, style, level] of pieces) {
		if (x + widthOf(text) <= area.columns) {
			x = area.text(x, 0, text, level || style) + 2;
		}
	}

	const scale = safe`to ${trimSafe(bytesPerSecond(top))}`;

	if (x + widthOf(scale) <= area.columns) {
		area.right(area.columns, 0, scale, look.dim);
	}
}

/** Text, its style, and the one of its level, which comes before that (0 for none). */
type Piece = readonly [text: Safe, style: number, level: number];

/** `1 Gbit/s`, `2.5 Gbit/s`, `100 Mbit/s`. */
function speedOf(bits: number | undefined): Safe {
	if (bits === undefined) {
		return safe`no speed`;
	}

	return bits >= 1e9 ? safe`${safeText(String(bits / 1e9))} Gbit/s` : safe`${Math.round(bits / 1e6)} Mbit/s`;
}
