import {checkStateWords} from '../../core/check-state.js';
import {responseTime} from '../../core/check-words.js';
import {nearTime, span} from '../../core/format.js';
import {niceTop} from '../../core/graph.js';
import {padSafe, type Safe, safe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Check} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Block} from './blocks.js';
import {graphValues, paintGraph} from './graphs.js';
import {stateStyle} from './service-cells.js';
import {paintTimeAxis} from './time-axis.js';
import {below} from './zoomed-parts.js';

/** Rows under which a graph is not worth its place, its line of numbers and its axis included. */
const leastGraph = 4;

/** What a graph has where others want rows, too. */
const usualGraph = 6;

/** Under this full height, ms, what is quick all the time is not drawn as if it were slow. */
const leastTop = 1;

/** How long it took over the span that is on the screen. */
export function responsesBlock({check}: Check, columns: number, scene: Scene): readonly Block[] {
	const values = graphValues(scene, seriesName('check.time', check), columns);
	const known = values.filter(value => !Number.isNaN(value));
	return known.length === 0
		? []
		: [
				{
					least: 1,
					most: usualGraph,
					worthwhile: leastGraph,
					rank: 5,
					takesRest: true,
					paint: area => paintResponseGraph(area, values, known, scene),
				},
			];
}

function paintResponseGraph(area: Area, values: Float64Array, known: Float64Array, scene: Scene): void {
	const hasGraph = area.rows >= leastGraph;
	const [numbers = area, graph = area, axis = area] = below(area, [1, area.rows - 2, 1]);
	const top = niceTop([known], leastTop);
	paintNumbers(numbers, known, hasGraph ? safe`to ${responseTime(top)}` : safe``, scene);

	if (hasGraph) {
		paintGraph(graph, scene, values, {top, style: () => scene.look.services});
		paintTimeAxis(axis, scene);
	}
}

/** `response  min 38 ms  average 42 ms  p95 61 ms  max 80 ms`, of what is drawn, as far as there is room. */
function paintNumbers(area: Area, known: Float64Array, scale: Safe, {look}: Scene): void {
	const sorted = known.toSorted();
	// The nearest rank: a value that there was.
	const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
	const sum = known.reduce((total, value) => total + value, 0);
	const numbers: readonly (readonly [Safe, number])[] = [
		[safe`min`, sorted[0] ?? Number.NaN],
		[area.columns < 50 ? safe`avg` : safe`average`, sum / known.length],
		[safe`p95`, p95],
		[safe`max`, sorted.at(-1) ?? Number.NaN],
	];
	let pieces = numbers.map(([label, value]) => ({label, text: responseTime(value)}));
	const widthOfAll = () => pieces.reduce((sum, {label, text}) => sum + widthOf(label) + 1 + widthOf(text) + 2, -2);

	// The slow ones tell more than the quick ones.
	while (pieces.length > 1 && widthOfAll() > area.columns) {
		pieces = pieces.slice(1);
	}

	let x = area.columns >= 70 ? area.text(0, 0, safe`response`, look.dim) + 2 : 0;

	for (const {label, text} of pieces) {
		x = area.text(area.text(x, 0, label, look.dim) + 1, 0, text, look.text) + 2;
	}

	if (x + widthOf(scale) <= area.columns) {
		area.right(area.columns, 0, scale, look.dim);
	}
}

/** When its state has changed, the last time first, how long each held, and why. */
export function changesBlock({changes}: Check, scene: Scene): readonly Block[] {
	return changes.length === 0
		? []
		: [{least: 2, most: changes.length + 1, rank: 7, paint: area => paintChanges(area, changes, scene)}];
}

function paintChanges(area: Area, changes: Check['changes'], {look, symbols, snapshot}: Scene): void {
	const shown = Math.min(changes.length, area.rows - 1);
	const count = shown < changes.length ? safe`, ${shown} of ${changes.length}` : safe``;
	area.text(0, 0, safe`last changes${count}`, look.dim);

	for (const [index, {at, status, reason}] of changes.slice(0, shown).entries()) {
		const line = area.part({x: 0, y: index + 1, columns: area.columns, rows: 1});
		const until = changes[index - 1]?.at ?? snapshot.at;
		line.text(0, 0, padSafe(nearTime(at, snapshot.at), 12, 'end'), look.text);
		line.text(14, 0, safe`${symbols.check[status]} ${checkStateWords[status]}`, stateStyle(status, look));
		const held = line.columns >= 46 ? safe`for ${span((until - at) / 1000)}` : safe``;
		const end = line.right(line.columns, 0, held, look.dim);
		line.text(21, 0, reason ?? safe``, look.text, end - 22);
	}
}
