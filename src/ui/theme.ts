import type {AlertShown} from '../core/alerts/alert-words.js';
import type {CheckStatus} from '../core/check.js';
import type {CheckState} from '../core/check-state.js';
import type {GraphKind} from '../core/graph.js';
import type {Level} from '../core/levels.js';
import {type Safe, safe} from '../core/safe.js';
import type {ThemeName} from '../core/theme-name.js';
import {type Colour, ownColour, type Style, type Styles} from './screen/styles.js';

/** A colour, or the terminal's own colour of text, brighter or paler: what its owner reads everything else in. */
type Ink = Colour | 'bright' | 'faint';

/**
 * Colours of a theme. Green, yellow and red are only for ok, warning and critical. Plain text and the background are always
 * the terminal's own: nobody knows better what can be read on what.
 */
export type Palette = {
	readonly dim: Ink;
	readonly ok: Ink;
	readonly warning: Ink;
	readonly critical: Ink;
	/** Border and title of the panel that has the keys. */
	readonly focus: Ink;
	/** Border of the others. */
	readonly border: Ink;
	/** One calm colour for the graphs of each panel. */
	readonly cpu: Ink;
	readonly memory: Ink;
	readonly disk: Ink;
	readonly network: Ink;
	readonly services: Ink;
};

/** On 16 colours each has its own stand-in, because the nearest is not always the most legible. */
const dark = {
	dim: {rgb: 0x8a8f98, ansi: 8},
	ok: {rgb: 0x5fbf7f, ansi: 2},
	warning: {rgb: 0xe5c04b, ansi: 11},
	critical: {rgb: 0xff6b68, ansi: 9},
	focus: {rgb: 0x7fd7ff, ansi: 14},
	border: {rgb: 0x585e68, ansi: 8},
	cpu: {rgb: 0x6fa8dc, ansi: 12},
	memory: {rgb: 0xa78bda, ansi: 13},
	disk: {rgb: 0x62a8a0, ansi: 6},
	network: {rgb: 0x9aa7c7, ansi: 6},
	services: {rgb: 0x86b4d6, ansi: 12},
} as const satisfies Palette;

/** Legible on white and on cream (#fdf6e3); of the sixteen never a bright one, which is pale there. */
const light = {
	dim: {rgb: 0x5f6670, ansi: 8},
	ok: {rgb: 0x1a7f37, ansi: 2},
	warning: {rgb: 0x8a6100, ansi: 3},
	critical: {rgb: 0xc4242b, ansi: 1},
	focus: {rgb: 0x0550ae, ansi: 4},
	border: {rgb: 0x9a9fa4, ansi: 8},
	cpu: {rgb: 0x2f6fb5, ansi: 4},
	memory: {rgb: 0x7a52b3, ansi: 5},
	disk: {rgb: 0x1b7a78, ansi: 6},
	network: {rgb: 0x51648f, ansi: 6},
	services: {rgb: 0x3b6a94, ansi: 4},
} as const satisfies Palette;

/**
 * Only what the owner of the terminal has chosen to be read on the background it has, at every depth. Of the sixteen the first
 * six chromatic ones: black, white and the bright ones are the background itself in some (Solarized). Not blue either, the one
 * that is hardest to read on black.
 */
const terminal = {
	dim: 'faint',
	ok: ownColour(2),
	warning: ownColour(3),
	critical: ownColour(1),
	focus: 'bright',
	border: 'faint',
	cpu: ownColour(6),
	memory: ownColour(5),
	disk: ownColour(5),
	network: ownColour(6),
	services: ownColour(6),
} as const satisfies Palette;

export const palettes = {dark, light, terminal} as const satisfies Record<ThemeName, Palette>;

/** Numbers of the styles that painters use. */
export type Look = {
	/** False where styles have no colours: what only a colour would tell has to be left out. */
	readonly hasColours: boolean;
	readonly text: number;
	readonly dim: number;
	readonly strong: number;
	readonly inverse: number;
	/** Border and title of a panel, and of the one that has the keys. */
	readonly border: number;
	readonly title: number;
	readonly focus: number;
	readonly focusTitle: number;
	readonly level: Readonly<Record<Level, number>>;
	readonly strongLevel: Readonly<Record<Level, number>>;
	readonly cpu: number;
	readonly memory: number;
	readonly disk: number;
	readonly network: number;
	readonly services: number;
};

export function lookOf(palette: Palette, styles: Styles): Look {
	const plain = (ink: Ink) => styles.id(styleOf(ink, styles));
	const strong = (ink: Ink) => styles.id({...styleOf(ink, styles), isBold: true});
	return {
		hasColours: styles.hasColours,
		text: 0,
		dim: plain(palette.dim),
		strong: styles.id({isBold: true}),
		inverse: styles.id({isInverse: true}),
		border: plain(palette.border),
		title: plain(palette.dim),
		focus: plain(palette.focus),
		focusTitle: strong(palette.focus),
		level: {ok: 0, warning: plain(palette.warning), critical: plain(palette.critical)},
		strongLevel: {ok: strong(palette.ok), warning: strong(palette.warning), critical: strong(palette.critical)},
		cpu: plain(palette.cpu),
		memory: plain(palette.memory),
		disk: plain(palette.disk),
		network: plain(palette.network),
		services: plain(palette.services),
	};
}

