import {getNodeValue, type Node} from 'jsonc-parser';
import type * as z from 'zod';
import {explain, explainUnknown, type Written} from './explain.js';
import {type JsonSchema, keysAt, plainSchema} from './json-schema.js';
import type {Known} from './known.js';
import type {Problem} from './problems.js';
import type {Resolved} from './resolve-secrets.js';
import {hideWritten, isSecretPath} from './secret-keys.js';
import {finderOf, keyOffset} from './tree.js';

/** What the schema was given, and how it was written. */
type Judged = {
	readonly tree: Node;
	readonly text: string;
	readonly resolved: Resolved;
	readonly known: Known;
};

/** What the schema found, where it was written and in our words. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], judged: Judged): readonly Problem[] {
	const {tree, resolved} = judged;
	const find = finderOf(tree);
	const writtenAt = writtenIn(judged, find);
	const failed = new Set(resolved.problems.map(({node}) => node));
	let schema: JsonSchema | undefined;
	const known = () => (schema ??= plainSchema(judged.known));

	return issues.flatMap(meant).flatMap((issue): readonly Problem[] => {
		const {path} = issue;

		if (issue.code === 'unrecognized_keys') {
			return issue.keys.map(key => {
				const say = () => explainUnknown(key, keysAt(known(), path, resolved.value));
				return {offset: keyOffset(find([...path, key]).node), path, say};
			});
		}

		const {node} = find(path);
		// That a reference leads nowhere is already told.
		return failed.has(node) ? [] : [{offset: node.offset, path, say: () => explain(issue, writtenAt(path))}];
	});
}

/**
 * Where several kinds of value are possible and only one of them is of the type that was written, what is wrong with it as that: nobody who
 * writes an object means `false`.
 */
function meant(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
	if (issue.code !== 'invalid_union' || 'options' in issue) {
		return [issue];
	}

	const [kind, ...others] = issue.errors.filter(kind => !kind.some(isOfOtherType));
	return kind && others.length === 0
		? kind.map(inside => ({...inside, path: [...issue.path, ...inside.path]})).flatMap(meant)
		: [issue];
}

function isOfOtherType({code, path}: z.core.$ZodIssue): boolean {
	return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

/** Tells what may be said of what stands at a path. */
function writtenIn({text, resolved}: Judged, find: ReturnType<typeof finderOf>) {
	const references = new Set(resolved.references.map(({node}) => node));

	return (path: readonly PropertyKey[]): Written => {
		const {node, isThere} = find(path);

		if (!isThere) {
			return {kind: 'missing'};
		}

		if (references.has(node)) {
			return {kind: 'reference', json: JSON.stringify(getNodeValue(node))};
		}

		return isSecretPath(path) ? {kind: 'secret'} : shown(node, text);
	};
}

/** Numbers as they were written: `1e999` is none that JSON could print. */
function shown(node: Node, text: string): Written {
	const value: unknown = getNodeValue(node);
	const isNumber = node.type === 'number';
	const json = isNumber ? text.slice(node.offset, node.offset + node.length) : JSON.stringify(value, hideWritten);
	return {kind: 'shown', value, json};
}
