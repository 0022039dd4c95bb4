import {type GraphKind, valuesPerColumn} from '../../core/graph.js';
import type {Area, Layer} from '../area.js';
import type {Scene} from '../scene.js';

/** How a graph over time looks: its full height, the style of a column by its largest value, and its kind where it is not that of the theme. */
export type GraphLook = {
	readonly top: number;
	readonly style: (value: number) => number;
	readonly kind?: GraphKind;
};

/** What a graph of so many columns shows of a series, over the time that is on the screen. */
export function graphValues(
	{timeline, symbols}: Scene,
	series: string,
	columns: number,
	kind: GraphKind = symbols.graph,
): Float64Array {
	return timeline.values(series, Math.max(0, columns) * valuesPerColumn(kind));
}

/** A graph over time that fills the area, and the time cursor on it. `values` are as many as `graphValues` gives for its width. */
export function paintGraph(
	area: Area,
	scene: Scene,
	values: ArrayLike<number>,
	{top, style, kind = scene.symbols.graph}: GraphLook,
): void {
	area.graph(values, {x: 0, y: 0, columns: area.columns, rows: area.rows, top, kind, style});
	paintCursor(area, scene, kind);
}

/** The same with graphs on top of each other, the first at the bottom. */
export function paintStack(area: Area, scene: Scene, layers: readonly Layer[], top: number): void {
	area.stack(layers, top, scene.symbols.graph);
	paintCursor(area, scene, scene.symbols.graph);
}

/** A line where there is nothing, and what there is in reverse: it is seen without colours, too. */
function paintCursor(area: Area, scene: Scene, kind: GraphKind): void {
	const column = cursorColumn(scene, area.columns, kind);

	if (column !== undefined) {
		area.markColumn(column, scene.symbols.cursor, scene.look.focus, scene.look.inverse);
	}
}

/** The column of a graph over time that the moment on the screen stands in. */
export function cursorColumn(
	{timeline, symbols}: Scene,
	columns: number,
	kind: GraphKind = symbols.graph,
): number | undefined {
	const perColumn = valuesPerColumn(kind);
	const index = timeline.cursor(columns * perColumn);
	return index === undefined ? undefined : Math.floor(index / perColumn);
}
