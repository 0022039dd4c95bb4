import type {Node} from 'jsonc-parser';
import {ConfigError} from '../core/errors.js';
import {type Safe, safeText} from '../core/safe.js';
import {commandIn} from './command-in.js';
import type {Config, Loaded} from './config.js';
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
	const warnings = [...resolved.warnings, ...warningsOf(config, file)];
	return {config, file, secrets: resolved.secrets, references, warnings};
}

/** Schemas of those types only that are used, for each takes a millisecond; of all where one is used that there is not, to name them. */
function withUsedTypes(known: Known, value: unknown): Known {
	const checks = typeof value === 'object' && value !== null && 'checks' in value ? value.checks : [];
	const types: readonly unknown[] = Array.isArray(checks) ? checks.map(check => check?.type) : [];
	const isKnown = (type: unknown) => known.checkTypes.some(one => one.type === type);
	const checkTypes = known.checkTypes.filter(({type}) => types.includes(type));
	return types.every(isKnown) ? {...known, checkTypes} : known;
}

/** Nobody must believe to be told. */
function warningsOf({checks}: Config, file: string): readonly Safe[] {
	return checks
		.filter(({notify}) => notify.length > 0)
		.map(({name}) => safeText(`${file}: check '${name}': notify tells nobody yet, for this version has no notifiers`));
}

function refuseCommandsOfOthers({file, distrust}: Source, tree: Node, lineOf: (offset: number) => number): void {
	const command = commandIn(tree);
	const reason = command && distrust();

	if (command && reason !== undefined) {
		const place = safeText(placeText(lineOf(keyOffset(command.node)), command.path));
		throw new ConfigError(`${file}: ${place}: is a command, and ${reason}`);
	}
}
