import {type Node, type ParseError, parseTree, printParseErrorCode, stripComments} from 'jsonc-parser';
import {ConfigError} from '../core/errors.js';
import type {Path} from './config.js';

/** Values inside each other; nobody writes more, and every step down is a call. */
const deepest = 100;

/** A value of a configuration as it was written, and where. */
export type Place = {readonly node: Node; readonly path: Path};

/**
 * The tree of JSON with comments and trailing commas. Of a text that is none only the first problem is told: the others
 * most often follow from it.
 * @throws ConfigError
 */
export function treeOf(file: string, text: string): Node {
	const errors: ParseError[] = [];
	const tree = parsed(file, text, errors);
	const [first] = errors;

	if (tree && !first) {
		return tree;
	}

	if (!first || stripComments(text).trim() === '') {
		throw new ConfigError(`${file}: is empty; write {} for the defaults`);
	}

	// `PropertyNameExpected` in words.
	const words = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
	throw new ConfigError(`${file}:${linesOf(text)(first.offset)}: is not JSON: ${words.toLowerCase()}`);
}

function parsed(file: string, text: string, errors: ParseError[]): Node | undefined {
	try {
		const tree = parseTree(text, errors, {allowTrailingComma: true});

		if (tree && isWithin(tree, deepest)) {
			return tree;
		}

		if (!tree) {
			return undefined;
		}
	} catch (error) {
		// The parser calls itself for every bracket, until there is no stack left.
		if (!(error instanceof RangeError)) {
			throw error;
		}
	}

	throw new ConfigError(`${file}: is nested too deeply`);
}

function isWithin(node: Node, depth: number): boolean {
	return depth > 0 && entriesOf(node).every(([, child]) => isWithin(child, depth - 1));
}

/** What is directly inside a value, by key or index; nothing in a plain one. A key that is there twice comes twice. */
export function entriesOf({type, children = []}: Node): readonly (readonly [key: string | number, child: Node])[] {
	if (type === 'array') {
		return children.map((child, index) => [index, child] as const);
	}

	return children.flatMap(({children: [key, child] = []}) =>
		key && child ? [[String(key.value), child] as const] : [],
	);
}

/** Every value with its path, outer ones first. */
export function* placesOf(node: Node, path: Path = []): Generator<Place> {
	yield {node, path};

	for (const [key, child] of entriesOf(node)) {
		yield* placesOf(child, [...path, key]);
	}
}

/** Where the key of a value stands; of a value without one, where itself does. */
export function keyOffset({parent, offset}: Node): number {
	return parent?.type === 'property' ? parent.offset : offset;
}

/** Finds what stands at a path, or as much of the way to it as was written. Of a key that is there twice, the last. */
export function finderOf(
	tree: Node,
): (path: readonly PropertyKey[]) => {readonly node: Node; readonly isThere: boolean} {
	// Each only once: a file may have as many problems as keys.
	const inside = new Map<Node, ReadonlyMap<string, Node>>();

	const childOf = (node: Node, key: PropertyKey): Node | undefined => {
		const children = inside.get(node) ?? new Map(entriesOf(node).map(([name, child]) => [String(name), child]));
		inside.set(node, children);
		return children.get(String(key));
	};

	return path => {
		let node = tree;

		for (const key of path) {
			const child = childOf(node, key);

			if (!child) {
				return {node, isThere: false};
			}

			node = child;
		}

		return {node, isThere: true};
	};
}

/** Tells the line, from 1, that an offset is in. */
export function linesOf(text: string): (offset: number) => number {
	const starts = [0, ...Array.from(text.matchAll(/\n/g), ({index}) => index + 1)];

	return offset => {
		let [low, high] = [0, starts.length];

		while (high - low > 1) {
			const middle = (low + high) >> 1;
			[low, high] = (starts[middle] ?? 0) <= offset ? [middle, high] : [low, middle];
		}

		return low + 1;
	};
}
