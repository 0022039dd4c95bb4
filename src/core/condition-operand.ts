import type {Placeholder, PlaceholderValues} from './check.js';
import {parseDurationMs} from './duration-ms.js';
import {span} from './format.js';
import {atJsonPath} from './json-path.js';
import type {Redact} from './redact.js';

/** One side of a condition. */
export type Operand =
	| {readonly kind: 'literal'; readonly text: string}
	/** `pat(...)` and `any(...)`, of which one is a value with wildcards and the other several of them. */
	| {readonly kind: 'pattern'; readonly text: string}
	| {readonly kind: 'any'; readonly choices: readonly Operand[]}
	| {
			readonly kind: 'placeholder';
			readonly name: Placeholder;
			readonly path: readonly (string | number)[];
			readonly call: 'len' | 'has' | undefined;
	  };

/** What a placeholder stands for, as text; undefined where that cannot be known (INVALID). */
export function resolve(operand: Operand & {kind: 'placeholder'}, values: PlaceholderValues): string | undefined {
	const {name, path, call} = operand;
	const value = path.length > 0 || call ? inside(values, name, path) : values[name];

	switch (call) {
		case 'has':
			return String(value !== undefined);
		case 'len':
			return lengthOf(value, path.length === 0 && name === 'BODY' ? values.BODY : undefined);
		case undefined:
			return textOf(value);
	}
}

/** Gatus' length: of an array its entries, of everything else the characters of its text. */
function lengthOf(value: unknown, body: string | undefined): string | undefined {
	if (Array.isArray(value)) {
		return String(value.length);
	}

	const text = body ?? textOf(value);
	return text === undefined ? undefined : String([...text].length);
}

function textOf(value: unknown): string | undefined {
	if (value === undefined) {
		return undefined;
	}

	// Fractions of a millisecond only make what was seen hard to read.
	return typeof value === 'string' ? value : JSON.stringify(typeof value === 'number' ? rounded(value) : value);
}

function rounded(value: number): number {
	return Math.round(value * 1000) / 1000;
}

function inside(values: PlaceholderValues, name: Placeholder, path: readonly (string | number)[]): unknown {
	if (name === 'HEADERS') {
		const [header, ...rest] = path;
		return rest.length === 0 ? atJsonPath(values.HEADERS, [String(header).toLowerCase()]) : undefined;
	}

	if (name !== 'BODY' || values.BODY === undefined) {
		return undefined;
	}

	try {
		return atJsonPath(parsed(values.BODY), path);
	} catch {
		return undefined;
	}
}

/** As JSON.parse, but for long whole numbers, which are texts: JavaScript would hold others in their place. */
function parsed(json: string): unknown {
	const value: unknown = JSON.parse(json);

	if (!/\d{16}/.test(json)) {
		return value;
	}

	const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![-+\d.eE])-?\d{16,}(?![\d.eE])/g;
	return JSON.parse(json.replace(tokens, token => (token.startsWith('"') ? token : `"${token}"`)));
}

/** A side as a number, for `<` and its like: durations in ms, as everything of that kind is. */
export function numberOf(text: string): number | undefined {
	const ms = parseDurationMs(text);

	if (ms !== undefined) {
		return ms;
	}

	const number = text.trim() === '' ? Number.NaN : Number(text);
	return Number.isFinite(number) ? number : undefined;
}

/** So many digits a number of JavaScript always keeps. */
const mostDigits = 15;

/**
 * A side as a number that is all of what is written, for `==`: a plain decimal number or a duration. Numbers with more digits would be equal
 * to their neighbours, and `0e123`, which may be a digest, to all that begin so.
 */
export function exactNumberOf(text: string): number | undefined {
	const isPlain = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text);
	const digits = text.replace(/\D/g, '').replace(/^0+/, '');
	return digits.length <= mostDigits && (isPlain || parseDurationMs(text) !== undefined) ? numberOf(text) : undefined;
}

const longest = 100;

/** What a placeholder was, to be read by people. */
export function seenOf({name, call}: Operand & {kind: 'placeholder'}, text: string | undefined, hide: Redact): string {
	if (text === undefined) {
		return 'INVALID';
	}

	if (name === 'CERTIFICATE_EXPIRATION' && call === undefined) {
		const seconds = Number(text) / 1000;
		return seconds < 0 ? `expired ${span(-seconds)} ago` : span(seconds);
	}

	const shown = hide(text);
	return shown.length > longest ? `${shown.slice(0, longest)}...(truncated)` : shown;
}
