import {chmodSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {resolveSecrets} from '../../src/config/resolve-secrets.js';
import {hideSecrets, isSecretKey} from '../../src/config/secret-keys.js';
import {treeOf} from '../../src/config/tree.js';
import {writtenConfig} from '../../src/config/written-config.js';
import {directory, load, parse, pipe, put, refusal} from './given.js';

/** No text of ours has it in it. */
const canary = 'k4n4ry-7f';

describe('a reference', () => {
	test('to the environment stands for its value', async () => {
		const env = {EVERY: '2s', _LEVEL2: 'debug'};
		const {config, secrets, references} = await parse(
			`{"every": "\${EVERY}", "log": {"level": "\${_LEVEL2}"}, "mounts": {"only": ["/", "\${EVERY}"]}}`,
			{env},
		);
		expect(config.every).toBe(2000);
		expect(config.log).toEqual({level: 'debug'});
		expect(config.mounts).toEqual({only: ['/', '2s']});
		expect(secrets).toEqual(['2s', 'debug', '2s']);
		expect(references).toEqual([
			{path: ['every'], written: `\${EVERY}`},
			{path: ['log', 'level'], written: `\${_LEVEL2}`},
			{path: ['mounts', 'only', 1], written: `\${EVERY}`},
		]);
	});

	test('is not looked for in what a reference stands for', async () => {
		const {config} = await parse(`{"mounts": {"only": ["\${A}"]}}`, {env: {A: `\${B}`, B: canary}});
		expect(config.mounts.only).toEqual([`\${B}`]);
	});

	describe('to a file stands for its content:', () => {
		test.each<[name: string, content: string, value: string]>([
			['with nothing behind it', canary, canary],
			['without its last newline', `${canary}\n`, canary],
			['without its last newline, of Windows', `${canary}\r\n`, canary],
			['with all other newlines', `\n${canary}\n\n`, `\n${canary}\n`],
			['with spaces', ` ${canary} \n`, ` ${canary} `],
			['without a byte order mark', `\ufeff${canary}`, canary],
		])('%s', async (_, content, value) => {
			const dir = directory({'conf/a.secret': content});
			const {config, secrets, warnings} = await parse('{"mounts": {"only": [{"file": "a.secret"}]}}', {
				file: join(dir, 'conf/config.json'),
			});
			expect(config.mounts.only).toEqual([value]);
			expect(secrets).toEqual([value]);
			expect(warnings).toEqual([]);
		});
	});

	test('to a file is relative to the configuration, and told as absolute', async () => {
		const dir = directory({'keys/a': 'one', 'keys/b': 'two'});
		put(
			join(dir, 'conf/healthtop.json'),
			JSON.stringify({mounts: {only: [{file: '../keys/a'}, {file: join(dir, 'keys/b')}]}}),
		);
		const {config, references} = await load({file: join(dir, 'conf/healthtop.json')});
		expect(config.mounts.only).toEqual(['one', 'two']);
		expect(references.map(({written}) => written)).toEqual([{file: join(dir, 'keys/a')}, {file: join(dir, 'keys/b')}]);
	});

	test('to a file may go through links, as Kubernetes mounts them', async () => {
		const dir = directory({'..2026/token': canary});
		symlinkSync('..2026', join(dir, '..data'));
		symlinkSync('..data/token', join(dir, 'token'));
		const {secrets} = await parse('{"mounts": {"only": [{"file": "token"}]}}', {file: join(dir, 'config.json')});
		expect(secrets).toEqual([canary]);
	});
});

describe('a secret file that cannot be one:', () => {
	const dirOf = () => {
		const dir = directory({empty: '', newline: '\n', 'large.txt': 'x'.repeat(65_537), 'most.txt': 'x'.repeat(65_536)});
		pipe(join(dir, 'pipe'));
		return dir;
	};

	test.each([
		['nowhere', 'is missing'],
		['empty/below', 'is missing'],
		['.', 'is a directory, name the file in it'],
		['pipe', 'is no regular file'],
		['empty', 'is empty'],
		['newline', 'is empty'],
		['large.txt', 'is 65537 bytes, a secret has at most 65536'],
	])('%s', async (name, problem) => {
		const dir = dirOf();
		const file = join(dir, 'config.json');
		expect(await refusal(() => parse(`{\n"every": {"file": "${name}"}}`, {file}))).toBe(
			`${file} has 1 problem:\n  line 2, every: secret file '${join(dir, name)}' ${problem}`,
		);
	});

	test('the largest one that can', async () => {
		const {secrets} = await parse('{"mounts": {"only": [{"file": "most.txt"}]}}', {file: join(dirOf(), 'config.json')});
		expect(secrets.map(({length}) => length)).toEqual([65_536]);
	});

	test.skipIf(process.getuid?.() === 0)('unreadable (root may read everything)', async () => {
		const dir = directory({a: canary});
		chmodSync(join(dir, 'a'), 0);
		expect(await refusal(() => parse('{"every": {"file": "a"}}', {file: join(dir, 'config.json')}))).toContain(
			'may not be read by this user',
		);
	});
});

test.each([
	['600', false],
	['640', false],
	['660', false],
	['604', true],
	['644', true],
])('a secret file of mode %s that everybody may read is warned about: %s', async (mode, isWarned) => {
	const dir = directory();
	put(join(dir, 'a'), canary, Number.parseInt(mode, 8));
	const file = join(dir, 'config.json');
	const {warnings} = await parse('{\n"mounts": {"only": [{"file": "a"}]}}', {file});
	const warning = `${file}: line 2, mounts.only[0]: secret file '${dir}/a' can be read by everybody; chmod o-r ${dir}/a`;
	expect(warnings).toEqual(isWarned ? [warning] : []);
});

test('keys of secrets are known by what is in their names', () => {
	for (const key of [
		'password',
		'smtpPassword',
		'PASSWORD',
		'clientSecret',
		'authToken',
		'passphrase',
		'apiKey',
		'api_key',
	]) {
		expect([key, isSecretKey(key), hideSecrets(key, canary)]).toEqual([key, true, '***']);
	}

	for (const key of ['user', 'key', 'series', 'path', 0]) {
		expect([key, isSecretKey(key), hideSecrets(String(key), canary)]).toEqual([key, false, canary]);
	}
});

test('what is written below such a key is a secret like what is referred to', () => {
	const text = `{"user": "bot", "password": "one", "tokens": [{"of": "two"}, 3, null], "apiKey": "\${KEY}"}`;
	const around = {file: 'config.json', env: {KEY: 'four'}, lineOf: () => 1};
	expect(resolveSecrets(treeOf('config.json', text), around).secrets).toEqual(['one', 'two', 'four']);
});

test('wherever a secret stands, it is in no message, no warning and nothing that is shown', async () => {
	const dir = directory();
	put(join(dir, 'key'), `${canary}\n`, 0o644);
	const file = join(dir, 'config.json');
	const env = {CANARY: canary, DURATION: '2s'};
	const forms = [
		{reference: `\${CANARY}`},
		{reference: {file: 'key'}},
		{reference: {password: canary}},
		{reference: {a: [{apiToken: canary}]}},
		{reference: [`\${CANARY}`, {file: 'key'}]},
	];
	const places = [
		(x: unknown) => ({every: x}),
		(x: unknown) => ({sampling: {cpu: x}}),
		(x: unknown) => ({sampling: x}),
		(x: unknown) => ({mounts: {only: [x]}}),
		(x: unknown) => ({mounts: {only: x}}),
		(x: unknown) => ({interfaces: {except: ['lo', x]}}),
		(x: unknown) => ({screen: {panels: [x]}}),
		(x: unknown) => ({log: {level: x}}),
		(x: unknown) => ({log: {directory: x}}),
		(x: unknown) => ({history: {series: [x]}}),
		(x: unknown) => ({notify: [{smtp: {password: x}}]}),
		(x: unknown) => ({notify: [{name: x, type: 'command', command: ['/bin/true']}]}),
		(x: unknown) => ({notify: [{name: 'a', type: 'command', command: ['/bin/true', x]}]}),
		(x: unknown) => ({rules: [{name: 'a', series: 'cpu.used', warning: {above: 1}, runbook: x}]}),
		(x: unknown) => ({rules: [{name: x, series: x, warning: {above: x}, notify: [x]}]}),
		(x: unknown) => ({rules: [{name: 'a', series: 'cpu.used', warning: {above: 1}, when: {cron: x, duration: '1h'}}]}),
		(x: unknown) => ({builtinRules: {'Load high': x}}),
		(x: unknown) => ({builtinRules: {'Load high': {warning: {above: x}, notify: [x]}}}),
		(x: unknown) => ({ping: x}),
		(x: unknown) => ({ping: {url: x}}),
		(x: unknown) => ({alerts: {perHour: x}}),
		(x: unknown) => ({$schema: x}),
		(x: unknown) => [x],
	];

	for (const place of places) {
		for (const {reference} of forms) {
			const text = JSON.stringify(place(reference));

			try {
				const loaded = await parse(text, {file, env});
				expect(JSON.stringify([writtenConfig(loaded), loaded.warnings])).not.toContain(canary);
				expect(loaded.secrets).toContain(canary);
			} catch (error) {
				expect((error as Error).message).toMatch(/has \d problem/);
				expect((error as Error).message).not.toContain(canary);
			}
		}
	}
});

test('no environment and no content of a file gets a secret into a message', async () => {
	const values = fc.string({minLength: 8, unit: 'binary'}).map(text => `§${text}§`);
	await fc.assert(
		fc.asyncProperty(values, async value => {
			const paths = ['every', 'mounts', 'screen', 'log', 'sampling'];
			const text = JSON.stringify({
				...Object.fromEntries(paths.map(key => [key, `\${VALUE}`])),
				history: {series: [`\${VALUE}`]},
				interfaces: {only: [`\${VALUE}*`]},
			});
			const message = await refusal(() => parse(text, {env: {VALUE: value}}));
			expect(message).not.toContain(value.slice(1, -1));
		}),
	);
});
