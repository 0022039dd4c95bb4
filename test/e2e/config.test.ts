import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
	const {status, stdout, stderr} = spawnSync(process.execPath, healthtop('config', ...args), {
		encoding: 'utf8',
		env: {PATH: process.env['PATH'], HOME: '/nonexistent', ...env},
		input: '',
	});
	return {status, stdout, stderr};
}

/** A configuration in a directory of its own. */
function given(text: string): string {
	const dir = mkdtempSync(join(tmpdir(), 'healthtop-e2e-config-'));
	onTestFinished(() => rmSync(dir, {recursive: true}));
	const file = join(dir, 'config.json');
	writeFileSync(file, text, {mode: 0o600});
	return file;
}

describe('check', () => {
	test('a good one: 0', () => {
		const file = given('{"every": "2s"}');
		expect(run(['check', '--config', file])).toEqual({status: 0, stdout: `${file}: ok\n`, stderr: ''});
		expect(run(['check'], {HEALTHTOP_CONFIG: file}).stdout).toBe(`${file}: ok\n`);
	});

	test('one with a warning: 0', () => {
		const file = given('{"interfaces": {"only": [{"file": "config.json.key"}]}}');
		writeFileSync(`${file}.key`, 'eth0\n');
		chmodSync(`${file}.key`, 0o644);
		expect(run(['check', '--config', file])).toEqual({
			status: 0,
			stdout: [
				`${file}: ok`,
				`warning: ${file}: line 1, interfaces.only[0]: secret file '${file}.key' can be read by everybody; chmod o-r ${file}.key`,
				'',
			].join('\n'),
			stderr: '',
		});
	});

	test('a bad one: every problem and 78', () => {
		const file = given('{\n"every": "2m",\n"interface": {},\n\n"every": "1s"}');
		expect(run(['check', '--config', file])).toEqual({
			status: 78,
			stdout: '',
			stderr: [
				`healthtop: ${file} has 2 problems:`,
				"  line 3, (top level): unknown key 'interface'; did you mean 'interfaces'?",
				'  line 5, every: is there a second time, the first is in line 2; keep one of them',
				'',
			].join('\n'),
		});
	});

	test('none: where it was looked for, and 0', () => {
		expect(run(['check'])).toEqual({
			status: 0,
			stdout:
				'no configuration file: looked for /nonexistent/.config/healthtop/config.json and /etc/healthtop/config.json; the defaults are used\n',
			stderr: '',
		});
	});

	test('one that was named and is not there: 78', () => {
		expect(run(['check', '--config', '/nonexistent.json'])).toEqual({
			status: 78,
			stdout: '',
			stderr: 'healthtop: /nonexistent.json: there is no such file\n',
		});
	});

	test('that of the repository: 0', () => {
		expect(run(['check', '--config', 'config.json'])).toEqual({status: 0, stdout: 'config.json: ok\n', stderr: ''});
	});
});

describe('show', () => {
	test('prints every default', () => {
		const {status, stdout, stderr} = run(['show']);
		expect([status, stderr]).toEqual([0, '']);
		expect(JSON.parse(stdout)).toMatchObject({
			every: '1s',
			sampling: {filesystem: '10s'},
			mounts: {},
			screen: {panels: ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts']},
			log: {level: 'info'},
			history: {series: []},
		});
	});

	test('prints what can be used again, with no secret in it', () => {
		const file = given(
			`{"every": "\${EVERY}", "mounts": {"only": ["/", "\${NAME}", {"file": "key"}]}, "sampling": {"filesystem": "90s"}}`,
		);
		const key = join(file, '..', 'key');
		writeFileSync(key, 'k4n4ry-file\n', {mode: 0o600});
		const env = {EVERY: '1.25s', NAME: 'k4n4ry-env'};
		const shown = run(['show', '--config', file], env);
		expect(shown.stdout).not.toContain('k4n4ry');
		expect(JSON.parse(shown.stdout)).toMatchObject({
			every: `\${EVERY}`,
			mounts: {only: ['/', `\${NAME}`, {file: key}]},
			sampling: {filesystem: '90s'},
		});
		expect(run(['show', '--config', given(shown.stdout)], env)).toEqual({status: 0, stdout: shown.stdout, stderr: ''});
	});

	test('says what is wrong with a bad one, without its secrets: 78', () => {
		const file = given(`{"every": "\${EVERY}"}`);
		expect(run(['show', '--config', file], {EVERY: 'k4n4ry'})).toEqual({
			status: 78,
			stdout: '',
			stderr: `healthtop: ${file} has 1 problem:\n  line 1, every: must be a duration such as "30s", "5m" or "48h", got the value of "\${EVERY}"\n`,
		});
	});
});

test('schema prints config.schema.json, whatever the configuration is', () => {
	expect(run(['schema', '--config', '/nonexistent.json'])).toEqual({
		status: 0,
		stdout: readFileSync('config.schema.json', 'utf8'),
		stderr: '',
	});
});

describe('anything else', () => {
	test.each([
		[[], 'Usage: healthtop config'],
		[['explode'], "unknown command 'explode'"],
		[['check', 'config.json'], "too many arguments for 'check'"],
		[['show', '--nope'], "unknown option '--nope'"],
	])('%j: a message and 1', (args, message) => {
		const {status, stdout, stderr} = run(args);
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toContain(message);
		expect(stderr).not.toMatch(/^ +at /m);
	});

	test('--help: 0', () => {
		const {status, stdout} = run(['--help']);
		expect(status).toBe(0);
		expect(stdout).toMatch(/check .*\n.*show .*\n.*schema /);
	});
});
