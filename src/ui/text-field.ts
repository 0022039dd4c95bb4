/** Nobody types more; the language of the filter takes 1,000 characters. */
const longest = 200;

/** The text of a field of one line after a key: a character, `space`, `backspace`, `ctrl+u`, `ctrl+w`. Any other key writes nothing. */
export function typeText(text: string, key: string): string {
	switch (key) {
		case 'backspace':
			return [...text].slice(0, -1).join('');
		case 'ctrl+u':
			return '';
		case 'ctrl+w':
			return text.replace(/\S+\s*$/, '');
		default:
			return (text + characterOf(key)).slice(0, longest);
	}
}

/** True for a key that means something while a text is typed, `enter` and `escape` among them, and so nothing else then. */
export function isTyped(key: string): boolean {
	return ['enter', 'escape', 'backspace', 'ctrl+u', 'ctrl+w'].includes(key) || characterOf(key) !== '';
}

/** Names of keys that are no character (`up`, `ctrl+a`) write nothing. */
function characterOf(key: string): string {
	return key === 'space' ? ' ' : [...key].length === 1 ? key : '';
}
