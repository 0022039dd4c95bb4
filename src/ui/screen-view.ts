import type {History} from '../core/history.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Store} from '../engine/store.js';
import {bodyOf, compose} from './compose.js';
import {type InkDocument, openDocument} from './document.js';
import {type HelpPlace, helpPlace} from './help.js';
import {commandOf} from './keys-table.js';
import {layout, type Places} from './layout.js';
import type {PanelName} from './panel-name.js';
import type {Panel} from './panels/panel.js';
import {shownProcesses} from './panels/processes.js';
import type {Scene} from './scene.js';
import {Cells} from './screen/cells.js';
import {readInkFrame} from './screen/ink-frame.js';
import type {Wait} from './screen/keys.js';
import type {Styles} from './screen/styles.js';
import type {Terminal} from './screen/terminal.js';
import {type Look, lookOf, type Palette, type Symbols} from './theme.js';
import {type Around, initialView, reduce, type ViewState} from './view-state.js';

/** A burst of resizes is painted once. */
const resizeWait = 30;

/** Others write on the terminal (wall, the kernel): now and then the whole screen is drawn again, ms. */
const repaintEvery = 60_000;

/** Table width from which the disk columns of processes are shown. */
const diskColumnsFrom = 140;

/** What a screen is made of. */
export type ScreenParts = {
	readonly terminal: Terminal;
	readonly store: Store;
	readonly panels: readonly Panel[];
	readonly styles: Styles;
	readonly palette: Palette;
	readonly symbols: Symbols;
	/** Monotonic, ms. */
	readonly now: () => number;
	readonly wait: Wait;
	readonly onQuit: () => void;
	readonly onSuspend: () => void;
};

/** The screen: keys change the view, snapshots change the picture, and each change is one frame to the terminal. */
export class ScreenView {
	readonly #parts: ScreenParts;
	readonly #look: Look;
	#view: ViewState;
	#places: Places = layout(0, 0, {panels: [], zoomed: undefined, services: 0});
	#help: HelpPlace | undefined;
	#document: InkDocument | undefined;
	#base: Cells;
	#cells: Cells;
	#frozen: {readonly snapshot: Snapshot; readonly history: History} | undefined;
	#wholeAt = 0;
	#isOwed = false;
	#callOffResize: (() => void) | undefined;
	#unsubscribe: () => void = () => {};

	constructor(parts: ScreenParts) {
		this.#parts = parts;
		this.#look = lookOf(parts.palette, parts.styles);
		this.#view = initialView(parts.panels.map(({name}) => name));
		this.#base = new Cells(0, 0, parts.terminal.clusters);
		this.#cells = this.#base;
	}

	/** Takes the terminal and shows every snapshot from now on. */
	start(): void {
		this.#parts.terminal.enter();
		this.#wholeAt = this.#parts.now();
		this.#structure();
		this.#paint();
		this.#unsubscribe = this.#parts.store.subscribe(() => this.#paint());
	}

	/** Gives the terminal back; `done` once it has everything. */
	stop(done: () => void): void {
		this.#unsubscribe();
		this.#callOffResize?.();
		this.#document?.close();
		this.#parts.terminal.leave(done);
	}

	key(key: string): void {
		const command = commandOf(key);

		switch (command) {
			case undefined:
				return;
			case 'quit':
				this.#parts.onQuit();
				return;
			case 'suspend':
				this.#parts.onSuspend();
				return;
			case 'repaint':
				this.repaint();
				return;
			default:
				this.#change(reduce(this.#view, command, this.#around(key)));
		}
	}

