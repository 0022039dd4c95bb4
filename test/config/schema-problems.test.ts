import {expect, test} from 'vitest';
import type * as z from 'zod';
import {resolveSecrets} from '../../src/config/resolve-secrets.js';
import {schemaProblems} from '../../src/config/schema-problems.js';
import {treeOf} from '../../src/config/tree.js';
import {known} from './given.js';

/** What is said of a value that should have been a text, whatever the schema is. */
function saidOf(text: string, ...path: string[]): string | undefined {
	const tree = treeOf('config.json', text);
	const resolved = resolveSecrets(tree, {file: 'config.json', env: {KEY: 'hunter2'}, lineOf: () => 1});
	const issue: z.core.$ZodIssue = {code: 'invalid_type', expected: 'string', path, message: 'of zod'};
	return schemaProblems([issue], {tree, text, resolved, known})[0]?.say();
}

test.each([
	['a value', '{"user": 7}', ['user'], 'must be a string, got 7'],
	['a value that is not there', '{"user": 7}', ['host'], 'is missing'],
	['a value in what is not there', '{"user": 7}', ['smtp', 'host'], 'is missing'],
	['a secret', '{"smtp": {"password": 4711}}', ['smtp', 'password'], 'must be a string'],
	['a value below a key of secrets', '{"tokens": {"of": 4711}}', ['tokens', 'of'], 'must be a string'],
	['a reference', `{"password": "\${KEY}"}`, ['password'], `must be a string, got the value of "\${KEY}"`],
	['a reference to nothing', `{"password": "\${NOPE}"}`, ['password'], undefined],
])('%s', (_, text, path, said) => {
	expect(saidOf(text, ...path)).toBe(said);
});
