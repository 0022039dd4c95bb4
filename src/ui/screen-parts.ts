import type {Facts} from '../core/facts.js';
import type {Compile} from '../core/query.js';
import type {ThemeName} from '../core/theme-name.js';
import type {Store} from '../engine/store.js';
import type {Binding} from './keys-table.js';
import type {PanelName} from './panel-name.js';
import type {Panel} from './panels/panel.js';
import type {ProcessActs} from './process-control.js';
import type {Wait} from './screen/keys.js';
import type {Styles} from './screen/styles.js';
import type {Terminal} from './screen/terminal.js';
import type {Symbols} from './theme.js';

/** What a screen is made of. */
export type ScreenParts = {
	readonly terminal: Terminal;
	readonly store: Store;
	/** Every panel that there may be. */
	readonly panels: readonly Panel[];
	/** Those that are shown, in the order of their digits. */
	readonly shown: readonly PanelName[];
	readonly styles: Styles;
	/** The one it begins with; a key goes on from there. */
	readonly theme: ThemeName;
	readonly symbols: Symbols;
	/** The table of keys. */
	readonly bindings: readonly Binding[];
	/** Monotonic, ms. */
	readonly now: () => number;
	readonly wait: Wait;
	/** What the machine is, asked when it is to be shown for the first time. */
	readonly askFacts: () => Promise<Facts | undefined>;
	readonly processActs: ProcessActs;
	readonly loadPatterns: () => Promise<Compile>;
	/** A painter threw, perhaps as it did in the picture before. */
	readonly onPainterError: (error: unknown) => void;
	readonly onQuit: () => void;
	readonly onSuspend: () => void;
};
