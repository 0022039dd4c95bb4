import {seriesName} from '../../core/series.js';
import type {Check} from '../../core/snapshot.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphValues} from './graphs.js';

/** Beats that one result is looked for in, at most: enough for one that is asked every minute. */
const mostBeatsEach = 60;

/**
 * Response times of the last results, one a column, newest last; NaN where there was none. The series has the last result at every beat:
 * beat by beat its graph would show one or two of them. Over longer spans a column is a mean over time, as in every graph.
 */
export function responseValues(scene: Scene, {check, result, dueAt}: Check, columns: number): Float64Array {
	const {timeline, view, snapshot, symbols} = scene;
	const series = seriesName('check.time', check);
	const beat = snapshot.intervalMs || 1000;
	const each = result ? Math.min(mostBeatsEach, Math.max(1, Math.round((dueAt - result.at) / beat))) : 1;

	if (view.time.span !== 'readings' || view.time.past || each === 1 || !result) {
		return graphValues(scene, series, columns, symbols.spark);
	}

	// Looked at in the middle between two results, whichever beat it is now: so the graph moves only when there is a new one.
	const age = Math.max(0, Math.round((snapshot.at - result.at) / beat));
	const count = columns * each + age;
	const values = timeline.values(series, count);
	return Float64Array.from({length: columns}, (_, column) => {
		const back = age + (columns - 1 - column) * each - Math.floor(each / 2);
		return values[count - 1 - Math.max(0, back)] ?? Number.NaN;
	});
}

/** A graph of one row. What varies little is low in it, so that what is four times as long is seen. */
export function paintResponses(area: Area, check: Check, scene: Scene, style: number): void {
	const {columns} = area;
	const values = responseValues(scene, check, columns);
	const known = values.filter(value => !Number.isNaN(value));

	if (known.length > 0) {
		const top = Math.max(0.001, Math.max(...known), 4 * Math.min(...known));
		area.graph(values, {x: 0, y: 0, columns, rows: 1, top, kind: scene.symbols.spark, style: () => style});
	}
}
