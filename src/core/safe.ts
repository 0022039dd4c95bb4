declare const brand: unique symbol;

/** Text that may be shown: no byte in it can move a cursor, change a title or turn the reading direction. Made only here. */
export type Safe = string & {readonly [brand]: 'Safe'};

/** Longest text from outside that is kept, in UTF-16 units. A command line may be 2 MiB. */
const longest = 4096;

const plain = /^[\x20-\x7e]*$/;

/** Controls, format characters (bidi, zero width, tags), lone surrogates, line separators, invisible fillers and variation selectors. */
const hostile = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Makes text from outside harmless: controls become a visible `\x1b`, everything else that hides becomes U+FFFD. */
export function safeText(text: string): Safe {
	const kept = text.length > longest ? text.slice(0, longest) : text;
	return (plain.test(kept) ? kept : kept.replace(hostile, visible)) as Safe;
}

/** As `safeText`, for bytes kept as latin1 (one character a byte): decoded as UTF-8, and what is not UTF-8 shown as `\xNN`. */
export function safeBytes(latin1: string): Safe {
	return plain.test(latin1) ? safeText(latin1) : safeText(decodeUtf8(latin1.slice(0, longest)));
}

/** Text of our own with safe values in it: `` safe`PID ${pid}` ``. A raw string does not compile. */
export function safe(literals: TemplateStringsArray, ...values: readonly (Safe | number)[]): Safe {
	return String.raw({raw: literals}, ...values) as Safe;
}

/** Pieces of safe text put together are safe. */
export function joinSafe(parts: readonly Safe[], separator: Safe): Safe {
	return parts.join(separator) as Safe;
}

/** The end of a text from a character that is no half of a pair on. */
export function tailSafe(text: Safe, from: number): Safe {
	return text.slice(from) as Safe;
}

/** Without the spaces around it. */
export function trimSafe(text: Safe): Safe {
	return text.trim() as Safe;
}

/** The text so many times. */
export function repeatSafe(text: Safe, times: number): Safe {
	return text.repeat(Math.max(0, times)) as Safe;
}

/** Spaces before or behind the text up to `width` characters. */
export function padSafe(text: Safe, width: number, side: 'start' | 'end'): Safe {
	return (side === 'start' ? text.padStart(width) : text.padEnd(width)) as Safe;
}

function visible(character: string): string {
	const code = character.charCodeAt(0);
	return code < 0xa0 ? escaped(code) : '\ufffd';
}

function escaped(byte: number): string {
	return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** UTF-8 (RFC 3629) without overlong forms and surrogates; each byte that is not part of a valid sequence becomes `\xNN`. */
function decodeUtf8(latin1: string): string {
	let text = '';

	for (let i = 0; i < latin1.length; ) {
		const lead = latin1.charCodeAt(i);
		const length = sequenceLength(lead);
		const point = length === 0 ? undefined : codePoint(latin1, i, length);

		if (point === undefined) {
			text += escaped(lead);
			i += 1;
		} else {
			text += String.fromCodePoint(point);
			i += length;
		}
	}

	return text;
}

/** Bytes that a sequence with this first byte has; 0 when none begins with it. */
function sequenceLength(lead: number): number {
	if (lead < 0x80) {
		return 1;
	}

	if (lead < 0xc2 || lead > 0xf4) {
		return 0;
	}

	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

const smallestOfLength = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(latin1: string, start: number, length: number): number | undefined {
	const lead = latin1.charCodeAt(start);

	if (length === 1) {
		return lead;
	}

	let point = lead & (0x7f >> length);

	for (let i = start + 1; i < start + length; i++) {
		const byte = latin1.charCodeAt(i);

		// NaN past the end fails here too.
		if ((byte & 0xc0) !== 0x80) {
			return undefined;
		}

		point = (point << 6) | (byte & 0x3f);
	}

	const isSurrogate = point >= 0xd800 && point <= 0xdfff;
	return point < (smallestOfLength[length] ?? 0) || point > 0x10ffff || isSurrogate ? undefined : point;
}
