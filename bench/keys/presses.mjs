import {sights} from './sights.mjs';

/**
 * @import {Sight} from './sights.mjs'
 * @typedef {{
 *   readonly name: string,
 *   readonly keys: readonly string[],
 *   readonly sight: Sight,
 *   readonly before?: string,
 *   readonly after?: string,
 * }} Exercise `keys` are pressed in turn, again and again; `before` and `after` once, and are not measured.
 * @typedef {{readonly down: string, readonly up: string}} Arrows
 */

/** @type {Arrows} */
const arrows = {down: '\x1b[B', up: '\x1b[A'};

/** Of a program that has asked for application cursor keys, by ncurses. @type {Arrows} */
const applicationArrows = {down: '\x1bOB', up: '\x1bOA'};

/** @type {Readonly<Record<string, {readonly arrows: Arrows, readonly exercises: readonly Exercise[]}>>} */
const programs = {
	healthtop: {
		arrows,
		exercises: [
			// The first arrow only shows the bar, and the list must not come to its beginning.
			{...exerciseOf(arrows, sights.place), before: arrows.down + arrows.down, after: '\x1b'},
			{name: 'zoom, back', keys: ['e', 'e'], sight: sights.boxes},
			{name: 'sort', keys: ['m', 'c'], sight: sights.order},
			{name: 'help, close', keys: ['?', '?'], sight: sights.boxes},
			{
				name: 'filter typed',
				keys: [...'sleep', ...'\x7f'.repeat(5)],
				sight: sights.lastLine,
				before: '/',
				after: '\x1b',
			},
			{name: 'tab', keys: ['\t'], sight: sights.focus, after: '6'},
		],
	},
	htop: {arrows: applicationArrows, exercises: [exerciseOf(applicationArrows, sights.bar)]},
	btop: {arrows, exercises: [exerciseOf(arrows, sights.bar)]},
};

/**
 * Down and up again: no list is so short that this comes to its end.
 *
 * @param {Arrows} arrows
 * @param {Sight} sight
 * @returns {Exercise}
 */
function exerciseOf({down, up}, sight) {
	return {name: 'arrow down, up', keys: [down, up], sight};
}

export const programNames = Object.keys(programs);

/** @param {string} name one of `programNames` */
export function keysOf(name) {
	const program = programs[name];

	if (!program) {
		throw new Error(`nothing is known of the keys of ${name}`);
	}

	return program;
}
