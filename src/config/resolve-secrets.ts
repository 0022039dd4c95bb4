import {dirname, resolve} from 'node:path';
import type {Node} from 'jsonc-parser';
import {secretsOfPingUrl} from '../core/ping-url.js';
import {type Safe, safeText} from '../core/safe.js';
import type {Path, Reference} from './config.js';
import {cut, type Problem, placeText} from './problems.js';
import {readFile} from './read-file.js';
import {isSecretPath} from './secret-keys.js';
import {entriesOf} from './tree.js';

/** A key, a certificate, a password: nothing that is a secret is larger, bytes. */
const largest = 64 << 10;

/** What references are looked up in. */
export type Surroundings = {
	/** The configuration's own file: files are named relative to its directory. */
	readonly file: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly lineOf: (offset: number) => number;
};

/** The values of a tree with each reference replaced by what it stands for, and what was found on the way. */
export type Resolved = {readonly value: unknown} & {readonly [K in keyof Found]: Readonly<Found[K]>};

/** Replaces every `"${NAME}"` and `{"file": NAME}` anywhere in the tree, but for the whole of it. */
export function resolveSecrets(tree: Node, around: Surroundings): Resolved {
	const resolver = new Resolver(around);
	return {value: resolver.valueOf(tree, []), ...resolver.found};
}

/** What one reference stands for, or why that cannot be known. */
type Answer = {readonly value: string; readonly warning?: string} | {readonly problem: string};

type Found = {
	readonly references: (Reference & {readonly node: Node})[];
	readonly secrets: string[];
	readonly problems: (Problem & {readonly node: Node})[];
	readonly warnings: Safe[];
};

class Resolver {
	readonly found: Found = {references: [], secrets: [], problems: [], warnings: []};

	readonly #around: Surroundings;

	constructor(around: Surroundings) {
		this.#around = around;
	}

	/** Objects come without a prototype: `__proto__` is a key like any other. */
	valueOf(node: Node, path: Path): unknown {
		const written = path.length > 0 ? referenceIn(node) : undefined;

		if (written !== undefined) {
			return this.#lookUp(node, path, written);
		}

		if (node.type === 'array') {
			return entriesOf(node).map(([index, child]) => this.valueOf(child, [...path, index]));
		}

		if (node.type === 'object') {
			const value = Object.create(null);

			for (const [key, child] of entriesOf(node)) {
				value[key] = this.valueOf(child, [...path, key]);
			}

			return value;
		}

		if (typeof node.value === 'string' && isSecretPath(path)) {
			this.found.secrets.push(...secretsIn(node.value, path));
		}

		return node.value;
	}

	#lookUp(node: Node, path: Path, written: Reference['written']): unknown {
		const {file, env, lineOf} = this.#around;
		const whole = typeof written === 'string' ? written : {file: resolve(dirname(file), written.file)};
		const answer = typeof whole === 'string' ? fromEnvironment(whole.slice(2, -1), env) : fromFile(whole.file);
		this.found.references.push({node, path, written: whole});

		if ('problem' in answer) {
			this.found.problems.push({node, offset: node.offset, path, say: () => answer.problem});
			return undefined;
		}

		if (answer.warning !== undefined) {
			const place = placeText(lineOf(node.offset), path);
			this.found.warnings.push(safeText(`${file}: ${place}: ${answer.warning}`));
		}

		this.found.secrets.push(...secretsIn(answer.value, path));
		return answer.value;
	}
}

/** What must not be told of a value: of the address that is called it is also what is behind the host. */
function secretsIn(value: string, [first]: Path): readonly string[] {
	return first === 'ping' ? secretsOfPingUrl(value) : [value];
}

/** The reference that a value is, as it was written; undefined for any other value. */
function referenceIn(node: Node): Reference['written'] | undefined {
	if (node.type === 'string') {
		return /^\$\{[A-Za-z_]\w*\}$/.test(node.value) ? node.value : undefined;
	}

	const [entry, ...others] = node.type === 'object' ? entriesOf(node) : [];
	const [key, child] = entry ?? [];
	return key === 'file' && others.length === 0 && child?.type === 'string' ? {file: child.value} : undefined;
}

function fromEnvironment(name: string, env: Surroundings['env']): Answer {
	const value = Object.hasOwn(env, name) ? env[name] : undefined;

	if (value === undefined || value === '') {
		return {problem: `environment variable ${name} is ${value === '' ? 'empty' : 'not set'}`};
	}

	return {value};
}

/** Its last newline is cut: every editor puts one there. The group may read it, since services are often given their files that way. */
function fromFile(file: string): Answer {
	const named = `secret file '${cut(file)}'`;
	const read = readFile(file, largest, 'a secret');

	if (read.kind !== 'read') {
		return {problem: `${named} ${read.kind === 'missing' ? 'is missing' : read.reason}`};
	}

	const value = read.text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');

	if (value === '') {
		return {problem: `${named} is empty`};
	}

	return (read.status.mode & 0o004) === 0
		? {value}
		: {value, warning: `${named} can be read by everybody; chmod o-r ${file}`};
}
