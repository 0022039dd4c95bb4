/**
 * Characters that join their neighbours, as shapes: fonts leave gaps between them, or have none of them.
 *
 * @typedef {{readonly width: number, readonly height: number}} CellSize
 * @typedef {{readonly path: string, readonly kind: 'filled' | 'line' | 'dots'}} Shape
 */

/**
 * As it is written in a path.
 *
 * @param {number} number
 */
export const short = number => String(Math.round(number * 100) / 100);

/** @param {number} number */
const shorter = number => String(Math.round(number * 10) / 10);

/** @type {(x: number, y: number, width: number, height: number) => string} */
export const boxOf = (x, y, width, height) =>
	`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h-${short(width)}z`;

/** Which sides of its cell a border's character goes to: up, right, down, left. */
const borders = new Map(
	Object.entries({
		...{'─': 'rl', '│': 'ud', '╭': 'rd', '╮': 'dl', '╰': 'ur', '╯': 'ul'},
		...{'├': 'urd', '┤': 'udl', '┬': 'rdl', '┴': 'url', '┼': 'urdl'},
	}),
);

/**
 * The bits of a braille character, from its lowest: column and row of their dots.
 *
 * @type {readonly (readonly [number, number])[]}
 */
const dots = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1],
	[1, 2],
	[0, 3],
	[1, 3],
];

export const dotSize = 2.6;

/**
 * The shape of a character whose cell has its upper left corner there, or undefined when it is text.
 *
 * @param {string} character
 * @param {number} left
 * @param {number} top
 * @param {CellSize} size
 * @returns {Shape | undefined}
 */
export function shapeOf(character, left, top, {width, height}) {
	const point = character.codePointAt(0) ?? 0;
	const sides = borders.get(character);

	if (sides !== undefined) {
		return {path: borderOf(character, sides, left, top, {width, height}), kind: 'line'};
	}

	if (point >= 0x2800 && point <= 0x28ff) {
		const path = dots.map(([column, row], bit) => {
			// There are thousands: one digit after the point is enough.
			const [x, y] = [left + (width / 2) * (column + 0.5), top + (height / 4) * (row + 0.5)].map(shorter);
			// Not of no length at all: some programs draw nothing then, not even the ends.
			return (point >> bit) & 1 ? `M${x} ${y}h.01` : '';
		});
		return {path: path.join(''), kind: 'dots'};
	}

	// Blocks: eighths from below (U+2581 to the full U+2588), then seven eighths and less from the left.
	if (point >= 0x2581 && point <= 0x2588) {
		const filled = (height * (point - 0x2580)) / 8;
		return {path: boxOf(left, top + height - filled, width, filled), kind: 'filled'};
	}

	if (point >= 0x2589 && point <= 0x258f) {
		return {path: boxOf(left, top, (width * (0x2590 - point)) / 8, height), kind: 'filled'};
	}

	return undefined;
}

/** @type {(character: string, sides: string, left: number, top: number, size: CellSize) => string} */
function borderOf(character, sides, left, top, {width, height}) {
	const [x, y] = [left + width / 2, top + height / 2];
	/** @type {Readonly<Record<string, string>>} */
	const ends = {
		u: `${short(x)} ${short(top)}`,
		r: `${short(left + width)} ${short(y)}`,
		d: `${short(x)} ${short(top + height)}`,
		l: `${short(left)} ${short(y)}`,
	};
	const middle = `${short(x)} ${short(y)}`;
	const [first = '', second = ''] = [...sides].map(side => ends[side] ?? '');
	const isRound = '╭╮╰╯'.includes(character);
	return isRound ? `M${first}Q${middle} ${second}` : [...sides].map(side => `M${middle}L${ends[side]}`).join('');
}
