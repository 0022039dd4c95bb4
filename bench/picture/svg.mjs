import {boxOf, dotSize, shapeOf, short} from './shapes.mjs';

/**
 * @typedef {{
 *   readonly text: string,
 *   readonly colour: string | undefined,
 *   readonly ground: string | undefined,
 *   readonly isBold: boolean,
 *   readonly isDim: boolean,
 * }} Cell `undefined` is the terminal's own colour.
 * @typedef {{readonly x: number, readonly style: string, text: string}} Run
 */

/** Of one cell, in units of the picture. A monospaced font of this size is about as wide everywhere; `textLength` does the rest. */
const cell = {width: 8.4, height: 18};

const fontSize = 14;

/** Where letters stand, from the top of their cell. */
const baseline = 13.5;

const padding = 14;

/** The terminal's own colours. */
export const own = {background: '#15181e', foreground: '#d3d7df'};

/** How a shape takes its colour. */
const strokes = {
	filled: (/** @type {string} */ colour) => `fill="${colour}"`,
	line: (/** @type {string} */ colour) => `fill="none" stroke="${colour}"`,
	dots: (/** @type {string} */ colour) =>
		`fill="none" stroke="${colour}" stroke-width="${dotSize}" stroke-linecap="round"`,
};

/** @param {string} text */
const escaped = text =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * A screen as a picture that needs neither a font nor a script: borders, bars and graphs are drawn as shapes, letters are
 * held in their columns by the length of each piece of text.
 *
 * @param {readonly (readonly Cell[])[]} rows
 * @param {string} title for those who cannot see it
 */
export function svgOf(rows, title) {
	const columns = Math.max(...rows.map(row => row.length));
	const width = columns * cell.width + 2 * padding;
	const height = rows.length * cell.height + 2 * padding;
	const {grounds, shapes, texts} = layersOf(rows);

	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" role="img">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="${short(width)}" height="${short(height)}" rx="8" fill="${own.background}"/>`,
		`<g transform="translate(${padding} ${padding})">`,
		...grounds.map(([style, path]) => `<path ${style} d="${path.join('')}"/>`),
		...shapes.map(([style, path]) => `<path ${style} d="${path.join('')}"/>`),
		`<g font-family="ui-monospace,'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace" font-size="${fontSize}">`,
		...texts.map(([style, pieces]) => `<g ${style}>${pieces.join('')}</g>`),
		'</g>',
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

/** What looks the same, together. */
class Layer {
	/** @type {Map<string, string[]>} */
	#pieces = new Map();

	/**
	 * @param {string} style
	 * @param {string} piece
	 */
	add(style, piece) {
		const pieces = this.#pieces.get(style) ?? [];
		pieces.push(piece);
		this.#pieces.set(style, pieces);
	}

	get entries() {
		return [...this.#pieces];
	}
}

/** @param {readonly (readonly Cell[])[]} rows */
function layersOf(rows) {
	const [grounds, shapes, texts] = [new Layer(), new Layer(), new Layer()];

	for (const [y, row] of rows.entries()) {
		for (const [x, {text, colour, ground}] of row.entries()) {
			const [left, top] = [x * cell.width, y * cell.height];
			const paint = colour ?? own.foreground;
			const shape = shapeOf(text, left, top, cell);

			if (ground !== undefined) {
				grounds.add(`fill="${ground}"`, boxOf(left, top, cell.width, cell.height));
			}

			if (shape) {
				shapes.add(strokes[shape.kind](paint), shape.path);
			}
		}

		for (const run of runsOf(row)) {
			texts.add(run.style, textOf(run, y));
		}
	}

	return {grounds: grounds.entries, shapes: shapes.entries, texts: texts.entries};
}

/**
 * Pieces of text of one style without a gap. A letter that a font may not have can come from another one, of another width:
 * it stands alone.
 *
 * @param {readonly Cell[]} row
 * @returns {readonly Run[]}
 */
function runsOf(row) {
	/** @type {Run[]} */
	const runs = [];
	let end = -1;

	for (const [x, look] of row.entries()) {
		const last = runs.at(-1);
		const style = styleOf(look);

		if (look.text === ' ' || shapeOf(look.text, 0, 0, cell)) {
			continue;
		}

		// One space is a part of the piece, more are a gap.
		if (last && last.style === style && x - end <= 1 && isPlain(look.text) && isPlain(last.text)) {
			last.text += ' '.repeat(x - end) + look.text;
		} else {
			runs.push({x, text: look.text, style});
		}

		end = x + 1;
	}

	return runs;
}

/** @param {string} text */
const isPlain = text => /^[ -~]*$/.test(text);

/** @param {Cell} look */
function styleOf({colour, isBold, isDim}) {
	return `fill="${colour ?? own.foreground}"${isBold ? ' font-weight="bold"' : ''}${isDim ? ' opacity="0.6"' : ''}`;
}

/**
 * @param {Run} run
 * @param {number} y
 */
function textOf({x, text}, y) {
	const place = `x="${short(x * cell.width)}" y="${short(y * cell.height + baseline)}"`;
	const length = short([...text].length * cell.width);
	return `<text ${place} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}
