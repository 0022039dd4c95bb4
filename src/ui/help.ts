import {joinSafe, padSafe, repeatSafe, type Safe, safe} from '../core/safe.js';
import {cut} from '../core/width.js';
import {bindings, keysLabel} from './keys-table.js';
import type {Rect} from './layout.js';

const keyColumns = 13;
const wideColumns = 76;
const gap = 2;

/** Where the help stands on a screen of this size, and its lines, each as wide as the inside of its border. */
export type HelpPlace = Rect & {readonly lines: readonly Safe[]};

/** In two columns where that fits, so that all of it is seen at 80x24; on a smaller screen as much as there is room for. */
export function helpPlace(columns: number, rows: number): HelpPlace {
	const across = columns >= wideColumns ? 2 : 1;
	const width = Math.min(columns, across === 2 ? 76 : 44);
	const inside = Math.max(0, width - 4);
	const height = Math.min(rows, Math.ceil(bindings.length / across) + 2);
	const down = Math.max(0, height - 2);
	const each = Math.floor((inside - gap * (across - 1)) / across);
	const lines = Array.from({length: down}, (_, row) => {
		const cells = Array.from({length: across}, (_, column) =>
			lineOf(row + column * Math.ceil(bindings.length / across), each),
		);
		return padSafe(joinSafe(cells, repeatSafe(safe` `, gap)), inside, 'end');
	});
	return {
		x: Math.floor((columns - width) / 2),
		y: Math.floor((rows - height) / 2),
		columns: width,
		rows: height,
		lines,
	};
}

function lineOf(index: number, width: number): Safe {
	const binding = bindings[index];

	if (!binding) {
		return repeatSafe(safe` `, width);
	}

	const text = safe`${padSafe(keysLabel(binding), keyColumns, 'end')} ${binding.help}`;
	return padSafe(cut(text, width), width, 'end');
}
