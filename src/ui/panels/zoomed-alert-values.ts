import type {Alert} from '../../core/alerts/alert.js';
import type {EvidenceHour} from '../../core/alerts/incident.js';
import {clockTime, nearTime} from '../../core/format.js';
import {niceTop, valuesPerColumn} from '../../core/graph.js';
import {type Safe, safe} from '../../core/safe.js';
import {baseOf, seriesName} from '../../core/series.js';
import type {Unit} from '../../core/series-table.js';
import {unitOf} from '../../core/unit-of.js';
import {valueText} from '../../core/value-text.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Look} from '../theme.js';
import type {Block} from './blocks.js';
import {graphValues, paintGraph} from './graphs.js';
import {paintTimeAxis} from './time-axis.js';
import {below} from './zoomed-parts.js';

/** Rows under which a graph is not worth its place, its line of numbers and its axis included. */
const leastGraph = 4;

/** What a graph has where others want rows, too. */
const usualGraph = 7;

/** The levels of a rule; `isBelow`: what is less is worse. */
type DrawnLevels = Pick<EvidenceHour, 'warning' | 'critical'> & {readonly isBelow: boolean};

/** What is drawn, and with what beside it. */
type Drawn = {
	readonly values: Float64Array;
	readonly unit: Unit;
	readonly title: Safe;
	readonly levels: DrawnLevels;
	readonly colour: number;
	/** Below the graph. */
	readonly axis: (area: Area) => void;
};

/** The value over the hour before it fired, with the levels of its rule. */
export function hourBlock({evidence, series, check}: Alert, columns: number, scene: Scene): readonly Block[] {
	const {hour} = evidence ?? {};
	const known = hour?.values.some(value => value !== null);

	if (!hour || !known) {
		return [];
	}

	const {from, to, unit} = hour;
	const axis = (area: Area) => {
		area.text(0, 0, clockTime(from), scene.look.dim);
		area.right(area.columns, 0, clockTime(to), scene.look.dim);
	};
	const drawn: Drawn = {
		values: stretched(hour.values, columns * valuesPerColumn(scene.symbols.graph)),
		unit,
		title: safe`the hour before ${nearTime(to, scene.snapshot.at)}`,
		levels: levelsOf(hour),
		colour: colourOf(series ?? seriesOf(check) ?? '', scene.look),
		axis,
	};
	return [{...graphSize, rank: 3, paint: area => paintDrawn(area, drawn, scene)}];
}

const graphSize = {least: 1, most: usualGraph, worthwhile: leastGraph, takesRest: true} as const;

/** The value over the span that is on the screen. */
export function liveBlock({evidence, series, check}: Alert, columns: number, scene: Scene): readonly Block[] {
	const name = series ?? seriesOf(check);
	const values = name === undefined ? new Float64Array() : graphValues(scene, name, columns);

	if (name === undefined || values.every(Number.isNaN)) {
		return [];
	}

	const unit = unitOf(name);
	const now = scene.snapshot.series.get(name);
	const drawn: Drawn = {
		values,
		unit,
		title: now === undefined ? safe`now -` : safe`now ${valueText(now, unit)}`,
		levels: evidence?.hour ? levelsOf(evidence.hour) : {isBelow: false},
		colour: colourOf(name, scene.look),
		axis: area => paintTimeAxis(area, scene),
	};
	return [{...graphSize, rank: 8, paint: area => paintDrawn(area, drawn, scene, true)}];
}

function seriesOf(check: string | undefined): string | undefined {
	return check === undefined ? undefined : seriesName('check.time', check);
}

/** As many values as a graph shows, each as often as it takes. */
function stretched(values: EvidenceHour['values'], count: number): Float64Array {
	return Float64Array.from(
		{length: count},
		(_, index) => values[Math.floor((index * values.length) / count)] ?? Number.NaN,
	);
}

function levelsOf({warning, critical, isBelow = false}: EvidenceHour): DrawnLevels {
	return {isBelow, ...(warning !== undefined && {warning}), ...(critical !== undefined && {critical})};
}

/** One calm colour: that of the panel that the series is in. */
function colourOf(series: string, look: Look): number {
	const [area = ''] = baseOf(series).split('.');
	const colours: Readonly<Record<string, number>> = {
		cpu: look.cpu,
		core: look.cpu,
		load: look.cpu,
		memory: look.memory,
		swap: look.memory,
		disk: look.disk,
		io: look.disk,
		network: look.network,
		tcp: look.network,
	};
	return colours[area] ?? look.services;
}

function paintDrawn(area: Area, drawn: Drawn, scene: Scene, hasCursor = false): void {
	const {values, unit, levels, axis} = drawn;
	const hasGraph = area.rows >= leastGraph;
	const [numbers = area, graph = area, axisLine = area] = below(area, [1, area.rows - 2, 1]);
	const known = values.filter(value => !Number.isNaN(value));
	const limits = [levels.warning, levels.critical].filter(level => level !== undefined);
	const top = unit === 'percent' && Math.max(...known) <= 100 ? 100 : niceTop([known, limits], 1);
	paintNumbers(numbers, drawn, known, hasGraph ? safe`to ${valueText(top, unit)}` : safe``, scene);

	if (!hasGraph) {
		return;
	}

	const style = (value: number) => styleOf(value, drawn, scene.look);

	if (hasCursor) {
		paintGraph(graph, scene, values, {top, style});
	} else {
		const {columns, rows} = graph;
		graph.graph(values, {x: 0, y: 0, columns, rows, top, kind: scene.symbols.graph, style});
	}

	for (const level of ['warning', 'critical'] as const) {
		const value = levels[level];
		const row = value === undefined ? -1 : graph.rows - 1 - Math.floor((value / top) * graph.rows);
		graph.markRow(value === undefined ? -1 : Math.max(0, row), scene.symbols.levelLine, scene.look.level[level]);
	}

	axis(axisLine);
}

function styleOf(value: number, {levels: {warning, critical, isBelow}, colour}: Drawn, look: Look): number {
	const isBeyond = (level: number | undefined) => level !== undefined && (isBelow ? value <= level : value >= level);
	return isBeyond(critical) ? look.level.critical : isBeyond(warning) ? look.level.warning : colour;
}

/** `the hour before 03:12:37  ▲ 85%  ✗ 95%  max 96.4%  min 71.2%`, as far as there is room. */
function paintNumbers(area: Area, {title, unit, levels}: Drawn, known: Float64Array, scale: Safe, scene: Scene): void {
	const {look, symbols} = scene;
	const pieces: readonly {readonly text: Safe; readonly style: number}[] = [
		...(['warning', 'critical'] as const).flatMap(level => {
			const value = levels[level];
			const text = value === undefined ? undefined : safe`${symbols.level[level]} ${valueText(value, unit)}`;
			return text === undefined ? [] : [{text, style: look.level[level]}];
		}),
		{text: safe`max ${valueText(Math.max(...known), unit)}`, style: look.text},
		{text: safe`min ${valueText(Math.min(...known), unit)}`, style: look.text},
	];
	let x = area.text(0, 0, title, look.dim) + 2;

	for (const {text, style} of pieces) {
		x = x + widthOf(text) <= area.columns ? area.text(x, 0, text, style) + 2 : x;
	}

	if (x + widthOf(scale) <= area.columns) {
		area.right(area.columns, 0, scale, look.dim);
	}
}
