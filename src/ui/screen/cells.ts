import type {Safe} from '../../core/safe.js';
import {clustersOf, clusterWidth, isPlain} from '../../core/width.js';

/** Codes from here on are not code points but clusters (a letter with combining marks), by number. */
const firstCluster = 0x110000;
const mostClusters = 4096;
const space = 0x20;

/** What stands in the second column of a wide character. */
export const continuation = 0;

/** Clusters of more than one code point, numbered. When there are too many, the rest is shown as U+FFFD until `forget`. */
export class Clusters {
	readonly #codes = new Map<string, number>();
	#texts: string[] = [];

	codeOf(cluster: string): number {
		const point = cluster.codePointAt(0) ?? space;

		if (cluster.length === (point > 0xffff ? 2 : 1)) {
			return point;
		}

		let code = this.#codes.get(cluster);

		if (code === undefined) {
			if (this.isFull) {
				return 0xfffd;
			}

			code = firstCluster + this.#texts.length;
			this.#texts.push(cluster);
			this.#codes.set(cluster, code);
		}

		return code;
	}

	textOf(code: number): string {
		return code < firstCluster ? String.fromCodePoint(code) : (this.#texts[code - firstCluster] ?? '\ufffd');
	}

	get isFull(): boolean {
		return this.#texts.length >= mostClusters;
	}

	/** Starts over. Cells made before mean nothing afterwards. */
	forget(): void {
		this.#codes.clear();
		this.#texts = [];
	}
}

/** A screen of cells: for each a code (a code point, a cluster, or `continuation`) and a style's number. */
export class Cells {
	readonly columns: number;
	readonly rows: number;
	readonly codes: Uint32Array;
	readonly styles: Uint16Array;
	readonly clusters: Clusters;

	constructor(columns: number, rows: number, clusters: Clusters) {
		this.columns = columns;
		this.rows = rows;
		this.codes = new Uint32Array(columns * rows).fill(space);
		this.styles = new Uint16Array(columns * rows);
		this.clusters = clusters;
	}

	clear(): void {
		this.codes.fill(space);
		this.styles.fill(0);
	}

	copyFrom(other: Cells): void {
		this.codes.set(other.codes);
		this.styles.set(other.styles);
	}

	/** One character of one column. */
	set(x: number, y: number, code: number, style: number): void {
		if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) {
			return;
		}

		const at = y * this.columns + x;
		this.#split(at, x);
		this.codes[at] = code;
		this.styles[at] = style;
	}

	/**
	 * Text from column `x` up to, not including, column `end`; gives the column after the last one written.
	 * A wide character that would cross the end is left out, and combining marks without a base are dropped.
	 */
	text(x: number, y: number, text: Safe | string, style: number, end = this.columns): number {
		return isPlain(text) && y >= 0 && y < this.rows
			? this.#plainText(x, y, text, style, end)
			: this.#anyText(x, y, text, style, end);
	}

	/** Most of what is written: one UTF-16 unit, one column. */
	#plainText(x: number, y: number, text: string, style: number, end: number): number {
		const start = Math.max(0, x);
		const stop = Math.min(x + text.length, end, this.columns);
		const row = y * this.columns;

		if (start < stop) {
			this.#split(row + start, start);
			this.#split(row + stop - 1, stop - 1);
		}

		for (let column = start; column < stop; column++) {
			this.codes[row + column] = text.charCodeAt(column - x);
			this.styles[row + column] = style;
		}

		return Math.max(x, Math.min(x + text.length, end));
	}

	#anyText(x: number, y: number, text: string, style: number, end: number): number {
		let column = x;

		for (const cluster of clustersOf(text)) {
			const width = cluster.length === 1 && cluster < '\u0300' ? 1 : clusterWidth(cluster);

			if (column + width > end) {
				break;
			}

			if (width > 0) {
				this.set(column, y, this.clusters.codeOf(cluster), style);
			}

			if (width === 2) {
				this.set(column + 1, y, space, style);
				this.#continue(column + 1, y);
			}

			column += width;
		}

		return column;
	}

	#continue(x: number, y: number): void {
		if (x >= 0 && y >= 0 && x < this.columns && y < this.rows) {
			this.codes[y * this.columns + x] = continuation;
		}
	}

	/** Overwriting one half of a wide character blanks the other: a terminal does the same. */
	#split(at: number, x: number): void {
		if (this.codes[at] === continuation && x > 0) {
			this.codes[at - 1] = space;
		}

		if (x + 1 < this.columns && this.codes[at + 1] === continuation) {
			this.codes[at + 1] = space;
		}
	}
}
