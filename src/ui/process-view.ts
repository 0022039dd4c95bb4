import {type Safe, safe, safeText} from '../core/safe.js';
import {isSame, type ProcessId} from '../core/signal.js';
import type {Process} from '../core/snapshot.js';
import {canAct} from './can-act.js';
import {digitOf} from './panel-name.js';
import {barMoved, offsetWith, type ScrollCommand} from './scrolling.js';
import type {Around, Command, Sort, ViewState} from './view-state.js';

const commands = ['reverse', 'tree', 'scroll-left', 'scroll-right', 'details', 'signal'] as const;

type SortCommand = `sort-${Sort}`;

/** What a key can do to the list of processes, or to one of them. */
export type ProcessCommand = SortCommand | (typeof commands)[number];

export function isProcessCommand(command: Command): command is ProcessCommand {
	return isSort(command) || commands.some(one => one === command);
}

function isSort(command: Command): command is SortCommand {
	return command.startsWith('sort-');
}

function sortOf(command: SortCommand): Sort {
	return command.slice('sort-'.length) as Sort;
}

/** Columns that command lines are scrolled at a time. */
const sidewaysStep = 8;

/** The process that the bar is on, and the row that it was seen in last. */
export type Selected = ProcessId & {readonly row: number};

/** What commands about processes depend on. */
export type AroundProcesses = {
	/** In the order of the list, those that are not seen included. */
	readonly rows: readonly Process[];
	/** How far command lines can be scrolled until the longest one on the screen has been seen. */
	readonly mostSideways: number;
	readonly ownPid: number;
	/** Why nothing may be acted upon, as long as the program runs. */
	readonly forbidden: Safe | undefined;
};

/** The row of the bar; of one whose process has gone, the row it had. Undefined without a bar, and without rows. */
export function barRow({selected}: ViewState, rows: readonly Process[]): number | undefined {
	if (!selected || rows.length === 0) {
		return undefined;
	}

	const row = rows.findIndex(process => isSame(process, selected));
	return row < 0 ? Math.min(selected.row, rows.length - 1) : row;
}

/** The view with the bar on a process in this row; without one it stays as it is. */
export function putBar(view: ViewState, process: ProcessId | undefined, row: number): ViewState {
	const {selected} = view;

	if (!process || (selected && isSame(selected, process) && selected.row === row)) {
		return view;
	}

	return {...view, selected: {pid: process.pid, startTicks: process.startTicks, row}};
}

/** The view scrolled as far as it takes for the bar to be among `shown` rows. */
export function followBar(view: ViewState, rows: readonly Process[], shown: number): ViewState {
	const row = view.selected?.row;

	if (row === undefined) {
		return view;
	}

	const before = view.offsets.processes ?? 0;
	const offset = offsetWith(row, before, rows.length, shown);
	return offset === before ? view : {...view, offsets: {...view.offsets, processes: offset}};
}

/**
 * The view after the rows have changed: the bar stays on its process. When that has ended it is nowhere until it is moved, for nobody
 * has put it on another one; when only the filter has taken it away it goes.
 */
export function withRows(view: ViewState, rows: readonly Process[], all: readonly Process[], shown: number): ViewState {
	const {selected} = view;

	if (!selected) {
		return view;
	}

	const row = rows.findIndex(process => isSame(process, selected));

	if (row >= 0) {
		return followBar(putBar(view, selected, row), rows, shown);
	}

	return all.some(process => isSame(process, selected)) ? {...view, selected: undefined} : view;
}

/** The view with the bar moved. */
export function moveBar(view: ViewState, command: ScrollCommand, {page, processes: {rows}}: Around): ViewState {
	const to = barMoved(barRow(view, rows), command, {rows: rows.length, page, offset: view.offsets.processes});
	return followBar(putBar(view, rows[to], to), rows, page);
}

/** The view after a command that is only about the processes. */
export function reduceProcesses(view: ViewState, command: ProcessCommand, around: Around): ViewState {
	if (isSort(command)) {
		return {...view, sort: sortOf(command), isReversed: false, offsets: {...view.offsets, processes: 0}};
	}

	switch (command) {
		case 'reverse':
			return {...view, isReversed: !view.isReversed};
		case 'tree':
			return {...view, isTree: !view.isTree, offsets: {...view.offsets, processes: 0}};
		case 'scroll-left':
		case 'scroll-right':
			return scrolledSideways(view, command, around);
		case 'details':
		case 'signal':
			return openProcess(view, command, around);
	}
}

/** The view with command lines scrolled one step further. */
function scrolledSideways(view: ViewState, command: 'scroll-left' | 'scroll-right', around: Around): ViewState {
	const wanted = view.sideways + (command === 'scroll-left' ? -sidewaysStep : sidewaysStep);
	const most = Math.max(view.sideways, Math.ceil(around.processes.mostSideways / sidewaysStep) * sidewaysStep);
	const sideways = Math.max(0, Math.min(wanted, most));
	return view.focused !== 'processes' || sideways === view.sideways ? view : {...view, sideways};
}

/** The view with a dialog about the process that the bar is on, or with a notice why there is none. */
export function openProcess(view: ViewState, kind: 'details' | 'signal', around: Around): ViewState {
	const {rows, ownPid, forbidden} = around.processes;
	const may = kind === 'signal' ? canAct(view, forbidden) : true;

	if (may !== true) {
		return refused(view, may);
	}

	const {selected} = view;
	const process = selected && rows.find(one => isSame(one, selected));

	if (view.focused !== 'processes' || !around.onScreen.includes('processes')) {
		return refused(view, safe`the processes have not the keys: ${safeText(String(digitOf('processes')))}`);
	}

	if (!process) {
		return refused(
			view,
			selected ? safe`that process has ended, or is not in the list` : safe`move to a process first: up, down`,
		);
	}

	const {pid, startTicks, name, command, user} = process;

	if (kind === 'details') {
		return {...view, dialog: {kind, offset: 0, id: {pid, startTicks}}};
	}

	const target = {pid, startTicks, name, command: command ?? name, user, isOwn: pid === ownPid};
	return {...view, dialog: {kind, offset: 0, target, chosen: 0, isAsked: false}};
}

function refused(view: ViewState, text: Safe): ViewState {
	return {...view, notice: {level: 'warning', text}};
}
