/** How many colours the terminal has: none, 16, 256, or all of them. */
export type Depth = 'none' | '16' | '256' | 'true';

/** A colour as red-green-blue (0xrrggbb), and the one of the 16 that stands in for it. */
export type Colour = {readonly rgb: number; readonly ansi: number};

/** Numbers from here on are no colours of red, green and blue but the terminal's own sixteen. */
const firstOwn = 0x1000000;

/** One of the sixteen that the terminal's owner has chosen, at every depth. */
export function ownColour(ansi: number): Colour {
	return {rgb: firstOwn + ansi, ansi};
}

/** How a cell looks. Bold, dim and inverse are not colours: they stay when colours are switched off. */
export type Style = {
	readonly colour?: Colour | undefined;
	readonly isBold?: boolean;
	readonly isDim?: boolean;
	readonly isInverse?: boolean;
};

const none = -1;
const [bold, dim, inverse] = [1, 2, 4];

type Entry = {readonly rgb: number; readonly flags: number};

/** Numbers styles, so that a cell holds 16 bits and two cells compare in one step. Number 0 is the terminal's own look. */
export class Styles {
	readonly #entries: Entry[] = [{rgb: none, flags: 0}];
	readonly #ids = new Map<number, number>([[idKey(none, 0), 0]]);
	readonly #ansi = new Map<number, number>();
	readonly #depth: Depth;
	readonly #sgr: string[] = ['0'];

	constructor(depth: Depth) {
		this.#depth = depth;
	}

	/** False where the terminal has none or they are switched off. */
	get hasColours(): boolean {
		return this.#depth !== 'none';
	}

	id({colour, isBold, isDim, isInverse}: Style): number {
		if (colour) {
			this.#ansi.set(colour.rgb, colour.ansi);
		}

		const flags = (isBold ? bold : 0) | (isDim ? dim : 0) | (isInverse ? inverse : 0);
		return this.idOf(colour?.rgb ?? none, flags);
	}

	/** By its parts, for reading back what Ink wrote: `rgb` -1 is the terminal's own colour. */
	idOf(rgb: number, flags: number): number {
		const key = idKey(rgb, flags);
		let id = this.#ids.get(key);

		if (id === undefined) {
			id = this.#entries.length;
			this.#entries.push({rgb, flags});
			this.#ids.set(key, id);
		}

		return id;
	}

	/** The SGR sequence that sets this style whatever was set before. */
	sgr(id: number): string {
		let parameters = this.#sgr[id];

		if (parameters === undefined) {
			parameters = this.#parameters(this.#entries[id] ?? {rgb: none, flags: 0});
			this.#sgr[id] = parameters;
		}

		return `\x1b[${parameters}m`;
	}

	#parameters({rgb, flags}: Entry): string {
		const parts = ['0'];

		if (flags & bold) {
			parts.push('1');
		}

		if (flags & dim) {
			parts.push('2');
		}

		if (flags & inverse) {
			parts.push('7');
		}

		if (rgb !== none) {
			parts.push(...colourParameters(rgb, this.#ansi.get(rgb), this.#depth));
		}

		return parts.join(';');
	}
}

function idKey(rgb: number, flags: number): number {
	return (rgb + 1) * 8 + flags;
}

function colourParameters(rgb: number, ansi: number | undefined, depth: Depth): string[] {
	if (rgb >= firstOwn && depth !== 'none') {
		return [ansiParameter(rgb - firstOwn)];
	}

	const [red, green, blue] = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];

	switch (depth) {
		case 'none':
			return [];
		case '16':
			return [ansiParameter(ansi ?? 7)];
		case '256':
			return ['38', '5', String(cube(red, green, blue))];
		case 'true':
			return ['38', '2', String(red), String(green), String(blue)];
	}
}

function ansiParameter(index: number): string {
	return String(index < 8 ? 30 + index : 82 + index);
}

const cubeSteps = [0, 95, 135, 175, 215, 255];

/** The nearest of xterm's 6x6x6 colours (16-231) or of its 24 greys (232-255). */
function cube(red: number, green: number, blue: number): number {
	const spread = Math.max(red, green, blue) - Math.min(red, green, blue);

	if (spread < 12) {
		const grey = Math.round(((red + green + blue) / 3 - 8) / 10);
		return 232 + Math.max(0, Math.min(23, grey));
	}

	return 16 + 36 * nearestStep(red) + 6 * nearestStep(green) + nearestStep(blue);
}

function nearestStep(value: number): number {
	let best = 0;

	for (const [index, step] of cubeSteps.entries()) {
		if (Math.abs(step - value) < Math.abs((cubeSteps[best] ?? 0) - value)) {
			best = index;
		}
	}

	return best;
}
