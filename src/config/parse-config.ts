import type {Node} from 'jsonc-parser';
import {ConfigError} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import {commandIn} from './command-in.js';
import type {Loaded} from './config.js';
import {duplicatesIn} from './duplicates.js';
import type {Known} from './known.js';
import {configError, placeText} from './problems.js';
import {resolveSecrets} from './resolve-secrets.js';
import {checkedConfig, configSchema} from './schema.js';
import {schemaProblems} from './schema-problems.js';
import {keyOffset, linesOf, treeOf} from './tree.js';

/** A configuration's text and what it is judged with. */
export type Source = {
	readonly file: string;
	readonly text: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly known: Known;
	/** Why somebody else could have written it; undefined when nobody could. Asked only when that matters. */
	distrust(): string | undefined;
};

/**
 * A configuration from its text: JSON with comments and trailing commas.
 * @throws ConfigError with every problem: file, line, path, what was written and what to write instead. Never with a secret.
 */
export async function parseConfig(source: Source): Promise<Loaded> {
	const {file, text, env, known} = source;
	const tree = treeOf(file, text);
	const lineOf = linesOf(text);
	// Before anything is looked up: whoever could write commands into it could also have it read files.
	refuseCommandsOfOthers(source, tree, lineOf);
	const resolved = resolveSecrets(tree, {file, env, lineOf});
	const result = await configSchema(withUsedTypes(known, resolved.value)).safeParseAsync(resolved.value);
	const problems = [
		...duplicatesIn(tree, lineOf),
		...resolved.problems,
		...(result.error ? schemaProblems(result.error.issues, {tree, text, resolved, known}) : []),
	];

	if (!result.success || problems.length > 0) {
		throw configError(file, text, problems);
	}

	const config = checkedConfig(result.data);
	const references = resolved.references.map(({path, written}) => ({path, written}));
	const {secrets, warnings} = resolved;
	return {config, file, secrets, references, warnings};
}

/** Schemas of those types only that are used, for each takes a millisecond; of all where one is used that there is not, to name them. */
function withUsedTypes(known: Known, value: unknown): Known {
	return {
		...known,
		checkTypes: usedTypes(known.checkTypes, 'checks', value),
		notifierTypes: usedTypes(known.notifierTypes, 'notify', value),
	};
}

function usedTypes<Type extends {readonly type: string}>(types: readonly Type[], key: string, value: unknown) {
	const list: unknown = Object(value)[key];
	const used: readonly unknown[] = Array.isArray(list) ? list.map(one => one?.type) : [];
	const isKnown = used.every(type => types.some(one => one.type === type));
	return isKnown ? types.filter(({type}) => used.includes(type)) : types;
}

function refuseCommandsOfOthers({file, distrust}: Source, tree: Node, lineOf: (offset: number) => number): void {
	const command = commandIn(tree);
	const reason = command && distrust();

	if (command && reason !== undefined) {
		const place = safeText(placeText(lineOf(keyOffset(command.node)), command.path));
		throw new ConfigError(`${file}: ${place}: is a command, and ${reason}`);
	}
}
