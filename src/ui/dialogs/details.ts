import {type Safe, safe} from '../../core/safe.js';
import {isSame} from '../../core/signal.js';
import {cut, widthOf, wrapped} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {commandOf, type DetailFact, headingOf, limitsOf, longFacts, shortFacts} from './details-facts.js';
import type {Dialog, DialogView} from './dialog.js';

type Details = Extract<Dialog, {kind: 'details'}>;

/** Piece of a line: where it begins, and how it looks. */
type Piece = {readonly x: number; readonly text: Safe; readonly style: number};
type Line = readonly Piece[];

const labelColumns = 11;
const gap = 2;

/** Inner columns from which on two short facts stand beside each other. */
const pairColumns = 72;

/** All about one process, as it is now: short facts first, then what may be long. What there is no room for is scrolled to. */
export const details: DialogView<Details> = {
	title: safe`Process`,
	size: (columns, rows) => ({columns: Math.min(columns, 110), rows: rows < 20 ? rows : Math.min(rows - 2, 26)}),
	paint(area, scene, {offset, id}) {
		const lines = linesOf(scene, id, area.columns);
		const first = Math.max(0, Math.min(offset, lines.length - area.rows));

		for (const [y, line] of lines.slice(first, first + area.rows).entries()) {
			paintLine(area, y, line);
		}
	},
	extent: (scene, {id}, columns, rows) => ({total: linesOf(scene, id, columns).length, shown: rows}),
};

function paintLine(area: Area, y: number, line: Line): void {
	for (const {x, text, style} of line) {
		area.text(x, y, text, style);
	}
}

function linesOf(scene: Scene, id: Details['id'], columns: number): readonly Line[] {
	const {watched, look} = scene;

	if (!watched || !isSame(watched.process, id)) {
		return [[{x: 0, text: safe`this process has ended`, style: look.level.warning}]];
	}

	const heading = headingOf(scene, watched);
	return [
		...wrapped(heading.text, columns).map(text => [{x: 0, text, style: heading.style}]),
		...inPairs(shortFacts(scene, watched), columns, scene),
		...longFacts(watched, look).flatMap(fact => longLines(fact, columns, scene)),
		...longLines({label: safe`command`, value: commandOf(watched.process), style: look.text}, columns, scene),
		...limitLines(scene, columns),
	];
}

function inPairs(facts: readonly DetailFact[], columns: number, scene: Scene): readonly Line[] {
	const across = columns >= pairColumns ? 2 : 1;
	const each = Math.floor((columns - gap * (across - 1)) / across);
	const lines: Piece[][] = [];

	for (const [index, {label, value, style}] of facts.entries()) {
		const x = (index % across) * (each + gap);
		const room = Math.max(0, each - labelColumns);
		lines[Math.floor(index / across)] ??= [];
		lines[Math.floor(index / across)]?.push(
			{x, text: label, style: scene.look.dim},
			{x: x + labelColumns, text: cut(value, room), style},
		);
	}

	return lines;
}

function longLines({label, value, style}: DetailFact, columns: number, {look}: Scene): readonly Line[] {
	return wrapped(value, Math.max(8, columns - labelColumns)).map((text, index) => [
		...(index === 0 ? [{x: 0, text: label, style: look.dim}] : []),
		{x: labelColumns, text, style},
	]);
}

/** Two limits a line where there is room: what it is, the limit now, and how high the process may raise it. */
function limitLines({watched, look}: Scene, columns: number): readonly Line[] {
	const facts = limitsOf(watched?.facts);
	const widest = Math.max(0, ...facts.map(({value}) => labelColumns + widthOf(value)));
	const across = columns - labelColumns >= 2 * widest + gap ? 2 : 1;
	const each = Math.floor((columns - labelColumns - gap * (across - 1)) / across);
	const lines: Piece[][] = [];

	for (const [index, {name, value}] of facts.entries()) {
		const y = Math.floor(index / across);
		const x = labelColumns + (index % across) * (each + gap);
		lines[y] ??= y === 0 ? [{x: 0, text: safe`limits`, style: look.dim}] : [];
		lines[y]?.push(
			{x, text: name, style: look.dim},
			{x: x + labelColumns, text: cut(value, Math.max(0, each - labelColumns)), style: look.text},
		);
	}

	return lines;
}
