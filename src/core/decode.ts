import {ParseError} from './errors.js';
import {type Safe, safeText} from './safe.js';

/**
 * Makes a value of a JSON value that came from another process. What has another shape is refused with where it was found; keys that
 * nobody asked for are left behind.
 * @throws {ParseError}
 */
export type Decode<T> = (json: unknown, path: string) => T;

/** A decoder for each key; those of `optional` ones may be missing. */
type Shape<T> = {readonly [K in keyof T]-?: Decode<T[K]> | Decode<T[K] | undefined>};

/** A number; `null` is NaN, which JSON does not know. */
export const number: Decode<number> = (json, path) => {
	if (json === null) {
		return Number.NaN;
	}

	return typeof json === 'number' ? json : refuse(path, 'a number', json);
};

/** A number within these limits, both included. */
export function within(least: number, most: number): Decode<number> {
	return (json, path) =>
		typeof json === 'number' && json >= least && json <= most
			? json
			: refuse(path, `a number from ${least} to ${most}`, json);
}

/** A whole number within these limits. */
export function whole(least: number, most: number): Decode<number> {
	const number = within(least, most);
	return (json, path) => (Number.isSafeInteger(json) ? number(json, path) : refuse(path, 'a whole number', json));
}

/** What a Date can be, ms (ECMA-262). */
export const moment = within(-8.64e15, 8.64e15);

export const boolean: Decode<boolean> = (json, path) =>
	typeof json === 'boolean' ? json : refuse(path, 'true or false', json);

/** Text for acting, one character a byte: it may hold anything. */
export const raw: Decode<string> = (json, path) => (typeof json === 'string' ? json : refuse(path, 'a text', json));

/** Text for being shown; whatever it holds, it is safe afterwards. */
export const shown: Decode<Safe> = (json, path) => safeText(raw(json, path));

/** One of these words. */
export function oneOf<T extends string>(...words: readonly T[]): Decode<T> {
	return (json, path) => words.find(word => word === json) ?? refuse(path, `one of ${words.join(', ')}`, json);
}

/** What may be missing. */
export function optional<T>(decode: Decode<T>): Decode<T | undefined> {
	return (json, path) => (json === undefined ? undefined : decode(json, path));
}

/** At most `most` of them. */
export function list<T>(decode: Decode<T>, most = 1_000_000): Decode<readonly T[]> {
	return (json, path) => {
		if (!Array.isArray(json) || json.length > most) {
			return refuse(path, `a list of at most ${most}`, json);
		}

		return json.map((one, index) => decode(one, `${path}[${index}]`));
	};
}

/** An object whose keys are names; none of them does anything, whatever it is called. */
export function record<T>(decode: Decode<T>): Decode<Readonly<Record<string, T>>> {
	return (json, path) =>
		typeof json === 'object' && json !== null && !Array.isArray(json)
			? Object.fromEntries(Object.entries(json).map(([name, one]) => [name, decode(one, path)]))
			: refuse(path, 'an object', json);
}

/** A map, written as a list of pairs: a name may be `__proto__`. */
export function pairs<T>(decode: Decode<T>): Decode<ReadonlyMap<string, T>> {
	const entries = list((json, path): [string, T] => {
		if (!Array.isArray(json) || json.length !== 2) {
			return refuse(path, 'a pair', json);
		}

		return [raw(json[0], path), decode(json[1], path)];
	});
	return (json, path) => new Map(entries(json, path));
}

/** An object with these keys. A value that is undefined leaves its key out. */
export function object<T>(shape: Shape<T>): Decode<T> {
	const keys = Object.entries(shape) as [string, Decode<unknown>][];
	return (json, path) => {
		if (typeof json !== 'object' || json === null || Array.isArray(json)) {
			return refuse(path, 'an object', json);
		}

		const value: Record<string, unknown> = {};

		for (const [key, decode] of keys) {
			const decoded = decode(
				Object.hasOwn(json, key) ? (json as Record<string, unknown>)[key] : undefined,
				`${path}.${key}`,
			);

			if (decoded !== undefined) {
				value[key] = decoded;
			}
		}

		return value as T;
	};
}

/** What the first decoder takes, else what the second takes. */
export function either<A, B>(first: Decode<A>, second: Decode<B>): Decode<A | B> {
	return (json, path) => {
		try {
			return first(json, path);
		} catch {
			return second(json, path);
		}
	};
}

/** @throws {ParseError} always. */
export function refuse(path: string, wanted: string, json: unknown): never {
	const got =
		json === undefined ? 'nothing' : Array.isArray(json) ? 'a list' : json === null ? 'null' : `a ${typeof json}`;
	throw new ParseError(path, `must be ${wanted}, not ${got}`);
}
