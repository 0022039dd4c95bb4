import {type MouseEvent, mouseEvent} from './mouse.js';

/** How long a lone escape byte may be the beginning of a sequence that the network has split, ms. */
const escapeWait = 30;

/** A paste that pauses for so long is over, though its end never came, ms. */
const pasteWait = 5000;

const csiFinal: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	Z: 'shift+tab',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
	'[A': 'f1',
	'[B': 'f2',
	'[C': 'f3',
	'[D': 'f4',
	'[E': 'f5',
};

const csiNumber: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pgup',
	6: 'pgdn',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\x7f': 'backspace',
	'\b': 'backspace',
	' ': 'space',
	'\0': 'ctrl+space',
};

/** CSI (ECMA-48): parameters, intermediates, one final byte; for its function keys the Linux console sends a letter after it. */
const csi = /^\x1b\[([0-?]*)[ -/]*(\[[ -~]|[@-Z\\-~])/;
const unfinished = /^\x1b(?:\[[0-?]*[ -/]*\[?|O|\[M[^\x00-\x1f]{0,2})?$/;

/** A mouse report of terminals that do not know the SGR form: three characters follow, which nobody typed. */
const x10 = /^\x1b\[M(?:[^\x00-\x1f]{3}|[^\x00-\x1f]{0,2}(?=[\x00-\x1f]))/;
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** What the decoder needs of time: `run` after `delay` ms, unless the result is called first. */
export type Wait = (delay: number, run: () => void) => () => void;

/**
 * Turns the terminal's bytes into names of keys (`q`, `tab`, `shift+tab`, `up`, `pgdn`, `ctrl+c`, `space`, `escape`) and what the mouse did.
 * They may come joined in one packet or split over two. Pasted text is not typed and gives nothing; sequences that are neither
 * (answers of the terminal) give nothing either.
 */
export class Keys {
	readonly #onKey: (key: string) => void;
	readonly #wait: Wait;
	readonly #onMouse: (event: MouseEvent) => void;
	readonly #decoder = new TextDecoder('utf-8');
	#pending = '';
	#isPasting = false;
	#callOff: (() => void) | undefined;

	constructor(onKey: (key: string) => void, wait: Wait, onMouse: (event: MouseEvent) => void = () => {}) {
		this.#onKey = onKey;
		this.#wait = wait;
		this.#onMouse = onMouse;
	}

	feed(bytes: Uint8Array): void {
		this.#callOff?.();
		this.#callOff = undefined;
		this.#pending += this.#decoder.decode(bytes, {stream: true});
		this.#read();

		if (this.#isPasting) {
			this.#callOff = this.#wait(pasteWait, () => this.reset());
		} else if (this.#pending !== '') {
			this.#callOff = this.#wait(escapeWait, () => this.#giveUp());
		}
	}

	/** Forgets what is half read: after the terminal was somebody else's. */
	reset(): void {
		this.#callOff?.();
		this.#callOff = undefined;
		this.#pending = '';
		this.#isPasting = false;
	}

	#read(): void {
		for (let used = this.#next(); used > 0; used = this.#next()) {
			this.#pending = this.#pending.slice(used);
		}
	}

	/** Characters used by what stands first; 0 when more must come. */
	#next(): number {
		const text = this.#pending;

		if (text === '') {
			return 0;
		}

		if (this.#isPasting) {
			return this.#paste(text);
		}

		if (text.startsWith(pasteStart)) {
			this.#isPasting = true;
			return pasteStart.length;
		}

		if (!text.startsWith('\x1b')) {
			const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
			this.#onKey(keyOf(character));
			return character.length;
		}

		return this.#escape(text);
	}

	/** Nothing of a paste is kept but what may be the beginning of its end. */
	#paste(text: string): number {
		const end = text.indexOf(pasteEnd);

		if (end >= 0) {
			this.#isPasting = false;
			return end + pasteEnd.length;
		}

		return Math.max(0, text.length - pasteEnd.length + 1);
	}

	#escape(text: string): number {
		if (unfinished.test(text)) {
			return 0;
		}

		const sequence = x10.exec(text) ?? csi.exec(text);

		if (sequence) {
			this.#sequence(sequence[1] ?? '', sequence[2] ?? '');
			return sequence[0].length;
		}

		if (text.startsWith('\x1bO')) {
			this.#emit(csiFinal[text[2] ?? '']);
			return text[2] === '\x1b' ? 2 : 3;
		}

		if (text.startsWith('\x1b\x1b')) {
			this.#onKey('escape');
			return 1;
		}

		if (text.startsWith('\x1b[')) {
			// A sequence that broke off: its beginning is thrown away, what came after it is read by itself.
			return 2;
		}

		const character = String.fromCodePoint(text.codePointAt(1) ?? 0);
		this.#onKey(`alt+${keyOf(character)}`);
		return 1 + character.length;
	}

	/** Nothing more came: a lone escape was the key, the beginning of a sequence is noise. */
	#giveUp(): void {
		this.#callOff = undefined;
		const wasEscape = this.#pending === '\x1b';
		this.#pending = '';

		if (wasEscape) {
			this.#onKey('escape');
		}
	}

	#sequence(parameters: string, final: string): void {
		const event = mouseEvent(parameters, final);

		if (event) {
			this.#onMouse(event);
		} else {
			this.#emit(csiKey(parameters, final));
		}
	}

	#emit(key: string | undefined): void {
		if (key !== undefined) {
			this.#onKey(key);
		}
	}
}

function keyOf(character: string): string {
	const named = controls[character];

	if (named !== undefined) {
		return named;
	}

	const code = character.charCodeAt(0);
	return code < 0x20 ? `ctrl+${String.fromCharCode(code + 0x40).toLowerCase()}` : character;
}

/** `5~` and `6~` by number, letters by themselves; a modifier after a semicolon is 1 + shift + 2 alt + 4 ctrl. */
function csiKey(parameters: string, final: string): string | undefined {
	const [first = '', modifier = '1'] = parameters.split(';');
	// `<`, `=`, `>` and `?` begin what is said of the terminal, not of its keys.
	const isPrivate = /^[<-?]/.test(parameters);
	const key = isPrivate ? undefined : final === '~' ? csiNumber[first] : csiFinal[final];

	if (key === undefined || modifier === '1') {
		return key;
	}

	const held = Number(modifier) - 1;
	const names = [held & 1 ? 'shift+' : '', held & 2 ? 'alt+' : '', held & 4 ? 'ctrl+' : ''];
	return `${names.join('')}${key}`;
}
