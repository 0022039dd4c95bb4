import {describe, expect, test} from 'vitest';
import type {CheckConfig} from '../../src/config/config.js';
import {writtenConfig} from '../../src/config/written-config.js';
import {parse, refusal} from './given.js';

const checks = (...all: readonly object[]) => JSON.stringify({checks: all});
const tcp = {name: 'db', type: 'tcp', port: 3306};

async function checkOf(check: object): Promise<CheckConfig | undefined> {
	return (await parse(checks(check))).config.checks[0];
}

test('a check has what is usual where nothing is said', async () => {
	const check = await checkOf(tcp);
	expect(check?.type.type).toBe('tcp');
	expect(check).toMatchObject({
		name: 'db',
		options: {host: '127.0.0.1', port: 3306, tls: false, insecure: false},
		every: 30_000,
		timeout: 5000,
		failAfter: 3,
		recoverAfter: 2,
		dependsOn: [],
		severity: 'critical',
		notify: [],
		levels: {},
	});
	expect(check?.conditions).toBeUndefined();
	expect(check?.retryEvery).toBeUndefined();
});

test('what is written can be read again, and secrets are not in it', async () => {
	const text = JSON.stringify({
		checks: [
			{
				...tcp,
				every: '90s',
				timeout: '1500ms',
				retryEvery: '5s',
				conditions: ['[CONNECTED] == true', {warning: '[RESPONSE_TIME] < 50'}],
				severity: 'warning',
			},
			{
				name: 'shop',
				type: 'mysql',
				user: 'monitor',
				password: `\${DB}`,
				dependsOn: ['db'],
				levels: {connections: {warning: 80, critical: '90'}},
			},
			{name: 'api', type: 'http', url: 'https://localhost/', headers: {Authorization: 'Bearer hunter2'}},
		],
	});
	const env = {DB: 'hunter3'};
	const loaded = await parse(text, {env});
	const written = JSON.stringify(writtenConfig(loaded));
	expect(written).not.toMatch(/hunter\d/);
	expect(written).toContain(`\${DB}`);
	expect(loaded.secrets).toEqual(['hunter3', 'Bearer hunter2']);
	const again = await parse(written.replace('"***"', '"Bearer hunter2"'), {env});
	expect(again.config.checks).toEqual(loaded.config.checks);
});

const condition = 'must be a condition such as "[STATUS] == 200", {"warning": "..."} or {"critical": "..."}';
const range = 'must be a Nagios range such as "80", "10:", "10:20" or "@10:20"';

