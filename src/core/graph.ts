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
