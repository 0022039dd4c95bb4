import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import type {Command} from './view-state.js';

/** One row of the table of keys. */
export type Binding = {
	readonly keys: readonly string[];
	readonly command: Command;
	readonly help: Safe;
	/** In the last line of the screen, behind the first key. */
	readonly footer?: Safe;
	/** A key that no configuration takes away. */
	readonly always?: string;
	/** No configuration may leave it without a key. */
	readonly isNeeded?: true;
};

/** The only place a key is named. The help on the screen, the last line and README's table are printed from it, unless others are configured. */
export const bindings: readonly Binding[] = [
	{keys: ['tab'], command: 'next-panel', help: safe`next panel`, footer: safe`next`},
	{keys: ['shift+tab'], command: 'previous-panel', help: safe`previous panel`},
	{keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], command: 'focus', help: safe`panel by its digit`},
	{keys: ['up', 'k'], command: 'up', help: safe`one row up`},
	{keys: ['down', 'j'], command: 'down', help: safe`one row down`},
	{keys: ['pgup', 'ctrl+u'], command: 'page-up', help: safe`one page up`},
	{keys: ['pgdn', 'ctrl+d'], command: 'page-down', help: safe`one page down`},
	{keys: ['home', 'g'], command: 'first', help: safe`to the first row`},
	{keys: ['end', 'G'], command: 'last', help: safe`to the last row`},
	{keys: ['<'], command: 'scroll-left', help: safe`commands to the left`},
	{keys: ['>'], command: 'scroll-right', help: safe`commands to the right`},
	{keys: ['enter', 'e'], command: 'zoom', help: safe`zoom, and back`, footer: safe`zoom`},
	{keys: ['backspace'], command: 'leave-zoom', help: safe`leave the zoom`},
	{keys: ['escape'], command: 'peel', help: safe`close what is on top`, isNeeded: true},
	{keys: ['left', 'h'], command: 'earlier', help: safe`back in time`, footer: safe`earlier`},
	{keys: ['right', 'l'], command: 'later', help: safe`forward in time`},
	{keys: ['shift+left', 'H'], command: 'much-earlier', help: safe`back, ten steps`},
	{keys: ['shift+right', 'L'], command: 'much-later', help: safe`forward, ten steps`},
	{keys: ['+', '='], command: 'longer', help: safe`longer time span`},
	{keys: ['-'], command: 'shorter', help: safe`shorter time span`},
	{keys: ['@'], command: 'moment', help: safe`go to a moment: 03:12`},
	{keys: ['0'], command: 'live', help: safe`back to now`, footer: safe`now`},
	{keys: ['c', 'P'], command: 'sort-cpu', help: safe`sort processes by CPU`},
	{keys: ['m', 'M'], command: 'sort-memory', help: safe`sort by memory`, footer: safe`by memory`},
	{keys: ['p'], command: 'sort-pid', help: safe`sort by PID`},
	{keys: ['n'], command: 'sort-name', help: safe`sort by name`},
	{keys: ['i'], command: 'sort-io', help: safe`sort by disk I/O`},
	{keys: ['T'], command: 'sort-time', help: safe`sort by start time`},
	{keys: ['r'], command: 'reverse', help: safe`reverse the order`},
	{keys: ['t'], command: 'tree', help: safe`processes as a tree`},
	{keys: ['d'], command: 'details', help: safe`all about a process`, footer: safe`details`},
	{keys: ['K'], command: 'signal', help: safe`signal to a process`, footer: safe`signal`},
	{keys: ['/'], command: 'filter', help: safe`filter processes`, footer: safe`filter`},
	{keys: ['f', 'space'], command: 'freeze', help: safe`freeze the picture`, footer: safe`freeze`},
	{keys: ['C'], command: 'next-theme', help: safe`colours: next theme`},
	{keys: ['?'], command: 'help', help: safe`this help`, footer: safe`help`, isNeeded: true},
	{keys: ['ctrl+l'], command: 'repaint', help: safe`repaint the screen`},
	{keys: ['ctrl+z'], command: 'suspend', help: safe`suspend`},
	{
		keys: ['q', 'ctrl+c'],
		command: 'quit',
		help: safe`quit`,
		footer: safe`quit`,
		always: 'ctrl+c',
		isNeeded: true,
	},
];

/** The table with other keys for some commands; names of keys as terminals' bytes are given. */
export function bindingsWith(keysOf: Readonly<Record<string, readonly string[]>>): readonly Binding[] {
	return bindings.map(binding => {
		const {command, always} = binding;
		const keys = keysOf[command];

		if (!keys) {
			return binding;
		}

		return {...binding, keys: always === undefined || keys.includes(always) ? keys : [...keys, always]};
	});
}

/** What a key does; undefined when nothing. */
export function commandOf(key: string, table: readonly Binding[]): Command | undefined {
	return table.find(({keys}) => keys.includes(key))?.command;
}

/** Which key of its row it is, from 1: of `focus`, the digit of the panel. */
export function nthOf(key: string, table: readonly Binding[]): number {
	return (table.find(({keys}) => keys.includes(key))?.keys.indexOf(key) ?? -1) + 1;
}

/** The keys of a row as people read them: `1-9`, `esc`, and `(none)`. */
export function keysLabel({keys}: Pick<Binding, 'keys'>): Safe {
	if (keys.join('') === '123456789') {
		return safe`1-9`;
	}

	return keys.length === 0 ? safe`(none)` : joinSafe(keys.map(keyLabel), safe` `);
}

/** The first key of a command; empty where it has none. */
export function firstKeyOf(command: Command, table: readonly Binding[]): Safe {
	const key = table.find(binding => binding.command === command)?.keys[0];
	return key === undefined ? safe`` : keyLabel(key);
}

/** A key as people read it. */
export function keyLabel(key: string): Safe {
	return safeText(key === 'escape' ? 'esc' : key);
}