/** All problems, without the line. */
const wrong: Record<string, [all: readonly object[], ...problems: (string | RegExp)[]]> = {
	'no check': [[7 as unknown as object], 'checks[0]: must be an object, got 7'],
	'no type': [[{name: 'x'}], 'checks[0].type: is missing'],
	'an unknown type': [
		[{...tcp, type: 'htpt'}],
		/checks\[0\]\.type: must be .*"http".*, got "htpt"; did you mean "http"\?/,
	],
	'no name': [[{type: 'tcp', port: 1}], 'checks[0].name: is missing'],
	'a name that begins with a dash': [[{...tcp, name: '-x'}], /checks\[0\]\.name: must be a name of at most 64 letters/],
	'a name with a slash': [[{...tcp, name: 'a/b'}], /checks\[0\]\.name: must be a name of at most 64 letters/],
	'a name twice': [
		[tcp, tcp, {...tcp, name: 'other'}],
		'checks[1].name: must be another name than those of the checks before it, got "db"',
	],
	'an option of another type': [
		[{...tcp, database: 'x'}],
		/checks\[0\]: unknown key 'database'; known here: .*host, port/,
	],
	'an option misspelt': [[{...tcp, expct: 'x'}], "checks[0]: unknown key 'expct'; did you mean 'expect'?"],
	'an interval under a second': [
		[{...tcp, every: '500ms'}],
		'checks[0].every: must be between "1s" and "24h", got "500ms"',
	],
	'a port that is none': [
		[{...tcp, port: 70_000}],
		'checks[0].port: must be a whole number from 1 to 65535, got 70000',
	],
	'no results': [[{...tcp, failAfter: 0}], 'checks[0].failAfter: must be a whole number from 1 to 100, got 0'],
	'half a result': [
		[{...tcp, recoverAfter: 1.5}],
		'checks[0].recoverAfter: must be a whole number from 1 to 100, got 1.5',
	],
	'a pattern that RE2 does not have': [
		[{...tcp, expect: '(?=x)'}],
		'checks[0].expect: must be a regular expression of RE2 (no backreferences, no look-around), got "(?=x)"',
	],
	'a password in an address': [
		[{name: 'api', type: 'http', url: 'http://me:hunter2@localhost/'}],
		'checks[0].url: must be without a user and a password: write them as "user" and "password" beside it',
	],
	'no condition': [[{...tcp, conditions: [5]}], `checks[0].conditions[0]: ${condition}, got 5`],
	'two levels at once': [
		[{...tcp, conditions: [{warning: 'x', critical: 'y'}]}],
		`checks[0].conditions[0]: ${condition}, got {"warning":"x","critical":"y"}`,
	],
	'a placeholder of another type': [
		[{...tcp, conditions: ['[STATUS] == 200']}],
		/checks\[0\]\.conditions\[0\]: no placeholder \[STATUS\] here; this type of check has \[CONNECTED\]/,
	],
	'a condition without spaces': [
		[{...tcp, conditions: ['[CONNECTED]==true']}],
		/checks\[0\]\.conditions\[0\]: must be a condition such as "\[STATUS\] == 200", with spaces/,
	],
	'domains that expire': [
		[{...tcp, conditions: ['[DOMAIN_EXPIRATION] > 720h']}],
		/checks\[0\]\.conditions\[0\]: \[DOMAIN_EXPIRATION\] is not known here: it needs a service outside/,
	],
	'a level that is no range': [
		[{name: 'db', type: 'mysql', user: 'x', levels: {connections: {warning: '9O'}}}],
		`checks[0].levels.connections.warning: ${range}, got "9O"`,
	],
	'a level of what is not measured': [
		[{name: 'db', type: 'mysql', user: 'x', levels: {conections: {warning: 1}}}],
		"checks[0].levels: unknown key 'conections'; did you mean 'connections'?",
	],
	'a dependency that there is not': [
		[tcp, {...tcp, name: 'shop', dependsOn: ['dbb']}],
		'checks[1].dependsOn[0]: must be the name of a check of this configuration, got "dbb"; did you mean "db"?',
	],
	'on itself': [
		[{...tcp, dependsOn: ['db']}],
		'checks[0].dependsOn: must not lead back to itself: db -> db; take one of these dependencies away, got ["db"]',
	],
	'in a circle': [
		[
			{...tcp, dependsOn: ['b']},
			{...tcp, name: 'b', dependsOn: ['c']},
			{...tcp, name: 'c', dependsOn: ['db']},
			{...tcp, name: 'd', dependsOn: ['db']},
		],
		'checks[0].dependsOn: must not lead back to itself: db -> b -> c -> db; take one of these dependencies away, got ["b"]',
	],
};

describe('is refused:', () => {
	test.each(Object.entries(wrong))('%s', async (_, [all, ...problems]) => {
		const [, ...lines] = (await refusal(() => parse(checks(...all)))).split('\n');
		expect(lines).toHaveLength(problems.length);

		for (const [index, problem] of problems.entries()) {
			const line = lines[index]?.replace('  line 1, ', '');

			if (typeof problem === 'string') {
				expect(line).toBe(problem);
			} else {
				expect(line).toMatch(problem);
			}
		}
	});

	test('more than a thousand', async () => {
		const many = Array.from({length: 1001}, (_, index) => ({...tcp, name: `c${index}`}));
		expect(await refusal(() => parse(checks(...many)))).toContain('must have at most 1000 entries, got 1001');
	});

	test('a thousand in a circle, told once', async () => {
		const many = Array.from({length: 1000}, (_, index) => ({
			...tcp,
			name: `c${index}`,
			dependsOn: [`c${(index + 1) % 1000}`],
		}));
		expect(await refusal(() => parse(checks(...many)))).toMatch(/has 1 problem:\n.*c0 -> c1 -> /);
	});
});
