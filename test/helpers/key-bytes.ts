import {sequences} from './decoder.js';

const byName = new Map([
	['escape', '\x1b'],
	...Object.entries(sequences).map(([bytes, name]) => [name, bytes] as const),
]);

/** What a terminal sends for a key. */
export function bytesOf(key: string): string {
	const bytes = byName.get(key) ?? key.replace(/^ctrl\+([a-z])$/, (_, letter: string) => controlOf(letter));

	if ([...bytes].length > 1 && !bytes.startsWith('\x1b')) {
		throw new Error(`no bytes for ${key}`);
	}

	return bytes;
}

function controlOf(letter: string): string {
	return String.fromCharCode(letter.charCodeAt(0) - 0x60);
}
