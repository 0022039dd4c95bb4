import {bytesPerSecond, tenths, unknown} from '../../core/format.js';
import {niceTop} from '../../core/graph.js';
import {safe, trimSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Interface} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {leastTop} from './zoomed-interface.js';
import {paintZoomedNetwork, zoomedInterfaces, zoomedNetworkExtent} from './zoomed-network.js';
import {isZoomed} from './zoomed-parts.js';

export const network: Panel = {
	name: 'network',
	title: safe`Network`,
	area: 'network',
	summary(scene, rows, columns) {
		const total = scene.snapshot.interfaces.length;
		const shown = shownInterfaces(scene, rows, columns);
		const errors = scene.snapshot.interfaces.reduce((sum, {errorsPerSecond = 0}) => sum + errorsPerSecond, 0);
		const rate = total === 0 ? unknown : errors === 0 ? safe`0` : trimSafe(tenths(errors));
		return safe`${Math.min(shown, total)} of ${total} ${scene.symbols.dot} ${rate} errors/s`;
	},
	paint,
	extent,
};

function extent(scene: Scene, rows: number, columns: number): Extent {
	if (isZoomed('network', scene, rows)) {
		return zoomedNetworkExtent(scene, columns, rows);
	}

	return {total: scene.snapshot.interfaces.length, shown: shownInterfaces(scene, rows, columns)};
}

function shownInterfaces(scene: Scene, rows: number, columns: number): number {
	return isZoomed('network', scene, rows) ? zoomedInterfaces(scene, columns, rows) : Math.max(1, Math.floor(rows / 2));
}

function paint(area: Area, scene: Scene): void {
	if (isZoomed('network', scene, area.rows)) {
		paintZoomedNetwork(area, scene);
		return;
	}

	const size = extent(scene, area.rows, area.columns);
	const offset = offsetOf('network', size, scene);
	const interfaces = scene.snapshot.interfaces.slice(offset, offset + size.shown);
	const nameColumns = Math.min(Math.max(4, ...interfaces.map(({name}) => widthOf(name))), Math.floor(area.columns / 3));
	const spare = area.rows - interfaces.length * 2;
	let y = 0;

	for (const [index, one] of interfaces.entries()) {
		// Rows that nobody else needs make the first interface's graphs higher.
		const rows = index === 0 ? Math.min(4, 1 + Math.max(0, Math.floor(spare / 2))) : 1;
		paintInterface(area.part({x: 0, y, columns: area.columns, rows: rows * 2}), one, nameColumns, scene);
		y += rows * 2;
	}
}

function paintInterface(area: Area, one: Interface, nameColumns: number, scene: Scene): void {
	const {look, symbols} = scene;
	const rows = Math.max(1, Math.floor(area.rows / 2));
	area.text(0, 0, one.name, look.text, nameColumns);
	const kind = rows > 1 ? symbols.graph : symbols.spark;
	const x = nameColumns + 12;
	const columns = Math.max(0, area.columns - x);
	const received = graphValues(scene, seriesName('network.received', one.interface), columns, kind);
	const sent = graphValues(scene, seriesName('network.sent', one.interface), columns, kind);
	const top = niceTop([received, sent], leastTop);
	const halves = [
		{symbol: symbols.received, rate: one.receivedBytesPerSecond, values: received},
		{symbol: symbols.sent, rate: one.sentBytesPerSecond, values: sent},
	];

	for (const [half, {symbol, rate, values}] of halves.entries()) {
		const y = half * rows;
		area.text(nameColumns + 1, y, symbol, look.dim);
		area.text(nameColumns + 3, y, bytesPerSecond(rate), look.text);
		paintGraph(area.part({x, y, columns, rows}), scene, values, {top, kind, style: () => look.network});
	}
}
