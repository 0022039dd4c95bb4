import {padSafe, safe} from '../../core/safe.js';
import {cut} from '../../core/width.js';
import type {Area} from '../area.js';
import {type Binding, bindings, keysLabel} from '../keys-table.js';
import type {Scene} from '../scene.js';
import type {Dialog, DialogView} from './dialog.js';

const keyColumns = 13;

/** Inner columns from which on two bindings stand beside each other. */
const pairColumns = 72;
const gap = 2;

/** In two columns where that fits, so that all of it is seen at 80x24; on a smaller screen it scrolls. */
export const help: DialogView<Extract<Dialog, {kind: 'help'}>> = {
	title: safe`Keys`,
	size(columns, rows) {
		const width = Math.min(columns, columns >= pairColumns + 4 ? pairColumns + 4 : 44);
		return {columns: width, rows: Math.min(rows, lineCount(width - 4) + 2)};
	},
	paint,
	extent: (_scene, _dialog, columns, rows) => ({total: lineCount(columns), shown: rows}),
};

function across(columns: number): number {
	return columns >= pairColumns ? 2 : 1;
}

function lineCount(columns: number): number {
	return Math.ceil(bindings.length / across(columns));
}

function paint(area: Area, scene: Scene, {offset}: {readonly offset: number}): void {
	const count = across(area.columns);
	const each = Math.floor((area.columns - gap * (count - 1)) / count);
	const lines = lineCount(area.columns);
	const first = Math.max(0, Math.min(offset, lines - area.rows));

	for (let column = 0; column < count; column++) {
		const part = area.part({x: column * (each + gap), y: 0, columns: each, rows: area.rows});
		const from = column * lines + first;
		const shown = scene.bindings.slice(from, Math.min((column + 1) * lines, from + area.rows));

		for (const [y, binding] of shown.entries()) {
			paintBinding(part, y, binding, scene);
		}
	}
}

function paintBinding(area: Area, y: number, binding: Binding, {look, forbidden}: Scene): void {
	const keys = cut(keysLabel(binding), Math.floor(area.columns / 2));
	const x = area.text(0, y, padSafe(keys, keyColumns, 'end'), look.strong) + 1;
	const isForbidden = forbidden !== undefined && binding.command === 'signal';
	const text = isForbidden ? safe`not: ${forbidden}` : binding.help;
	area.text(x, y, cut(text, Math.max(0, area.columns - x)), isForbidden ? look.dim : look.text);
}
