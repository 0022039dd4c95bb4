/** Keys that terminals send as sequences, with any of shift, alt and ctrl. */
const sequences = [
	...['up', 'down', 'left', 'right', 'home', 'end', 'pgup', 'pgdn', 'insert', 'delete'],
	...Array.from({length: 12}, (_, index) => `f${index + 1}`),
];

/** Keys that are one byte, with what can be held with each so that a terminal tells it from others. */
const bytes: Readonly<Record<string, readonly string[]>> = {
	enter: ['', 'alt+'],
	tab: ['', 'shift+', 'alt+'],
	backspace: ['', 'alt+'],
	space: ['', 'alt+', 'ctrl+', 'alt+ctrl+'],
	escape: [''],
};

/** In the order in which a name has them. */
const modifiers = ['shift+', 'alt+', 'ctrl+'];

/** Characters that ctrl makes a byte of its own of: ctrl+h, ctrl+i, ctrl+j and ctrl+m are other keys' bytes. */
const withCtrl = /^[a-gkln-z\\\]^_]$/;

const character = /^[^\p{C}\p{M}\p{Z}]$/u;

/** Names that a written one may resemble: all but single characters. */
export const keyNames: readonly string[] = [
	...sequences,
	...Object.keys(bytes),
	'shift+tab',
	'ctrl+space',
	...[...'abcdefgklnopqrstuvwxyz'].map(letter => `ctrl+${letter}`),
];

/**
 * The name of a key as terminals' bytes are given (`q`, `G`, `ctrl+x`, `alt+x`, `shift+tab`, `shift+alt+ctrl+up`, `f1`-`f12`, `space`,
 * `escape`) from how somebody wrote it: modifiers in any order, `esc`. Undefined when it is none that every terminal can send.
 */
export function keyNamed(written: string): string | undefined {
	const [, prefix = '', name = ''] = /^((?:(?:shift|alt|ctrl)\+)*)([\s\S]+)$/.exec(written) ?? [];
	const held = modifiers.filter(modifier => prefix.includes(modifier)).join('');
	const key = name === 'esc' ? 'escape' : name;
	return isSent(held, key) ? `${held}${key}` : undefined;
}

function isSent(held: string, key: string): boolean {
	if (sequences.includes(key)) {
		return true;
	}

	if (Object.hasOwn(bytes, key)) {
		return bytes[key]?.includes(held) ?? false;
	}

	switch (held) {
		case '':
			return character.test(key);
		case 'alt+':
			// With these two behind the escape byte a sequence begins.
			return character.test(key) && key !== '[' && key !== 'O';
		case 'ctrl+':
		case 'alt+ctrl+':
			return withCtrl.test(key);
		default:
			// Shift makes another character of one.
			return false;
	}
}
