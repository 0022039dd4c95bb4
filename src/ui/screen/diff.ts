import {type Cells, continuation} from './cells.js';
import type {Styles} from './styles.js';

const space = 0x20;
const ellipsis = 0x2026;

/** A gap of unchanged cells up to this long is written again: cheaper than moving the cursor over it. */
const cheapGap = 4;

/** How cells become bytes for one terminal. */
export type Encoding = {
	readonly styles: Styles;
	/** Only characters that every terminal draws one column wide: all others become `?`. */
	readonly isAscii: boolean;
};

/** Where the terminal's cursor is and what style is set; -1 where we cannot know. */
type Pen = {x: number; y: number; style: number; out: string};

/**
 * What turns the screen `before` into `after`: SGR and cursor moves, nothing else. Empty when they are the same.
 * Both have the same size. The style is reset at the end.
 */
export function diff(before: Cells, after: Cells, encoding: Encoding): string {
	const pen: Pen = {x: -1, y: -1, style: 0, out: ''};
	const {columns, rows, codes, styles} = after;

	for (let y = 0; y < rows; y++) {
		for (let x = 0; x < columns; x++) {
			const at = y * columns + x;

			// The second half of a wide character is drawn with its first.
			if ((codes[at] !== before.codes[at] || styles[at] !== before.styles[at]) && codes[at] !== continuation) {
				moveTo(pen, x, y, after, encoding);
				put(pen, after, at, encoding);
			}
		}
	}

	return finish(pen);
}

/** The whole screen, whatever the terminal shows now: others write on it too. */
export function repaint(cells: Cells, encoding: Encoding): string {
	const pen: Pen = {x: -1, y: -1, style: 0, out: '\x1b[0m'};
	const {columns, rows, codes, styles} = cells;

	for (let y = 0; y < rows; y++) {
		let last = columns - 1;

		while (last >= 0 && codes[y * columns + last] === space && styles[y * columns + last] === 0) {
			last -= 1;
		}

		for (let x = 0; x <= last; x++) {
			if (codes[y * columns + x] !== continuation) {
				moveTo(pen, x, y, cells, encoding);
				put(pen, cells, y * columns + x, encoding);
			}
		}

		if (last < columns - 1) {
			moveTo(pen, last + 1, y, cells, encoding);
			setStyle(pen, 0, encoding);
			pen.out += '\x1b[K';
		}
	}

	return finish(pen);
}

function moveTo(pen: Pen, x: number, y: number, cells: Cells, encoding: Encoding): void {
	if (pen.x === x && pen.y === y) {
		return;
	}

	if (pen.y !== y || pen.x < 0 || x < pen.x) {
		pen.out += `\x1b[${y + 1};${x + 1}H`;
	} else if (x - pen.x <= cheapGap && isCheap(pen, x, cells)) {
		for (let gap = pen.x; gap < x; gap++) {
			put(pen, cells, y * cells.columns + gap, encoding);
		}
	} else {
		pen.out += `\x1b[${x - pen.x}C`;
	}

	pen.x = x;
	pen.y = y;
}

/** True when the cells between can be written again without changing the style or meeting a wide character. */
function isCheap(pen: Pen, x: number, {columns, codes, styles}: Cells): boolean {
	for (let gap = pen.x; gap < x; gap++) {
		const code = codes[pen.y * columns + gap] ?? 0;

		if (styles[pen.y * columns + gap] !== pen.style || code < space || code > 0x7e) {
			return false;
		}
	}

	return true;
}

function setStyle(pen: Pen, style: number, {styles}: Encoding): void {
	if (style !== pen.style) {
		pen.out += styles.sgr(style);
		pen.style = style;
	}
}

function put(pen: Pen, {columns, codes, styles, clusters}: Cells, at: number, encoding: Encoding): void {
	const code = codes[at] ?? space;
	const isWide = at % columns < columns - 1 && codes[at + 1] === continuation;
	setStyle(pen, styles[at] ?? 0, encoding);

	if (encoding.isAscii && code > 0x7e) {
		pen.out += isWide ? '??' : code === ellipsis ? '~' : '?';
	} else {
		pen.out += clusters.textOf(code);
	}

	pen.x = (at % columns) + (isWide ? 2 : 1);
	pen.y = Math.floor(at / columns);

	// At the right edge terminals keep the cursor on the last column, and of the width of anything but plain characters and
	// our own line and dot drawings they are not of one mind: the next cell is addressed absolutely.
	if (pen.x >= columns || !(encoding.isAscii || code <= 0x7e || (code >= 0x2500 && code <= 0x28ff))) {
		pen.x = -1;
	}
}

function finish(pen: Pen): string {
	return pen.style === 0 ? pen.out : `${pen.out}\x1b[0m`;
}
