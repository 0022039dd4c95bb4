import {type GraphKind, graph, stackedLayers, stackedTotal} from '../core/graph.js';
import {repeatSafe, type Safe, safe} from '../core/safe.js';
import {cut, widthOf} from '../core/width.js';
import type {Rect} from './layout.js';
import type {Cells} from './screen/cells.js';

/** A graph in an area: where, how high its top is, how it is drawn, and the style of a column by its largest value. */
export type GraphOptions = Rect & {
	readonly top: number;
	readonly kind: GraphKind;
	readonly style: (value: number) => number;
};

/** One of several graphs on top of each other. */
export type Layer = {readonly values: ArrayLike<number>; readonly style: number};

/** A rectangle of the screen that a painter may draw in, with coordinates of its own. Nothing gets out of it. */
export class Area {
	readonly columns: number;
	readonly rows: number;
	readonly #cells: Cells;
	readonly #x: number;
	readonly #y: number;

	constructor(cells: Cells, {x, y, columns, rows}: Rect) {
		this.#cells = cells;
		this.#x = x;
		this.#y = y;
		this.columns = Math.max(0, columns);
		this.rows = Math.max(0, rows);
	}

	/** A part of this area, in this area's coordinates. What of it lies outside is cut off, on every side. */
	part({x, y, columns, rows}: Rect): Area {
		const [left, top] = [Math.max(0, x), Math.max(0, y)];
		return new Area(this.#cells, {
			x: this.#x + left,
			y: this.#y + top,
			columns: Math.min(x + columns, this.columns) - left,
			rows: Math.min(y + rows, this.rows) - top,
		});
	}

	/** Writes from column `x`, cut to `width` columns (default: to the edge); gives the column behind it. */
	text(x: number, y: number, text: Safe, style: number, width = this.columns - x): number {
		const room = Math.min(width, this.columns - x);

		if (y < 0 || y >= this.rows || x < 0 || room <= 0) {
			return x;
		}

		const end = this.#cells.text(this.#x + x, this.#y + y, cut(text, room), style, this.#x + x + room);
		return end - this.#x;
	}

	/** Writes so that the text ends before column `end`; gives the column where it begins. */
	right(end: number, y: number, text: Safe, style: number): number {
		const start = Math.max(0, end - widthOf(text));
		this.text(start, y, text, style, end - start);
		return start;
	}

	/** Newest value at the right edge of the rectangle. */
	graph(values: ArrayLike<number>, {x, y, columns, rows, top, kind, style}: GraphOptions): void {
		const width = Math.min(columns, this.columns - x);
		const height = Math.min(rows, this.rows - y);

		if (width <= 0 || height <= 0) {
			return;
		}

		const codes = graph(values, width, height, top, kind);
		const perColumn = kind === 'braille' ? 2 : 1;
		const first = values.length - width * perColumn;

		for (let column = 0; column < width; column++) {
			const styled = style(largest(values, first + column * perColumn, perColumn));

			for (let row = 0; row < height; row++) {
				this.#cells.set(this.#x + x + column, this.#y + y + row, codes[row * width + column] ?? 0x20, styled);
			}
		}
	}

	/** Marks a whole column: with `blank` where it is empty, and with a style where it is not. */
	markColumn(x: number, blank: Safe, blankStyle: number, style: number): void {
		for (let y = 0; x >= 0 && x < this.columns && y < this.rows; y++) {
			const {codes, columns} = this.#cells;
			const code = codes[(this.#y + y) * columns + this.#x + x] ?? 0x20;

			if (code === 0x20) {
				this.text(x, y, blank, blankStyle, 1);
			} else {
				this.#cells.set(this.#x + x, this.#y + y, code, style);
			}
		}
	}

	/** Draws a line across a row, where it is empty. */
	markRow(y: number, blank: Safe, style: number): void {
		for (let x = 0; y >= 0 && y < this.rows && x < this.columns; x++) {
			const {codes, columns} = this.#cells;

			if ((codes[(this.#y + y) * columns + this.#x + x] ?? 0x20) === 0x20) {
				this.text(x, y, blank, style, 1);
			}
		}
	}

	/** Graphs on top of each other over the whole area, the first at the bottom; without colours only their sum is seen. */
	stack(layers: readonly Layer[], top: number, kind: GraphKind): void {
		const {columns, rows} = this;
		const all = layers.map(({values}) => values);
		const codes = graph(stackedTotal(all), columns, rows, top, kind);
		const indices = stackedLayers(all, columns, rows, top, kind);

		for (let at = 0; at < codes.length; at++) {
			const [x, y] = [at % columns, Math.floor(at / columns)];
			this.#cells.set(this.#x + x, this.#y + y, codes[at] ?? 0x20, layers[indices[at] ?? 0]?.style ?? 0);
		}
	}

	/** A bar from the left, `fraction` 0-1 of `width` columns. With eighths the last cell tells them. */
	bar(x: number, y: number, width: number, fraction: number, symbols: readonly Safe[], style: number): void {
		const parts = Math.round(Math.max(0, Math.min(1, fraction)) * width * symbols.length);
		const full = Math.floor(parts / symbols.length);
		const last = parts % symbols.length;
		const head = repeatSafe(symbols.at(-1) ?? safe`#`, full);
		this.text(x, y, safe`${head}${symbols[last - 1] ?? safe``}`, style, width);
	}
}

function largest(values: ArrayLike<number>, from: number, count: number): number {
	let most = Number.NEGATIVE_INFINITY;

	for (let at = from; at < from + count; at++) {
		const value = values[at] ?? Number.NaN;
		most = value > most ? value : most;
	}

	return most;
}
