import {messageOf} from '../core/errors.js';
import {safe, safeText} from '../core/safe.js';
import {cut, widthOf} from '../core/width.js';
import {Area} from './area.js';
import type {Dialog, DialogPlace} from './dialogs/dialog.js';
import {dialogExtent, dialogView} from './dialogs/index.js';
import {bodyOf, type PanelPlace, type Places, type Rect} from './layout.js';
import {paintFooter, paintHeader, paintReason} from './lines.js';
import type {Panel} from './panels/panel.js';
import type {Scene} from './scene.js';
import type {Cells} from './screen/cells.js';

/**
 * What changes is painted over `base`, the structure: header, footer, the panels of `places`, and a dialog above them.
 * @returns what painters threw.
 */
export function compose(
	cells: Cells,
	base: Cells,
	places: Places,
	dialogPlace: DialogPlace | undefined,
	scene: Scene,
	panels: readonly Panel[],
): readonly unknown[] {
	cells.copyFrom(base);

	for (const place of places.panels) {
		const hasKeys = place.panel === scene.view.focused;
		tint(
			cells,
			place,
			hasKeys ? scene.look.focus : scene.look.border,
			hasKeys ? scene.look.focusTitle : scene.look.title,
		);
	}

	if (places.isTooSmall) {
		new Area(cells, {x: 0, y: 0, columns: places.columns, rows: places.rows}).text(0, 0, safe`too small`, 0);
		return [];
	}

	const {header, footer} = places;
	const thrown = [
		...(header ? guarded(cells, header, scene, area => paintHeader(area, scene)) : []),
		...(footer ? guarded(cells, footer, scene, area => paintFooter(area, scene)) : []),
		...places.panels.flatMap(place => {
			const panel = panels.find(({name}) => name === place.panel);
			return panel ? paintPanel(cells, place, panel, scene) : [];
		}),
	];

	return dialogPlace ? [...thrown, ...paintDialog(cells, base, dialogPlace, scene)] : thrown;
}

/** Its border is part of the structure; what the panels have painted below it goes. */
function paintDialog(cells: Cells, base: Cells, place: DialogPlace, scene: Scene): readonly unknown[] {
	const {dialog} = scene.view;
	copyRect(base, cells, place);
	clear(cells, {x: place.x + 1, y: place.y + 1, columns: place.columns - 2, rows: place.rows - 2});
	tint(cells, place, scene.look.focus, scene.look.focusTitle);
	return dialog
		? guarded(cells, bodyOf(place), scene, area => {
				paintScrolled(cells, place, dialog, scene);
				dialogView(dialog).paint(area, scene, dialog);
			})
		: [];
}

/** On the lower border, where there is more than is seen: `1-10 of 39`. */
function paintScrolled(cells: Cells, place: DialogPlace, dialog: Dialog, scene: Scene): void {
	const {total, shown} = dialogExtent(dialog, place, scene);

	if ('offset' in dialog && total > shown) {
		const first = Math.min(dialog.offset, total - shown);
		const line = new Area(cells, {x: place.x + 1, y: place.y + place.rows - 1, columns: place.columns - 2, rows: 1});
		line.right(line.columns, 0, safe` ${first + 1}-${first + shown} of ${total} `, scene.look.text);
	}
}

function paintPanel(cells: Cells, place: PanelPlace, panel: Panel, scene: Scene): readonly unknown[] {
	const body = bodyOf(place);
	const own = scene.snapshot.problems.find(problem => problem.area === panel.area && problem.isWhole);

	const thrown = guarded(cells, body, scene, area => {
		paintSummary(cells, place, panel, scene, body);
		panel.paint(area, scene);
	});

	if (own) {
		clear(cells, body);
		paintReason(new Area(cells, body), own.reason, scene);
	}

	return thrown;
}

/** One painter's bug must not take the others along: what it had painted goes, and its place says why. */
function guarded(cells: Cells, rect: Rect, scene: Scene, paint: (area: Area) => void): readonly unknown[] {
	const area = new Area(cells, rect);

	try {
		paint(area);
		return [];
	} catch (error) {
		clear(cells, rect);
		paintReason(area, safeText(`this panel failed: ${messageOf(error)}`), scene);
		return [error];
	}
}

/** Colours of a border, and of the title on it: letters and digits there, for the border itself has none. */
function tint({columns, rows, codes, styles}: Cells, rect: Rect, border: number, title: number): void {
	const [right, bottom] = [rect.x + rect.columns - 1, rect.y + rect.rows - 1];

	for (let y = rect.y; y <= Math.min(bottom, rows - 1); y++) {
		const isEdge = y === rect.y || y === bottom;

		for (let x = rect.x; x <= right; x += isEdge ? 1 : Math.max(1, rect.columns - 1)) {
			const at = y * columns + x;
			const code = codes[at] ?? 0;
			styles[at] = isTitle(code) ? title : border;
		}
	}
}

function isTitle(code: number): boolean {
	return code === 0x20 || (code > 0x2f && code < 0x7b);
}

/** On the upper border, behind the title, ended by one column of air before the corner. */
function paintSummary(cells: Cells, place: PanelPlace, panel: Panel, scene: Scene, body: Rect): void {
	const taken = 1 + 2 + widthOf(panel.title) + 1;
	const room = place.columns - taken - 1;
	const summary = panel.summary(scene, body.rows, body.columns);

	if (room >= 6) {
		const line = new Area(cells, {x: place.x + taken, y: place.y, columns: room, rows: 1});
		line.right(room, 0, cut(safe` ${summary} `, room), scene.look.text);
	}
}

function clear(cells: Cells, rect: Rect): void {
	for (let y = rect.y; y < rect.y + rect.rows; y++) {
		for (let x = rect.x; x < rect.x + rect.columns; x++) {
			cells.set(x, y, 0x20, 0);
		}
	}
}

function copyRect(from: Cells, to: Cells, {x, y, columns, rows}: Rect): void {
	for (let row = y; row < y + rows; row++) {
		for (let column = x; column < x + columns; column++) {
			const at = row * from.columns + column;
			to.set(column, row, from.codes[at] ?? 0x20, from.styles[at] ?? 0);
		}
	}
}
