import {percent, unknown} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {padSafe, type Safe, safe, safeText} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Snapshot} from '../../core/snapshot.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';

/** Columns of one core in the grid of graphs, gap included. */
export const graphColumns = 20;

const prefix = 'core.used:';

/**
 * Cores in order: those that have a value now, and as many of the others as are online. One whose counters went backwards has none for a
 * moment, and must not take its place away from those behind it.
 */
export function coreNumbers({series, cores}: Snapshot): readonly number[] {
	const names = [...series.keys()].filter(name => name.startsWith(prefix));
	const known = new Set(names.map(name => Number(name.slice(prefix.length))));

	for (let core = 0; known.size > 0 && known.size < cores; core++) {
		known.add(core);
	}

	return [...known].toSorted((a, b) => a - b);
}

/** `23`, `100`, and ` -` where nobody knows. */
export function wholeOf(value: number): Safe {
	return Number.isNaN(value) ? unknown : safe`${Math.round(value)}`;
}

/** A grid: number, graph of one row, percentage; so many beside each other. */
export function paintCoreGraphs(
	area: Area,
	scene: Scene,
	cores: readonly number[],
	across = Math.max(1, Math.floor((area.columns + 2) / graphColumns)),
): void {
	const width = Math.floor((area.columns + 2) / across) - 2;
	const labelWidth = String(cores.at(-1)).length;

	for (const [index, core] of cores.entries()) {
		const rows = Math.ceil(cores.length / across);
		const [x, y] = [Math.floor(index / rows) * (width + 2), index % rows];
		const cell = area.part({x, y, columns: width, rows: 1});
		const name = seriesName('core.used', String(core));
		const value = scene.snapshot.series.get(name);
		const left = cell.text(0, 0, padSafe(safeText(String(core)), labelWidth, 'start'), scene.look.dim) + 1;
		const right = cell.right(cell.columns, 0, percent(value), scene.look.level[levelOf('core.used', value)]) - 1;
		const graph = cell.part({x: left, y: 0, columns: right - left, rows: 1});
		paintGraph(graph, scene, graphValues(scene, name, graph.columns), {
			top: 100,
			style: value => (levelOf('core.used', value) === 'ok' ? scene.look.cpu : scene.look.level.warning),
		});
	}
}

/** One row for all cores: number, bar and percentage where that fits, else one bar each, else one bar for several (their largest). */
export function paintCoreStrip(area: Area, scene: Scene, cores: readonly number[]): void {
	const labelWidth = String(cores.at(-1)).length;
	const each = labelWidth + 5;
	const values = cores.map(core => scene.snapshot.series.get(seriesName('core.used', String(core))) ?? Number.NaN);

	if (cores.length * each - 1 > area.columns) {
		const x = area.columns > 24 ? area.text(0, 0, safe`${cores.length} cores `, scene.look.dim) : 0;
		const bars = area.part({x, y: 0, columns: area.columns - x, rows: 1});
		paintBars(bars, scene, groups(values, bars.columns));
		return;
	}

	for (const [index, core] of cores.entries()) {
		const x = area.text(index * each, 0, safe`${core}`, scene.look.dim);
		const value = values[index] ?? Number.NaN;
		paintBars(area.part({x, y: 0, columns: 1, rows: 1}), scene, [value]);
		area.text(x + 1, 0, padSafe(wholeOf(value), 3, 'start'), scene.look.text);
	}
}

/** A bar a value, in the first row of the area. */
export function paintBars(area: Area, {look, symbols}: Scene, values: readonly number[]): void {
	area.graph(values, {
		x: 0,
		y: 0,
		columns: values.length,
		rows: 1,
		top: 100,
		kind: symbols.spark,
		style: value => (levelOf('core.used', value) === 'ok' ? look.cpu : look.level.warning),
	});
}

/** The largest of as many neighbours as it takes to have at most `most` values. */
function groups(values: readonly number[], most: number): readonly number[] {
	const size = Math.ceil(values.length / Math.max(1, most));
	const count = Math.ceil(values.length / size);
	return Array.from({length: count}, (_, group) => Math.max(...values.slice(group * size, (group + 1) * size)));
}
