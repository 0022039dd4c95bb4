import type {ThemeName} from '../core/theme-name.js';
import {aroundOf} from './around.js';
import {AskedFacts} from './asked-facts.js';
import {Caller} from './attention.js';
import {wasAway, withFirstKey, withKey} from './away.js';
import {withBars} from './bars.js';
import {detailedProcesses} from './detailed-processes.js';
import {typeFilter} from './filter-field.js';
import {FilterReader} from './filter-reader.js';
import {type Binding, commandOf, nthOf} from './keys-table.js';
import {typeMoment} from './moment-field.js';
import {answerTo, type Target, targetAt} from './mouse.js';
import type {PanelName} from './panel-name.js';
import {Picture} from './picture.js';
import {signalTyped} from './process-control.js';
import {ProcessWatch} from './process-watch.js';
import type {Scene} from './scene.js';
import type {MouseEvent} from './screen/mouse.js';
import type {ScreenParts} from './screen-parts.js';
import {ShownMoment} from './shown-moment.js';
import {withLists, withPanels} from './shown-panels.js';
import {isTyped} from './text-field.js';
import {type Look, lookOf, palettes, type Symbols} from './theme.js';
import {
	type Around,
	type Command,
	initialView,
	reduce,
	type ViewState,
	withFilter,
	withoutNotice,
} from './view-state.js';
import {wantedDetails} from './wanted-details.js';

/** A burst of resizes is painted once. */
const resizeWait = 30;

/** The screen: keys change the view, snapshots change the picture, and each change is one frame to the terminal. */
export class ScreenView {
	readonly #parts: ScreenParts;
	#look: Look;
	#symbols: Symbols;
	#bindings: readonly Binding[];
	#view: ViewState;
	readonly #picture: Picture;
	readonly #moment: ShownMoment;
	#isOwed = false;
	#pressed: Target | undefined;
	readonly #caller: Caller;
	readonly #facts: AskedFacts;
	readonly #filter: FilterReader;
	readonly #watch: ProcessWatch;
	#callOffResize: (() => void) | undefined;
	#unsubscribe: () => void = () => {};

	constructor(parts: ScreenParts) {
		this.#parts = parts;
		this.#facts = new AskedFacts(parts.askFacts, () => this.#paint());
		this.#filter = new FilterReader(parts.loadPatterns, () => this.#paint());
		this.#watch = new ProcessWatch(parts.processActs.ask, parts.now, () => this.#paint());
		this.#look = lookOf(palettes[parts.theme], parts.styles);
		this.#symbols = parts.symbols;
		this.#bindings = parts.bindings;
		this.#picture = new Picture(parts);
		this.#caller = new Caller(parts.terminal);
		this.#moment = new ShownMoment(parts.store);
		this.#view = withPanels(initialView(parts.shown, parts.theme), parts.shown, this.#moment.listed);
	}

	/** Takes the terminal and shows every snapshot from now on. */
	start(): void {
		this.#parts.terminal.enter();
		this.#structure();
		this.#tick();
		this.#unsubscribe = this.#parts.store.subscribe(() => this.#tick());
	}

