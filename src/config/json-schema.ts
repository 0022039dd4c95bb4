import * as z from 'zod';
import type {Known} from './known.js';
import {configSchema} from './schema.js';

/** As much of a JSON Schema (draft 2020-12) as is made here. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The name of what may stand instead of any text. */
const reference = 'reference';

/** What a configuration may be, for editors and other programs. */
export function jsonSchema(known: Known): JsonSchema {
	const {$defs, ...schema} = withReferences(plainSchema(known)) as JsonSchema;
	return {
		...schema,
		$defs: {
			...$defs,
			[reference]: {
				description: 'An environment variable, or the content of a file without its last newline.',
				anyOf: [
					{type: 'string', pattern: '^\\$\\{[A-Za-z_]\\w*\\}$'},
					{type: 'object', properties: {file: {type: 'string'}}, required: ['file'], additionalProperties: false},
				],
			},
		},
	};
}

/** Keys that an object at this path of a value may have; none where nothing is known. `value` says of which of several kinds it is. */
export function keysAt(whole: JsonSchema, path: readonly PropertyKey[], value: unknown): readonly string[] {
	let schema = kindOf(whole, whole, value);
	let part = value;

	for (const key of path) {
		const inside: unknown = typeof key === 'number' ? schema.items : schema.properties?.[String(key)];
		part = typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined;
		schema = kindOf(whole, definedIn(whole, inside), part);
	}

	return Object.keys(schema.properties ?? {}).filter(key => key !== '$schema');
}

/** What a part of a schema says, or what it refers to. */
function definedIn({$defs = {}}: JsonSchema, part: unknown): JsonSchema {
	const schema = (typeof part === 'object' && part !== null ? part : {}) as JsonSchema;
	const name = schema.$ref?.replace('#/$defs/', '');
	return (name === undefined ? schema : $defs[name]) ?? {};
}

/** Of several kinds the one that a value is: the one of its `type`; a list, or an object, where there is one of those. */
function kindOf(whole: JsonSchema, schema: JsonSchema, value: unknown): JsonSchema {
	const kinds = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map(kind => definedIn(whole, kind));

	if (Array.isArray(value)) {
		return kinds.find(({items}) => items !== undefined) ?? schema;
	}

	const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
	const objects = kinds.filter(({properties}) => properties !== undefined);
	const [only] = objects.length === 1 ? objects : [];
	const ofType = objects.find(({properties}) => {
		const own = properties?.['type'] as JsonSchema | undefined;
		return own?.const !== undefined && own.const === type;
	});
	return ofType ?? only ?? schema;
}

/** The same without references. */
export function plainSchema(known: Known): JsonSchema {
	return z.toJSONSchema(configSchema(known), {io: 'input'});
}

/** Wherever a text may stand, a reference may; descriptions and defaults stay outside, where editors look for them. */
function withReferences(schema: unknown): unknown {
	if (Array.isArray(schema)) {
		return schema.map(withReferences);
	}

	if (typeof schema !== 'object' || schema === null) {
		return schema;
	}

	const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, withReferences(part)]));

	if (parts['type'] !== 'string') {
		return parts;
	}

	const {description, default: value, ...text} = parts;
	return {
		...(description === undefined ? {} : {description}),
		...(value === undefined ? {} : {default: value}),
		anyOf: [text, {$ref: `#/$defs/${reference}`}],
	};
}
