import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import * as z from 'zod';
import {loadKnown} from '../../src/commands/known.js';

import {type JsonSchema, jsonSchema, keysAt, plainSchema} from '../../src/config/json-schema.js';
import {writeJson} from '../../src/config/write-json.js';

const known = await loadKnown();

const schema = jsonSchema(known);

/** Every schema in a schema, by the path of the value it is for. */
function* partsOf(part: JsonSchema, path = ''): Generator<readonly [path: string, part: JsonSchema]> {
	yield [path, part];

	for (const [key, child] of Object.entries(part.properties ?? {})) {
		yield* partsOf(child as JsonSchema, path === '' ? key : `${path}.${key}`);
	}
}

const keys = [...partsOf(schema)].filter(([path]) => path !== '' && path !== '$schema');

test('config.schema.json is that of the code; `npx vitest run test/config/json-schema.test.ts -u` writes it', async () => {
	await expect(`${writeJson(schema)}\n`).toMatchFileSnapshot('../../config.schema.json');
});

test('config.json names it', () => {
	expect(readFileSync('config.json', 'utf8')).toContain('"$schema": "./config.schema.json"');
});

test('every key is explained, and nothing else is let through', () => {
	expect(keys.length).toBeGreaterThan(30);

	for (const [path, part] of keys) {
		expect([path, part.description]).toEqual([path, expect.stringMatching(/^[A-Z].*\.$/)]);
	}

	for (const [path, part] of partsOf(schema)) {
		expect([path, part.type !== 'object' || part.additionalProperties === false]).toEqual([path, true]);
	}
});

describe('an editor', () => {
	// What reads a JSON Schema here is the same library, but nothing of ours.
	const judge = z.fromJSONSchema(schema);
	// It takes patterns without their flag: a letter is one of these to it.
	const name = 'pL';

	test.each([
		{},
		{$schema: './config.schema.json', every: '1s', sampling: {cpu: '1.5s'}},
		{mounts: {only: ['/']}, screen: {panels: ['cpu']}, log: {level: 'warn', directory: '/var/log'}},
		{screen: {theme: 'light', ascii: true, ambiguousWidth: 'wide'}},
		{screen: {mouse: false, keys: {quit: 'ctrl+q', 'sort-memory': ['m', 'f6'], freeze: []}}},
		{history: {series: ['disk.used:/']}},
		{rules: [{name, series: 'disk.used', warning: {above: '90%', while: {series: 'disk.free', below: 1e9}}}]},
		{builtinRules: {'Load high': false, Swapping: {warning: {above: '1MB/s'}, for: '1m'}}},
		{notify: [{name, type: 'command', command: ['/bin/page', `\${TOKEN}`], minimum: 'info'}]},
		{alerts: {repeatEvery: '0s', perHour: 5}, ping: {url: `\${PING}`, every: '5m'}, screen: {bell: false, title: true}},
		{every: `\${EVERY}`, screen: {panels: [`\${PANEL}`]}, log: {level: {file: 'level'}}},
	])('accepts %j', value => {
		expect(judge.safeParse(value).success).toBe(true);
	});

	test.each([
		[],
		{evry: '1s'},
		{every: 'soon'},
		{every: 1},
		{every: {file: 'a', other: 1}},
		{sampling: {cup: '1s'}},
		{mounts: {only: '/'}},
		{screen: {panels: []}},
		{screen: {panels: ['gpu']}},
		{screen: {theme: 'blue'}},
		{screen: {ascii: 'yes'}},
		{screen: {mouse: 'on'}},
		{screen: {keys: {leave: 'q'}}},
		{screen: {keys: {quit: []}}},
		{screen: {keys: {freeze: 7}}},
		{log: {level: 'verbose'}},
		{log: {directory: 'logs'}},
		{history: {series: Array(101).fill('cpu.used')}},
		{rules: [{series: 'cpu.used', warning: {above: 90}}]},
		{rules: [{name, series: 'cpu.used', warning: {over: 90}}]},
		{rules: [{name, series: 'cpu.used', warning: 90}]},
		{builtinRules: {'Lod high': false}},
		{builtinRules: {'Load high': true}},
		{builtinRules: {'Load high': {series: 'load.1'}}},
		{notify: [{name, type: 'pager'}]},
		{notify: [{type: 'command', command: ['/bin/page']}]},
		{ping: {every: '1m'}},
		{alerts: {perHour: 0}},
	])('refuses %j', value => {
		expect(judge.safeParse(value).success).toBe(false);
	});
});

test('keys are known at every path, and none where there is no object', () => {
	expect(keysAt(plainSchema(known), [], {})).toEqual(
		Object.keys(schema.properties ?? {}).filter(key => key !== '$schema'),
	);
	expect(keysAt(plainSchema(known), ['mounts'], {})).toEqual(['only', 'except']);
	expect(keysAt(plainSchema(known), ['mounts', 'only'], {})).toEqual([]);
	expect(keysAt(plainSchema(known), ['mounts', 'only', 0], {})).toEqual([]);
	const value = {
		rules: [{warning: {while: {}}}],
		builtinRules: {'Load high': {warning: {}}},
		notify: [{type: 'command'}],
	};
	expect(keysAt(plainSchema(known), ['rules', 0, 'warning', 'while'], value)).toEqual(['series', 'above', 'below']);
	expect(keysAt(plainSchema(known), ['builtinRules', 'Load high', 'warning'], value)).toContain('rises');
	expect(keysAt(plainSchema(known), ['notify', 0], value)).toEqual(['command', 'timeout', 'type', 'name', 'minimum']);
	expect(keysAt(plainSchema(known), ['nowhere', 'constructor', 0], {})).toEqual([]);
});
