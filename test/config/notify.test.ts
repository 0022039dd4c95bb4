import {describe, expect, test} from 'vitest';
import {writeJson} from '../../src/config/write-json.js';
import {writtenConfig} from '../../src/config/written-config.js';
import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {command} from '../../src/notifiers/command.js';
import {directory, load, parse, put, refusal} from './given.js';

const pager = {name: 'pager', type: 'command', command: ['/usr/local/bin/page', '--now']};
const address = 'https://hc.example.com/ping/4f1d-k4n4ry';

test('a notifier has what is usual where nothing is said', async () => {
	const {config} = await parse(JSON.stringify({notify: [pager]}));
	expect(config.notify).toEqual([
		{name: 'pager', type: command, options: {command: pager.command, timeout: '30s'}, minimum: 'warning'},
	]);
});

test('checks, rules and changed rules name it', async () => {
	const {config} = await parse(
		JSON.stringify({
			notify: [pager],
			checks: [{name: 'db', type: 'tcp', port: 1, notify: ['pager']}],
			rules: [{name: 'a', series: 'load.1', warning: {above: 1}, notify: ['pager']}],
			builtinRules: {'Load high': {notify: ['pager']}},
		}),
	);
	const {checks, rules, builtinRules} = config;
	expect([checks[0]?.notify, rules[0]?.notify, Object(builtinRules['Load high']).notify]).toEqual(
		Array(3).fill(['pager']),
	);
});

test('settings of alerts are those of the engine where nothing is said', async () => {
	expect((await parse('{"alerts": {}}')).config.alerts).toEqual(alertDefaults);
	expect((await parse('{"alerts": {"repeatEvery": "0s", "groupWait": "0s", "perHour": 1}}')).config.alerts).toEqual({
		...alertDefaults,
		repeatEvery: 0,
		groupWait: 0,
		perHour: 1,
	});
});

/** What is said of it, without the line. */
const wrong: Record<string, [config: object, ...problems: string[]]> = {
	'no list': [{notify: pager}, `notify: must be an array, got ${JSON.stringify(pager)}`],
	'no type': [{notify: [{name: 'a'}]}, 'notify[0].type: is missing'],
	'a type misspelt': [
		{notify: [{...pager, type: 'comand'}]},
		'notify[0].type: must be "email" or "command", got "comand"; did you mean "command"?',
	],
	'no name': [{notify: [{...pager, name: undefined}]}, 'notify[0].name: is missing'],
	'a name twice': [
		{notify: [pager, pager]},
		'notify[1].name: must be another name than those of the notifiers before it, got "pager"',
	],
	'a level that does not exist': [
		{notify: [{...pager, minimum: 'error'}]},
		'notify[0].minimum: must be "info", "warning" or "critical", got "error"',
	],
	'a key misspelt': [
		{notify: [{...pager, timeuot: '1s'}]},
		"notify[0]: unknown key 'timeuot'; did you mean 'timeout'?",
	],
	'a program without its path': [
		{notify: [{...pager, command: ['page']}]},
		'notify[0].command: must begin with the absolute path of a program, without "=" in it, got ["page"]',
	],
	'a program that would be a variable': [
		{notify: [{...pager, command: ['/a=b']}]},
		'notify[0].command: must begin with the absolute path of a program, without "=" in it, got ["/a=b"]',
	],
	'a shell line': [
		{notify: [{...pager, command: '/bin/page --now'}]},
		'notify[0].command: must be an array, got "/bin/page --now"',
	],
	'no program': [{notify: [{...pager, command: []}]}, 'notify[0].command: must have at least 1 entry, got []'],
	'a time too short': [
		{notify: [{...pager, timeout: '10ms'}]},
		'notify[0].timeout: must be a duration between "1s" and "5m", got "10ms"',
	],
	'a notifier that there is not': [
		{notify: [pager], checks: [{name: 'db', type: 'tcp', port: 1, notify: ['pager', 'pgaer']}]},
		'checks[0].notify[1]: must be the name of a notifier of this configuration, below "notify", got "pgaer"; did you mean "pager"?',
	],
	'a notifier that there is not, beside other mistakes': [
		{every: 'soon', checks: [{name: 'db', type: 'tcp', notify: ['x']}]},
		'every: must be a duration such as "30s", "5m" or "48h", got "soon"',
		'checks[0].port: is missing',
		'checks[0].notify[0]: must be the name of a notifier of this configuration, below "notify", got "x"',
	],
	'a wait too long': [{alerts: {groupWait: '11m'}}, 'alerts.groupWait: must be between "0s" and "10m", got "11m"'],
	'an interval too long': [
		{alerts: {groupInterval: '61m'}},
		'alerts.groupInterval: must be between "0s" and "1h", got "61m"',
	],
	'messages all the time': [
		{alerts: {repeatEvery: '1m'}},
		'alerts.repeatEvery: must be "0s" (never), or between "5m" and "7d", got "1m"',
	],
	'messages once a month': [
		{alerts: {repeatEvery: '30d'}},
		'alerts.repeatEvery: must be between "0s" and "7d", got "30d"',
	],
	'no message': [{alerts: {perHour: 0}}, 'alerts.perHour: must be a whole number from 1 to 1000, got 0'],
	'a setting misspelt': [{alerts: {groupwait: '1s'}}, "alerts: unknown key 'groupwait'; did you mean 'groupWait'?"],
	'a word for true': [{screen: {bell: 'yes'}}, 'screen.bell: must be a boolean, got "yes"'],
	'a number for a title': [{screen: {title: 1}}, 'screen.title: must be a boolean, got 1'],
	'a ping too often': [{ping: {url: address, every: '1s'}}, 'ping.every: must be between "10s" and "24h", got "1s"'],
	'a ping of nobody': [{ping: {}}, 'ping.url: is missing'],
	'a key of ping misspelt': [{ping: {url: address, evry: '1m'}}, "ping: unknown key 'evry'; did you mean 'every'?"],
};

