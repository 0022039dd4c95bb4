import type {Safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';

/** One column of a table. */
export type Column<Row> = {
	readonly heading: Safe;
	/** With less than that it leaves. */
	readonly least: number;
	/** What it can make use of, when that is more. */
	readonly most?: number;
	readonly isRight?: true;
	/** Where there is no room for all, the largest goes first. */
	readonly leaves: number;
	readonly paint: (cell: Area, row: Row, scene: Scene) => void;
};

/** What stands in a row behind its first column instead of all others. */
type Message<Row> = (row: Row, scene: Scene) => {readonly text: Safe; readonly style: number} | undefined;

const gap = 1;

type Placed<Row> = {readonly column: Column<Row>; readonly x: number; readonly columns: number};

/** The columns that a table of this width has room for, and where. */
export function fitted<Row>(all: readonly Column<Row>[], width: number): readonly Placed<Row>[] {
	let kept = all;

	while (kept.length > 1 && leastWidth(kept) > width) {
		const most = Math.max(...kept.map(({leaves}) => leaves));
		kept = kept.filter(({leaves}) => leaves !== most);
	}

	let spare = Math.max(0, width - leastWidth(kept));
	let x = 0;
	return kept.map(column => {
		const more = Math.min(spare, Math.max(0, (column.most ?? 0) - column.least));
		const placed = {column, x, columns: column.least + more};
		spare -= more;
		x += placed.columns + gap;
		return placed;
	});
}

function leastWidth(columns: readonly Column<never>[]): number {
	return columns.reduce((sum, {least}) => sum + least + gap, -gap);
}

/** Headings, and a row for each of `rows` as far as there is room. */
export function paintTable<Row>(
	area: Area,
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	scene: Scene,
	message: Message<Row> = () => undefined,
): void {
	const places = fitted(columns, area.columns);

	for (const {column, x, columns} of places) {
		const cell = area.part({x, y: 0, columns, rows: 1});

		if (column.isRight) {
			cell.right(columns, 0, column.heading, scene.look.dim);
		} else {
			cell.text(0, 0, column.heading, scene.look.dim);
		}
	}

	for (const [index, row] of rows.entries()) {
		const said = message(row, scene);

		for (const {column, x, columns} of said ? places.slice(0, 1) : places) {
			column.paint(area.part({x, y: index + 1, columns, rows: 1}), row, scene);
		}

		if (said) {
			area.text((places[0]?.columns ?? 0) + gap, index + 1, said.text, said.style);
		}
	}
}
