import {padSafe, type Safe, safe} from '../../core/safe.js';
import {isSame, signals} from '../../core/signal.js';
import {cut, wrapped} from '../../core/width.js';
import type {Area} from '../area.js';
import {type Binding, commandOf} from '../keys-table.js';
import type {Scene} from '../scene.js';
import type {DialogView, SignalDialog} from './dialog.js';

/** Columns of the names of signals, with one of air behind them. */
const nameColumns = 5;

/** The name of a process in the question takes so many columns at most: the rest of it must be seen, too. */
const mostCommand = 40;

type Line = {readonly text: Safe; readonly style: number};

/** First a list of signals, then the question whether it really is to be. */
export const signal: DialogView<SignalDialog> = {
	title: safe`Send a signal`,
	size: (columns, rows) => ({columns: Math.min(columns, 72), rows: Math.min(rows, signals.length + 5)}),
	paint(area, scene, dialog) {
		if (dialog.isAsked) {
			paintQuestion(area, scene, dialog);
		} else {
			paintList(area, scene, dialog);
		}
	},
	extent: (scene, dialog, columns, rows) => ({
		total: dialog.isAsked ? questionLines(scene, dialog, columns).length : signals.length + 1,
		shown: rows,
	}),
};

function paintQuestion(area: Area, scene: Scene, dialog: SignalDialog): void {
	const {word = safe``, does = safe``} = signals[dialog.chosen] ?? {};
	const hint = wrapped(safe`${word}: ${does}`, area.columns).map(text => ({text, style: scene.look.dim}));
	// What can be missed on a small screen comes last.
	const lines = [...questionLines(scene, dialog, area.columns), {text: safe``, style: 0}, ...hint];

	for (const [y, {text, style}] of lines.entries()) {
		area.text(0, y, text, style);
	}
}

function paintList(area: Area, {look}: Scene, {target, chosen}: SignalDialog): void {
	area.text(0, 0, cut(safe`to ${target.pid} ${target.command}`, area.columns), look.strong);
	// On a low screen the heading is all there is besides the chosen row.
	const top = area.rows > signals.length + 2 ? 2 : 1;
	const rows = Math.max(1, area.rows - top);
	const first = Math.max(0, Math.min(chosen - rows + 1, signals.length - rows));

	for (const [index, {word, does}] of signals.slice(first, first + rows).entries()) {
		const isChosen = first + index === chosen;
		const line = area.part({x: 0, y: top + index, columns: area.columns, rows: 1});
		const text = safe` ${padSafe(word, nameColumns, 'end')} ${does}`;
		line.text(0, 0, isChosen ? padSafe(text, area.columns, 'end') : text, isChosen ? look.inverse : look.text);
	}
}

/** What must be seen before somebody answers: warnings, and the question. */
function questionLines(scene: Scene, {target, chosen}: SignalDialog, columns: number): readonly Line[] {
	const {look, symbols} = scene;
	const {pid, command, user} = target;
	const owner = user ? safe` (${user})` : safe``;
	const question = safe`Send ${signals[chosen]?.word ?? safe`-`} to ${pid} ${cut(command, mostCommand)}${owner}? y/N`;
	const lines = (text: Safe, style: number) => wrapped(text, columns).map(line => ({text: line, style}));
	return [
		...warningsOf(scene, target).flatMap(({text, isGrave}) =>
			lines(
				safe`${symbols.level[isGrave ? 'critical' : 'warning']} ${text}`,
				look.strongLevel[isGrave ? 'critical' : 'warning'],
			),
		),
		...lines(question, look.strong),
	];
}

type Warning = {readonly text: Safe; readonly isGrave?: true};

/** What somebody may not know of the process that a signal is meant for. */
function warningsOf({snapshot}: Scene, target: SignalDialog['target']): readonly Warning[] {
	const now = snapshot.processes.find(process => isSame(process, target));
	// In a container 2 is a number like any other: threads of the kernel have no command line.
	const isKernel = (target.pid === 2 || now?.parent === 2) && now?.command === undefined && now?.state !== 'Z';
	return [
		...(target.pid === 1
			? [{text: safe`PID 1 is the system itself: without it everything here ends`, isGrave: true as const}]
			: []),
		...(target.isOwn ? [{text: safe`this is healthtop itself: KILL and STOP leave the terminal as it is now`}] : []),
		...(isKernel ? [{text: safe`a thread of the kernel takes no signals`}] : []),
		...(now?.state === 'D' ? [{text: safe`it waits for a disk, and takes no signal before that answers`}] : []),
		...(now?.state === 'Z' ? [{text: safe`it has ended already; its parent ${now.parent} has to collect it`}] : []),
		...(now ? [] : [{text: safe`it has ended: nothing will be sent`}]),
	];
}

/** The dialog after a key, and whether the signal is to be sent. Without a dialog: it was closed, and nothing is sent. */
export function signalKey(
	dialog: SignalDialog,
	key: string,
	bindings: readonly Binding[],
): {readonly dialog?: SignalDialog; readonly isSent?: true} {
	if (dialog.isAsked) {
		return key === 'y' ? {isSent: true} : {};
	}

	if (key === 'enter') {
		return {dialog: {...dialog, isAsked: true}};
	}

	const last = signals.length - 1;

	switch (commandOf(key, bindings)) {
		case 'up':
			return {dialog: {...dialog, chosen: Math.max(0, dialog.chosen - 1)}};
		case 'down':
			return {dialog: {...dialog, chosen: Math.min(last, dialog.chosen + 1)}};
		case 'page-up':
		case 'first':
			return {dialog: {...dialog, chosen: 0}};
		case 'page-down':
		case 'last':
			return {dialog: {...dialog, chosen: last}};
		case 'peel':
		case 'signal':
			return {};
		default:
			return {dialog};
	}
}
