import type {ThemeName} from '../core/theme-name.js';
import type {LentSort} from './cause-sort.js';
import type {Dialog} from './dialogs/dialog.js';
import {editFilter, type FilterField, noFilter} from './filter-field.js';
import type {MomentField} from './moment-field.js';
import type {Notice} from './notice.js';
import type {PanelName} from './panel-name.js';
import {panelNames} from './panel-name.js';
import {
	type AroundProcesses,
	isProcessCommand,
	moveBar,
	openProcess,
	type ProcessCommand,
	reduceProcesses,
	type Selected,
} from './process-view.js';
import {
	isListPanel,
	type ListPanel,
	type ListRows,
	listPanels,
	moveRowBar,
	type RowBar,
	withoutRowBar,
} from './row-bar.js';
import {isScroll, type ScrollCommand, scrolled} from './scrolling.js';
import {withNextTheme} from './theme-view.js';
import {live, reduceTime, type TimeAround, type TimeCommand, type TimeView} from './time-view.js';

/** What the processes are sorted by. */
export type Sort = 'cpu' | 'memory' | 'pid' | 'name' | 'io' | 'time';

const timeCommands = ['earlier', 'later', 'much-earlier', 'much-later', 'longer', 'shorter', 'live'] as const;

/** What a key can do to the view, or, the last four, to the screen as a whole. */
export type Command =
	| 'next-panel'
	| 'previous-panel'
	| 'focus'
	| ScrollCommand
	| 'zoom'
	| 'leave-zoom'
	| 'peel'
	| ProcessCommand
	| TimeCommand
	| 'moment'
	| 'freeze'
	| 'filter'
	| 'next-theme'
	| 'help'
	| 'repaint'
	| 'suspend'
	| 'quit';

/** All that decides what is drawn besides the snapshot. */
export type ViewState = {
	/** Panels that somebody wants to see. */
	readonly wanted: readonly PanelName[];
	/** Of those, the ones that have something to show, in the order of their digits. */
	readonly panels: readonly PanelName[];
	/** How many services there are: so many rows would be needed to show all. */
	readonly services: number;
	/** Whether there are alerts, and any that is more than pending. */
	readonly alerts: 'none' | 'pending' | 'some';
	readonly focused: PanelName;
	readonly zoomed: PanelName | undefined;
	readonly dialog: Dialog | undefined;
	readonly isFrozen: boolean;
	readonly time: TimeView;
	/** The moment that is being typed. */
	readonly moment: MomentField | undefined;
	/** Rows scrolled down, by panel. */
	readonly offsets: Readonly<Partial<Record<PanelName, number>>>;
	readonly sort: Sort;
	readonly isReversed: boolean;
	/** Set while the alert under the bar has chosen the order. */
	readonly lentSort: LentSort | undefined;
	readonly isTree: boolean;
	/** The process that the bar is on; undefined before somebody moves in the list, which then shows its beginning. */
	readonly selected: Selected | undefined;
	/** What the bars of the other lists are on; absent as for `selected`. */
	readonly bars: Readonly<Partial<Record<ListPanel, RowBar>>>;
	/** Columns that command lines are scrolled to the left. */
	readonly sideways: number;
	readonly notice: Notice | undefined;
	readonly filter: FilterField;
	readonly theme: ThemeName;
	/** When somebody pressed a key last, or began to look: the newest snapshot's wall clock then, ms. Undefined before the first one. */
	readonly keyAt: number | undefined;
};

/** What a command may depend on besides the state. */
export type Around = {
	/** The key that was pressed; of `focus` the digit of a panel, whichever key it has. */
	readonly key: string;
	/** Panels that are on the screen now. */
	readonly onScreen: readonly PanelName[];
	/** Of the dialog, or else of the focused panel: rows that a page has, and the largest offset. */
	readonly page: number;
	readonly lastOffset: number;
	readonly time: TimeAround;
	readonly processes: AroundProcesses;
	readonly lists: ListRows;
};

/** With these panels, whatever order they are named in. */
export function initialView(shown: readonly PanelName[], theme: ThemeName = 'dark'): ViewState {
	const panels = panelNames.filter(name => shown.includes(name));
	return {
		wanted: shown,
		panels,
		services: 0,
		alerts: 'none',
		focused: panels.includes('processes') ? 'processes' : (panels[0] ?? 'cpu'),
		zoomed: undefined,
		dialog: undefined,
		isFrozen: false,
		time: live,
		moment: undefined,
		offsets: {},
		sort: 'cpu',
		isReversed: false,
		lentSort: undefined,
		isTree: false,
		selected: undefined,
		bars: {},
		sideways: 0,
		notice: undefined,
		filter: noFilter,
		theme,
		keyAt: undefined,
	};
}

/** The view with another filter: rows scrolled down are others then. */
export function withFilter(view: ViewState, filter: FilterField): ViewState {
	const isSame = filter.text === view.filter.text;
	return {...view, filter, offsets: isSame ? view.offsets : {...view.offsets, processes: 0}};
}

/** The view once another key was pressed. */
export function withoutNotice(view: ViewState): ViewState {
	return view.notice ? {...view, notice: undefined} : view;
}

