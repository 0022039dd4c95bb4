import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {closing} from '../helpers/ask.js';
import {command, type Environment, gone, type Said, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {freePort, listening, portOf} from '../helpers/listening.js';
import {until} from '../helpers/until.js';

/** A configuration with these checks, in a directory of its own. */
function given(checks: readonly object[]): string {
	const file = join(folder(), 'config.json');
	writeFileSync(file, JSON.stringify({checks}), {mode: 0o600});
	return file;
}

function check(file: string, args: readonly string[] = [], env: Environment = {}): Promise<Said> {
	return start(command('check', ...args, '--config', file), env).said;
}

/** Without what differs each time. */
function timeless(text: string): string {
	return text.replace(/=[\d.]+ms/g, '=Nms').replace(/in \d+ ms/g, 'in N ms');
}

describe('one check', () => {
	test('that is well: 0', async () => {
		const {port} = await listening(socket => socket.write('220 hello\r\n'));
		const file = given([{name: 'mail', type: 'tcp', port, expect: '^220 '}]);
		const {code, stdout, stderr} = await check(file, ['mail']);
		expect({code, stdout: timeless(stdout), stderr}).toEqual({
			code: 0,
			stdout: "OK - mail: 220 hello in N ms | 'mail time'=Nms\n",
			stderr: '',
		});
	});

	test('with a warning: 1', async () => {
		const {port} = await listening(() => {});
		const file = given([{name: 'db', type: 'tcp', port, conditions: [{warning: '[RESPONSE_TIME] < 0'}]}]);
		const {code, stdout} = await check(file, ['db']);
		expect(code).toBe(1);
		expect(stdout).toMatch(/^WARNING - db: \[RESPONSE_TIME\] \(\d+\) < 0 \| 'db time'=[\d.]+ms\n$/);
	});

	test('that failed: 2', async () => {
		const port = await freePort();
		const file = given([{name: 'db', type: 'tcp', port}]);
		expect(await check(file, ['db'])).toMatchObject({
			code: 2,
			stdout: `CRITICAL - db: refused on 127.0.0.1:${port}\n`,
		});
	});

	test('that could not be judged: 3', async () => {
		const file = given([{name: 'odd', type: 'command', command: ['/nonexistent/check_odd']}]);
		const {code, stdout} = await check(file, ['odd']);
		expect(code).toBe(3);
		expect(stdout).toMatch(/^UNKNOWN - odd: /);
	});
});

test('of several the worst counts, and stands first', async () => {
	const {port} = await listening(() => {});
	const closed = await freePort();
	const file = given([
		{name: 'well', type: 'tcp', port},
		{name: 'odd', type: 'command', command: ['/nonexistent/check_odd']},
		{name: 'db', type: 'tcp', port: closed},
		{name: 'slow', type: 'tcp', port, conditions: [{warning: '[RESPONSE_TIME] < 0'}]},
	]);
	const {code, stdout} = await check(file, ['well', 'odd', 'db', 'slow']);
	expect(code).toBe(2);
	expect(stdout.split('\n').map(line => line.replace(/ [|:(].*/, ''))).toEqual([
		`CRITICAL - db: refused on 127.0.0.1:${closed}`,
		`CRITICAL - db: refused on 127.0.0.1:${closed}`,
		expect.stringMatching(/^WARNING - slow: /),
		expect.stringMatching(/^UNKNOWN - odd: /),
		expect.stringMatching(/^OK - well: connected in \d+ ms$/),
		'',
	]);
});

test('JSON has all that was found', async () => {
	const server = closing(createServer((_, response) => response.end('{"status": "UP"}')).listen(0, '127.0.0.1'));
	const port = await portOf(server);
	const file = given([
		{
			name: 'api',
			type: 'http',
			url: `http://127.0.0.1:${port}/`,
			conditions: ['[BODY].status == UP', '[STATUS] == 201'],
		},
	]);
	const {code, stdout} = await check(file, ['api', '--json']);
	expect(code).toBe(2);
	expect(JSON.parse(stdout)).toMatchObject({
		version: 1,
		status: 'critical',
		exitCode: 2,
		checks: [
			{
				name: 'api',
				type: 'http',
				status: 'critical',
				reason: '[STATUS] (200) == 201',
				conditions: [
					{text: '[BODY].status == UP', status: 'ok'},
					{text: '[STATUS] (200) == 201', status: 'critical'},
				],
				stages: expect.arrayContaining([{name: 'connect', ms: expect.any(Number)}]),
			},
		],
	});
});

describe('is unknown, and 3:', () => {
	test('a name that there is not', async () => {
		const file = given([{name: 'shop', type: 'tcp', port: 1}]);
		expect(await check(file, ['shpo'])).toMatchObject({
			code: 3,
			stdout: "UNKNOWN - no check 'shpo'; did you mean 'shop'?\n",
		});
	});

	test('no checks at all', async () => {
		const {code, stdout} = await check(given([]));
		expect(code).toBe(3);
		expect(stdout).toContain("has no checks; 'healthtop config init' writes some");
	});

	test('a configuration that cannot be used', async () => {
		const file = given([{name: 'shop', type: 'htpt'}]);
		const {code, stdout} = await check(file);
		expect(code).toBe(3);
		expect(stdout).toMatch(/^UNKNOWN - .*has 1 problem:\n {2}line 1, checks\[0\]\.type: must be /);
	});

	test('an option that there is not', async () => {
		const {code, stdout} = await check(given([]), ['--jsn']);
		expect(code).toBe(3);
		expect(stdout).toContain("UNKNOWN - unknown option '--jsn'");
	});

	test('another root', async () => {
		const {code, stdout} = await check(given([]), ['--root', '/nonexistent']);
		expect(code).toBe(3);
		expect(stdout).toBe('UNKNOWN - checks ask the services of this machine: leave --root out\n');
	});
});

test('its help ends with 0', async () => {
	expect(await check(given([]), ['--help'])).toMatchObject({code: 0, stderr: ''});
});

test('a secret that a service gives back is not printed', async () => {
	const {port} = await listening(socket => socket.once('data', chunk => socket.end(`NOT ${chunk}`)));
	const file = given([{name: 'echo', type: 'tcp', port, send: `\${TOKEN}`, expect: '^OK'}]);

	for (const args of [['echo'], ['echo', '--json']]) {
		const {code, stdout, stderr} = await check(file, args, {TOKEN: 'hunter2-canary'});
		expect(code).toBe(2);
		expect(stdout).toContain('NOT [secret]');
		expect(stdout + stderr).not.toContain('canary');
	}
});

test('what a service says can do no harm to a terminal or to performance data', async () => {
	const {port} = await listening(socket => socket.end('\x1b]0;owned\x07 | x=1\r\n'));
	const file = given([{name: 'evil', type: 'tcp', port, expect: '^OK'}]);
	const {stdout} = await check(file, ['evil']);
	expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
	expect(stdout).toBe("CRITICAL - evil: said '\\x1b]0;owned\\x07 / x=1', not what was expected\n");
});

test('leaves nothing behind', async () => {
	const home = folder();
	const {port} = await listening(() => {});
	const file = given([{name: 'db', type: 'tcp', port}]);
	const {code} = await check(file, [], {HOME: home, XDG_STATE_HOME: home});
	expect(code).toBeLessThan(4);
	await expect(start(['find', home, '-mindepth', '1']).said).resolves.toMatchObject({stdout: ''});
});

test('neither the screen nor a client that is not needed is loaded', async () => {
	const {port} = await listening(() => {});
	const file = given([{name: 'db', type: 'tcp', port}]);
	const trace = join(folder(), 'trace');
	const words = ['strace', '-f', '-e', 'trace=openat', '-o', trace, ...command('check', 'db', '--config', file)];
	const {code} = await start(words).said;
	expect(code).toBe(0);
	const opened = [...new Set(readFileSync(trace, 'utf8').match(/dist\/(?:main|chunks\/[\w-]+)\.js(?=")/g) ?? [])];
	expect(opened.length).toBeGreaterThan(3);
	const foreign = /react-reconciler|yoga|AuthSwitchRequest|error parsing regexp/;
	expect(opened.filter(path => foreign.test(readFileSync(path, 'utf8')))).toEqual([]);
});

describe('a program that a check has started', () => {
	test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('does not outlive %s', async signal => {
		const marker = join(folder(), 'pid');
		const script = ['/bin/sh', '-c', `echo $$ > ${marker}; exec sleep 60`];
		const file = given([{name: 'long', type: 'command', command: script, timeout: '50s'}]);
		const running = start(command('check', 'long', '--config', file));
		await until('it runs', () => existsSync(marker) && readFileSync(marker, 'utf8').trim() !== '');
		running.child.kill(signal);
		expect(await running.said).toMatchObject({signal});
		await gone(Number(readFileSync(marker, 'utf8')));
	});
});

test('what cannot be written is unknown, too', async () => {
	const {port} = await listening(() => {});
	const file = given([{name: 'db', type: 'tcp', port}]);
	const words = command('check', 'db', '--config', file).map(word => `'${word}'`);
	const {code, stderr} = await start(['sh', '-c', `${words.join(' ')} > /dev/full`]).said;
	expect(code).toBe(3);
	expect(stderr).toMatch(/^healthtop: cannot write: .*ENOSPC/);
});
