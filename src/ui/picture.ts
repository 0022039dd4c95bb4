import type {AppProps} from './app.js';
import {compose} from './compose.js';
import type {Dialog, DialogPlace} from './dialogs/dialog.js';
import {dialogPlace} from './dialogs/index.js';
import {type InkDocument, openDocument} from './document.js';
import {layout, type Places} from './layout.js';
import type {Panel} from './panels/panel.js';
import type {Scene} from './scene.js';
import {Cells} from './screen/cells.js';
import {readInkFrame} from './screen/ink-frame.js';
import type {Styles} from './screen/styles.js';
import type {Terminal} from './screen/terminal.js';
import {boxesOf} from './shown-panels.js';
import type {Symbols} from './theme.js';
import type {ViewState} from './view-state.js';

/** Others write on the terminal (wall, the kernel): now and then the whole screen is drawn again, ms. */
const repaintEvery = 60_000;

/** Nobody reads a question and answers it in less, ms. */
const readWithin = 150;

export type PictureParts = {
	readonly terminal: Terminal;
	/** Every panel that there may be. */
	readonly panels: readonly Panel[];
	readonly styles: Styles;
	/** Monotonic, ms. */
	readonly now: () => number;
};

/** Structures of one size that are kept: of all panels, of each of them zoomed, and of some with a dialog. */
const mostBases = 12;

/** What is on the terminal: the structure, drawn by Ink when it changes, and over it what painters paint of each scene. */
export class Picture {
	readonly #parts: PictureParts;
	#places: Places = layout(0, 0, {panels: [], zoomed: undefined, services: 0});
	#dialog: DialogPlace | undefined;
	#document: InkDocument | undefined;
	#base: Cells;
	/** Structures of this size that were drawn already, by what they show: Ink takes longer for one than all else that a key does. */
	readonly #bases = new Map<string, Cells>();
	#cells: Cells;
	/** The dialog of the last picture, and since when the terminal has it. */
	#shown: {readonly dialog: Dialog | undefined; readonly since: number} = {dialog: undefined, since: 0};
	#wholeAt: number;

	constructor(parts: PictureParts) {
		this.#parts = parts;
		this.#base = new Cells(0, 0, parts.terminal.clusters);
		this.#cells = this.#base;
		this.#wholeAt = parts.now();
	}

	/** Where everything is. */
	get places(): Places {
		return this.#places;
	}

	/** Where the dialog is, if there is one and room for it. */
	get dialog(): DialogPlace | undefined {
		return this.#dialog;
	}

	/** Borders, titles and dialogs for the view, and for the size that the terminal has now. */
	structure(view: ViewState, {border}: Symbols): void {
		const {services, zoomed, dialog} = view;
		const panels = boxesOf(view);
		const {terminal} = this.#parts;
		const {columns, rows} = terminal.size;
		this.#places = layout(columns, rows, {panels, zoomed, services});
		this.#dialog = dialog && !this.#places.isTooSmall ? dialogPlace(dialog, columns, rows) : undefined;

		if (terminal.clusters.isFull) {
			terminal.clusters.forget();
			terminal.invalidate();
			this.#bases.clear();
		}

		if (this.#cells.columns !== columns || this.#cells.rows !== rows || this.#bases.size >= mostBases) {
			this.#cells = new Cells(columns, rows, terminal.clusters);
			this.#bases.clear();
		}

		const key = [border, dialog?.kind, zoomed, zoomed ? 0 : services, ...panels].join();
		this.#base = this.#bases.get(key) ?? this.#draw({places: this.#places, dialog: this.#dialog, border});
		this.#bases.set(key, this.#base);
	}

	#draw(props: AppProps): Cells {
		const {terminal, styles} = this.#parts;
		const {columns, rows} = props.places;
		const base = new Cells(columns, rows, terminal.clusters);
		this.#document ??= openDocument(props);
		readInkFrame(this.#document.draw(props), base, styles);
		return base;
	}

	/**
	 * Paints a scene and gives the terminal the difference.
	 * @returns what painters threw.
	 */
	paint(scene: Scene): readonly unknown[] {
		const {terminal, panels, now} = this.#parts;

		if (now() - this.#wholeAt >= repaintEvery) {
			this.#wholeAt = now();
			terminal.invalidate();
		}

		if (terminal.clusters.isFull) {
			this.structure(scene.view, scene.symbols);
		}

		const thrown = compose(this.#cells, this.#base, this.#places, this.#dialog, scene, panels);
		terminal.show(this.#cells);

		if (scene.view.dialog !== this.#shown.dialog) {
			this.#shown = {dialog: scene.view.dialog, since: now()};
		}

		return thrown;
	}

	/**
	 * True when somebody can have read this dialog: the terminal has its picture, and not only just now. What is typed ahead, or pasted,
	 * answers no question.
	 */
	canBeRead(dialog: Dialog): boolean {
		const {terminal, now} = this.#parts;
		return this.#shown.dialog === dialog && !terminal.isBusy && now() - this.#shown.since >= readWithin;
	}

	/** The terminal has taken all that it was given. */
	drained(): void {
		this.#shown = {...this.#shown, since: this.#parts.now()};
	}

	close(): void {
		this.#document?.close();
	}
}
