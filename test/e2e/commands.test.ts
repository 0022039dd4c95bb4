import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty} from '../helpers/pty.js';

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
	const {status, stdout, stderr} = spawnSync(process.execPath, healthtop(...args), {
		encoding: 'utf8',
		env: {PATH: process.env['PATH'], HOME: '/nonexistent', ...env},
		input: '',
	});
	return {status, stdout, stderr};
}

describe('without a terminal', () => {
	test('one snapshot as text, a hint on standard error, and no escapes', () => {
		const {status, stdout, stderr} = run([]);
		expect(status).toBe(0);
		expect(stdout).toMatch(/^cpu +[\d.]+% used/m);
		expect(stdout).not.toContain('\x1b');
		expect(stderr).toContain('snapshot --json');
	});

	test('a terminal for output, but none for keys: a clear no and 2', async () => {
		const [bundle] = healthtop();
		const pty = new Pty('sh', ['-c', `'${process.execPath}' '${bundle}' </dev/null; echo code=$?`]);
		await pty.shows('code=2');
		expect(pty.text).toContain('standard input is no terminal');
		expect(pty.output).not.toContain('\x1b[?1049h');
	});

	test('TERM=dumb: a clear no and 2', async () => {
		const pty = new Pty(process.execPath, healthtop(), {env: {TERM: 'dumb'}});
		expect(await pty.end()).toEqual({exitCode: 2, signal: undefined});
		expect(pty.text).toContain("TERM is 'dumb'");
	});

	test('into head, which reads one line and goes', () => {
		const [bundle] = healthtop();
		const {stdout, stderr} = spawnSync(
			'bash',
			[
				'-c',
				`set -o pipefail; '${process.execPath}' '${bundle}' snapshot --json --interval 50ms | head -1; echo "\${PIPESTATUS[0]}"`,
			],
			{
				encoding: 'utf8',
			},
		);
		expect(stdout).toBe('{\n0\n');
		expect(stderr).toBe('');
	});
});

describe('snapshot', () => {
	test('--json has what DESIGN calls version 1', () => {
		const {status, stdout} = run(['snapshot', '--json', '--interval', '300ms']);
		const json = JSON.parse(stdout);
		expect(status).toBe(0);
		expect(Object.keys(json)).toEqual([
			'version',
			'host',
			'at',
			'intervalMs',
			'series',
			'cores',
			'filesystems',
			'devices',
			'interfaces',
			'processes',
			'checks',
			'problems',
		]);
		expect(json.version).toBe(1);
		expect(json.intervalMs).toBeGreaterThanOrEqual(295);
		expect(json.series['cpu.used']).toBeGreaterThanOrEqual(0);
		expect(json.processes.some(({pid}: {pid: number}) => pid === process.pid)).toBe(true);
	});

	test('of a recorded tree: right totals, and rates of zero', () => {
		const {stdout} = run(['snapshot', '--json', '--interval', '50ms', '--root', 'test/fixtures/trees/web-01/before']);
		const json = JSON.parse(stdout);
		expect(json.host).toBe('web-01');
		expect(json.series['network.received:eth0']).toBe(0);
		expect(json.problems).toEqual([]);
	});

	for (const [name, args, status, message] of [
		['an interval that is none', ['snapshot', '--interval', 'soon'], 1, "--interval 'soon': must be a duration"],
		[
			'a root that is no machine',
			['snapshot', '--root', '/usr/share'],
			1,
			"--root '/usr/share': has no proc directory",
		],
		[
			'a configuration that is not there',
			['snapshot', '--config', '/nonexistent.json'],
			78,
			'/nonexistent.json: there is no such file',
		],
		['an unknown option', ['--nope'], 1, "unknown option '--nope'"],
		['an unknown command', ['explode'], 1, "unknown command 'explode'"],
	] as const) {
		test(`${name}: a message without a stack`, () => {
			const answer = run(args);
			expect(answer.status).toBe(status);
			expect(answer.stderr).toContain(message);
			expect(answer.stderr).not.toMatch(/^ +at /m);
		});
	}
});

test('--version and --help print and end with 0', () => {
	expect(run(['--version'])).toEqual({status: 0, stdout: '0.1.0\n', stderr: ''});
	expect(run(['--help']).status).toBe(0);
	expect(run(['--help']).stdout).toContain('snapshot');
});

test('what cannot be written is said, and is no success', () => {
	const [bundle] = healthtop();

	for (const args of ['snapshot --interval 50ms', '--help', '--version']) {
		const {status, stderr} = spawnSync('sh', ['-c', `'${process.execPath}' '${bundle}' ${args} >/dev/full`], {
			encoding: 'utf8',
		});
		expect([args, status, stderr]).toEqual([args, 1, expect.stringMatching(/^healthtop: cannot write: .*ENOSPC/)]);
	}
});

test('the home of somebody else, which may not be read, is passed over', () => {
	const {status} = run(['snapshot', '--interval', '50ms'], {XDG_CONFIG_HOME: '/proc/1/root/nonexistent'});
	expect(status).toBe(0);
});