/** The view after a command. The same object when nothing changed. */
export function reduce(view: ViewState, command: Command, around: Around): ViewState {
	// What cannot be seen must not be changed: a dialog takes the keys.
	if (view.dialog) {
		const dialog = reduceDialog(view.dialog, command, around);
		return dialog === view.dialog ? view : {...view, dialog};
	}

	if (isProcessCommand(command)) {
		return reduceProcesses(view, command, around);
	}

	if (isTime(command)) {
		const shown = command === 'live' && view.isFrozen ? {...view, isFrozen: false} : view;
		return withTime(shown, reduceTime(view.time, command, around.time));
	}

	if (isScroll(command)) {
		return scroll(view, command, around);
	}

	switch (command) {
		case 'next-panel':
			return focus(view, neighbour(view, 1), around);
		case 'previous-panel':
			return focus(view, neighbour(view, -1), around);
		case 'focus':
			return focus(view, panelNames[Number(around.key) - 1], around);
		case 'zoom':
			// In the list that fills the screen enter goes one deeper still.
			return around.key === 'enter' && view.zoomed === 'processes' && view.selected
				? openProcess(view, 'details', around)
				: withZoom(view, view.zoomed === view.focused ? undefined : view.focused);
		case 'leave-zoom':
			return view.zoomed ? withZoom(view, undefined) : view;
		case 'peel':
			return peel(view, around);
		case 'freeze':
			return {...view, isFrozen: !view.isFrozen};
		case 'next-theme':
			return withNextTheme(view);
		case 'filter':
			return {...focus(view, 'processes', around), filter: editFilter(view.filter)};
		case 'moment':
			return {...view, moment: {text: ''}};
		case 'help':
			return {...view, dialog: {kind: 'help', offset: 0}};
		case 'repaint':
		case 'suspend':
		case 'quit':
			return view;
	}
}

function isTime(command: Command): command is TimeCommand {
	return timeCommands.some(one => one === command);
}

/** Another zoom: rows of what was or will be larger are others then. The list of processes is the same in both. */
function withZoom(view: ViewState, zoomed: PanelName | undefined): ViewState {
	const {processes} = view.offsets;
	return {...view, zoomed, offsets: processes === undefined ? {} : {processes}};
}

/** The view of another time: rows scrolled down are others then. */
export function withTime(view: ViewState, time: TimeView): ViewState {
	const isSamePast = time.past?.at === view.time.past?.at;
	return time === view.time
		? view
		: {...view, time, offsets: isSamePast ? view.offsets : {...view.offsets, processes: 0}};
}

function neighbour({panels, focused}: ViewState, step: number): PanelName | undefined {
	return panels[(panels.indexOf(focused) + step + panels.length) % panels.length];
}

/** A panel that there is no room for opens zoomed, and leaves again when the focus does. */
function focus(view: ViewState, panel: PanelName | undefined, {onScreen}: Around): ViewState {
	if (panel === undefined || !view.panels.includes(panel)) {
		return view;
	}

	const zoomed = view.zoomed || !onScreen.includes(panel) ? panel : undefined;
	return {...view, focused: panel, zoomed};
}

function scroll(view: ViewState, command: ScrollCommand, around: Around): ViewState {
	const {focused, offsets} = view;

	if (focused === 'processes') {
		return moveBar(view, command, around);
	}

	if (isListPanel(focused)) {
		return moveRowBar(view, focused, command, around);
	}

	const before = offsets[focused] ?? 0;
	const next = scrolled(before, command, around);
	return next === before ? view : {...view, offsets: {...offsets, [focused]: next}};
}

/** The dialog after a command; undefined when it was closed. The same object when nothing changed. */
function reduceDialog(dialog: Dialog, command: Command, around: Around): Dialog | undefined {
	if (command === 'peel' || command === dialog.kind) {
		return undefined;
	}

	const offset = scrolled(dialog.offset, command, around);
	return offset === dialog.offset ? dialog : {...dialog, offset};
}

/** One layer at a time, the topmost first; never the program. */
function peel(view: ViewState, {onScreen}: Around): ViewState {
	const withoutBar = peelBar(view, onScreen);

	if (withoutBar) {
		return withoutBar;
	}

	if (view.filter.text !== '') {
		return withFilter(view, noFilter);
	}

	if (view.time.past) {
		return withTime(view, {...view.time, past: undefined});
	}

	if (view.zoomed) {
		return withZoom(view, undefined);
	}

	return view.isFrozen ? {...view, isFrozen: false} : view;
}

/** Without the bar that is seen, of more that of the panel with the keys; undefined where there is none. In the zoom of its list it stays. */
function peelBar(view: ViewState, onScreen: readonly PanelName[]): ViewState | undefined {
	const {selected, bars, offsets, zoomed, focused} = view;
	const seen = listPanels.filter(panel => bars[panel] && zoomed !== panel && onScreen.includes(panel));
	const isOfProcess = selected !== undefined && onScreen.includes('processes');
	const own = seen.find(panel => panel === focused) ?? (isOfProcess ? undefined : seen[0]);

	if (own) {
		return {...withoutRowBar(view, own), offsets: {...offsets, [own]: 0}};
	}

	return isOfProcess ? {...view, selected: undefined, offsets: {...offsets, processes: 0}} : undefined;
}
