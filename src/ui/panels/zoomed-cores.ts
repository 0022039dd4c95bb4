import {padSafe, safe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {graphColumns, paintBars, paintCoreGraphs, wholeOf} from './cores.js';

/** How all cores are shown: a graph each, a bar with its percentage each, or only a bar each. */
type Form = {
	readonly rows: number;
	readonly perRow: number;
	readonly paint: (area: Area, scene: Scene, cores: readonly number[], perRow: number) => void;
};

/** The form that tells most in so many columns and `most` rows: every core is seen in each of them, the last one may need more rows. */
export function coresForm(cores: readonly number[], columns: number, most: number): Form {
	const digits = String(cores.at(-1) ?? 0).length;
	const form = (perRow: number, paint: Form['paint']): Form => ({
		rows: Math.ceil(cores.length / Math.max(1, perRow)),
		perRow: Math.max(1, perRow),
		paint,
	});
	const fitting = Math.max(1, Math.floor((columns + 2) / graphColumns));
	// As few beside each other as the rows allow for: then the graphs are longer.
	const graphs = form(Math.ceil(cores.length / Math.ceil(cores.length / fitting)), paintCoreGraphs);
	const cells = form(Math.floor((columns + 2) / (digits + cellColumns)), paintCells);
	return [graphs, cells].find(({rows}) => rows <= most) ?? form(columns - digits * 2 - 2, paintStrips);
}

/** Of a bar with its percentage, besides the number of the core: two columns of air, too. */
const cellColumns = 7;

/** `12▃ 23%`: in order along the rows. */
function paintCells(area: Area, scene: Scene, cores: readonly number[], perRow: number): void {
	const digits = String(cores.at(-1)).length;
	const width = Math.floor((area.columns + 2) / perRow);

	for (const [index, core] of cores.entries()) {
		const value = usedOf(scene, core);
		const [x, y] = [(index % perRow) * width, Math.floor(index / perRow)];
		const cell = area.part({x, y, columns: digits + cellColumns - 2, rows: 1});
		cell.text(0, 0, padSafe(safe`${core}`, digits, 'start'), scene.look.dim);
		paintBars(cell.part({x: digits, y: 0, columns: 1, rows: 1}), scene, [value]);
		cell.text(digits + 1, 0, padSafe(safe`${wholeOf(value)}%`, 4, 'start'), scene.look.text);
	}
}

/** `  0-63 ▁▂▃`: rows of equal length. */
function paintStrips(area: Area, scene: Scene, cores: readonly number[], perRow: number): void {
	const digits = String(cores.at(-1)).length;
	const length = Math.ceil(cores.length / Math.ceil(cores.length / perRow));

	for (let y = 0; y * length < cores.length; y++) {
		const shown = cores.slice(y * length, (y + 1) * length);
		const label = safe`${padSafe(safe`${shown[0] ?? 0}`, digits, 'start')}-${shown.at(-1) ?? 0}`;
		area.text(0, y, label, scene.look.dim);
		const x = digits * 2 + 2;
		const strip = area.part({x, y, columns: area.columns - x, rows: 1});
		paintBars(
			strip,
			scene,
			shown.map(core => usedOf(scene, core)),
		);
	}
}

function usedOf({snapshot}: Scene, core: number): number {
	return snapshot.series.get(seriesName('core.used', String(core))) ?? Number.NaN;
}
