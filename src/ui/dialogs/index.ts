import {bodyOf, type Rect} from '../layout.js';
import type {Scene} from '../scene.js';
import {details} from './details.js';
import type {Dialog, DialogPlace, DialogView} from './dialog.js';
import {help} from './help.js';
import {signal} from './signal.js';

const views: {readonly [Kind in Dialog['kind']]: DialogView<Extract<Dialog, {kind: Kind}>>} = {
	help,
	details,
	signal,
};

/** How a dialog of this kind looks. */
export function dialogView({kind}: Dialog): DialogView {
	// The compiler does not see that the view of a kind is only given dialogs of that kind.
	return views[kind] as DialogView;
}

/** A screen that is lower than this gives a dialog its first and its last line, too. */
const lowRows = 10;

/** In the middle of a screen of this size, between its first and its last line: the one says what is wrong, the other how to leave. */
export function dialogPlace(dialog: Dialog, columns: number, rows: number): DialogPlace {
	const view = dialogView(dialog);
	const around = rows < lowRows ? 0 : 1;
	const size = view.size(columns, rows - 2 * around);
	return {
		...size,
		title: view.title,
		x: Math.floor((columns - size.columns) / 2),
		y: around + Math.floor((rows - 2 * around - size.rows) / 2),
	};
}

/** Rows that the dialog has and shows at a time. */
export function dialogExtent(dialog: Dialog, place: Rect, scene: Scene) {
	const body = bodyOf(place);
	return dialogView(dialog).extent(scene, dialog, body.columns, body.rows);
}
