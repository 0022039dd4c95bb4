import type {Facts} from '../core/facts.js';
import type {Store} from '../engine/store.js';
import type {PanelName} from '../ui/panel-name.js';
import type {Panel} from '../ui/panels/panel.js';
import type {ProcessActs} from '../ui/process-control.js';
import {Keys} from '../ui/screen/keys.js';
import {type Depth, Styles} from '../ui/screen/styles.js';
import {Terminal} from '../ui/screen/terminal.js';
import type {ScreenView} from '../ui/screen-view.js';
import type {Io, Outcome} from './io.js';
import {loadPatterns} from './load-patterns.js';
import type {Looks} from './looks.js';
import {isTerminalGone, terminalOutput} from './terminal-output.js';

/** A terminal that has stopped reading gets so long to take the last bytes, ms. */
const leaveWait = 500;

/** What ends the screen from outside: every signal whose default is to end a program and that can be handled safely. */
const endings = [
	'SIGTERM',
	'SIGINT',
	'SIGHUP',
	'SIGQUIT',
	'SIGUSR1',
	'SIGUSR2',
	'SIGALRM',
	'SIGVTALRM',
	'SIGXCPU',
	'SIGPWR',
	'SIGIO',
	'SIGSYS',
] as const;

export type SessionParts = {
	readonly store: Store;
	/** Handed in, because it comes with Ink, which is loaded while the first sample is taken. */
	readonly View: typeof ScreenView;
	readonly panels: readonly Panel[];
	readonly shown: readonly PanelName[];
	readonly depth: Depth;
	readonly looks: Looks;
	readonly askFacts: () => Promise<Facts | undefined>;
	readonly processActs: ProcessActs;
	readonly onPainterError: (error: unknown) => void;
	/** Called once, when the first picture is on its way. */
	readonly onShown: () => void;
	readonly io: Io;
};

/** One screen on one terminal: bytes and signals in, until something ends it; the terminal is given back on every way out. */
export class ScreenSession {
	readonly #io: Io;
	readonly #terminal: Terminal;
	readonly #keys: Keys;
	readonly #view: ScreenView;
	readonly #onShown: () => void;
	#looks: Looks;
	readonly #undo: (() => void)[] = [];
	#end: (outcome: Outcome) => void = () => {};
	#callOffSuspend: () => void = () => {};

	constructor({store, View, depth, looks, onShown, io, ...rest}: SessionParts) {
		const styles = new Styles(depth);
		const {now, wake: wait} = io.clock;
		this.#io = io;
		this.#onShown = onShown;
		this.#looks = looks;
		this.#terminal = new Terminal(terminalOutput(io), {styles, isAscii: looks.isAscii});
		this.#terminal.setMouse(looks.hasMouse);
		this.#terminal.setCalls(looks.hasBell, looks.hasTitle);
		this.#view = new View({
			terminal: this.#terminal,
			store,
			styles,
			theme: looks.theme,
			symbols: looks.symbols,
			bindings: looks.bindings,
			now,
			wait,
			loadPatterns,
			...rest,
			onQuit: () => this.#end({code: 0}),
			onSuspend: () => this.#suspend(0),
		});
		this.#keys = new Keys(
			key => this.#view.key(key),
			wait,
			event => {
				// Others may have left a terminal so that it reports all the same.
				if (this.#looks.hasMouse) {
					this.#view.mouse(event);
				}
			},
		);
	}

	/** Another configuration is in force. What it leaves as it was is left alone: a theme chosen with a key stays. */
	configure(panels: readonly PanelName[], looks: Looks): void {
		const before = this.#looks;
		this.#looks = looks;

		if (looks.theme !== before.theme) {
			this.#view.setTheme(looks.theme);
		}

		if (looks.symbols !== before.symbols || looks.isAscii !== before.isAscii) {
			this.#terminal.setAscii(looks.isAscii);
			this.#view.setSymbols(looks.symbols);
		}

		this.#terminal.setMouse(looks.hasMouse);
		this.#terminal.setCalls(looks.hasBell, looks.hasTitle);
		this.#view.setBindings(looks.bindings);
		this.#view.showPanels(panels);
	}

	/** Ends it in that way, if nothing has ended it yet. */
	end(outcome: Outcome): void {
		this.#end(outcome);
	}

	/** Resolves when the screen has ended and the terminal is as it was. */
	async run(): Promise<Outcome> {
		const ended = new Promise<Outcome>(resolve => {
			this.#end = resolve;
		});
		this.#listen();
		this.#view.start();
		this.#onShown();
		const outcome = await ended;
		await this.#close();
		return outcome;
	}

	#listen(): void {
		const {stdin, stdout, onSignal, onFatal} = this.#io;
		const onData = (bytes: Uint8Array) => this.#keys.feed(bytes);
		const onResize = () => this.#view.resize();
		const onDrain = () => this.#view.drained();
		const onGone = (error: unknown) => this.#fail(error);
		const onEnd = () => this.#hangUp();
		// One that a session before us has paused does not go on by itself.
		stdin.on('data', onData).on('error', onGone).on('end', onEnd).resume();
		stdout.on('resize', onResize).on('drain', onDrain).on('error', onGone);
		this.#undo.push(
			() => stdin.off('data', onData).off('end', onEnd).pause(),
			() => stdout.off('resize', onResize).off('drain', onDrain),
			...endings.map(signal => onSignal(signal, () => this.#end({signal}))),
			onSignal('SIGCONT', () => this.#resume()),
			onFatal(() => this.#close()),
		);
		this.#callOffSuspend = onSignal('SIGTSTP', () => this.#suspend(this.#io.pid));
	}

	/** Only a terminal that is no more ends the screen; any other error is a bug. */
	#fail(error: unknown): void {
		if (!isTerminalGone(error)) {
			throw error;
		}

		this.#hangUp();
	}

	#hangUp(): void {
		this.#terminal.abandon();
		this.#end({signal: 'SIGHUP'});
	}

	async #close(): Promise<void> {
		this.#callOffSuspend();

		for (const undo of this.#undo.splice(0)) {
			undo();
		}

		await new Promise<void>(resolve => {
			this.#io.clock.wake(leaveWait, resolve);
			this.#view.stop(resolve);
		});
	}

	/**
	 * Gives the terminal back and stops, as ctrl+z does: pid 0 is our whole process group, for a shell waits for all of a job.
	 * Where there is no shell to come back from, the kernel ignores the signal, and the screen just comes back.
	 */
	#suspend(pid: number): void {
		this.#terminal.leave(() => {
			this.#callOffSuspend();
			this.#io.kill(pid, 'SIGTSTP');
			this.#callOffSuspend = this.#io.onSignal('SIGTSTP', () => this.#suspend(this.#io.pid));
			this.#resume();
		});
	}

	/** After a stop, the terminal may have been anybody's: modes are set again and everything is drawn. */
	#resume(): void {
		this.#keys.reset();
		this.#terminal.leave();
		this.#terminal.enter();
		this.#view.repaint();
	}
}
