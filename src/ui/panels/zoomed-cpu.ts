import {hundredths, percentTenths} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {joinSafe, padSafe, type Safe, safe, safeBytes} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Look} from '../theme.js';
import {coreNumbers} from './cores.js';
import {graphValues, paintStack} from './graphs.js';
import {paintPercentScale, paintTimeAxis} from './time-axis.js';
import {coresForm} from './zoomed-cores.js';
import {paintLargest} from './zoomed-largest.js';
import {below, type Fact, factRows, paintFacts, told, whole} from './zoomed-parts.js';

/** Columns of `█ iowait   0.3%`, and of a number with its label. */
const [legendColumns, factColumns] = [15, 34];

/** The least height of the graph with its legend. */
const graphRows = 6;

/** All about the processors: what they do over time, each core, the numbers around it, and who makes them busy. */
export function paintZoomedCpu(area: Area, scene: Scene): void {
	const {columns, rows} = area;
	const facts = factsOf(scene);
	const cores = coreNumbers(scene.snapshot);
	const machine = scene.facts && rows >= 12 ? 1 : 0;
	const air = rows >= 24 ? 1 : 0;
	const largest = rows >= 16 ? 6 : 0;
	const numbers = Math.min(factRows(facts.length, columns, factColumns), rows >= 16 ? facts.length : 3);
	const rest = rows - machine - largest - numbers - 3 * air;
	const form = coresForm(cores, columns, Math.max(1, rest - graphRows));
	const graph = Math.max(2, rest - form.rows);
	const parts = below(area, [graph, air, form.rows, air, numbers, air, largest, machine]);
	const [graphArea = area, , coresArea = area, , numbersArea = area, , largestArea = area, machineArea = area] = parts;
	paintTimes(graphArea, scene);
	form.paint(coresArea, scene, cores, form.perRow);
	paintFacts(numbersArea, facts, factColumns, scene);

	if (largest > 0) {
		paintLargest(largestArea, 'cpu', scene);
	}

	paintMachine(machineArea, scene);
}

/** Kinds of time, from the bottom of the graph up. Colours are calm ones of the theme: yellow and red say something else. */
const kinds: readonly (readonly [label: Safe, series: string, colour: (look: Look) => number])[] = [
	[safe`system`, 'cpu.system', look => look.memory],
	[safe`user`, 'cpu.user', look => look.cpu],
	[safe`nice`, 'cpu.nice', look => look.disk],
	[safe`irq`, 'cpu.irq', look => look.network],
	[safe`iowait`, 'cpu.iowait', look => look.dim],
	[safe`steal`, 'cpu.steal', look => look.text],
];

/** The stacked graph, and a legend in the same order. Without colours only its outline is seen, and the legend has but the numbers. */
function paintTimes(area: Area, scene: Scene): void {
	const {look, symbols} = scene;
	const left = area.part({x: 0, y: 0, columns: area.columns - legendColumns - 2, rows: area.rows});
	const inner = paintPercentScale(left, area.rows - 1, scene);
	const [graph = area, axis = area] = below(inner, [area.rows - 1, 1]);
	const layers = kinds.map(([, series, colour]) => ({
		values: graphValues(scene, series, graph.columns),
		style: colour(look),
	}));
	paintStack(graph, scene, layers, 100);
	paintTimeAxis(axis, scene);
	const legend = area.part({x: area.columns - legendColumns, y: 0, columns: legendColumns, rows: area.rows});
	const swatch = symbols.bar.at(-1) ?? safe``;

	for (const [y, [label, series, colour]] of legendOf(area.rows).entries()) {
		const value = scene.snapshot.series.get(series);
		legend.text(0, y, look.hasColours ? swatch : safe``, colour(look));
		legend.text(2, y, label, look.dim);
		legend.right(legend.columns, y, percentTenths(value), look.level[levelOf(series, value)]);
	}
}

/** The order of the graph; where there is no room for all, the rare kinds leave. */
function legendOf(rows: number): typeof kinds {
	const isRare = (series: string) => series === 'cpu.nice' || series === 'cpu.irq';
	return kinds.filter(([, series]) => rows >= kinds.length || !isRare(series)).toReversed();
}

/** The most asked for first: on a low screen the last ones have no place. */
function factsOf(scene: Scene): readonly Fact[] {
	const {snapshot, look} = scene;
	const {series} = snapshot;
	const load = joinSafe(
		['load.1', 'load.5', 'load.15'].map(name => hundredths(series.get(name))),
		safe` `,
	);
	const cores = snapshot.cores > 0 ? safe`${snapshot.cores}` : safe`-`;
	const text = (label: Safe, value: Safe): Fact => ({label, value, style: look.text});
	const frequency = (mhz: number) => safe`${hundredths(mhz / 1000)} GHz`;
	return [
		text(safe`load 1 5 15`, safe`${load} of ${cores}`),
		...limitOf(scene),
		text(safe`pressure, some wait`, told(scene, 'pressure.cpu', percentTenths, ['pressure', safe`not told by kernel`])),
		text(safe`hottest`, hottestOf(scene)),
		text(safe`frequency`, told(scene, 'cpu.frequency', frequency, ['frequency', safe`nobody tells`])),
		text(safe`context switches/s`, whole(series.get('cpu.switches'))),
		text(safe`new processes/s`, whole(series.get('cpu.forks'))),
	];
}

function limitOf({snapshot: {series}, look}: Scene): readonly Fact[] {
	const limit = series.get('container.cpu_limit');
	const used = series.get('container.cpu_used');
	const style = look.level[levelOf('container.cpu_used', used)];
	const value = safe`${percentTenths(used)} of ${hundredths(limit)} cores`;
	return limit === undefined ? [] : [{label: safe`container`, value, style}];
}

const sensorPrefix = 'temperature:';

/** `62 °C coretemp/Core 1`. */
function hottestOf(scene: Scene): Safe {
	const {snapshot, symbols} = scene;
	let name: string | undefined;

	for (const [series, value] of snapshot.series) {
		if (series.startsWith(sensorPrefix) && value > (snapshot.series.get(name ?? '') ?? Number.NEGATIVE_INFINITY)) {
			name = series;
		}
	}

	const unit = symbols.graph === 'ascii' ? safe`C` : safe`°C`;
	const sensor = safeBytes((name ?? '').slice(sensorPrefix.length));
	return told(scene, name ?? '', value => safe`${sensor} ${padSafe(whole(value), 3, 'start')} ${unit}`, [
		'temperature',
		safe`no sensor`,
	]);
}

function paintMachine(area: Area, {facts, look, symbols}: Scene): void {
	if (facts) {
		const {model, os, kernel, virtualisation} = facts;
		const known = [model, virtualisation, os, kernel].filter(fact => fact !== '');
		area.text(0, 0, joinSafe(known, safe` ${symbols.dot} `), look.dim);
	}
}
