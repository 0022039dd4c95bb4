import {expect} from 'vitest';
import {Keys} from '../../src/ui/screen/keys.js';
import type {MouseEvent} from '../../src/ui/screen/mouse.js';

type Waiting = {readonly delay: number; readonly run: () => void};

/** A decoder with its keys and the one thing it waits for, which only the test lets happen. */
export function decoder() {
	const keys: string[] = [];
	const mouse: MouseEvent[] = [];
	/** Both, in the order in which they came. */
	const all: (string | MouseEvent)[] = [];
	let waiting: Waiting | undefined;
	const decoder = new Keys(
		key => {
			keys.push(key);
			all.push(key);
		},
		(delay, run) => {
			expect(waiting, 'one wait at a time').toBeUndefined();
			const mine = {delay, run};
			waiting = mine;
			return () => {
				waiting = waiting === mine ? undefined : waiting;
			};
		},
		event => {
			mouse.push(event);
			all.push(event);
		},
	);
	return {
		keys,
		mouse,
		all,
		feed: (text: string | Uint8Array) => decoder.feed(typeof text === 'string' ? Buffer.from(text) : text),
		reset: () => decoder.reset(),
		get delay() {
			return waiting?.delay;
		},
		/** The time that it waits for is over. */
		elapse() {
			const {run} = waiting ?? {run() {}};
			waiting = undefined;
			run();
		},
	};
}

/** Bytes of keys, and their names. */
export const sequences: Record<string, string> = {
	a: 'a',
	G: 'G',
	'?': '?',
	é: 'é',
	日: '日',
	'🦀': '🦀',
	' ': 'space',
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\x7f': 'backspace',
	'\b': 'backspace',
	'\x03': 'ctrl+c',
	'\x0c': 'ctrl+l',
	'\x1a': 'ctrl+z',
	'\x01': 'ctrl+a',
	'\x15': 'ctrl+u',
	'\0': 'ctrl+space',
	'\x1c': 'ctrl+\\',
	'\x1f': 'ctrl+_',
	'\x1b[A': 'up',
	'\x1b[B': 'down',
	'\x1b[C': 'right',
	'\x1b[D': 'left',
	'\x1b[H': 'home',
	'\x1b[F': 'end',
	'\x1b[Z': 'shift+tab',
	'\x1bOA': 'up',
	'\x1bOB': 'down',
	'\x1bOC': 'right',
	'\x1bOD': 'left',
	'\x1bOH': 'home',
	'\x1bOF': 'end',
	'\x1bOP': 'f1',
	'\x1bOQ': 'f2',
	'\x1bOR': 'f3',
	'\x1bOS': 'f4',
	'\x1b[[A': 'f1',
	'\x1b[[B': 'f2',
	'\x1b[[C': 'f3',
	'\x1b[[D': 'f4',
	'\x1b[[E': 'f5',
	'\x1b[11~': 'f1',
	'\x1b[12~': 'f2',
	'\x1b[13~': 'f3',
	'\x1b[14~': 'f4',
	'\x1b[15~': 'f5',
	'\x1b[17~': 'f6',
	'\x1b[18~': 'f7',
	'\x1b[19~': 'f8',
	'\x1b[20~': 'f9',
	'\x1b[21~': 'f10',
	'\x1b[23~': 'f11',
	'\x1b[24~': 'f12',
	'\x1b[1;2P': 'shift+f1',
	'\x1b[24;5~': 'ctrl+f12',
	'\x1b[1~': 'home',
	'\x1b[2~': 'insert',
	'\x1b[3~': 'delete',
	'\x1b[4~': 'end',
	'\x1b[5~': 'pgup',
	'\x1b[6~': 'pgdn',
	'\x1b[7~': 'home',
	'\x1b[8~': 'end',
	'\x1b[1;2A': 'shift+up',
	'\x1b[1;2C': 'shift+right',
	'\x1b[1;2D': 'shift+left',
	'\x1b[1;3C': 'alt+right',
	'\x1b[1;5D': 'ctrl+left',
	'\x1b[1;6H': 'shift+ctrl+home',
	'\x1b[1;8B': 'shift+alt+ctrl+down',
	'\x1b[5;5~': 'ctrl+pgup',
	'\x1b[1;1A': 'up',
	'\x1bx': 'alt+x',
	'\x1b\r': 'alt+enter',
	'\x1b\x7f': 'alt+backspace',
	'\x1b\x03': 'alt+ctrl+c',
	'\x1bé': 'alt+é',
};
