import {spawn} from 'node:child_process';
import {readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {process as check} from '../../src/checks/process.js';
import {answerOf, askOnce, checkOf} from '../helpers/ask.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';
import {ended, script, sleeper, started} from '../helpers/programs.js';
import {until} from '../helpers/until.js';

/** So that programs of two test runs at a time are not each other's. */
const own = `t${process.pid}`;

const critical = (reason: string) => [{status: 'critical', reason}];

test('says how many run, and what they take', async () => {
	const program = sleeper(`${own}-some`);
	const children = [await started(program), await started(program), await started(program)];
	const answer = await answerOf(check, {match: {name: `${own}-some`}});
	expect(answer.findings).toEqual([]);
	expect(answer.text).toMatch(/^3 running {2}\d+(?:\.\d)? [KM]iB$/);
	expect(answer.measures).toMatchObject({count: 3, memory: expect.any(Number), age: expect.any(Number)});
	expect(answer.measures?.['memory']).toBeGreaterThan(100_000);
	expect(answer.measures?.['age']).toBeLessThan(60);
	expect(JSON.parse(answer.values.BODY ?? '')).toEqual(answer.measures);
	expect(answer.facts).toEqual([
		{label: 'pids', value: children.map(({pid}) => pid).join(' ')},
		{label: 'user', value: userInfo().username},
		{label: 'oldest since', value: expect.stringMatching(/^\d\d:\d\d:\d\d \(\d+s\)$/)},
	]);
	// It is nothing that answers.
	expect(answer).not.toHaveProperty('ms');
	expect(answer).not.toHaveProperty('stages');
});

test('does not find what does not run any more', async () => {
	const child = await started(sleeper(`${own}-gone`));
	const ask = await checkOf(check, {match: {name: `${own}-gone`}});
	expect((await askOnce(ask)).findings).toEqual([]);
	await ended(child);
	await expect
		.poll(() => askOnce(ask), {timeout: 10_000})
		.toMatchObject({
			text: '0 running',
			findings: critical('0 running, at least 1 wanted'),
			measures: {count: 0, memory: 0},
			facts: [],
		});
});

describe('counts', () => {
	const rows: [limits: object, finding: string | undefined][] = [
		[{}, undefined],
		[{atLeast: 2, atMost: 2}, undefined],
		[{atLeast: 3}, '2 running, at least 3 wanted'],
		[{atMost: 1}, '2 running, at most 1 wanted'],
		[{atMost: 0}, '2 running, at most 0 wanted'],
	];

	test.each(rows)('%j', async (limits, finding) => {
		const program = sleeper(`${own}-count`);
		await started(program);
		await started(program);
		const {findings} = await answerOf(check, {match: {name: `${own}-count`}, ...limits});
		expect(findings).toEqual(finding === undefined ? [] : critical(finding));
	});

	test('none, where none may be', async () => {
		expect((await answerOf(check, {match: {name: `${own}-none`}, atMost: 0})).findings).toEqual([]);
	});
});

describe('finds by', () => {
	test('a name of which the kernel keeps only the beginning', async () => {
		const [one, other] = [`${own}-long-name-of-one`, `${own}-long-name-of-two`];
		await started(sleeper(one));
		expect((await answerOf(check, {match: {name: one}})).measures).toMatchObject({count: 1});
		expect((await answerOf(check, {match: {name: other}})).measures).toMatchObject({count: 0});
		expect((await answerOf(check, {match: {name: one.slice(0, 15)}})).measures).toMatchObject({count: 1});
	});

	test('the long name of a script', async () => {
		const name = `${own}-long-name-of-script`;
		await started(script(name, 'sleep 60; :'), []);
		expect((await answerOf(check, {match: {name}})).measures).toMatchObject({count: 1});
	});

	test('the whole command line', async () => {
		const program = sleeper(`${own}-exact`);
		await started(program, ['30', '20s']);
		expect((await answerOf(check, {match: {exact: `${program} 30 20s`}})).measures).toMatchObject({count: 1});
		expect((await answerOf(check, {match: {exact: `${program} 30`}})).measures).toMatchObject({count: 0});
	});

	test('a pattern', async () => {
		const program = sleeper(`${own}-pattern`);
		await started(program, ['31']);
		await started(program, ['32']);
		await started(program, ['43']);
		expect((await answerOf(check, {match: {pattern: `${own}-pattern 3\\d$`}})).measures).toMatchObject({count: 2});
		expect((await answerOf(check, {match: {pattern: `^${own}-pattern`}})).measures).toMatchObject({count: 0});
	});

	test('a user, by name or number', async () => {
		const {uid, username} = userInfo();
		await started(sleeper(`${own}-user`));
		const match = {name: `${own}-user`};
		expect((await answerOf(check, {match: {...match, user: username}})).findings).toEqual([]);
		expect((await answerOf(check, {match: {...match, user: uid}})).findings).toEqual([]);
		expect((await answerOf(check, {match: {...match, user: uid + 1}})).measures).toMatchObject({count: 0});
	});

	testAsRoot()('the user that it has become', async () => {
		await started(sleeper(`${own}-other`), ['60'], {uid: 65_534, gid: 65_534});
		const {findings, facts} = await answerOf(check, {match: {name: `${own}-other`, user: 'nobody'}});
		expect({findings, user: facts?.[1]?.value}).toEqual({findings: [], user: 'nobody'});
	});

	test('all that is given, together', async () => {
		const program = sleeper(`${own}-both`);
		await started(program, ['41']);
		await started(program, ['42']);
		const match = {name: `${own}-both`, pattern: '42$', user: userInfo().uid};
		expect((await answerOf(check, {match})).measures).toMatchObject({count: 1});
	});

	test('a user that nobody knows: not at all', async () => {
		const {failure} = await answerOf(check, {match: {user: 'nobody-there'}});
		const reason = 'not asked: no user nobody-there is known on this machine: write the number';
		expect(failure).toEqual({status: 'unknown', reason});
	});
});

test('does not count itself when its own command line has what is looked for', async () => {
	const before = process.title;
	onTestFinished(() => {
		process.title = before;
	});
	process.title = `${own}-itself`;
	await until('it has the title', () => readFileSync('/proc/self/cmdline', 'latin1').startsWith(`${own}-itself`));
	expect((await answerOf(check, {match: {pattern: `${own}-itself`}})).measures).toMatchObject({count: 0});
	expect((await answerOf(check, {match: {exact: `${own}-itself`}})).measures).toMatchObject({count: 0});
});

test('counts no zombies, and says that there are some', async () => {
	const program = sleeper(`${own}-zombie`);
	const parent = spawn('sh', ['-c', `${program} 60 & exec sleep 60`], {stdio: 'ignore'});
	onTestFinished(() => {
		parent.kill('SIGKILL');
	});
	const child = await childOf(parent.pid ?? 0, `${own}-zombie`);
	process.kill(child, 'SIGKILL');
	const stateOf = () => /\) (\S)/.exec(readFileSync(`/proc/${child}/stat`, 'latin1'))?.[1];
	await until('it is a zombie', () => stateOf() === 'Z');
	const {findings, measures} = await answerOf(check, {match: {name: `${own}-zombie`}});
	expect(findings).toEqual(critical('0 running, at least 1 wanted; 1 zombie'));
	expect(measures).toMatchObject({count: 0});
});

