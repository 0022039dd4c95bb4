import type {AskProcess} from '../core/process-facts.js';
import {type Safe, safe} from '../core/safe.js';
import {type SendSignal, type SignalTarget, signals} from '../core/signal.js';
import {cut} from '../core/width.js';
import {canAct} from './can-act.js';
import type {DialogPlace, SignalDialog} from './dialogs/dialog.js';
import {dialogExtent} from './dialogs/index.js';
import {signalKey} from './dialogs/signal.js';
import {type Binding, commandOf} from './keys-table.js';
import {bodyOf, type Places, type Rect} from './layout.js';
import type {Notice} from './notice.js';
import {listingOf} from './panels/process-rows.js';
import {mostSideways, processes} from './panels/processes.js';
import type {Picture} from './picture.js';
import {type AroundProcesses, withRows} from './process-view.js';
import type {Scene} from './scene.js';
import type {ViewState} from './view-state.js';

/** What the screen may do about processes. */
export type ProcessActs = {
	readonly ownPid: number;
	/** Why nothing may be acted upon, as long as the program runs. */
	readonly forbidden: Safe | undefined;
	readonly ask: AskProcess;
	/** Looks whether the target is still that process, and sends at once. */
	readonly send: SendSignal;
};

/** Columns that a notice gives to the name of a process. */
const nameColumns = 40;

/** The view with its bar on the process that it was on, among the rows that there are now. */
export function withBar({view, ...rest}: Scene, places: Places): ViewState {
	const body = bodyOfProcesses(places);

	// The past knows but some of the processes: what it does not know has not ended.
	if (!view.selected || !body || view.time.past) {
		return view;
	}

	const scene = {...rest, view};
	const shown = processes.extent?.(scene, body.rows, body.columns).shown ?? 1;
	return withRows(view, listingOf(scene).rows, scene.snapshot.processes, shown);
}

/** What commands about processes depend on. */
export function aroundProcesses(scene: Scene | undefined, places: Places, acts: ProcessActs): AroundProcesses {
	const {ownPid, forbidden} = acts;
	const body = bodyOfProcesses(places);
	return {
		rows: scene ? listingOf(scene).rows : [],
		mostSideways: scene && body ? mostSideways(scene, body.columns, body.rows) : 0,
		ownPid,
		forbidden,
	};
}

function bodyOfProcesses({panels}: Places): Rect | undefined {
	const place = panels.find(({panel}) => panel === 'processes');
	return place && bodyOf(place);
}

/** The view after a key that the signal dialog takes; undefined when the key is not for it. */
export function signalTyped(
	scene: Scene,
	key: string,
	picture: Pick<Picture, 'dialog' | 'canBeRead'>,
	acts: ProcessActs,
): ViewState | undefined {
	const {view, bindings} = scene;
	const {dialog} = view;

	if (dialog?.kind !== 'signal' || isOfScreen(key, dialog, bindings)) {
		return undefined;
	}

	const {dialog: next, isSent} = signalKey(dialog, key, bindings);

	// What was typed before the question could be read is no answer to it: it stays.
	if (isSent && !picture.canBeRead(dialog)) {
		return view;
	}

	return {
		...view,
		dialog: next,
		notice: isSent ? answer(scene, dialog, picture.dialog, acts) : leftNotice(dialog, next),
	};
}

/** Leaving and drawing anew go on to work; while the question is asked any key but `y` answers it with no, and that comes first. */
function isOfScreen(key: string, {isAsked}: SignalDialog, bindings: readonly Binding[]): boolean {
	const command = commandOf(key, bindings);
	const isAlways = key.startsWith('ctrl+') && (command === 'quit' || command === 'suspend' || command === 'repaint');
	return isAlways || (command === 'quit' && !isAsked);
}

/** A question that was not answered with yes: nothing was sent, and that is said. */
function leftNotice({isAsked, target}: SignalDialog, next: SignalDialog | undefined): Notice | undefined {
	return isAsked && !next ? {level: 'ok', text: safe`nothing sent to ${target.pid} ${target.name}`} : undefined;
}

/** Sends what somebody has said yes to, unless it could not be read or may not be. */
function answer(scene: Scene, dialog: SignalDialog, place: DialogPlace | undefined, acts: ProcessActs): Notice {
	const {target, chosen} = dialog;
	const signal = signals[chosen] ?? signals[0];
	const extent = place && dialogExtent(dialog, place, scene);
	const may = canAct(scene.view, acts.forbidden);

	if (!extent || extent.total > extent.shown) {
		return notSent(signal.word, target, safe`the screen is too small for the whole question`);
	}

	if (may !== true) {
		return notSent(signal.word, target, may);
	}

	const sent = acts.send(target, signal.name);
	return sent.isSent
		? {level: 'ok', text: safe`${signal.word} sent to ${target.pid} ${cut(target.command, nameColumns)}`}
		: notSent(signal.word, target, sent.reason);
}

function notSent(word: Safe, {pid, name}: SignalTarget, reason: Safe): Notice {
	return {level: 'warning', text: safe`${word} not sent to ${pid} ${name}: ${reason}`};
}
