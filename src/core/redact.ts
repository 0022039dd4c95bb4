import {bytesOf} from './bytes-of.js';
import {safeText} from './safe.js';

/** What stands in place of what nobody may read. */
export const hidden = '[secret]';

/** Shorter values occur in everything: hiding each `on` would leave no log. */
const shortest = 4;

const secretField = /password|secret|token|passphrase|api[_-]?key|authorization|cookie/i;

/** The text without any secret in it. */
export type Redact = (text: string) => string;

/** True for a field such as `password`: its value is hidden whatever it is. */
export function isSecretField(key: string): boolean {
	return secretField.test(key);
}

/** Hides these values wherever they occur: as they are, one character a byte, inside JSON, inside an address, and as they are shown. */
export function redactor(secrets: readonly string[]): Redact {
	const forms = new Set(secrets.filter(secret => secret.length >= shortest).flatMap(formsOf));

	if (forms.size === 0) {
		return text => text;
	}

	// The longest first: of one secret that begins with another one, nothing may be left.
	const alternatives = [...forms].toSorted((a, b) => b.length - a.length).map(escaped);
	const pattern = new RegExp(alternatives.join('|'), 'g');
	return text => text.replace(pattern, hidden);
}

function formsOf(secret: string): readonly string[] {
	// A lone half of a pair has no place in an address.
	const inAddress = /\p{Cs}/u.test(secret) ? [] : [encodeURIComponent(secret), encodeURI(secret)];
	const inJson = JSON.stringify(secret).slice(1, -1);
	// PHP puts a backslash in front of each slash.
	return [secret, bytesOf(secret), inJson, inJson.replaceAll('/', '\\/'), safeText(secret), ...inAddress];
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
