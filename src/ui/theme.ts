import type {GraphKind} from '../core/graph.js';
import type {Level} from '../core/levels.js';
import {type Safe, safe} from '../core/safe.js';
import type {Colour, Styles} from './screen/styles.js';

/** Colours of a theme. Green, yellow and red are only for ok, warning and critical. */
export type Palette = {
	readonly dim: Colour;
	readonly ok: Colour;
	readonly warning: Colour;
	readonly critical: Colour;
	/** Border and title of the panel that has the keys. */
	readonly focus: Colour;
	/** Border of the others. */
	readonly border: Colour;
	/** One calm colour for the graphs of each panel. */
	readonly cpu: Colour;
	readonly memory: Colour;
	readonly disk: Colour;
	readonly network: Colour;
};

/** For dark backgrounds; on 16 colours each has its own stand-in, because the nearest is not always the most legible. */
export const dark: Palette = {
	dim: {rgb: 0x8a8f98, ansi: 8},
	ok: {rgb: 0x5fbf7f, ansi: 2},
	warning: {rgb: 0xe5c04b, ansi: 11},
	critical: {rgb: 0xff6b68, ansi: 9},
	focus: {rgb: 0x7fd7ff, ansi: 14},
	border: {rgb: 0x585e68, ansi: 8},
	cpu: {rgb: 0x6fa8dc, ansi: 12},
	memory: {rgb: 0xa78bda, ansi: 13},
	disk: {rgb: 0x62a8a0, ansi: 6},
	network: {rgb: 0x8fb573, ansi: 6},
};

/** Numbers of the styles that painters use. */
export type Look = {
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
};

export function lookOf(palette: Palette, styles: Styles): Look {
	const plain = (colour: Colour) => styles.id({colour});
	const strong = (colour: Colour) => styles.id({colour, isBold: true});
	return {
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
	};
}

/** Characters that carry meaning: with the word beside them, so that colour is never the only carrier. */
export type Symbols = {
	readonly level: Readonly<Record<Level, Safe>>;
	/** The same with their word, for lines that are read at a glance. */
	readonly levelWord: Readonly<Record<Level, Safe>>;
	readonly received: Safe;
	readonly sent: Safe;
	readonly dot: Safe;
	readonly times: Safe;
	/** Graphs over several rows, and those of one row. */
	readonly graph: GraphKind;
	readonly spark: GraphKind;
	/** Filled from the left in eighths; the last one is full. */
	readonly bar: readonly Safe[];
	readonly border: 'round' | 'classic';
};

export const unicode: Symbols = {
	level: {ok: safe`●`, warning: safe`▲`, critical: safe`✗`},
	levelWord: {ok: safe`●`, warning: safe`▲ WARN`, critical: safe`✗ CRIT`},
	received: safe`↓`,
	sent: safe`↑`,
	dot: safe`·`,
	times: safe`×`,
	graph: 'braille',
	spark: 'block',
	bar: [safe`▏`, safe`▎`, safe`▍`, safe`▌`, safe`▋`, safe`▊`, safe`▉`, safe`█`],
	border: 'round',
};

export const ascii: Symbols = {
	level: {ok: safe`OK`, warning: safe`!`, critical: safe`X`},
	levelWord: {ok: safe`OK`, warning: safe`! WARN`, critical: safe`X CRIT`},
	received: safe`<`,
	sent: safe`>`,
	dot: safe`-`,
	times: safe`x`,
	graph: 'ascii',
	spark: 'ascii',
	bar: [safe`#`],
	border: 'classic',
};
