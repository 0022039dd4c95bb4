import * as z from 'zod';
import {keyNamed, keyNames} from '../core/key-names.js';
import type {KeyRow} from './known.js';

/** As many as there are panels to be focused, and more than anybody remembers. */
const mostKeys = 9;

const noKey = 'must be a key such as "q", "ctrl+x", "alt+x", "f5" or "pgup"';
const sameByte = 'is no key of its own: ctrl+h is backspace to a terminal, ctrl+i is tab, ctrl+j and ctrl+m are enter';

type Written = Readonly<Record<string, string | readonly string[] | undefined>>;

type KeyProblem = {readonly path: (string | number)[]; readonly message: string; readonly isName?: true};

/** Keys by command. They come out as lists of names as terminals' bytes are given, with no key in two of the table's rows. */
export function screenKeys(table: readonly KeyRow[]) {
	return z
		.strictObject(Object.fromEntries(table.map(row => [row.command, keysOf(row)])))
		.prefault({})
		.transform((written, context) => {
			for (const {path, message, isName} of problemsOf(written, table)) {
				const [command = '', index] = path;
				const input = index === undefined ? written[command] : written[command]?.[Number(index)];
				context.addIssue({code: 'custom', message, path, input, ...(isName && {params: {choices: keyNames}})});
			}

			return named(written);
		})
		.meta({description: 'Other keys, by command: a key, or a list of them. Default: those of help.'});
}

function keysOf({keys, help, isNeeded}: KeyRow) {
	const list = z.array(z.string()).meta({...(isNeeded && {minItems: 1}), maxItems: mostKeys});
	return z
		.union([z.string(), list], {error: 'must be a key or a list of keys'})
		.optional()
		.meta({description: `Keys for: ${help}. Default: ${keys.join(', ')}.`});
}

function problemsOf(written: Written, table: readonly KeyRow[]): readonly KeyProblem[] {
	const owners = new Map<string, string>();

	for (const {command, keys, always} of table) {
		for (const key of written[command] === undefined ? keys : always === undefined ? [] : [always]) {
			owners.set(key, command);
		}
	}

	return table.flatMap(row => {
		const keys = written[row.command];
		return keys === undefined ? [] : rowProblems(row, keys, owners);
	});
}

/** What is wrong with the keys of one command; they are its own from then on. */
function rowProblems(
	{command, isNeeded}: KeyRow,
	keys: string | readonly string[],
	owners: Map<string, string>,
): readonly KeyProblem[] {
	const list = [keys].flat();

	if (list.length > mostKeys || (isNeeded && list.length === 0)) {
		const message = list.length === 0 ? 'must have a key' : `must have at most ${mostKeys} keys`;
		return [{path: [command], message}];
	}

	const own = new Set<string>();
	return list.flatMap((text, index): readonly KeyProblem[] => {
		const path = typeof keys === 'string' ? [command] : [command, index];
		const key = keyNamed(text);

		if (key === undefined) {
			return [{path, ...(/^ctrl\+[hijm]$/.test(text) ? {message: sameByte} : {message: noKey, isName: true})}];
		}

		const owner = owners.get(key) ?? command;
		const isTwice = own.has(key);
		own.add(key);
		owners.set(key, owner);

		if (owner !== command) {
			return [{path, message: `is already a key of '${owner}'; change one of them`}];
		}

		return isTwice ? [{path, message: 'must be named only once'}] : [];
	});
}

function named(written: Written): Readonly<Record<string, readonly string[]>> {
	const entries = Object.entries(written).flatMap(([command, keys]) =>
		keys === undefined ? [] : [[command, [keys].flat().map(key => keyNamed(key) ?? key)] as const],
	);
	return Object.fromEntries(entries);
}
