/** How a graph is drawn: 2x4 dots a cell, eighths of a cell, or characters that any terminal has. */
export type GraphKind = 'braille' | 'block' | 'ascii';

/** Values that one column of cells holds, by kind. */
export function valuesPerColumn(kind: GraphKind): number {
	return kind === 'braille' ? 2 : 1;
}

const steps: Record<GraphKind, number> = {braille: 4, block: 8, ascii: 3};

/** Dots of a Braille cell from the bottom up, left and right half (Unicode 2800). */
const dots = [
	[0x40, 0x04, 0x02, 0x01],
	[0x80, 0x20, 0x10, 0x08],
];
const asciiSteps = [' ', '.', ':', '|'];

/**
 * A graph filled from the bottom, oldest value first, newest in the last column, as code points row by row from the top.
 * A value of 0 draws the base line and a missing one (NaN) nothing: a gap looks like a gap. `top` is the value at full height.
 */
export function graph(
	values: ArrayLike<number>,
	columns: number,
	rows: number,
	top: number,
	kind: GraphKind,
): Uint16Array {
	const cells = new Uint16Array(columns * rows).fill(0x20);
	const perColumn = valuesPerColumn(kind);
	const perRow = steps[kind];
	const first = values.length - columns * perColumn;

	for (let column = 0; column < columns; column++) {
		for (let half = 0; half < perColumn; half++) {
			const value = values[first + column * perColumn + half];
			const height = value === undefined ? 0 : heightOf(value, top, rows * perRow);

			for (let row = 0; row < rows; row++) {
				const filled = Math.min(perRow, height - (rows - 1 - row) * perRow);

				if (filled > 0) {
					const at = row * columns + column;
					cells[at] = cellOf(kind, filled, half, cells[at] ?? 0x20);
				}
			}
		}
	}

	return cells;
}

function heightOf(value: number, top: number, full: number): number {
	if (Number.isNaN(value)) {
		return 0;
	}

	return Math.max(1, Math.min(full, Math.round((value / top) * full)));
}

function cellOf(kind: GraphKind, filled: number, half: number, before: number): number {
	switch (kind) {
		case 'braille': {
			let cell = before < 0x2800 ? 0x2800 : before;

			for (let dot = 0; dot < filled; dot++) {
				cell |= dots[half]?.[dot] ?? 0;
			}

			return cell;
		}

		case 'block':
			return 0x2580 + filled;

		case 'ascii':
			return (asciiSteps[filled] ?? '|').charCodeAt(0);
	}
}

/** What graphs on top of each other add up to: a gap only where none of them has a value. */
export function stackedTotal(layers: readonly ArrayLike<number>[]): Float64Array {
	const total = new Float64Array(layers[0]?.length ?? 0).fill(Number.NaN);

	for (const values of layers) {
		for (let i = 0; i < total.length; i++) {
			const value = values[i] ?? Number.NaN;

			if (!Number.isNaN(value)) {
				total[i] = value + (Number.isNaN(total[i]) ? 0 : (total[i] ?? 0));
			}
		}
	}

	return total;
}

/**
 * Of graphs on top of each other, the first at the bottom, the one that fills most of each cell: its index, row by row from the top.
 * A cell has one colour only.
 */
export function stackedLayers(
	layers: readonly ArrayLike<number>[],
	columns: number,
	rows: number,
	top: number,
	kind: GraphKind,
): Uint8Array {
	const cells = new Uint8Array(columns * rows);
	const filled = new Float64Array(columns * rows);
	const perColumn = valuesPerColumn(kind);
	const first = (layers[0]?.length ?? 0) - columns * perColumn;

	for (let at = 0; at < cells.length; at++) {
		const [column, row] = [at % columns, Math.floor(at / columns)];
		const values = first + column * perColumn;
		const [low, high] = [((rows - 1 - row) / rows) * top, ((rows - row) / rows) * top];

		for (const [index, amount] of amountsIn(layers, values, perColumn, low, high).entries()) {
			if (amount > (filled[at] ?? 0)) {
				[cells[at], filled[at]] = [index, amount];
			}
		}
	}

	return cells;
}

/** How much of each layer lies between two heights, of `count` values from `from` on together. */
function amountsIn(
	layers: readonly ArrayLike<number>[],
	from: number,
	count: number,
	low: number,
	high: number,
): readonly number[] {
	const bottoms = new Array<number>(count).fill(0);
	return layers.map(values => {
		let amount = 0;

		for (let i = 0; i < count; i++) {
			const bottom = bottoms[i] ?? 0;
			const value = values[from + i] ?? Number.NaN;
			const upper = bottom + (value > 0 ? value : 0);
			amount += Math.max(0, Math.min(upper, high) - Math.max(bottom, low));
			bottoms[i] = upper;
		}

		return amount;
	});
}

/**
 * The full height of graphs without a natural one, drawn to one scale: the next 1, 2 or 5 times a power of ten over the largest value,
 * never under `least`, so that a trickle is not drawn like a flood and the scale changes seldom.
 */
export function niceTop(all: readonly ArrayLike<number>[], least: number): number {
	let largest = least;

	for (const values of all) {
		for (let i = 0; i < values.length; i++) {
			const value = values[i] ?? Number.NaN;
			largest = value > largest ? value : largest;
		}
	}

	const power = 10 ** Math.floor(Math.log10(largest));
	const factor = [1, 2, 5, 10].find(factor => largest <= factor * power * 1.000_001) ?? 10;
	return factor * power;
}
