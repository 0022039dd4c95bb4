import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ambiguousWidths, builtIn, panels} from '../../src/config/config.js';
import {formatDuration} from '../../src/config/format-duration.js';
import {seriesNames} from '../../src/config/series-names.js';
import {writeJson} from '../../src/config/write-json.js';
import {writtenConfig} from '../../src/config/written-config.js';
import {logLevels} from '../../src/core/log.js';
import {themeNames} from '../../src/core/theme-name.js';
import {directory, known, parse} from './given.js';

test('without a file every default is shown', () => {
	expect(writtenConfig(builtIn)).toEqual({
		every: '1s',
		sampling: {},
		mounts: {},
		devices: {},
		interfaces: {},
		concurrency: {sockets: 100, commands: 8},
		checks: [],
		rules: [],
		builtinRules: {},
		alerts: {
			groupWait: '30s',
			groupInterval: '5m',
			repeatEvery: '4h',
			downgradeAfter: '5m',
			noDataAfter: '3m',
			perHour: 20,
		},
		notify: [],
		screen: {
			panels: ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts'],
			theme: 'dark',
			ambiguousWidth: 'narrow',
			mouse: true,
			onHangup: 'end',
			bell: true,
			title: true,
			keys: {},
		},
		log: {level: 'info'},
		history: {series: []},
	});
});

test('references are shown as they were written, files absolutely', async () => {
	const dir = directory({a: 'eth0'});
	const text = `{"$schema": "\${LEVEL}", "every": "\${EVERY}", "sampling": {"cpu": "\${EVERY}"}, "interfaces": {"except": ["lo", {"file": "a"}]},
		"log": {"level": "\${LEVEL}"}}`;
	const loaded = await parse(text, {file: join(dir, 'config.json'), env: {EVERY: '2s', LEVEL: 'warn'}});
	expect(writtenConfig(loaded)).toMatchObject({
		every: `\${EVERY}`,
		sampling: {cpu: `\${EVERY}`},
		interfaces: {except: ['lo', {file: join(dir, 'a')}]},
		log: {level: `\${LEVEL}`},
	});
	expect(writtenConfig(loaded)).not.toHaveProperty('$schema');
});

test('what was written below a key of a secret is stars', () => {
	const config = {...builtIn.config, log: {level: 'info', password: 'hunter2'} as const};
	expect(writtenConfig({...builtIn, config})).toMatchObject({log: {level: 'info', password: '***'}});
});

const env = {LEVEL: 'debug', EVERY: '1500ms', NAME: 'x'};

/** Texts, and references to them. */
const orReference = (plain: fc.Arbitrary<string>, name: keyof typeof env) =>
	fc.oneof({weight: 4, arbitrary: plain}, fc.constant(`\${${name}}`));

const durations = fc.integer({min: 200, max: 60_000}).map(formatDuration);
const names = fc.array(
	orReference(
		fc.string().filter(text => !text.includes('*')),
		'NAME',
	),
	{maxLength: 3},
);
const filters = fc.record({only: names, except: names}, {requiredKeys: []});

/** Configurations that are all good. */
const configurations = fc.record(
	{
		every: orReference(durations, 'EVERY'),
		sampling: fc.dictionary(fc.constantFrom(...known.samplers), orReference(durations, 'EVERY')),
		mounts: filters,
		devices: filters,
		interfaces: filters,
		screen: fc.record(
			{
				panels: fc.shuffledSubarray([...panels], {minLength: 1}),
				theme: fc.constantFrom(...themeNames),
				ascii: fc.boolean(),
				ambiguousWidth: fc.constantFrom(...ambiguousWidths),
				mouse: fc.boolean(),
				keys: fc.record(
					{
						zoom: fc.subarray(['z', 'ctrl+shift+up', 'alt+x']),
						quit: orReference(fc.constantFrom('x', 'f10'), 'NAME'),
						peel: fc.constant('esc'),
					},
					{requiredKeys: []},
				),
			},
			{requiredKeys: []},
		),
		log: fc.record(
			{level: orReference(fc.constantFrom(...logLevels), 'LEVEL'), directory: fc.constant('/var/log')},
			{requiredKeys: []},
		),
		history: fc.record({series: fc.array(fc.constantFrom(...seriesNames), {maxLength: 5})}, {requiredKeys: []}),
	},
	{requiredKeys: []},
);

test('what is shown is a configuration that comes to the same', async () => {
	await fc.assert(
		fc.asyncProperty(configurations, async configuration => {
			const loaded = await parse(JSON.stringify(configuration), {env});
			const shown = writeJson(writtenConfig(loaded));
			const again = await parse(shown, {env});
			expect(again.config).toEqual(loaded.config);
			expect(again.secrets.toSorted()).toEqual(loaded.secrets.toSorted());
			expect(writeJson(writtenConfig(again))).toBe(shown);
		}),
	);
});

describe('JSON is written', () => {
	const long = Array(20).fill('longer');

	test.each<[name: string, value: unknown, text: string]>([
		['plain', 'a"b', '"a\\"b"'],
		['empty', {a: [], b: {}}, '{\n\t"a": [],\n\t"b": {}\n}'],
		['a list in one line', {a: [1, null, 'x']}, '{\n\t"a": [1, null, "x"]\n}'],
		['a list of objects', [{a: 1}, 2], '[\n\t{\n\t\t"a": 1\n\t},\n\t2\n]'],
		['a long list', long, `[\n${long.map(word => `\t"${word}"`).join(',\n')}\n]`],
	])('%s', (_, value, text) => {
		expect(writeJson(value)).toBe(text);
	});

	test('so that it is read as the same', () => {
		fc.assert(
			fc.property(fc.jsonValue(), value => {
				expect(JSON.stringify(JSON.parse(writeJson(value)))).toBe(JSON.stringify(value));
			}),
		);
	});
});