	#tick(): void {
		const {store, now} = this.#parts;
		this.#view = withFirstKey(this.#view, store.snapshot);
		this.#caller.look(store.snapshot, {now: now(), isPast: this.#view.time.past !== undefined});
		this.#paint();
	}

	/** Somebody has read what was missed. */
	#noticed(): void {
		const {keyAt} = this.#view;
		this.#view = withKey(this.#view, this.#parts.store.snapshot);

		if (wasAway(keyAt, this.#view)) {
			this.#paint();
		}
	}

	/** Gives the terminal back; `done` once it has everything. */
	stop(done: () => void): void {
		this.#unsubscribe();
		this.#callOffResize?.();
		this.#picture.close();
		this.#parts.terminal.leave(done);
	}

	key(key: string): void {
		const command = commandOf(key, this.#bindings);
		this.#noticed();
		this.#change(withoutNotice(this.#view));
		const {filter, moment, dialog} = this.#view;
		const isOfScreen = command === 'quit' || command === 'suspend' || command === 'repaint';
		const isText = !dialog && (isTyped(key) || !isOfScreen);

		if (isText && moment) {
			this.#change(typeMoment(this.#view, key, this.#moment.around));
		} else if (isText && filter.before !== undefined) {
			this.#change(withFilter(this.#view, typeFilter(filter, key, this.#filter.isUnderstood)));
		} else if (!this.#answer(key) && command) {
			this.#do(command, command === 'focus' ? String(nthOf(key, this.#bindings)) : key);
		}
	}

	/** True when the key was for the dialog of signals. */
	#answer(key: string): boolean {
		const scene = this.#scene();
		const view = scene && signalTyped(scene, key, this.#picture, this.#parts.processActs);
		this.#change(view ?? this.#view);
		return view !== undefined;
	}

	mouse(event: MouseEvent): void {
		const {filter, moment} = this.#view;
		this.#noticed();

		if (event.kind === 'press') {
			this.#change(withoutNotice(this.#view));
		}

		// A click ends typing, as enter does.
		if (event.kind === 'press' && (moment || filter.before !== undefined)) {
			this.key('enter');
		}

		const scene = this.#scene();
		const {places, dialog} = this.#picture;
		const {panels} = this.#parts;
		const pictured = scene && {scene, places, dialog, panels, around: this.#around('')};
		const answer = pictured && answerTo(event, pictured, this.#pressed);
		this.#pressed = pictured && event.kind === 'press' ? targetAt(pictured, event.x, event.y) : undefined;

		if (typeof answer === 'string') {
			this.#do(answer, '');
		} else if (answer) {
			this.#change(answer);
		}
	}

	#do(command: Command, key: string): void {
		switch (command) {
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

	/** Other panels are to be shown, in the order of their digits. */
	showPanels(names: readonly PanelName[]): void {
		this.#view = withPanels(this.#view, names, this.#moment.listed);
		this.#structure();
		this.#paint();
	}

	setTheme(theme: ThemeName): void {
		this.#change({...this.#view, theme});
	}

	setBindings(bindings: readonly Binding[]): void {
		this.#bindings = bindings;
		this.#paint();
	}

	/** Borders, graphs and signs of other characters, on a screen that is drawn anew. */
	setSymbols(symbols: Symbols): void {
		this.#symbols = symbols;
		this.repaint();
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
		this.#picture.drained();

		if (this.#isOwed) {
			this.#paint();
		}
	}

	#change(view: ViewState): void {
		const before = this.#view;

		if (view === before) {
			return;
		}

		this.#view = view;
		this.#filter.show(view.filter);

		if (view.theme !== before.theme) {
			this.#look = lookOf(palettes[view.theme], this.#parts.styles);
		}

		if (view.isFrozen !== before.isFrozen) {
			this.#moment.freeze(view.isFrozen);
		}

		if (view.zoomed === 'cpu') {
			this.#facts.want();
		}

		if (view.zoomed !== before.zoomed || view.dialog?.kind !== before.dialog?.kind) {
			this.#structure();
		}

		this.#paint();
	}

	#structure(): void {
		this.#picture.structure(this.#view, this.#symbols);
	}

	#paint(): void {
		const {terminal, store, onPainterError} = this.#parts;
		const listed = withLists(this.#view, this.#moment.listed);

		if (listed !== this.#view) {
			this.#view = listed;
			this.#structure();
		}

		const before = this.#scene();
		this.#view = before ? withBars(before, this.#picture.places) : this.#view;
		const scene = before && {...before, view: this.#view};
		this.#isOwed = terminal.isBusy;

		if (!scene || this.#isOwed) {
			return;
		}

		const thrown = this.#picture.paint(scene);
		store.setVisible(detailedProcesses(scene, this.#picture.places));
		store.setWanted(wantedDetails(scene, this.#picture.places));

		for (const error of thrown) {
			onPainterError(error);
		}
	}

	#scene(): Scene | undefined {
		const moment = this.#moment.at(this.#view);
		return (
			moment && {
				...moment,
				standing: this.#parts.store.standing,
				view: this.#view,
				look: this.#look,
				symbols: this.#symbols,
				bindings: this.#bindings,
				facts: this.#facts.facts,
				filter: this.#filter.current,
				watched: this.#watch.look(this.#view, moment.snapshot),
				forbidden: this.#parts.processActs.forbidden,
			}
		);
	}

	#around(key: string): Around {
		const {panels, processActs} = this.#parts;
		const time = this.#moment.around;
		return aroundOf(key, {scene: this.#scene(), picture: this.#picture, panels, processActs, time});
	}
}
