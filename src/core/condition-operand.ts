import type {Placeholder, PlaceholderValues} from './check.js';
import {parseDurationMs} from './duration-ms.js';
import {span} from './format.js';
import {atJsonPath} from './json-path.js';

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
		return atJsonPath(JSON.parse(values.BODY), path);
	} catch {
		return undefined;
	}
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

const longest = 100;

/** What a placeholder was, to be read by people. */
export function seenOf({name, call}: Operand & {kind: 'placeholder'}, text: string | undefined): string {
	if (text === undefined) {
		return 'INVALID';
	}

	if (name === 'CERTIFICATE_EXPIRATION' && call === undefined) {
		const seconds = Number(text) / 1000;
		return seconds < 0 ? `expired ${span(-seconds)} ago` : span(seconds);
	}

	return text.length > longest ? `${text.slice(0, longest)}...(truncated)` : text;
}
