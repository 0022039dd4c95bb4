/**
 * What a person would look at to see that a key has done its work, as text that changes then and at no tick.
 *
 * @typedef {import('@xterm/headless').Terminal} Xterm
 * @typedef {(terminal: Xterm) => string} Sight
 */

/** A bar over a selected row is at least so wide, in columns. */
const narrowestBar = 30;

/**
 * @param {Xterm} terminal
 * @returns {readonly string[]}
 */
function linesOf({buffer: {active}, rows}) {
	return Array.from({length: rows}, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '');
}

/**
 * Background and inversion of each cell of a row, as text.
 *
 * @param {Xterm} terminal
 * @param {number} y
 */
function groundsOf({buffer: {active}, cols}, y) {
	const line = active.getLine(active.baseY + y);
	return Array.from({length: cols}, (_, x) => {
		const cell = line?.getCell(x);
		return cell ? `${cell.getBgColorMode()}.${cell.getBgColor()}.${cell.isInverse()}` : '';
	});
}

/**
 * Which rows have a bar of another background than the corner of the screen.
 *
 * @type {Sight}
 */
function barsOf(terminal) {
	const plain = groundsOf(terminal, 0)[0];
	const hasBar = (/** @type {number} */ y) => {
		let length = 0;
		let last = plain;
		return groundsOf(terminal, y).some(ground => {
			length = ground === last ? length + 1 : 1;
			last = ground;
			return ground !== plain && length >= narrowestBar;
		});
	};

	return Array.from({length: terminal.rows}, (_, y) => y)
		.filter(hasBar)
		.join();
}

/**
 * Colours of the upper left corners of all boxes, and where these are.
 *
 * @param {Xterm} terminal
 * @returns {readonly {readonly place: string, readonly colour: number}[]}
 */
function cornersOf({buffer: {active}, rows, cols}) {
	return Array.from({length: rows}, (_, y) => active.getLine(active.baseY + y)).flatMap((line, y) =>
		Array.from({length: cols}, (_, x) => line?.getCell(x)).flatMap((cell, x) =>
			cell?.getChars() === '╭' ? [{place: `${x},${y}`, colour: cell.getFgColor()}] : [],
		),
	);
}

/** @param {Xterm} terminal */
const titleOf = terminal => linesOf(terminal).find(line => line.includes('Processes ─')) ?? '';

export const sights = {
	/** Which rows of the list are shown, and which one is selected. @type {Sight} */
	place: terminal => `${/(\d+-\d+) of \d+/.exec(titleOf(terminal))?.[1]} ${barsOf(terminal)}`,
	/** @type {Sight} */
	bar: barsOf,
	/** @type {Sight} */
	focus: terminal =>
		cornersOf(terminal)
			.map(({place, colour}) => `${place} ${colour}`)
			.join(' '),
	/** @type {Sight} */
	boxes: terminal =>
		cornersOf(terminal)
			.map(({place}) => place)
			.join(' '),
	/** @type {Sight} */
	order: terminal => /by [\w/]+/.exec(titleOf(terminal))?.[0] ?? '',
	/** @type {Sight} */
	lastLine: terminal => linesOf(terminal).at(-1) ?? '',
};