/** The child with this name, once the parent has become what it will be. */
async function childOf(parent: number, name: string): Promise<number> {
	const find = () =>
		readdirSync('/proc').find(pid => {
			try {
				return readFileSync(`/proc/${pid}/stat`, 'latin1').startsWith(`${pid} (${name}) S ${parent} `);
			} catch {
				return false;
			}
		});
	await until(`${name} runs`, () => find() !== undefined);
	await until('its parent sleeps', () => readFileSync(`/proc/${parent}/comm`, 'latin1') === 'sleep\n');
	return Number(find());
}

test('tells the CPU from the second run on', async () => {
	await started(script(`${own}-busy`, 'while :; do :; done'), []);
	const ask = await checkOf(check, {match: {name: `${own}-busy`}});
	const first = await askOnce(ask);
	expect(first).toMatchObject({isFirst: true});
	expect(first.measures).not.toHaveProperty('cpu');
	const told = async () => (await askOnce(ask)).measures?.['cpu'];
	await expect.poll(told, {timeout: 20_000, interval: 700}).toBeGreaterThan(10);
	expect(await told()).toBeLessThan(130);
	await expect.poll(async () => (await askOnce(ask)).text, {interval: 700}).toMatch(/^1 running {2}\d+\.\d% {2}\d/);
});