describe('is refused:', () => {
	test.each(Object.entries(wrong))('%s', async (_, [config, ...problems]) => {
		const [, ...lines] = (await refusal(() => parse(`\n${JSON.stringify(config)}`))).split('\n');
		expect(lines).toEqual(problems.map(problem => `  line 2, ${problem}`));
	});
});

test('a program that is told makes the file one that others must not write', async () => {
	const file = `${directory()}/config.json`;
	put(file, JSON.stringify({notify: [pager]}), 0o620);
	expect(await refusal(() => load({file}))).toMatch(/line 1, notify\[0\]\.command: is a command, and others may write/);
	put(file, JSON.stringify({notify: [pager]}), 0o600);
	expect((await load({file})).config.notify).toHaveLength(1);
});

describe('the address that is called', () => {
	const where =
		'must be an address such as "https://hc.example.com/abc" without a user and a password; http only to this machine itself';

	test.each([address, 'http://127.0.0.1:8080/x', 'http://127.1.2.3/x', 'http://localhost/x', 'http://[::1]:8080/x'])(
		'may be %s',
		async url => {
			expect((await parse(JSON.stringify({ping: {url}}))).config.ping).toEqual({url, every: 60_000, timeout: 10_000});
		},
	);

	test.each([
		'http://hc.example.com/k4n4ry',
		'http://127.0.0.1.example.com/k4n4ry',
		'http://localhost.example.com/k4n4ry',
		'http://notlocalhost/k4n4ry',
		'ftp://127.0.0.1/k4n4ry',
		'https://me:k4n4ry@hc.example.com/',
		'https://k4n4ry@hc.example.com/',
		'hc.example.com/k4n4ry',
		'//k4n4ry',
		'',
	])('may not be %j, which is not told', async url => {
		expect(await refusal(() => parse(JSON.stringify({ping: {url}})))).toBe(
			`config.json has 1 problem:\n  line 1, ping.url: ${where}`,
		);
	});

	test.each<[name: string, config: unknown]>([
		['for all of ping', {ping: address}],
		['in a list', {ping: [address]}],
		['in a list of addresses', {ping: [{url: address}]}],
		['in a list of its parts', {ping: {url: [address]}}],
		['deeper', {ping: {url: {of: address}}}],
		['at a key that there is not', {ping: {address}}],
		['beside something wrong', {ping: {url: address, every: 1}}],
		['in something else', [{ping: {url: address}}]],
		['in a level', {every: {ping: address}}],
	])('is in no message: %s', async (_, config) => {
		expect(await refusal(() => parse(JSON.stringify(config)))).not.toContain('k4n4ry');
	});

	test('is shown without its path, and is a secret with and without its host', async () => {
		const loaded = await parse(JSON.stringify({ping: {url: address}}));
		expect(writtenConfig(loaded)).toMatchObject({
			ping: {url: 'https://hc.example.com/***', every: '1m', timeout: '10s'},
		});
		expect(loaded.secrets).toEqual([address, 'ping/4f1d-k4n4ry']);
	});

	test('is a reference where it was one', async () => {
		const loaded = await parse(`{"ping": {"url": "\${PING}"}}`, {env: {PING: address}});
		expect(writtenConfig(loaded)).toMatchObject({ping: {url: `\${PING}`}});
		expect(loaded.secrets).toEqual([address, 'ping/4f1d-k4n4ry']);
	});
});

test('what is shown of all this is a configuration that comes to the same', async () => {
	const text = JSON.stringify({
		notify: [{...pager, minimum: 'critical', timeout: '1m'}],
		checks: [{name: 'db', type: 'tcp', port: 1, notify: ['pager']}],
		rules: [
			{
				name: 'Disk',
				series: 'disk.used',
				only: ['/', '/data'],
				warning: {above: '85%', clear: 80, for: '90s', while: {series: 'disk.free', below: '1GiB'}},
				critical: {above: 95},
				for: '5m',
				keepFiringFor: '1m',
				notify: ['pager'],
				runbook: 'https://wiki/disk',
				when: {cron: '0 8 * * 1-5', duration: '10h', timezone: 'Europe/Berlin'},
			},
			{name: 'Gone', series: 'check.up:db', critical: {absent: true, for: '5m'}},
			{name: 'Kills', series: 'memory.oom_kills', warning: {rises: '2 per 1h'}},
		],
		builtinRules: {'Load high': false, Swapping: {warning: {above: '1MB/s'}, for: '1m', notify: ['pager']}},
		alerts: {groupWait: '10s', repeatEvery: '0s'},
		screen: {bell: false, title: false},
	});
	const loaded = await parse(text);
	const shown = writeJson(writtenConfig(loaded));
	const again = await parse(shown);
	expect(JSON.stringify(again.config)).toBe(JSON.stringify(loaded.config));
	expect(writeJson(writtenConfig(again))).toBe(shown);
	expect(shown).not.toContain('isOpen');
	expect(writtenConfig(loaded)).toMatchObject({
		rules: [{when: {cron: '0 8 * * 1-5', duration: '10h', timezone: 'Europe/Berlin'}, warning: {for: '90s'}}, {}, {}],
		builtinRules: {'Load high': false, Swapping: {warning: {above: '1MB/s'}, for: '1m'}},
		alerts: {groupWait: '10s', repeatEvery: '0s', perHour: 20},
	});
});
