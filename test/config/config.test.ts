import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {loadKnown} from '../../src/commands/known.js';

import {type Config, defaults} from '../../src/config/config.js';
import {samplers as real} from '../../src/samplers/index.js';
import {parse} from './given.js';

const known = await loadKnown();

const good: Record<string, [text: string, config: Partial<Config>]> = {
	'nothing but braces': ['{}', {}],
	'comments and trailing commas': ['// mine\n{\n\t/* slow */ "every": "2s", // yes\n}', {every: 2000}],
	'every unit of time': [
		'{"sampling": {"cpu": "200ms", "memory": "1.5s", "load": "2m", "process": "1h", "io": "1d"}}',
		{sampling: {cpu: 200, memory: 1500, load: 120_000, process: 3_600_000, io: 86_400_000}},
	],
	'the quickest beat': ['{"every": "200ms"}', {every: 200}],
	'the slowest beat': ['{"every": "60s"}', {every: 60_000}],
	filters: [
		'{"mounts": {"only": ["/", "/data"]}, "devices": {"except": ["sr0"]}, "interfaces": {"only": []}}',
		{mounts: {only: ['/', '/data']}, devices: {except: ['sr0']}, interfaces: {only: []}},
	],
	'a schema for the editor': ['{"$schema": "https://example.com/healthtop.json"}', {}],
	'some panels, in their own order': [
		'{"screen": {"panels": ["processes", "cpu"]}}',
		{screen: {...defaults.screen, panels: ['processes', 'cpu']}},
	],
	'how the screen looks': [
		'{"screen": {"theme": "light", "ascii": false, "ambiguousWidth": "wide"}}',
		{screen: {...defaults.screen, theme: 'light', ascii: false, ambiguousWidth: 'wide'}},
	],
	'no mouse': ['{"screen": {"mouse": false}}', {screen: {...defaults.screen, mouse: false}}],
	'a section with nothing in it': ['{"screen": {}, "log": {}, "history": {}}', {}],
	'a log': [
		'{"log": {"level": "debug", "directory": "/var/log/healthtop"}}',
		{log: {level: 'debug', directory: '/var/log/healthtop'}},
	],
	'series of one instance, and of all': [
		'{"history": {"series": ["network.received:eth0", "disk.used", "temperature:k10temp: Tctl", "uptime"]}}',
		{history: {series: ['network.received:eth0', 'disk.used', 'temperature:k10temp: Tctl', 'uptime']}},
	],
	'a hundred series': [
		`{"history": {"series": [${Array(100).fill('"cpu.used"').join()}]}}`,
		{history: {series: Array(100).fill('cpu.used')}},
	],
	'text that only looks like a reference': [
		`{"mounts": {"only": ["/\${HOME}", "\${}", "$HOME", "\${A-B}"]}}`,
		{mounts: {only: [`/\${HOME}`, `\${}`, '$HOME', `\${A-B}`]}},
	],
};

describe('a good configuration:', () => {
	test.each(Object.entries(good))('%s', async (_, [text, config]) => {
		expect(await parse(text)).toEqual({
			config: {...defaults, ...config},
			file: 'config.json',
			secrets: [],
			references: [],
			warnings: [],
		});
	});
});

test('the configuration of the repository says the defaults', async () => {
	const {config} = await parse(readFileSync('config.json', 'utf8'), {known});
	const own = Object.fromEntries(real.flatMap(({name, every}) => (every ? [[name, every]] : [])));
	expect(config).toEqual({...defaults, sampling: config.sampling});
	expect(own).toMatchObject(config.sampling);
});