	/** The terminal has another size, or says so: a storm of these is one frame. */
	resize(): void {
		this.#callOffResize ??= this.#parts.wait(resizeWait, () => {
			this.#callOffResize = undefined;
			this.repaint();
		});
	}

	/** Draws everything again, for the size that the terminal has now. */
	repaint(): void {
		this.#parts.terminal.invalidate();
		this.#structure();
		this.#paint();
	}

	/** The terminal has taken what it was given: a frame that was left out can be painted. */
	drained(): void {
		if (this.#isOwed) {
			this.#paint();
		}
	}

	get #clusters() {
		return this.#parts.terminal.clusters;
	}

	#change(view: ViewState): void {
		const before = this.#view;

		if (view === before) {
			return;
		}

		this.#view = view;

		if (view.isFrozen !== before.isFrozen) {
			this.#frozen = view.isFrozen ? this.#still() : undefined;
		}

		if (view.zoomed !== before.zoomed || view.isHelpOpen !== before.isHelpOpen) {
			this.#structure();
		}

		this.#paint();
	}

	/** Borders, titles and dialogs, by Ink, for the view and the size there are now. */
	#structure(): void {
		const {columns, rows} = this.#parts.terminal.size;
		const {panels, zoomed, isHelpOpen} = this.#view;
		this.#places = layout(columns, rows, {panels, zoomed, services: 0});
		this.#help = isHelpOpen && !this.#places.isTooSmall ? helpPlace(columns, rows) : undefined;

		if (this.#clusters.isFull) {
			this.#clusters.forget();
			this.#parts.terminal.invalidate();
		}

		if (this.#base.columns !== columns || this.#base.rows !== rows) {
			this.#base = new Cells(columns, rows, this.#clusters);
			this.#cells = new Cells(columns, rows, this.#clusters);
		}

		const {symbols, styles} = this.#parts;
		const props = {places: this.#places, help: this.#help, border: symbols.border};
		this.#document ??= openDocument(props);
		readInkFrame(this.#document.draw(props), this.#base, styles);
	}

	#paint(): void {
		const {terminal, store, now, panels} = this.#parts;
		const scene = this.#scene();
		this.#isOwed = terminal.isBusy;

		if (!scene || this.#isOwed) {
			return;
		}

		if (now() - this.#wholeAt >= repaintEvery) {
			this.#wholeAt = now();
			terminal.invalidate();
		}

		if (this.#clusters.isFull) {
			this.#structure();
		}

		compose(this.#cells, this.#base, this.#places, this.#help, scene, panels);
		terminal.show(this.#cells);
		store.setVisible(this.#visible(scene));
	}

	#scene(): Scene | undefined {
		const {store, symbols} = this.#parts;
		const {snapshot, history} = this.#frozen ?? store;
		return snapshot && {snapshot, history, view: this.#view, look: this.#look, symbols};
	}

	/** Whose disk traffic is on the screen; of all when they are sorted by it, or the order would be that of the rows seen before. */
	#visible(scene: Scene): ReadonlySet<number> {
		const place = this.#places.panels.find(({panel}) => panel === 'processes');
		const body = place && bodyOf(place);

		if (this.#view.sort === 'io') {
			return new Set(scene.snapshot.processes.map(({pid}) => pid));
		}

		return new Set(body && body.columns >= diskColumnsFrom ? shownProcesses(scene, body.rows).map(({pid}) => pid) : []);
	}

	#around(key: string): Around {
		const {focused} = this.#view;
		const place = this.#places.panels.find(({panel}) => panel === focused);
		const scene = this.#scene();
		const extent = place && scene && this.#extentOf(focused, scene, bodyOf(place).rows);
		return {
			key,
			onScreen: this.#places.panels.map(({panel}) => panel),
			page: extent?.shown ?? 1,
			lastOffset: Math.max(0, (extent?.total ?? 0) - (extent?.shown ?? 0)),
		};
	}

	#extentOf(name: PanelName, scene: Scene, rows: number) {
		return this.#parts.panels.find(panel => panel.name === name)?.extent?.(scene, rows);
	}

	/** The moment there is now, which later ticks leave alone. */
	#still() {
		const {store} = this.#parts;
		return store.snapshot && {snapshot: store.snapshot, history: store.frozenHistory()};
	}
}
