import {clockTime, dayOfWeek, dayOfYear, timeOfDay} from '../../core/format.js';
import {valuesPerColumn} from '../../core/graph.js';
import type {PastEvent} from '../../core/history.js';
import {type Safe, safe} from '../../core/safe.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {cursorColumn} from './graphs.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** Distances between two labels that people count in, ms. */
const distances = [
	...[10, 20, 30].map(seconds => seconds * 1000),
	...[1, 2, 5, 10, 15, 30].map(minutes => minutes * minute),
	...[1, 2, 3, 6, 12].map(hours => hours * hour),
	...[1, 2, 7, 14, 28].map(days => days * day),
];

/** Columns from one label to the next, at least. */
const labelColumns = 12;

/** Columns of `100%` and a gap. */
const scaleColumns = 5;

/** Beside a graph of percentages, where there is room: what its height means. The rest of the area is for the graph. */
export function paintPercentScale(area: Area, rows: number, {look}: Scene): Area {
	if (area.columns < 60 || rows < 5) {
		return area;
	}

	for (const [y, label] of [
		[0, safe`100%`],
		[Math.floor((rows - 1) / 2), safe` 50%`],
		[rows - 1, safe`  0%`],
	] as const) {
		area.text(0, y, label, look.dim);
	}

	return area.part({x: scaleColumns, y: 0, columns: area.columns - scaleColumns, rows: area.rows});
}

/** Below a graph of the same width: when it was, which alerts fired, what happened to time, and where the time cursor is. */
export function paintTimeAxis(area: Area, scene: Scene): void {
	const {timeline, look, symbols} = scene;
	const perColumn = valuesPerColumn(symbols.graph);
	const times = timeline.times(area.columns * perColumn).filter((_, index) => index % perColumn === 0);
	const [first, last] = [times.find(known), times.findLast(known)];

	if (first === undefined || last === undefined) {
		return;
	}

	const wanted = ((last - first) / Math.max(1, area.columns)) * labelColumns;
	const distance = distances.find(ms => ms >= wanted) ?? distances.at(-1) ?? day;
	const cursor = cursorColumn(scene, area.columns) ?? -1;
	// What was written first keeps its place: where the cursor is, then alerts, then what happened to time, then hours and days.
	const line = new AxisLine(area);
	line.write(cursor, symbols.pointer, look.focus);

	paintFired(line, area.columns, scene);

	for (const {index, event} of timeline.marks(area.columns * perColumn).toReversed()) {
		const column = Math.floor(index / perColumn);
		const isWritten = line.write(column, safe`${symbols.mark} ${eventWords[event.kind]}`, look.level.warning);
		line.write(isWritten ? -1 : column, symbols.mark, look.level.warning);
	}

	for (let column = 1; column < area.columns; column++) {
		const [before, at] = [times[column - 1] ?? Number.NaN, times[column] ?? Number.NaN];

		if (slotOf(at, distance) > slotOf(before, distance)) {
			line.write(column, labelOf(at, distance), look.dim);
		}
	}
}

/** Where alerts fired, the worst first. */
function paintFired(line: AxisLine, columns: number, {alerts, timeline, look, symbols}: Scene): void {
	const perColumn = valuesPerColumn(symbols.graph);

	for (const severity of ['critical', 'warning'] as const) {
		const fired = alerts.filter(alert => alert.severity === severity).flatMap(({firedAt}) => firedAt ?? []);

		for (const index of timeline.indicesOf(fired, columns * perColumn)) {
			line.write(Math.floor(index / perColumn), symbols.fired, look.strongLevel[severity]);
		}
	}
}

const eventWords: Readonly<Record<PastEvent['kind'], Safe>> = {
	started: safe`started`,
	'clock-set': safe`clock set`,
	suspended: safe`suspended`,
	stalled: safe`stopped`,
};

/** A line on which nothing is written over, nor beside, what stands there. */
class AxisLine {
	readonly #area: Area;
	readonly #taken: (readonly [from: number, to: number])[] = [];

	constructor(area: Area) {
		this.#area = area;
	}

	/** False where there was no room for it. */
	write(from: number, text: Safe, style: number): boolean {
		const to = from + widthOf(text);
		const isFree = from >= 0 && to <= this.#area.columns && this.#taken.every(([a, b]) => to < a || from > b);

		if (isFree) {
			this.#area.text(from, 0, text, style);
			this.#taken.push([from, to]);
		}

		return isFree;
	}
}

function known(time: number): boolean {
	return !Number.isNaN(time);
}

/** Which stretch of that length, counted from local midnight, a moment is in. */
function slotOf(at: number, distance: number): number {
	return Math.floor((at - new Date(at).getTimezoneOffset() * minute) / distance);
}

/** The label of the stretch that begins here: a step may begin a little after it. */
function labelOf(at: number, distance: number): Safe {
	const begin = at - ((at - new Date(at).getTimezoneOffset() * minute) % distance);
	return distance < minute
		? timeOfDay(begin)
		: distance < day
			? clockTime(begin)
			: distance < 7 * day
				? dayOfWeek(begin)
				: dayOfYear(begin);
}
