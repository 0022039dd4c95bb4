import {Cells, Clusters} from './cells.js';
import {diff, type Encoding, repaint} from './diff.js';

/** What the screen needs of the terminal it is drawn on. */
export type TerminalOutput = {
	/** Undefined or 0 where the terminal does not say. */
	readonly columns: number | undefined;
	readonly rows: number | undefined;
	/** Bytes taken but not yet with the terminal: while there are some, no frame is added to them. */
	readonly pendingBytes: number;
	/** `done` is called once the terminal has taken it, or never will. */
	write(text: string, done?: () => void): void;
	/** Raw input on or off. */
	setRaw(isRaw: boolean): void;
	/** Whether writes wait for the terminal. Others may share this with us: it has to be given back, too. */
	setBlocking(isBlocking: boolean): void;
};

/** Beyond this a terminal is a mistake (a size of 65535), and laying it out would take seconds. */
const mostColumns = 600;
const mostRows = 300;

const enter = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[0m\x1b[2J';
const leave = '\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l';
/** Buttons and the wheel, without motion: that is left to the terminal's own selection. Reports in SGR form, for columns beyond 223. */
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';
const bell = '\x07';
/** Ended by ST, not by BEL: a terminal that knows no titles must not ring for one. */
const titleOf = (text: string) => `\x1b]2;${text}\x1b\\`;
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';

/** A terminal that takes our whole screen, one difference at a time, and gets it back as it was. */
export class Terminal {
	readonly clusters = new Clusters();
	readonly #output: TerminalOutput;
	#encoding: Encoding;
	#shown: Cells | undefined;
	#isEntered = false;
	#hasMouse = false;
	#hasBell = true;
	#hasTitle = true;
	/** How much is critical, once something has been: until then the title is left alone. */
	#critical: number | undefined;

	constructor(output: TerminalOutput, encoding: Encoding) {
		this.#output = output;
		this.#encoding = encoding;
	}

	/** Columns and rows now; 80x24 where the terminal does not say. Of a larger one than any screen is, its upper left part. */
	get size(): {readonly columns: number; readonly rows: number} {
		return {
			columns: Math.min(mostColumns, this.#output.columns || 80),
			rows: Math.min(mostRows, this.#output.rows || 24),
		};
	}

	/** True while the terminal has not taken the last frame: painting another would only make it later. */
	get isBusy(): boolean {
		return this.#output.pendingBytes > 0;
	}

	/** Takes the screen. The alternate one, so that what was there comes back. */
	enter(): void {
		if (this.#isEntered) {
			return;
		}

		this.#isEntered = true;
		this.#shown = undefined;
		this.#output.setBlocking(false);
		this.#output.setRaw(true);
		this.#output.write(enter + (this.#hasMouse ? mouseOn : '') + this.#title);
	}

	/** Gives the screen back as it was; `done` once the terminal has it. Safe to call again. */
	leave(done: () => void = () => {}): void {
		if (!this.#isEntered) {
			done();
			return;
		}

		this.#isEntered = false;
		this.#output.write((this.#title && titleOf('')) + (this.#hasMouse ? mouseOff : '') + leave, () => {
			// Not before it is written: a terminal that takes nothing would hold us for ever. By then we may be back on it.
			this.#output.setBlocking(!this.#isEntered);
			done();
		});
		this.#output.setRaw(false);
	}

	/** The terminal is no more: nothing is written to it from now on. */
	abandon(): void {
		this.#isEntered = false;
	}

	/** Whether the mouse is ours while the screen is, or the terminal's. */
	setMouse(hasMouse: boolean): void {
		if (this.#isEntered && hasMouse !== this.#hasMouse) {
			this.#output.write(hasMouse ? mouseOn : mouseOff);
		}

		this.#hasMouse = hasMouse;
	}

	/** Whether the bell may ring, and whether the title is ours. */
	setCalls(hasBell: boolean, hasTitle: boolean): void {
		const before = this.#title;
		this.#hasBell = hasBell;
		this.#hasTitle = hasTitle;
		this.#retitle(before);
	}

	/** Rings, where that is wanted. */
	ring(): void {
		if (this.#isEntered && this.#hasBell) {
			this.#output.write(bell);
		}
	}

	/** So much is critical: the title says so, where that is wanted. */
	setCritical(count: number): void {
		const before = this.#title;
		this.#critical = count > 0 || this.#critical !== undefined ? count : undefined;
		this.#retitle(before);
	}

	get #title(): string {
		const hasTitle = this.#hasTitle && this.#critical !== undefined;
		return hasTitle ? titleOf(`healthtop: ${this.#critical} critical`) : '';
	}

	#retitle(before: string): void {
		if (this.#isEntered && this.#title !== before) {
			this.#output.write(this.#title || titleOf(''));
		}
	}

	/** Only ASCII from the next frame on, which is whole, or no longer. */
	setAscii(isAscii: boolean): void {
		this.#encoding = {...this.#encoding, isAscii};
		this.invalidate();
	}

	/** What is on the screen is not what we drew (resize, other programs' messages): the next frame is whole. */
	invalidate(): void {
		this.#shown = undefined;
	}

	/** Brings the screen up to `cells`, which stays the caller's. */
	show(cells: Cells): void {
		if (!this.#isEntered) {
			return;
		}

		const shown = this.#shown;
		const isSameSize = shown?.columns === cells.columns && shown.rows === cells.rows;
		const changes = shown && isSameSize ? diff(shown, cells, this.#encoding) : repaint(cells, this.#encoding);

		if (changes !== '') {
			this.#output.write(beginFrame + changes + endFrame);
		}

		if (shown && isSameSize) {
			shown.copyFrom(cells);
		} else {
			this.#shown = new Cells(cells.columns, cells.rows, cells.clusters);
			this.#shown.copyFrom(cells);
		}
	}
}
