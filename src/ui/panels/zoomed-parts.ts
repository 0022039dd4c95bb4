import {unknown} from '../../core/format.js';
import {type Safe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {PanelName} from '../panel-name.js';
import type {Scene} from '../scene.js';

/** Under this height the small form tells more. */
const leastRows = 8;

/** From this width on the line between list and page says since when. */
export const wideRule = 60;

/** True when the panel fills a screen that has room for all it knows. */
export function isZoomed(panel: PanelName, {view}: Scene, rows: number): boolean {
	return view.zoomed === panel && rows >= leastRows;
}

/** Rows of the list above what is all about one of its rows. */
export function zoomedListRows(count: number, rows: number): number {
	const most = rows >= 12 ? Math.max(3, Math.floor(rows / 4)) : 2;
	return Math.min(count, most);
}

/** A label and its value. */
export type Fact = {readonly label: Safe; readonly value: Safe; readonly style: number};

/** The value of a series, or in short why there is none: `area` is the sampler that would tell. */
export function told(
	{snapshot}: Scene,
	series: string,
	format: (value: number) => Safe,
	[area, reason]: readonly [string, Safe],
): Safe {
	const value = snapshot.series.get(series);

	if (value !== undefined) {
		return format(value);
	}

	// Of what failed, was read once only, or is not remembered, nobody knows whether it is there.
	const isOpen =
		snapshot.intervalMs === 0 ||
		snapshot.past !== undefined ||
		snapshot.problems.some(problem => problem.area === area);
	return isOpen ? unknown : reason;
}

const gap = 3;

/** Facts beside each other, `each` columns wide or more. */
function across(columns: number, each: number): number {
	return Math.max(1, Math.floor((columns + gap) / (each + gap)));
}

/** Rows that so many facts need. */
export function factRows(count: number, columns: number, each: number): number {
	return Math.ceil(count / across(columns, each));
}

/** Facts row by row, in columns of one width, values at their right ends. */
export function paintFacts(area: Area, facts: readonly Fact[], each: number, {look}: Scene): void {
	const count = across(area.columns, each);
	const width = Math.floor((area.columns + gap) / count) - gap;

	for (const [index, {label, value, style}] of facts.entries()) {
		const cell = area.part({x: (index % count) * (width + gap), y: Math.floor(index / count), columns: width, rows: 1});
		const x = cell.text(0, 0, label, look.dim);
		cell.part({x: x + 1, y: 0, columns: width - x - 1, rows: 1}).right(width - x - 1, 0, value, style);
	}
}

/** Parts below each other with so many rows each; what does not fit any more has none. */
export function below(area: Area, heights: readonly number[]): readonly Area[] {
	let y = 0;
	return heights.map(rows => {
		const part = area.part({x: 0, y, columns: area.columns, rows});
		y += rows;
		return part;
	});
}

/** `12345`, whole, at least as wide as that. */
export function whole(value: number | undefined): Safe {
	return value === undefined ? unknown : safe`${Math.round(value)}`;
}