describe('with a pid file', () => {
	/** A file with this text, as old as that. */
	function pidFile(text: string, {age = 0, place = folder()} = {}): string {
		const path = join(place, 'x.pid');
		writeFileSync(path, text);
		const at = Date.now() / 1000 - age;
		utimesSync(path, at, at);
		return path;
	}

	test('finds the process', async () => {
		const {pid} = await started(sleeper(`${own}-named`));
		const path = pidFile(`${pid}\n`);
		const {findings, measures, text} = await answerOf(check, {match: {pidFile: path, name: `${own}-named`}});
		expect(findings).toEqual([]);
		expect(measures).toMatchObject({count: 1});
		expect(text).toMatch(/^1 running/);
	});

	test('finds what is named in the first of many lines', async () => {
		const {pid} = await started(sleeper(`${own}-lines`));
		expect((await answerOf(check, {match: {pidFile: pidFile(`  ${pid}\n/data\n5432\n`)}})).findings).toEqual([]);
	});

	test('says that there is none', async () => {
		const pidFile = join(folder(), 'x.pid');
		expect((await answerOf(check, {match: {pidFile}})).findings).toEqual(critical(`no pid file ${pidFile}`));
		expect((await answerOf(check, {match: {pidFile}, atMost: 0})).findings).toEqual([]);
	});

	const garbage = ['', 'x', '0', '-1', '12 34', '12345678901', '1'.repeat(5000)];

	test.each(garbage)('says that there is no pid in %j', async text => {
		const path = pidFile(text);
		expect((await answerOf(check, {match: {pidFile: path}})).findings).toEqual(critical(`no pid in ${path}`));
	});

	test('says that a directory is none', async () => {
		const path = folder();
		expect((await answerOf(check, {match: {pidFile: path}})).findings).toEqual(critical(`no pid in ${path}`));
	});

	test('says that the process does not run', async () => {
		const child = await started(sleeper(`${own}-dead`));
		const path = pidFile(String(child.pid));
		await ended(child);
		const {findings} = await answerOf(check, {match: {pidFile: path}});
		expect(findings).toEqual(critical(`process ${child.pid} of ${path} is not running`));
	});

	test('sees that the pid may belong to another process now, which began after the file was written', async () => {
		const {pid} = await started(sleeper(`${own}-later`));
		const path = pidFile(String(pid), {age: 300});
		const {failure} = await answerOf(check, {match: {pidFile: path}});
		const reason = new RegExp(
			`^pid ${pid} of ${path} may be another process now: ${own}-later began (?:4m59|5m\\d+)s after it was written, or the clock was set$`,
		);
		expect(failure).toEqual({status: 'unknown', reason: expect.stringMatching(reason)});
	});

	test('makes no alarm of a clock that was set by some seconds', async () => {
		const {pid} = await started(sleeper(`${own}-clock`));
		expect((await answerOf(check, {match: {pidFile: pidFile(String(pid), {age: 20})}})).findings).toEqual([]);
	});

	test('sees that it is another process than the one that is meant', async () => {
		const {pid} = await started(sleeper(`${own}-wrong`));
		const path = pidFile(String(pid));
		const {findings} = await answerOf(check, {match: {pidFile: path, name: 'nginx'}});
		expect(findings).toEqual(critical(`pid ${pid} of ${path} is another process now: ${own}-wrong`));
	});
});

describe('refuses', () => {
	const rows: [options: object, problem: string][] = [
		[{}, 'match: Invalid input: expected object, received undefined'],
		[{match: {}}, 'match: must have at least one of name, exact, pattern, user and pidFile'],
		[{match: {name: 'x', nam: 'x'}}, 'match: Unrecognized key: "nam"'],
		[{match: {name: '/usr/bin/x'}}, 'match.name: must be the name of a program without its path, such as "nginx"'],
		[
			{match: {pattern: '(?=x)'}},
			'match.pattern: must be a regular expression of RE2 (no backreferences, no look-around)',
		],
		[{match: {pidFile: 'x.pid'}}, 'match.pidFile: must be an absolute path such as "/run/service.sock"'],
		[{match: {name: 'x'}, atLeast: -1}, 'atLeast: must be a whole number from 0 on'],
		[{match: {name: 'x'}, atMost: 1.5}, 'atMost: must be a whole number from 0 on'],
	];

	test.each(rows)('%j', async (options, problem) => {
		const {error} = await check.options.strict().safeParseAsync(options);
		expect(error?.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)).toEqual([problem]);
	});
});
