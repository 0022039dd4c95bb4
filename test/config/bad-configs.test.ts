import {describe, expect, test} from 'vitest';
import {parse, refusal} from './given.js';

const env = {SECRET: 'hunter2', NEAR: 'dsik', SERIES: 'cpu.used:hunter2', EMPTY: ''};
const messageOf = (text: string) => refusal(() => parse(text, {env}));

const keys =
	'every, sampling, mounts, devices, interfaces, concurrency, checks, rules, builtinRules, alerts, notify, ping, screen, log, history';
const duration = 'must be a duration such as "30s", "5m" or "48h"';
const panel = 'must be "cpu", "memory", "disk", "network", "services", "processes" or "alerts"';
const level = 'must be "debug", "info", "warn" or "error"';
const series = 'must be a series such as "disk.used" or "disk.used:/data"';
const instance = 'must name one instance behind the colon; without a colon it stands for all of them';

/** JSON, but no configuration: all problems, a line each. */
const wrong: Record<string, [text: string, ...problems: string[]]> = {
	'a list': ['[]', 'line 1, (top level): must be an object, got []'],
	null: ['\n\nnull', 'line 3, (top level): must be an object, got null'],
	'a number': ['7', 'line 1, (top level): must be an object, got 7'],
	'a text': ['"{}"', 'line 1, (top level): must be an object, got "{}"'],

	'a key misspelt': [
		'{\n"interface": {}\n}',
		"line 2, (top level): unknown key 'interface'; did you mean 'interfaces'?",
	],
	'a key with a letter too much': ['{"everyy": 1}', "line 1, (top level): unknown key 'everyy'; did you mean 'every'?"],
	'a key with two letters swapped': ['{"lgo": {}}', "line 1, (top level): unknown key 'lgo'; did you mean 'log'?"],
	'a key in capitals': ['{"EVERY": "1s"}', "line 1, (top level): unknown key 'EVERY'; did you mean 'every'?"],
	'a key that is like none': ['{"theme": "dark"}', `line 1, (top level): unknown key 'theme'; known here: ${keys}`],
	'an empty key': ['{"": 1}', `line 1, (top level): unknown key ''; known here: ${keys}`],
	'a long key': [
		`{"${'k'.repeat(101)}": 1}`,
		`line 1, (top level): unknown key '${'k'.repeat(100)}…'; known here: ${keys}`,
	],
	'unknown keys, each with its line': [
		'{\n"a": 1,\n\n"b": 2}',
		`line 2, (top level): unknown key 'a'; known here: ${keys}`,
		`line 4, (top level): unknown key 'b'; known here: ${keys}`,
	],
	'an unknown key below': ['{\n"mounts":\n{"ony":\n[]}}', "line 3, mounts: unknown key 'ony'; did you mean 'only'?"],
	'a sampler misspelt': ['{"sampling": {"cup": "1s"}}', "line 1, sampling: unknown key 'cup'; did you mean 'cpu'?"],
	'a sampler that does not exist': [
		'{"sampling": {"graphics": "1s"}}',
		"line 1, sampling: unknown key 'graphics'; known here: cpu, memory, load, io, process, filesystem",
	],
	'the prototype as a key': [
		'{"__proto__": {"every": "2s"}}',
		`line 1, (top level): unknown key '__proto__'; known here: ${keys}`,
	],
	'the prototype below': [
		'{"mounts": {"__proto__": {"only": []}}}',
		"line 1, mounts: unknown key '__proto__'; known here: only, except",
	],
	'what every object has': [
		'{"constructor": {}, "toString": 1, "hasOwnProperty": 1}',
		`line 1, (top level): unknown key 'constructor'; known here: ${keys}`,
		`line 1, (top level): unknown key 'toString'; known here: ${keys}`,
		`line 1, (top level): unknown key 'hasOwnProperty'; known here: ${keys}`,
	],
	'what every object has, for a sampler': [
		'{"sampling": {"constructor": "1s"}}',
		"line 1, sampling: unknown key 'constructor'; known here: cpu, memory, load, io, process, filesystem",
	],

	'a key twice': [
		'{\n"every": "1s",\n"every": "1s"\n}',
		'line 3, every: is there a second time, the first is in line 2; keep one of them',
	],
	'a key three times': [
		'{"every": "1s",\n"every": "1s",\n"every": 7}',
		'line 2, every: is there a second time, the first is in line 1; keep one of them',
		'line 3, every: is there a second time, the first is in line 1; keep one of them',
		'line 3, every: must be a string, got 7',
	],
	'a key twice below': [
		'{"mounts": {"only": [],\n"only": ["/"]}}',
		'line 2, mounts.only: is there a second time, the first is in line 1; keep one of them',
	],
	'a key twice, written in two ways': [
		'{"log": {},\n"\\u006cog": {}}',
		'line 2, log: is there a second time, the first is in line 1; keep one of them',
	],
	'an unknown key twice': [
		'{"x": 1,\n"x": 2}',
		'line 2, x: is there a second time, the first is in line 1; keep one of them',
		`line 2, (top level): unknown key 'x'; known here: ${keys}`,
	],

	'a number for a duration': ['{\n\n"every": 1000}', 'line 3, every: must be a string, got 1000'],
	'a number that JSON cannot hold': ['{"every": 1e999}', 'line 1, every: must be a string, got 1e999'],
	'null for a duration': ['{"every": null}', 'line 1, every: must be a string, got null'],
	'a list for a duration': ['{"every": ["1s"]}', 'line 1, every: must be a string, got ["1s"]'],
	'no duration': ['{"every": "soon"}', `line 1, every: ${duration}, got "soon"`],
	'an empty duration': ['{"every": ""}', `line 1, every: ${duration}, got ""`],
	'a duration without a unit': ['{"every": "5"}', `line 1, every: ${duration}, got "5"`],
	'a duration of an unknown unit': ['{"every": "1w"}', `line 1, every: ${duration}, got "1w"`],
	'a duration with a space': ['{"every": "1 s"}', `line 1, every: ${duration}, got "1 s"`],
	'a duration with a space behind it': ['{"every": "1s\\n"}', `line 1, every: ${duration}, got "1s\\n"`],
	'a duration below zero': ['{"every": "-5s"}', `line 1, every: ${duration}, got "-5s"`],
	'a duration with a comma': ['{"every": "1,5s"}', `line 1, every: ${duration}, got "1,5s"`],
	'a duration with an exponent': ['{"every": "1e3ms"}', `line 1, every: ${duration}, got "1e3ms"`],
	'a duration of other digits': ['{"every": "١s"}', `line 1, every: ${duration}, got "١s"`],
	'a duration that is no number': ['{"every": "NaNs"}', `line 1, every: ${duration}, got "NaNs"`],
	'a long text for a duration': [
		`{"every": "${'v'.repeat(200)}"}`,
		`line 1, every: ${duration}, got "${'v'.repeat(99)}…`,
	],
	'no time at all': ['{"every": "0s"}', 'line 1, every: must be between "200ms" and "60s", got "0s"'],
	'a beat too quick': ['{"every": "199.999ms"}', 'line 1, every: must be between "200ms" and "60s", got "199.999ms"'],
	'a beat too slow': ['{"every": "2m"}', 'line 1, every: must be between "200ms" and "60s", got "2m"'],
	'a beat beyond numbers': [
		`{"every": "${'9'.repeat(90)}d"}`,
		`line 1, every: must be between "200ms" and "60s", got "${'9'.repeat(90)}d"`,
	],
	'a sampler too slow': [
		'{"sampling": {"cpu": "25h"}}',
		'line 1, sampling.cpu: must be between "200ms" and "24h", got "25h"',
	],
	'a list of samplers': ['{"sampling": []}', 'line 1, sampling: must be an object, got []'],

	'a star': [
		'{"mounts": {"except": ["/mnt/*"]}}',
		'line 1, mounts.except[0]: must be a whole name, a star stands for nothing here, got "/mnt/*"',
	],
	'text for a list': ['{"mounts": {"only": "/"}}', 'line 1, mounts.only: must be an array, got "/"'],
	'a number in a list': ['{"mounts": {"only": [\n"/",\n7]}}', 'line 3, mounts.only[1]: must be a string, got 7'],

	'no panel': ['{"screen": {"panels": []}}', 'line 1, screen.panels: must have at least 1 entry, got []'],
	'a panel that does not exist': [
		'{"screen": {"panels": ["graphs"]}}',
		`line 1, screen.panels[0]: ${panel}, got "graphs"`,
	],
	'a panel misspelt': [
		'{"screen": {"panels": ["cpu", "dsik"]}}',
		`line 1, screen.panels[1]: ${panel}, got "dsik"; did you mean "disk"?`,
	],
	'a number for a panel': ['{"screen": {"panels": [1]}}', `line 1, screen.panels[0]: ${panel}, got 1`],
	'a panel twice': [
		'{"screen": {"panels": ["cpu", "disk",\n"cpu"]}}',
		'line 2, screen.panels[2]: must be named only once, got "cpu"',
	],
	'a panel for a list': ['{"screen": {"panels": "cpu"}}', 'line 1, screen.panels: must be an array, got "cpu"'],
	'a key of the screen that does not exist': [
		'{"screen": {"gong": true}}',
		"line 1, screen: unknown key 'gong'; known here: panels, theme, ascii, ambiguousWidth, mouse, onHangup, bell, title, keys",
	],
	'a theme that does not exist': [
		'{"screen": {"theme": "solarized"}}',
		'line 1, screen.theme: must be "dark", "light" or "terminal", got "solarized"',
	],
	'a theme misspelt': [
		'{"screen": {"theme": "Light"}}',
		'line 1, screen.theme: must be "dark", "light" or "terminal", got "Light"; did you mean "light"?',
	],
	'a word for true': ['{"screen": {"ascii": "yes"}}', 'line 1, screen.ascii: must be a boolean, got "yes"'],
	'a number for a width': [
		'{"screen": {"ambiguousWidth": 2}}',
		'line 1, screen.ambiguousWidth: must be "narrow" or "wide", got 2',
	],

	'a level that does not exist': ['{"log": {"level": "verbose"}}', `line 1, log.level: ${level}, got "verbose"`],
	'a level misspelt': ['{"log": {"level": "eror"}}', `line 1, log.level: ${level}, got "eror"; did you mean "error"?`],
	'a number for a level': ['{"log": {"level": 3}}', `line 1, log.level: ${level}, got 3`],
	'a relative directory': [
		'{"log": {"directory": "logs"}}',
		'line 1, log.directory: must be an absolute path such as "/var/log/healthtop", got "logs"',
	],
	'a directory that no system has': [
		'{"log": {"directory": "/a\\u0000b"}}',
		'line 1, log.directory: must be an absolute path such as "/var/log/healthtop", got "/a\\u0000b"',
	],

	'a series that does not exist': [
		'{"history": {"series": ["what.ever"]}}',
		`line 1, history.series[0]: ${series}, got "what.ever"`,
	],
	'a series misspelt': [
		'{"history": {"series": ["disk.usde:/var/lib"]}}',
		`line 1, history.series[0]: ${series}, got "disk.usde:/var/lib"; did you mean "disk.used"?`,
	],
	'an empty series': ['{"history": {"series": [""]}}', `line 1, history.series[0]: ${series}, got ""`],
	'an instance of what has none': [
		'{"history": {"series": ["cpu.used:0"]}}',
		'line 1, history.series[0]: has no instances: leave out the colon and what is behind it, got "cpu.used:0"',
	],
	'an instance without a name': [
		'{"history": {"series": ["disk.used:"]}}',
		`line 1, history.series[0]: ${instance}, got "disk.used:"`,
	],
	'a star for an instance': [
		'{"history": {"series": ["disk.used:*"]}}',
		`line 1, history.series[0]: ${instance}, got "disk.used:*"`,
	],
	'too many series': [
		`{"history": {"series": [${Array(101).fill('"cpu.used"').join()}]}}`,
		'line 1, history.series: must have at most 100 entries, got 101',
	],

	'a password at a key that is unknown': [
		'{"password": "hunter2"}',
		`line 1, (top level): unknown key 'password'; known here: ${keys}`,
	],
	'a password inside a wrong value': [
		'{"every": {"user": "bot", "smtpPassword": "hunter2", "a": {"api_key": ["hunter2"]}}}',
		'line 1, every: must be a string, got {"user":"bot","smtpPassword":"***","a":{"api_key":"***"}}',
	],
	'a reference to nothing': [`{\n"every": "\${NOPE}"}`, 'line 2, every: environment variable NOPE is not set'],
	'a reference to what every object has': [
		`{"every": "\${constructor}"}`,
		'line 1, every: environment variable constructor is not set',
	],
	'a reference to an empty variable': [`{"every": "\${EMPTY}"}`, 'line 1, every: environment variable EMPTY is empty'],
	'a secret that is no duration': [
		`{"every": "\${SECRET}"}`,
		`line 1, every: ${duration}, got the value of "\${SECRET}"`,
	],
	'a secret that is no panel': [
		`{"screen": {"panels": ["\${SECRET}"]}}`,
		`line 1, screen.panels[0]: ${panel}, got the value of "\${SECRET}"`,
	],
	'a secret that is nearly a panel': [
		`{"screen": {"panels": ["\${NEAR}"]}}`,
		`line 1, screen.panels[0]: ${panel}, got the value of "\${NEAR}"`,
	],
	'a secret that is a series without instances': [
		`{"history": {"series": ["\${SERIES}"]}}`,
		`line 1, history.series[0]: has no instances: leave out the colon and what is behind it, got the value of "\${SERIES}"`,
	],
	'a secret where there must be an object': [
		`{"log": "\${SECRET}"}`,
		`line 1, log: must be an object, got the value of "\${SECRET}"`,
	],
	'a secret inside a wrong value': [
		`{"every": {"a": "\${SECRET}"}}`,
		`line 1, every: must be a string, got {"a":"\${SECRET}"}`,
	],
	'a secret for everything': [`"\${SECRET}"`, `line 1, (top level): must be an object, got "\${SECRET}"`],
	'a secret file that is not there': [
		'{"every": {"file": "/nonexistent"}}',
		"line 1, every: secret file '/nonexistent' is missing",
	],
	'a file for everything': ['{"file": "/etc/passwd"}', `line 1, (top level): unknown key 'file'; known here: ${keys}`],
	'a file that is no name': ['{"every": {"file": 7}}', 'line 1, every: must be a string, got {"file":7}'],
	'a file with something beside it': [
		'{"every": {"file": "/etc/passwd", "x": 1}}',
		'line 1, every: must be a string, got {"file":"/etc/passwd","x":1}',
	],

	'a control sequence': ['{"every": "\\u001b[2J"}', `line 1, every: ${duration}, got "\\u001b[2J"`],
	'a control sequence as a key': [
		'{"\\u001b[2J": 1}',
		`line 1, (top level): unknown key '\\x1b[2J'; known here: ${keys}`,
	],
	'a control sequence as a key, twice': [
		'{"mounts": {"\\n": 1, "\\n": 2}}',
		'line 1, mounts.\\x0a: is there a second time, the first is in line 1; keep one of them',
		"line 1, mounts: unknown key '\\x0a'; known here: only, except",
	],
	'text from right to left': ['{"every": "\\u202es1"}', `line 1, every: ${duration}, got "\ufffds1"`],

	'everything at once, by line': [
		'{\n"every": "soon",\n"sampling": {"cpu": 1, "gpu": "1s"},\n"mounts": {"except": [null]},\n"extra": true\n}',
		`line 2, every: ${duration}, got "soon"`,
		'line 3, sampling.cpu: must be a string, got 1',
		"line 3, sampling: unknown key 'gpu'; did you mean 'cpu'?",
		'line 4, mounts.except[0]: must be a string, got null',
		`line 5, (top level): unknown key 'extra'; known here: ${keys}`,
	],
};

describe('a bad configuration:', () => {
	test.each(Object.entries(wrong))('%s', async (_, [text, ...problems]) => {
		const head = `config.json has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`;
		expect(await messageOf(text)).toBe([head, ...problems.map(problem => `  ${problem}`)].join('\n'));
	});
});

test('of more problems than anybody reads the first hundred are told', async () => {
	const text = `{${Array.from({length: 12_345}, (_, index) => `"key${index}": 1`).join(',\n')}}`;
	const lines = (await messageOf(text)).split('\n');
	expect(lines).toHaveLength(102);
	expect(lines[0]).toBe('config.json has 12345 problems:');
	expect(lines[100]).toContain("line 100, (top level): unknown key 'key99'");
	expect(lines[101]).toBe('  and 12245 more');
});

test('objects in general stay as they are', async () => {
	await messageOf('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
	await messageOf('{"mounts": {"__proto__": {"polluted": true}}}');
	expect('polluted' in {}).toBe(false);
});
