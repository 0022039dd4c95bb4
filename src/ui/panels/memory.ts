import {bytes, bytesShort, percent, percentTenths} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {type Safe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import type {Panel} from './panel.js';
import {paintZoomedMemory} from './zoomed-memory.js';
import {isZoomed} from './zoomed-parts.js';

/** Columns of the numbers at the right: `buffers  6.2 GiB`. */
const labelColumns = 14;
const wideLabelColumns = 17;

/** Columns of `stall  12.1%`. */
const stallColumns = 12;

export const memory: Panel = {
	name: 'memory',
	title: safe`Memory`,
	area: 'memory',
	summary: ({snapshot: {series}}) =>
		safe`${percent(series.get('memory.used'))} of ${bytesShort(series.get('memory.total'))}`,
	paint,
};

function paint(area: Area, scene: Scene): void {
	if (isZoomed('memory', scene, area.rows)) {
		paintZoomedMemory(area, scene);
		return;
	}

	const labels = area.rows > 3 ? wideLabelColumns : labelColumns;
	const {look} = scene;
	const graph = area.part({x: 0, y: 0, columns: area.columns - labels - 1, rows: area.rows - 1});
	paintNumbers(area.part({x: area.columns - labels, y: 0, columns: labels, rows: area.rows - 1}), scene);
	paintBottom(area, scene);
	paintGraph(graph, scene, graphValues(scene, 'memory.used', graph.columns), {
		top: 100,
		style: value => {
			const level = levelOf('memory.used', value);
			return level === 'ok' ? look.memory : look.level[level];
		},
	});
}

function paintNumbers(area: Area, {snapshot: {series}, look}: Scene): void {
	const ofLimit = series.get('container.memory_used');
	const limit: readonly (readonly [Safe, Safe, number])[] =
		ofLimit === undefined
			? []
			: [
					[safe`limit`, bytes(series.get('container.memory_limit')), look.text],
					[safe`of it`, percentTenths(ofLimit), look.level[levelOf('container.memory_used', ofLimit)]],
				];
	const rows: readonly (readonly [Safe, Safe, number])[] = [
		[safe`avail`, bytes(series.get('memory.available')), look.text],
		...limit,
		[safe`cache`, bytes(series.get('memory.cached')), look.text],
		[safe`buffers`, bytes(series.get('memory.buffers')), look.text],
		[safe`shared`, bytes(series.get('memory.shared')), look.text],
		[safe`slab`, bytes(series.get('memory.slab')), look.text],
	];

	for (const [y, [label, value, style]] of rows.slice(0, area.rows).entries()) {
		area.text(0, y, label, look.dim);
		area.right(area.columns, y, value, style);
	}
}

function paintBottom(area: Area, {snapshot: {series}, look}: Scene): void {
	const y = area.rows - 1;
	const [used, total] = [series.get('swap.used'), series.get('swap.total')];
	let x = area.text(0, y, safe`swap `, look.dim);
	const stall = series.get('pressure.memory');

	if (used === undefined) {
		x = area.text(x, y, total === 0 ? safe`none` : safe`-`, look.text);
	} else {
		x = area.text(x, y, safe`${percent(used)} of ${bytesShort(total)}`, look.level[levelOf('swap.used', used)]);
	}

	const text = stall === undefined ? safe`n/a` : percentTenths(stall);

	if (x + stallColumns < area.columns) {
		area.text(area.columns - stallColumns, y, safe`stall`, look.dim);
		area.right(area.columns, y, text, look.level[levelOf('pressure.memory', stall)]);
	}
}
