import type {DialogPlace} from './dialogs/dialog.js';
import {placedHints} from './hints.js';
import {bodyOf, type Places, type Rect} from './layout.js';
import {digitOf, type PanelName} from './panel-name.js';
import {alertAt} from './panels/alerts.js';
import type {Panel} from './panels/panel.js';
import {type ProcessTarget, targetInProcesses} from './panels/process-at.js';
import {serviceAt} from './panels/services.js';
import {putBar} from './process-view.js';
import {isListPanel, type ListPanel, putRowBar} from './row-bar.js';
import type {Scene} from './scene.js';
import type {MouseEvent} from './screen/mouse.js';
import {type Around, type Command, reduce, type ViewState} from './view-state.js';

/** Rows that a notch of the wheel scrolls. */
const notch = 3;

/** Which row of its list stands in a line of a panel's body. */
const rowAt = {services: serviceAt, alerts: alertAt} as const;

/** What is on the screen, and where. */
export type Pictured = {
	readonly scene: Scene;
	readonly places: Places;
	readonly dialog: DialogPlace | undefined;
	readonly panels: readonly Panel[];
	/** As for a key that is pressed now. */
	readonly around: Around;
};

/** What stands at a cell. */
export type Target =
	| {readonly kind: 'hint'; readonly command: Command}
	| {readonly kind: 'dialog' | 'beside dialog'}
	| {readonly kind: 'title' | 'panel'; readonly panel: PanelName}
	| ({readonly panel: 'processes'} & ProcessTarget)
	| {readonly kind: 'listed'; readonly panel: ListPanel; readonly id: string; readonly row: number};

/** What stands at a cell of the screen, the uppermost first; undefined where nothing is that a mouse can do something with. */
export function targetAt({scene, places, dialog}: Pictured, x: number, y: number): Target | undefined {
	if (dialog && isIn(dialog, x, y)) {
		return {kind: 'dialog'};
	}

	const {footer} = places;
	const hints = footer && isIn(footer, x, y) ? placedHints(scene, footer.columns) : [];
	const hint = hints.find(one => x - one.x >= 0 && x - one.x < one.columns);

	if (hint) {
		return {kind: 'hint', command: hint.command};
	}

	if (dialog) {
		return {kind: 'beside dialog'};
	}

	const place = places.panels.find(rect => isIn(rect, x, y));

	if (!place) {
		return undefined;
	}

	const {panel} = place;
	const body = bodyOf(place);
	const process = panel === 'processes' ? targetInProcesses(scene, body, x - body.x, y - body.y) : undefined;

	if (process && isIn(body, x, y)) {
		return {panel: 'processes', ...process};
	}

	const listed = isListPanel(panel) ? rowAt[panel](scene, body.rows, y - body.y) : undefined;

	if (listed && isListPanel(panel) && isIn(body, x, y)) {
		return {kind: 'listed', panel, ...listed};
	}

	return {kind: y === place.y ? 'title' : 'panel', panel};
}

/**
 * What the mouse asks for: a command as if its key had been pressed, or another view. Undefined: nothing. `before` is what the button
 * was pressed on, if that was the event before.
 */
export function answerTo(event: MouseEvent, pictured: Pictured, before?: Target): Command | ViewState | undefined {
	const target = targetAt(pictured, event.x, event.y);

	switch (event.kind) {
		case 'wheel-up':
			return turned('up', target, pictured);
		case 'wheel-down':
			return turned('down', target, pictured);
		case 'press':
			return target && pressed(target, pictured);
		case 'release':
			// What comes after the end would stand at the shell's prompt: it ends with the last thing that a click sends.
			return isQuit(target) && isQuit(before) ? 'quit' : undefined;
	}
}

function pressed(target: Target, {scene: {view}, around}: Pictured): Command | ViewState | undefined {
	switch (target.kind) {
		case 'hint':
			if (target.command === 'focus') {
				return focused('alerts', view, around);
			}

			// The dialog of signals takes keys only, but for leaving it.
			return isQuit(target) || (view.dialog?.kind === 'signal' && target.command !== 'peel')
				? undefined
				: target.command;
		case 'dialog':
			return undefined;
		case 'beside dialog':
			return 'peel';
		case 'title':
			return target.panel === view.focused ? 'zoom' : focused(target.panel, view, around);
		case 'heading': {
			const command = target.sort === view.sort ? 'reverse' : (`sort-${target.sort}` as const);
			return reduce(focused(target.panel, view, around), command, around);
		}
		case 'row':
			return putBar(focused(target.panel, view, around), target.process, target.row);
		case 'listed':
			return putRowBar(focused(target.panel, view, around), target.panel, target.id, target.row);
		case 'panel':
			return focused(target.panel, view, around);
	}
}

function isQuit(target: Target | undefined): boolean {
	return target?.kind === 'hint' && target.command === 'quit';
}

function focused(panel: PanelName, view: ViewState, around: Around): ViewState {
	return panel === view.focused ? view : reduce(view, 'focus', {...around, key: String(digitOf(panel))});
}

/** The dialog or the panel below the pointer scrolls, whatever has the keys. */
function turned(
	command: 'up' | 'down',
	target: Target | undefined,
	{scene, places, panels, around}: Pictured,
): ViewState | undefined {
	const {view} = scene;

	if (view.dialog) {
		return repeated(view, command, around);
	}

	const name = target && 'panel' in target ? target.panel : undefined;
	const place = places.panels.find(({panel}) => panel === name);
	const body = place && bodyOf(place);
	const extent = body && panels.find(panel => panel.name === name)?.extent?.(scene, body.rows, body.columns);

	if (!place || !extent) {
		return undefined;
	}

	const lastOffset = Math.max(0, extent.total - extent.shown);

	const hasBar = isListPanel(place.panel) ? view.bars[place.panel] : place.panel === 'processes' && view.selected;

	// The list follows its bar, so that the wheel moves that.
	if (hasBar) {
		const before = {...view, focused: place.panel};
		return {...repeated(before, command, {...around, page: extent.shown, lastOffset}), focused: view.focused};
	}

	const offset = Math.min(lastOffset, view.offsets[place.panel] ?? 0) + (command === 'up' ? -notch : notch);
	const next = Math.max(0, Math.min(lastOffset, offset));
	return next === (view.offsets[place.panel] ?? 0)
		? undefined
		: {...view, offsets: {...view.offsets, [place.panel]: next}};
}

function repeated(view: ViewState, command: Command, around: Around): ViewState {
	return Array.from({length: notch}).reduce<ViewState>(current => reduce(current, command, around), view);
}

function isIn(rect: Rect, x: number, y: number): boolean {
	return x >= rect.x && x < rect.x + rect.columns && y >= rect.y && y < rect.y + rect.rows;
}
