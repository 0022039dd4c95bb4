import {hundredths, percent, percentTenths} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {padSafe, type Safe, safe} from '../../core/safe.js';
import {sumOf} from '../../core/series.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {coreNumbers, paintCoreGraphs, paintCoreStrip} from './cores.js';
import {graphValues, paintGraph} from './graphs.js';
import type {Panel} from './panel.js';
import {paintZoomedCpu} from './zoomed-cpu.js';
import {isZoomed} from './zoomed-parts.js';

/** Columns of the numbers at the right: `load  12.42`. */
const labelColumns = 12;

export const cpu: Panel = {
	name: 'cpu',
	title: safe`CPU`,
	area: 'cpu',
	summary({snapshot, symbols}) {
		return safe`${percent(snapshot.series.get('cpu.used'))} ${symbols.times}${snapshot.cores}`;
	},
	paint,
};

function paint(area: Area, scene: Scene): void {
	if (isZoomed('cpu', scene, area.rows)) {
		paintZoomedCpu(area, scene);
		return;
	}

	paintNumbers(area.part({x: area.columns - labelColumns, y: 0, columns: labelColumns, rows: area.rows}), scene);
	const left = area.part({x: 0, y: 0, columns: area.columns - labelColumns - 1, rows: area.rows});
	const cores = coreNumbers(scene.snapshot);

	if (left.rows < 2 || cores.length === 0) {
		paintTotal(left, scene);
		return;
	}

	// With room for it every core gets a graph of its own; else all cores share the last row.
	const graphRows =
		left.columns >= 40
			? Math.ceil(cores.length / Math.max(1, Math.floor((left.columns + 2) / 20)))
			: Number.POSITIVE_INFINITY;
	const below = graphRows + 3 <= left.rows ? graphRows : 1;
	paintTotal(left.part({x: 0, y: 0, columns: left.columns, rows: left.rows - below}), scene);
	const bottom = left.part({x: 0, y: left.rows - below, columns: left.columns, rows: below});

	if (graphRows + 3 <= left.rows) {
		paintCoreGraphs(bottom, scene, cores);
	} else {
		paintCoreStrip(bottom, scene, cores);
	}
}

function paintTotal(area: Area, scene: Scene): void {
	const {look} = scene;
	paintGraph(area, scene, graphValues(scene, 'cpu.used', area.columns), {
		top: 100,
		style: value => (levelOf('cpu.used', value) === 'ok' ? look.cpu : look.level.warning),
	});
}

/** The numbers that fit, the ones an operator asks for first on top. */
function paintNumbers(area: Area, scene: Scene): void {
	const {series} = scene.snapshot;
	const load = (name: string) => hundredths(series.get(name));
	const share = (name: string) => percentTenths(series.get(name));
	const limit: readonly (readonly [Safe, Safe, string])[] = series.has('container.cpu_limit')
		? [
				[safe`limit`, load('container.cpu_limit'), 'container.cpu_limit'],
				[safe`of it`, share('container.cpu_used'), 'container.cpu_used'],
			]
		: [];
	const rows: readonly (readonly [Safe, Safe, string])[] = [
		[safe`load`, load('load.1'), 'load.1'],
		...limit,
		[safe`wait`, share('cpu.iowait'), 'cpu.iowait'],
		[safe`steal`, share('cpu.steal'), 'cpu.steal'],
		// With what is beside them: the rows add up to what is used.
		[safe`user`, percentTenths(sumOf(series, 'cpu.user', 'cpu.nice')), 'cpu.user'],
		[safe`sys`, percentTenths(sumOf(series, 'cpu.system', 'cpu.irq')), 'cpu.system'],
		[safe`5 min`, load('load.5'), 'load.5'],
		[safe`15 min`, load('load.15'), 'load.15'],
		[safe`stall`, share('pressure.cpu'), 'pressure.cpu'],
	];

	for (const [y, [label, value, name]] of rows.slice(0, area.rows).entries()) {
		area.text(0, y, padSafe(label, 6, 'end'), scene.look.dim);
		area.right(area.columns, y, value, scene.look.level[levelOf(name, series.get(name))]);
	}
}
