import type {Cells} from './cells.js';
import type {Styles} from './styles.js';

const sgr = /\x1b\[([\d;]*)m/g;

/** Where the text and SGR sequences of one whole frame by Ink end up: rows parted by newlines, all else is text. */
export function readInkFrame(frame: string, cells: Cells, styles: Styles): void {
	cells.clear();
	const pen = {rgb: -1, flags: 0};

	for (const [y, row] of frame.split('\n').entries()) {
		let x = 0;
		let from = 0;

		for (const match of row.matchAll(sgr)) {
			x = cells.text(x, y, row.slice(from, match.index), styles.idOf(pen.rgb, pen.flags));
			from = match.index + match[0].length;
			applySgr(pen, match[1] ?? '');
		}

		cells.text(x, y, row.slice(from), styles.idOf(pen.rgb, pen.flags));
	}
}

/** Ink writes through chalk at full colour: 38;2;r;g;b and 39, bold 1, dim 2, both off 22, inverse 7 and 27. */
function applySgr(pen: {rgb: number; flags: number}, parameters: string): void {
	const codes = parameters.split(';').map(Number);

	switch (codes[0]) {
		case 0:
			pen.rgb = -1;
			pen.flags = 0;
			break;
		case 1:
			pen.flags |= 1;
			break;
		case 2:
			pen.flags |= 2;
			break;
		case 7:
			pen.flags |= 4;
			break;
		case 22:
			pen.flags &= ~3;
			break;
		case 27:
			pen.flags &= ~4;
			break;
		case 38:
			pen.rgb = ((codes[2] ?? 0) << 16) | ((codes[3] ?? 0) << 8) | (codes[4] ?? 0);
			break;
		case 39:
			pen.rgb = -1;
			break;
	}
}
