import headless from '@xterm/headless';
import {clusterWidth} from '../../src/core/width.js';

/** How a cell of a real terminal looks. */
export type Look = {
	readonly text: string;
	/** 0: the second half of a wide character. */
	readonly width: number;
	/** -1: the terminal's own. */
	readonly rgb: number;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isInverse: boolean;
};

/** A terminal emulator that is of one mind with us about widths, as modern terminals are; its own table is from 2010. */
export class Xterm {
	readonly #terminal: InstanceType<typeof headless.Terminal>;

	constructor(columns: number, rows: number) {
		this.#terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
		this.#terminal.unicode.register({version: 'ours', wcwidth, charProperties});
		this.#terminal.unicode.activeVersion = 'ours';
	}

	/** Resolves when everything is on the screen. */
	async write(text: string): Promise<this> {
		await new Promise<void>(resolve => this.#terminal.write(text, resolve));
		return this;
	}

	/** Rows of the screen with the spaces at their ends. */
	get rows(): readonly string[] {
		const {active} = this.#terminal.buffer;
		return Array.from(
			{length: this.#terminal.rows},
			(_, y) => active.getLine(active.baseY + y)?.translateToString(false) ?? '',
		);
	}

	/** Every cell, row by row. */
	get looks(): readonly Look[] {
		const {rows, cols} = this.#terminal;
		return Array.from({length: rows * cols}, (_, at) => this.#look(at % cols, Math.floor(at / cols)));
	}

	get buffer(): 'normal' | 'alternate' {
		return this.#terminal.buffer.active.type;
	}

	#look(x: number, y: number): Look {
		const {active} = this.#terminal.buffer;
		const cell = active.getLine(active.baseY + y)?.getCell(x);

		if (!cell) {
			throw new Error(`no cell at ${x}, ${y}`);
		}

		return {
			text: cell.getWidth() === 0 ? '' : cell.getChars() || ' ',
			width: cell.getWidth(),
			rgb: cell.isFgDefault() ? -1 : cell.getFgColor(),
			isBold: cell.isBold() !== 0,
			isDim: cell.isDim() !== 0,
			isInverse: cell.isInverse() !== 0,
		};
	}
}

function wcwidth(point: number): 0 | 1 | 2 {
	return point < 0x300 ? 1 : (clusterWidth(String.fromCodePoint(point)) as 0 | 1 | 2);
}

/** As xterm's own provider does it: a mark joins the character before it and leaves its width alone. */
function charProperties(point: number, preceding: number): number {
	const width = wcwidth(point);
	const before = (preceding >> 1) & 3;
	return width === 0 && before > 0 ? (before << 1) | 1 : width << 1;
}
