import xterm from '@xterm/headless';

/**
 * @import {Chunk, Size} from './terminal.mjs'
 * @typedef {{
 *   readonly firstPaintMs: number | undefined,
 *   readonly changedSeconds: number,
 *   readonly wholeSeconds: number,
 *   readonly text: string,
 * }} Picture What was to be seen; `text` is the last of it.
 */

/** A screen with fewer cells filled than this is not yet a picture: a cursor, a "loading". */
const fewestCells = 40;

/** What looks empty: spaces, and the braille cell without a dot that graphs are made of. */
const blank = /[\s\u2800]/g;

/**
 * Decodes a program's output and looks at it once a second within the window.
 *
 * @param {readonly Chunk[]} chunks
 * @param {Size} size
 * @param {{from: number, to: number}} window
 * @returns {Promise<Picture>}
 */
export async function pictureOf(chunks, {columns, rows}, window) {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
	const looks = looksAt(chunks, window);
	/** @type {string[]} */
	const texts = [];
	/** @type {number | undefined} */
	let firstPaintMs;

	for (const {at, data} of chunks) {
		while (texts.length < looks.length && Number(looks[texts.length]) <= at) {
			texts.push(textOf(terminal));
		}

		await new Promise(resolve => terminal.write(data, () => resolve(undefined)));

		if (firstPaintMs === undefined && textOf(terminal).replaceAll(blank, '').length >= fewestCells) {
			firstPaintMs = at;
		}
	}

	const text = textOf(terminal);
	terminal.dispose();

	while (texts.length < looks.length) {
		texts.push(text);
	}

	return {
		firstPaintMs,
		changedSeconds: texts.filter((now, second) => second > 0 && now !== texts[second - 1]).length,
		wholeSeconds: Math.max(0, looks.length - 1),
		text,
	};
}

/**
 * The moments to look at, a second apart and half a second away from the first output in the window: a program that
 * draws once a second is then seen between two of its drawings, and jitter cannot make two of them fall into one second.
 *
 * @param {readonly Chunk[]} chunks
 * @param {{from: number, to: number}} window
 */
function looksAt(chunks, {from, to}) {
	const firstOutput = chunks.find(({at}) => at >= from)?.at ?? from;
	const start = from + ((firstOutput - from + 500) % 1000);
	return Array.from({length: Math.floor((to - start) / 1000) + 1}, (_, second) => start + second * 1000);
}

/** @param {import('@xterm/headless').Terminal} terminal */
function textOf({buffer: {active}, rows}) {
	return Array.from({length: rows}, (_, row) => active.getLine(active.baseY + row)?.translateToString(true)).join('\n');
}
