import {bytes, bytesPerSecond, bytesShort, percent, percentTenths} from '../../core/format.js';
import {type Level, levelOf} from '../../core/levels.js';
import {type Safe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues, paintGraph} from './graphs.js';
import {paintPercentScale, paintTimeAxis} from './time-axis.js';
import {paintLargest} from './zoomed-largest.js';
import {below, type Fact, factRows, paintFacts, told, whole} from './zoomed-parts.js';

/** Columns of a bar with label, size and share, at least; and of a number with its label. */
const [barColumns, factColumns] = [38, 34];

/** Under this width there is no graph beside the bars. */
const graphFrom = 60;

/** All about memory: how much of it over time, what it is used for, what is short of it, and who has most. */
export function paintZoomedMemory(area: Area, scene: Scene): void {
	const {columns, rows} = area;
	const facts = factsOf(scene);
	const bars = barsOf(scene);
	const air = rows >= 24 ? 1 : 0;
	const largest = rows >= 16 ? 6 : 0;
	const wanted = factRows(facts.length, columns, factColumns);
	const least = Math.max(bars.length, rows - wanted - largest - 2 * air);
	const [upper = area, , numbers = area, , processes = area] = below(area, [least, air, wanted, air, largest]);
	const width = columns < graphFrom ? columns : Math.max(barColumns, Math.floor(columns * 0.4));
	paintBars(upper.part({x: columns - width, y: 0, columns: width, rows: upper.rows}), bars, scene);
	paintUsed(upper.part({x: 0, y: 0, columns: columns - width - 2, rows: upper.rows}), scene);
	paintFacts(numbers, facts, factColumns, scene);

	if (largest > 0) {
		paintLargest(processes, 'memory', scene);
	}
}

function paintUsed(area: Area, scene: Scene): void {
	const inner = paintPercentScale(area, area.rows - 1, scene);
	const [graph = area, axis = area] = below(inner, [area.rows - 1, 1]);
	paintGraph(graph, scene, graphValues(scene, 'memory.used', graph.columns), {
		top: 100,
		style: value => styleOf(levelOf('memory.used', value), scene) ?? scene.look.memory,
	});
	paintTimeAxis(axis, scene);
}

/** Of a level that is worth a colour. */
function styleOf(level: Level, {look}: Scene): number | undefined {
	return level === 'ok' ? undefined : look.level[level];
}

/** A part of memory or swap: its size and its share of the whole, 0-100. */
type Bar = {
	readonly label: Safe;
	readonly size: number | undefined;
	readonly share: number | undefined;
	readonly level: Level;
	/** Of what is free nothing is spent: its bar stays in the background. */
	readonly isFree?: true;
	/** Instead of size and share. */
	readonly reason?: Safe;
};

function barsOf({snapshot: {series}}: Scene): readonly Bar[] {
	const total = series.get('memory.total');
	const available = series.get('memory.available');
	const used = total === undefined || available === undefined ? undefined : total - available;
	const part = (label: Safe, size: number | undefined, level: Level = 'ok'): Bar => ({
		label,
		size,
		share: size === undefined || !total ? undefined : (size * 100) / total,
		level,
	});
	return [
		part(safe`used`, used, levelOf('memory.used', series.get('memory.used'))),
		{...part(safe`available`, available), isFree: true},
		part(safe`cache`, series.get('memory.cached')),
		part(safe`buffers`, series.get('memory.buffers')),
		part(safe`shared`, series.get('memory.shared')),
		part(safe`slab`, series.get('memory.slab')),
		shareOf(safe`swap`, series.get('swap.total'), series.get('swap.used'), 'swap.used'),
		...(series.has('container.memory_limit')
			? [
					shareOf(
						safe`container`,
						series.get('container.memory_limit'),
						series.get('container.memory_used'),
						'container.memory_used',
					),
				]
			: []),
	];
}

/** Of a whole of its own. */
function shareOf(label: Safe, total: number | undefined, share: number | undefined, name: string): Bar {
	const size = total === undefined || share === undefined ? undefined : (total * share) / 100;
	const bar = {label, size, share, level: levelOf(name, share)};
	return total === 0 ? {...bar, reason: safe`none`} : bar;
}

/** `used       9.8 GiB  61% ██████`. */
function paintBars(area: Area, bars: readonly Bar[], scene: Scene): void {
	const {look, symbols} = scene;

	for (const [y, {label, size, share, level, isFree, reason}] of bars.entries()) {
		const x = 18;
		const style = styleOf(level, scene);
		area.text(0, y, label, look.dim);
		area.right(x, y, reason ?? bytes(size), style ?? look.text);
		area.text(x + 1, y, reason ? safe`` : percent(share), style ?? look.text);
		area.bar(
			x + 6,
			y,
			area.columns - x - 6,
			(share ?? 0) / 100,
			symbols.bar,
			style ?? (isFree ? look.dim : look.memory),
		);
	}
}

/** The most asked for first: on a low screen the last ones have no place. */
function factsOf(scene: Scene): readonly Fact[] {
	const {snapshot, look} = scene;
	const {series} = snapshot;
	const pressure = (label: Safe, name: string): Fact => ({
		label,
		value: told(scene, name, percentTenths, ['pressure', safe`not told by kernel`]),
		style: look.level[levelOf(name, series.get(name))],
	});
	const text = (label: Safe, value: Safe): Fact => ({label, value, style: look.text});
	const limit = series.get('container.memory_limit');
	return [
		pressure(safe`pressure, some wait`, 'pressure.memory'),
		pressure(safe`pressure, all wait`, 'pressure.memory_full'),
		text(safe`swap in`, bytesPerSecond(series.get('swap.in'))),
		text(safe`swap out`, bytesPerSecond(series.get('swap.out'))),
		text(safe`OOM kills since boot`, told(scene, 'memory.oom_kills', whole, ['memory', safe`not counted`])),
		text(safe`swap space`, series.get('swap.total') === 0 ? safe`none` : bytesShort(series.get('swap.total'))),
		...(limit === undefined ? [] : [text(safe`container limit`, bytesShort(limit))]),
	];
}
