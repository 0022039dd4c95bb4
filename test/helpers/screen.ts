import type {Facts} from '../../src/core/facts.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {LiveStore, type Store} from '../../src/engine/store.js';
import {Area} from '../../src/ui/area.js';
import {bindingsWith} from '../../src/ui/keys-table.js';
import {panels} from '../../src/ui/panels/index.js';
import type {Panel} from '../../src/ui/panels/panel.js';
import type {ProcessActs} from '../../src/ui/process-control.js';
import type {Scene} from '../../src/ui/scene.js';
import {Cells, Clusters, continuation} from '../../src/ui/screen/cells.js';
import {Styles} from '../../src/ui/screen/styles.js';
import {Terminal} from '../../src/ui/screen/terminal.js';
import type {ScreenView} from '../../src/ui/screen-view.js';
import {ascii, unicode} from '../../src/ui/theme.js';
import {type FakeOutput, fakeOutput} from './fake-output.js';
import {type HandClock, handClock} from './hand-clock.js';
import {aSnapshot} from './scene.js';
import {aHistory} from './scene-history.js';
import {type Look, Xterm} from './xterm.js';

export type ScreenOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly snapshot?: Snapshot | undefined;
	/** What it shows instead of the scene. */
	readonly over?: Store;
	readonly isAscii?: boolean;
	readonly panels?: readonly Panel[];
	readonly facts?: Facts;
	readonly acts?: Partial<ProcessActs>;
	/** Configured, by command. */
	readonly keys?: Readonly<Record<string, readonly string[]>>;
};

/** The whole screen over a store that a test fills, on a terminal that is only a list of writes. */
export type TestScreen = {
	readonly view: ScreenView;
	readonly store: LiveStore;
	readonly output: FakeOutput;
	readonly clock: HandClock;
	/** What was asked for: `quit`, `suspend`, `TERM 100`. */
	readonly asked: string[];
	/** The rows that a person sees now. Take them before `stop`. */
	rows(): Promise<readonly string[]>;
	/** How every cell looks now, row by row. */
	looks(): Promise<readonly Look[]>;
	/** How the cell at a place looks now. */
	look(x: number, y: number): Promise<Look | undefined>;
	keys(...keys: readonly string[]): void;
};

/** Started, with the scene's past and present in its store. */
export async function openScreen({
	columns,
	rows,
	snapshot = aSnapshot(),
	isAscii = false,
	panels: shown = panels,
	keys: keysOf = {},
	facts,
	acts = {},
	over,
}: ScreenOptions): Promise<TestScreen> {
	// Ink's libraries look at the environment when they are loaded, as in commands/screen.ts.
	delete process.env['CI'];
	delete process.env['CONTINUOUS_INTEGRATION'];
	delete process.env['NO_COLOR'];
	process.env['FORCE_COLOR'] = '3';
	const {ScreenView: View} = await import('../../src/ui/screen-view.js');
	const output = fakeOutput(columns, rows);
	const styles = new Styles('true');
	const clock = handClock();
	const store = new LiveStore();
	const asked: string[] = [];
	let xterm = new Xterm(columns, rows);
	Object.assign(store, {history: aHistory(snapshot)});
	store.snapshot = snapshot;
	const view = new View({
		terminal: new Terminal(output, {styles, isAscii}),
		store: over ?? store,
		panels: shown,
		shown: shown.map(({name}) => name),
		styles,
		theme: 'dark',
		symbols: isAscii ? ascii : unicode,
		bindings: bindingsWith(keysOf),
		now: clock.now,
		wait: clock.wake,
		askFacts: async () => facts,
		processActs: {
			ownPid: 4242,
			forbidden: undefined,
			ask: async () => undefined,
			send: ({pid}, signal) => {
				asked.push(`${signal} ${pid}`);
				return {isSent: true};
			},
			...acts,
		},
		loadPatterns: async () => pattern => new RegExp(pattern, 'i'),
		onPainterError: error => asked.push(`error: ${error}`),
		onQuit: () => asked.push('quit'),
		onSuspend: () => asked.push('suspend'),
	});
	view.start();

	return {
		view,
		store,
		output,
		clock,
		asked,
		async rows() {
			if (output.columns !== columns || output.rows !== rows) {
				xterm = new Xterm(output.columns ?? 80, output.rows ?? 24);
			}

			await xterm.write(output.take().join(''));
			return xterm.rows;
		},
		async looks() {
			await xterm.write(output.take().join(''));
			return xterm.looks;
		},
		async look(x, y) {
			await xterm.write(output.take().join(''));
			return xterm.looks[y * columns + x];
		},
		keys(...keys) {
			for (const key of keys) {
				// A person reads a question before saying yes.
				clock.pass(key === 'y' ? 200 : 0);
				view.key(key);
			}
		},
	};
}

/** Rows that a painter draws into an area of this size, as a person sees them. */
export function painted(
	columns: number,
	rows: number,
	scene: Scene,
	paint: (area: Area, scene: Scene) => void,
): readonly string[] {
	const cells = new Cells(columns, rows, new Clusters());
	paint(new Area(cells, {x: 0, y: 0, columns, rows}), scene);
	return rowsOf(cells);
}

/** The text of cells, row by row. */
export function rowsOf({columns, rows, codes, clusters}: Cells): readonly string[] {
	return Array.from({length: rows}, (_, y) =>
		Array.from(codes.subarray(y * columns, (y + 1) * columns), code =>
			code === continuation ? '' : clusters.textOf(code),
		).join(''),
	);
}
