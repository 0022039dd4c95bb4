import xterm from '@xterm/headless';
import {own} from './svg.mjs';

/**
 * @import {Chunk, Size} from '../terminal.mjs'
 * @import {Cell} from './svg.mjs'
 * @typedef {import('@xterm/headless').IBufferCell} XtermCell
 */

const endOfFrame = '\x1b[?2026l';

/**
 * The screen after the last whole frame, row by row.
 *
 * @param {readonly Chunk[]} chunks
 * @param {Size} size
 * @returns {Promise<readonly (readonly Cell[])[]>}
 */
export async function cellsOf(chunks, {columns, rows}) {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
	const output = Buffer.concat(chunks.map(({data}) => data));
	const whole = output.subarray(0, output.lastIndexOf(endOfFrame) + endOfFrame.length);
	await new Promise(resolve => terminal.write(whole, () => resolve(undefined)));
	const {active} = terminal.buffer;
	const cells = Array.from({length: rows}, (_, y) =>
		Array.from({length: columns}, (_, x) => lookOf(active.getLine(active.baseY + y)?.getCell(x))),
	);
	terminal.dispose();
	return cells;
}

/**
 * @param {XtermCell | undefined} cell
 * @returns {Cell}
 */
function lookOf(cell) {
	if (!cell) {
		throw new Error('a cell is missing');
	}

	const colour = cell.isFgRGB() ? hex(cell.getFgColor()) : undefined;
	const ground = cell.isBgRGB() ? hex(cell.getBgColor()) : undefined;
	const isInverse = cell.isInverse() !== 0;

	return {
		text: cell.getChars() || ' ',
		colour: isInverse ? (ground ?? own.background) : colour,
		ground: isInverse ? (colour ?? own.foreground) : ground,
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
	};
}

/** @param {number} rgb */
function hex(rgb) {
	return `#${rgb.toString(16).padStart(6, '0')}`;
}
