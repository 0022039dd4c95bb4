import {
	findNodeAtLocation,
	getNodeValue,
	type Node,
	type ParseError,
	parseTree,
	printParseErrorCode,
	stripComments,
} from 'jsonc-parser';
import {ConfigError} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import type {Config} from './config.js';
import {problemOf} from './explain.js';
import {configSchema} from './schema.js';

/**
 * A configuration from its text: JSON with comments and trailing commas.
 * @throws ConfigError with every problem: file, line, path, what was written and what to write instead.
 */
export function parseConfig(file: string, text: string, samplers: readonly string[]): Config {
	const tree = treeOf(file, text);
	const result = configSchema(samplers).safeParse(getNodeValue(tree), {reportInput: true});

	if (result.success) {
		return stripped(result.data);
	}

	const problems = result.error.issues.map(issue => {
		const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
		const line = lineOf(text, nearest(tree, path).offset);
		return `  line ${line}, ${pathText(issue.path)}: ${safeText(problemOf(issue))}`;
	});
	throw new ConfigError(
		`${file} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${problems.join('\n')}`,
	);
}

/** Of a text that is no JSON only the first problem is told: the others most often follow from it. */
function treeOf(file: string, text: string): Node {
	const errors: ParseError[] = [];
	const tree = parseTree(text, errors, {allowTrailingComma: true});
	const [first] = errors;

	if (tree && !first) {
		return tree;
	}

	if (!first || stripComments(text).trim() === '') {
		throw new ConfigError(`${file}: is empty; write {} for the defaults`);
	}

	throw new ConfigError(`${file}:${lineOf(text, first.offset)}: ${syntaxProblem(printParseErrorCode(first.error))}`);
}

function stripped({
	every,
	sampling,
	mounts,
	devices,
	interfaces,
}: ReturnType<ReturnType<typeof configSchema>['parse']>): Config {
	const times = Object.entries(sampling).filter((entry): entry is [string, number] => entry[1] !== undefined);
	return {every, sampling: Object.fromEntries(times), mounts, devices, interfaces};
}

/** The node of the path, or of as much of it as was written. */
function nearest(tree: Node, path: readonly PropertyKey[]): Node {
	for (let length = path.length; length > 0; length--) {
		const node = findNodeAtLocation(
			tree,
			path.slice(0, length).map(key => (typeof key === 'symbol' ? String(key) : key)),
		);

		if (node) {
			return node;
		}
	}

	return tree;
}

function lineOf(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}

function pathText(path: readonly PropertyKey[]): string {
	const text = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
	return text === '' ? '(top level)' : text.replace(/^\./, '');
}

/** `PropertyNameExpected` in words. */
function syntaxProblem(code: string): string {
	const words = code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
	return `is not JSON: ${words}`;
}
