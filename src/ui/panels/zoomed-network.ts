import {bytes, bytesPerSecond, percentTenths, tenths} from '../../core/format.js';
import {niceTop} from '../../core/graph.js';
import {levelOf} from '../../core/levels.js';
import {padSafe, type Safe, safe, safeText, trimSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Interface} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import {type Extent, offsetOf} from './panel.js';
import {type Fact, paintFacts, told, whole} from './zoomed-parts.js';

/** A trickle under this is not drawn as if it filled the line, bytes per second. */
export const leastTop = 10_000;

/** Columns of one of TCP's numbers. */
const tcpColumns = 16;

function tcpRows(rows: number): number {
	return rows >= 16 ? 3 : 2;
}

/** Rows of an interface without those that only make its graphs higher: its state, received, sent. */
const leastRows = 3;
const mostGraphRows = 6;

/** How many interfaces there is room for. */
export function zoomedNetworkExtent({snapshot}: Scene, rows: number): Extent {
	return {total: snapshot.interfaces.length, shown: Math.max(1, Math.floor((rows - tcpRows(rows)) / leastRows))};
}

/** All about the network: each interface, and what TCP has to tell. */
export function paintZoomedNetwork(area: Area, scene: Scene): void {
	const extent = zoomedNetworkExtent(scene, area.rows);
	const offset = offsetOf('network', extent, scene);
	const shown = scene.snapshot.interfaces.slice(offset, offset + extent.shown);
	const tcp = tcpRows(area.rows);
	const room = area.rows - tcp;
	const spare = room - shown.length * leastRows;
	const air = spare >= shown.length - 1 ? 1 : 0;
	const higher = Math.floor((spare - air * (shown.length - 1)) / Math.max(1, shown.length * 2));
	const graphRows = Math.min(mostGraphRows, 1 + Math.max(0, higher));
	const most = Math.max(4, Math.min(15, Math.floor(area.columns / 4)));
	const nameColumns = Math.min(most, Math.max(4, ...scene.snapshot.interfaces.map(({name}) => widthOf(name))));

	for (const [index, one] of shown.entries()) {
		const rows = 1 + 2 * graphRows;
		paintInterface(area.part({x: 0, y: index * (rows + air), columns: area.columns, rows}), one, nameColumns, scene);
	}

	if (shown.length === 0) {
		area.text(0, 0, safe`none seen yet`, scene.look.dim);
	}

	paintTcp(area.part({x: 0, y: area.rows - tcp, columns: area.columns, rows: tcp}), scene);
}

function paintInterface(area: Area, one: Interface, nameColumns: number, scene: Scene): void {
	const {symbols} = scene;
	const {packets, total, graph: x} = columnsOf(area.columns);
	const rows = Math.floor((area.rows - 1) / 2);
	const received = graphValues(scene, seriesName('network.received', one.interface), area.columns - x);
	const sent = graphValues(scene, seriesName('network.sent', one.interface), area.columns - x);
	const top = niceTop([received, sent], leastTop);
	area.text(0, 0, one.name, scene.look.strong, nameColumns);
	const state = area.part({x: nameColumns + 2, y: 0, columns: area.columns - nameColumns - 2, rows: 1});
	paintState(state, one, top, scene);
	const halves = [
		[symbols.received, one.receivedBytesPerSecond, one.receivedPacketsPerSecond, one.receivedBytes, received],
		[symbols.sent, one.sentBytesPerSecond, one.sentPacketsPerSecond, one.sentBytes, sent],
	] as const;

	for (const [index, [symbol, rate, packetRate, sum, values]] of halves.entries()) {
		const half = area.part({x: 0, y: 1 + index * rows, columns: area.columns, rows});
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

/** Where packets, the total and the graph begin; what there is no room for is at 0. */
function columnsOf(columns: number): {packets: number; total: number; graph: number} {
	if (columns >= 64) {
		return {packets: 13, total: 32, graph: 49};
	}

	return columns >= 44 ? {packets: 0, total: 13, graph: 30} : {packets: 0, total: 0, graph: 13};
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

function paintTcp(area: Area, scene: Scene): void {
	const {look, snapshot} = scene;
	const {series} = snapshot;
	const fact = (label: Safe, name: string, value: Safe): Fact => ({
		label,
		value,
		style: look.level[levelOf(name, series.get(name))],
	});
	const rate = (name: string) => trimSafe(tenths(series.get(name)));
	const facts = [
		fact(safe`established`, 'tcp.established', whole(series.get('tcp.established'))),
		fact(safe`listening`, 'tcp.listening', whole(series.get('tcp.listening'))),
		fact(safe`resent/s`, 'tcp.retransmits', rate('tcp.retransmits')),
		fact(safe`refused/s`, 'tcp.listen_drops', rate('tcp.listen_drops')),
		fact(
			safe`conntrack`,
			'conntrack.used',
			told(scene, 'conntrack.used', value => trimSafe(percentTenths(value)), ['conntrack', safe`unused`]),
		),
	];
	const y = area.columns >= 60 ? 1 : 0;
	const x = y === 0 ? 0 : area.text(0, y, safe`TCP`, look.strong) + 3;
	const part = area.part({x, y, columns: area.columns - x, rows: area.rows - y});
	paintFacts(part, facts, tcpColumns, scene);
}
