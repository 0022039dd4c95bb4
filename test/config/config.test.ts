import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {type Config, defaults} from '../../src/config/config.js';
import {parseConfig} from '../../src/config/parse-config.js';
import {ConfigError} from '../../src/core/errors.js';
import {samplers} from '../../src/samplers/index.js';

const names = samplers.map(({name}) => name);
const parse = (text: string) => parseConfig('config.json', text, names);

/** What is printed for a bad one. */
function messageOf(text: string): string {
	try {
		parse(text);
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError);
		return (error as ConfigError).message;
	}

	throw new Error('it was accepted');
}

const good: Record<string, [text: string, config: Partial<Config>]> = {
	'nothing but braces': ['{}', {}],
	'comments and trailing commas': ['// mine\n{\n\t/* slow */ "every": "2s", // yes\n}', {every: 2000}],
	'every unit of time': [
		'{"sampling": {"cpu": "200ms", "memory": "1.5s", "load": "2m", "process": "1h", "io": "1d"}}',
		{sampling: {cpu: 200, memory: 1500, load: 120_000, process: 3_600_000, io: 86_400_000}},
	],
	'the quickest and the slowest beat': ['{"every": "200ms"}', {every: 200}],
	'a minute': ['{"every": "60s"}', {every: 60_000}],
	filters: [
		'{"mounts": {"only": ["/", "/data"]}, "devices": {"except": ["sr0"]}, "interfaces": {"only": []}}',
		{mounts: {only: ['/', '/data']}, devices: {except: ['sr0']}, interfaces: {only: []}},
	],
	'a schema for the editor': ['{"$schema": "https://example.com/healthtop.json"}', {}],
};

describe('a good configuration:', () => {
	test.each(Object.entries(good))('%s', (_, [text, config]) => {
		expect(parse(text)).toEqual({...defaults, ...config});
	});
});

const bad: Record<string, [text: string, message: string]> = {
	'nothing at all': ['', 'config.json: is empty; write {} for the defaults'],
	'only a comment': ['// todo', 'config.json: is empty; write {} for the defaults'],
	'no JSON': ['every: 1s', 'config.json:1: is not JSON: invalid symbol'],
	'a missing comma': ['{\n"every": "1s"\n"mounts": {}\n}', 'config.json:3: is not JSON: comma expected'],
	'a missing bracket': ['{\n"every": "1s"', 'config.json:2: is not JSON: close brace expected'],
	'something behind it': ['{}\n{}', 'config.json:2: is not JSON: end of file expected'],
	'a list': ['[]', 'config.json has 1 problem:\n  line 1, (top level): must be an object, got []'],
	null: ['\n\nnull', 'config.json has 1 problem:\n  line 3, (top level): must be an object, got null'],
	'an unknown key': [
		'{\n"intervall": "1s"\n}',
		"config.json has 1 problem:\n  line 2, (top level): unknown key 'intervall'",
	],
	'two unknown keys': ['{"a": 1, "b": 2}', "config.json has 1 problem:\n  line 1, (top level): unknown keys 'a', 'b'"],
	'an unknown key below': [
		'{\n"mounts":\n{"ony": []}}',
		"config.json has 1 problem:\n  line 3, mounts: unknown key 'ony'",
	],
	'a star': [
		'{"mounts": {"except": ["/mnt/*"]}}',
		'config.json has 1 problem:\n  line 1, mounts.except[0]: must be a whole name, a star stands for nothing here, got "/mnt/*"',
	],
	'a sampler that does not exist': [
		'{"sampling": {"cup": "1s"}}',
		"config.json has 1 problem:\n  line 1, sampling: unknown key 'cup'",
	],
	'a number for a duration': [
		'{\n\n"every": 1000}',
		'config.json has 1 problem:\n  line 3, every: must be a string, got 1000',
	],
	'no duration': [
		'{"every": "soon"}',
		'config.json has 1 problem:\n  line 1, every: must be a duration such as "30s", "5m" or "48h", got "soon"',
	],
	'a duration without a unit': [
		'{"every": "5"}',
		'config.json has 1 problem:\n  line 1, every: must be a duration such as "30s", "5m" or "48h", got "5"',
	],
	'a duration below zero': [
		'{"every": "-5s"}',
		'config.json has 1 problem:\n  line 1, every: must be a duration such as "30s", "5m" or "48h", got "-5s"',
	],
	'a beat too quick': [
		'{"every": "100ms"}',
		'config.json has 1 problem:\n  line 1, every: must be between "200ms" and "60s", got "100ms"',
	],
	'a beat too slow': [
		'{"every": "2m"}',
		'config.json has 1 problem:\n  line 1, every: must be between "200ms" and "60s", got "2m"',
	],
	'a sampler too slow': [
		'{"sampling": {"cpu": "25h"}}',
		'config.json has 1 problem:\n  line 1, sampling.cpu: must be between "200ms" and "24h", got "25h"',
	],
	'text for a list': [
		'{"mounts": {"only": "/"}}',
		'config.json has 1 problem:\n  line 1, mounts.only: must be an array, got "/"',
	],
	'a number in a list': [
		'{"mounts": {"only": [\n"/",\n7]}}',
		'config.json has 1 problem:\n  line 3, mounts.only[1]: must be a string, got 7',
	],
	'everything at once': [
		'{\n"every": "soon",\n"sampling": {"cpu": 1, "gpu": "1s"},\n"mounts": {"except": [null]},\n"extra": true\n}',
		[
			'config.json has 5 problems:',
			'  line 2, every: must be a duration such as "30s", "5m" or "48h", got "soon"',
			'  line 3, sampling.cpu: must be a string, got 1',
			"  line 3, sampling: unknown key 'gpu'",
			'  line 4, mounts.except[0]: must be a string, got null',
			"  line 5, (top level): unknown key 'extra'",
		].join('\n'),
	],
};

describe('a bad configuration:', () => {
	test.each(Object.entries(bad))('%s', (_, [text, message]) => {
		expect(messageOf(text)).toBe(message);
	});
});

test('what is written in it cannot act on the terminal', () => {
	expect(messageOf('{"every": "\\u001b[2J"}')).not.toContain('\x1b');
	expect(messageOf('{"\\u001b[2J": 1}')).not.toContain('\x1b');
});

test('the configuration of the repository says the defaults', () => {
	const config = parse(readFileSync('config.json', 'utf8'));
	const own = Object.fromEntries(samplers.flatMap(({name, every}) => (every ? [[name, every]] : [])));
	expect(config).toEqual({...defaults, sampling: config.sampling});
	expect(own).toMatchObject(config.sampling);
});
