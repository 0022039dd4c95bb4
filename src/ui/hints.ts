import {bytesShort, percentTenths} from '../core/format.js';
import {type Safe, safe, trimSafe} from '../core/safe.js';
import {widthOf} from '../core/width.js';
import type {Standing} from '../engine/store.js';
import type {SignalDialog} from './dialogs/dialog.js';
import {type Binding, firstKeyOf, keyLabel} from './keys-table.js';
import {digitOf} from './panel-name.js';
import type {Scene} from './scene.js';
import type {Command, ViewState} from './view-state.js';

/** Which keys the last line names where there is no room for all: the way out and the way to the others stay longest. */
const lastToGo: readonly Command[] = [
	'quit',
	'help',
	'live',
	'next-panel',
	'zoom',
	'focus',
	'signal',
	'details',
	'filter',
	'earlier',
	'freeze',
];

/** Columns between two hints. */
const gap = 2;

/** A key that does something now, and what. */
type Hint = {readonly command: Command; readonly key: Safe; readonly text: Safe};

/** Where a hint stands in the last line: its first column and its width. */
export type PlacedHint = Hint & {readonly x: number; readonly columns: number};

/** Those of the hints for which there is room in a last line of so many columns, beside what healthtop costs. */
export function placedHints(scene: Scene, columns: number): readonly PlacedHint[] {
	const hints = hintsFor(scene).map(hint => ({...hint, columns: widthOf(hint.key) + 1 + widthOf(hint.text)}));
	const order = scene.view.isFrozen ? ['freeze' as const, ...lastToGo] : lastToGo;
	const rank = ({command}: Hint) => (order.includes(command) ? -order.indexOf(command) : -order.length);
	let room = columns - 1 - widthOf(costText(scene));
	const fitting = new Set<Command>();

	for (const hint of hints.toSorted((a, b) => rank(b) - rank(a))) {
		if (hint.columns + gap <= room) {
			room -= hint.columns + gap;
			fitting.add(hint.command);
		}
	}

	let x = 1;
	return hints
		.filter(({command}) => fitting.has(command))
		.map(hint => {
			const placed = {...hint, x};
			x += hint.columns + gap;
			return placed;
		});
}

/** What healthtop itself costs, at the right end of the last line. */
export function costText({snapshot: {series}}: Scene): Safe {
	return safe`me ${trimSafe(percentTenths(series.get('self.cpu')))} ${bytesShort(series.get('self.memory'))} `;
}

function hintsFor(scene: Scene): readonly Hint[] {
	const {view, bindings} = scene;
	const {dialog, filter, moment} = view;

	if (moment || filter.before !== undefined) {
		return [];
	}

	if (dialog?.kind === 'signal') {
		return signalHints(dialog);
	}

	if (dialog) {
		return [
			{command: 'peel', key: firstKeyOf('peel', bindings), text: safe`close`},
			{command: 'quit', key: firstKeyOf('quit', bindings), text: quitText(scene.standing).quit ?? safe`quit`},
		];
	}

	const texts: Partial<Record<Command, Safe>> = {
		...(view.zoomed && {zoom: safe`back`}),
		...(view.isFrozen && {freeze: safe`thaw`}),
		...quitText(scene.standing),
	};
	const hints = usualHints(scene, texts);
	return hints.toSpliced(hints.findIndex(({command}) => command === 'zoom') + 1, 0, ...alertsHint(scene));
}

/** What the table of keys has for the last line. */
function usualHints(scene: Scene, texts: Partial<Record<Command, Safe>>): readonly Hint[] {
	const {view, bindings} = scene;
	return bindings.flatMap(({keys, command, footer}) => {
		const key = keys.find(one => isFor(command, one, view)) ?? keys[0];
		return footer && key !== undefined && !isPointless(command, scene)
			? [{command, key: keyOf(command, key, scene), text: texts[command] ?? footer}]
			: [];
	});
}

/** Where the alerts are, while other panels have the keys. */
function alertsHint({view: {panels, focused}, bindings}: Scene): readonly Hint[] {
	const key = bindings.find(({command}) => command === 'focus')?.keys[digitOf('alerts') - 1];
	return key !== undefined && panels.includes('alerts') && focused !== 'alerts'
		? [{command: 'focus', key: keyLabel(key), text: safe`alerts`}]
		: [];
}

/** What goes on without this screen, and what ends with it although others look at it. */
function quitText({role, others}: Standing): {readonly quit?: Safe} {
	if (role === 'attached') {
		return {quit: safe`leave`};
	}

	return others > 0 ? {quit: safe`STOP`} : {};
}

/** In the list that fills the screen enter goes one deeper still, to the details of a process. */
function isDeeper({zoomed, selected}: ViewState): boolean {
	return zoomed === 'processes' && selected !== undefined;
}

function isFor(command: Command, key: string, view: ViewState): boolean {
	return !(command === 'zoom' && key === 'enter' && isDeeper(view));
}

function keyOf(command: Command, key: string, {view, bindings}: Scene): Safe {
	const hasEnter = bindings.some((binding: Binding) => binding.command === 'zoom' && binding.keys.includes('enter'));
	return keyLabel(command === 'details' && hasEnter && isDeeper(view) ? 'enter' : key);
}

/** True when a key would do nothing now, or nothing that anybody wants. */
function isPointless(command: Command, {view, forbidden}: Scene): boolean {
	const {zoomed, time, sort, selected, focused} = view;
	const hasBar = selected !== undefined && focused === 'processes';

	switch (command) {
		case 'sort-memory':
			return sort === 'memory' || (zoomed !== undefined && zoomed !== 'processes');
		case 'live':
			return !time.past;
		case 'freeze':
			return time.past !== undefined;
		case 'details':
			return !hasBar;
		case 'signal':
			return !hasBar || forbidden !== undefined || time.past !== undefined;
		default:
			return false;
	}
}

/** The list of signals, or the question, says itself what it is about; here is how it is answered. */
function signalHints({isAsked}: SignalDialog): readonly Hint[] {
	return isAsked
		? [
				{command: 'signal', key: safe`y`, text: safe`send`},
				{command: 'peel', key: safe`any other key`, text: safe`leave it`},
			]
		: [
				{command: 'down', key: safe`up down`, text: safe`choose`},
				{command: 'zoom', key: safe`enter`, text: safe`take it`},
				{command: 'peel', key: safe`esc`, text: safe`close`},
			];
}