/** Without colours all themes are the same: bright and pale text would be two of them. */
function styleOf(ink: Ink, {hasColours}: Styles): Style {
	return typeof ink === 'object'
		? {colour: ink}
		: {isBold: ink === 'bright' && hasColours, isDim: ink === 'faint' && hasColours};
}

/** Characters that carry meaning: with the word beside them, so that colour is never the only carrier. */
export type Symbols = {
	readonly level: Readonly<Record<Level, Safe>>;
	/** The same with their word, for lines that are read at a glance. */
	readonly levelWord: Readonly<Record<Level, Safe>>;
	/** Of a check that stands so: always with its word. */
	readonly check: Readonly<Record<CheckState, Safe>>;
	/** Of an alert that stands so: always with its word. */
	readonly alert: Readonly<Record<AlertShown, Safe>>;
	/** Where an alert fired, on the axis of time. */
	readonly fired: Safe;
	/** Of what the other side has been told. */
	readonly mail: Safe;
	/** A line across a graph, where a level is. */
	readonly levelLine: Safe;
	/** One result among the last ones of a check; `unknown` also where there was none. */
	readonly result: Readonly<Record<CheckStatus, Safe>>;
	readonly received: Safe;
	readonly sent: Safe;
	readonly dot: Safe;
	readonly times: Safe;
	/** Of the time cursor in a graph and below it, of a moment at which something happened to time, and of the past. */
	readonly cursor: Safe;
	readonly pointer: Safe;
	readonly mark: Safe;
	readonly back: Safe;
	/** Graphs over several rows, and those of one row. */
	readonly graph: GraphKind;
	readonly spark: GraphKind;
	/** Filled from the left in eighths; the last one is full. */
	readonly bar: readonly Safe[];
	/** Before a row of a tree: of one that has brothers below it, of the last one, and of those above it the same two. */
	readonly tree: {readonly branch: Safe; readonly last: Safe; readonly line: Safe; readonly gap: Safe};
	readonly border: 'round' | 'classic';
	/** A line across, between two parts of a panel. */
	readonly rule: Safe;
};

export const unicode: Symbols = {
	level: {ok: safe`●`, warning: safe`▲`, critical: safe`✗`},
	levelWord: {ok: safe`●`, warning: safe`▲ WARN`, critical: safe`✗ CRIT`},
	check: {
		critical: safe`✗`,
		warning: safe`▲`,
		unknown: safe`?`,
		held: safe`○`,
		waiting: safe`○`,
		failing: safe`▲`,
		ok: safe`●`,
	},
	alert: {
		critical: safe`✗`,
		warning: safe`▲`,
		info: safe`i`,
		flapping: safe`~`,
		recovering: safe`↺`,
		pending: safe`…`,
		over: safe`●`,
	},
	fired: safe`!`,
	mail: safe`✉`,
	levelLine: safe`╌`,
	result: {ok: safe`▇`, warning: safe`▲`, critical: safe`╳`, unknown: safe`·`},
	received: safe`↓`,
	sent: safe`↑`,
	dot: safe`·`,
	times: safe`×`,
	cursor: safe`│`,
	pointer: safe`▲`,
	mark: safe`◆`,
	back: safe`◀`,
	graph: 'braille',
	spark: 'block',
	bar: [safe`▏`, safe`▎`, safe`▍`, safe`▌`, safe`▋`, safe`▊`, safe`▉`, safe`█`],
	tree: {branch: safe`├─ `, last: safe`└─ `, line: safe`│ `, gap: safe`  `},
	border: 'round',
	rule: safe`─`,
};

export const ascii: Symbols = {
	level: {ok: safe`OK`, warning: safe`!`, critical: safe`X`},
	levelWord: {ok: safe`OK`, warning: safe`! WARN`, critical: safe`X CRIT`},
	check: {
		critical: safe`X`,
		warning: safe`!`,
		unknown: safe`?`,
		held: safe`.`,
		waiting: safe`.`,
		failing: safe`!`,
		ok: safe` `,
	},
	alert: {
		critical: safe`X`,
		warning: safe`!`,
		info: safe`i`,
		flapping: safe`~`,
		recovering: safe`<`,
		pending: safe`.`,
		over: safe` `,
	},
	fired: safe`*`,
	mail: safe`@`,
	levelLine: safe`-`,
	result: {ok: safe`=`, warning: safe`!`, critical: safe`X`, unknown: safe`.`},
	received: safe`v`,
	sent: safe`^`,
	dot: safe`-`,
	times: safe`x`,
	cursor: safe`|`,
	pointer: safe`^`,
	mark: safe`!`,
	back: safe`<`,
	graph: 'ascii',
	spark: 'ascii',
	bar: [safe`#`],
	tree: {branch: safe`|- `, last: safe`\`- `, line: safe`| `, gap: safe`  `},
	border: 'classic',
	rule: safe`-`,
};
