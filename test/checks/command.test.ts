import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, closeSync, openSync, readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {command} from '../../src/checks/command.js';
import {answerOf} from '../helpers/ask.js';
import {fakeHost} from '../helpers/fake-host.js';
import {folder} from '../helpers/folder.js';
import {freePort, listening} from '../helpers/listening.js';
import {testAsRoot, testWith} from '../helpers/outside.js';

const shell = (script: string, ...args: string[]) => ({command: ['/bin/sh', '-c', script, 'script', ...args]});

const exits: Record<string, [script: string, text: string, finding: [status: string, reason: string] | undefined]> = {
	'exit code 0 is ok': ['echo OK - all fine', 'OK - all fine', undefined],
	'exit code 1 is a warning': ['echo some; exit 1', 'some', ['warning', 'some']],
	'exit code 2 is critical': ['echo bad; echo more; exit 2', 'bad', ['critical', 'bad']],
	'exit code 3 is unknown': ['echo cannot tell; exit 3', 'cannot tell', ['unknown', 'cannot tell']],
	'another exit code is none': ['echo odd; exit 77', 'odd', ['unknown', 'exit code 77 is none of a plug-in: odd']],
	'another exit code is none, without a word': [
		'exit 255',
		'exit code 255',
		['unknown', 'exit code 255 is none of a plug-in'],
	],
	'a shell that did not find its program is no missing plug-in': [
		'no-such-program 2>/dev/null',
		'exit code 127',
		['unknown', 'exit code 127 is none of a plug-in'],
	],
	'errors are quoted where nothing else was said': ['echo oops >&2; exit 2', 'oops', ['critical', 'oops']],
	'performance data is no text': ["echo 'OK | a=1'", 'OK', undefined],
	'nothing was said, and all is well': ['exit 0', 'ok', undefined],
	'nothing was said, and it is not': ['exit 1', 'exit code 1', ['warning', 'exit code 1, without a word']],
};

describe('what is said:', () => {
	test.each(Object.entries(exits))('%s', async (_, [script, text, finding]) => {
		const answer = await answerOf(command, shell(script));
		expect(answer.failure).toBeUndefined();
		expect(answer).toMatchObject({text, findings: finding ? [{status: finding[0], reason: finding[1]}] : []});
	});
});

test('exit code, output and numbers are there for conditions and levels', async () => {
	const answer = await answerOf(command, shell('printf "UP \\303\\274 | t=5ms\\nmore\\n\\n"; echo no >&2; exit 1'));
	expect(answer.values).toEqual({STATUS: 1, BODY: 'UP ü | t=5ms\nmore'});
	expect(answer.perfdata).toEqual([{label: 't', value: 5, unit: 'ms'}]);
	expect(answer.facts).toEqual([
		{label: 'output', value: 'more'},
		{label: 't', value: '5 ms'},
	]);
	expect(answer.stages?.map(({name}) => name)).toEqual(['whole']);
	expect(answer.ms).toBeGreaterThan(0);
});

test('arguments arrive as they are, and nobody reads them', async () => {
	const args = ['$(touch x)', '`id`', ';', '-n', '', 'a b', '\n', '*', 'ü', '--', 'A=b'];
	const {values} = await answerOf(command, {command: ['/usr/bin/printf', '<%s>', ...args]});
	expect(values.BODY).toBe(args.map(arg => `<${arg}>`).join(''));
});

test('its environment is its own, and what is configured', async () => {
	process.env['HEALTHTOP_CANARY'] = 'secret';
	onTestFinished(() => {
		delete process.env['HEALTHTOP_CANARY'];
	});
	const bare = await answerOf(command, {command: ['/usr/bin/env']});
	expect(bare.values.BODY?.split('\n').sort()).toEqual(['LC_ALL=C', expect.stringMatching(/^PATH=\/usr\/bin:/)]);
	const more = await answerOf(command, {command: ['/usr/bin/env'], env: {API_TOKEN: 'a b', LC_ALL: 'C.UTF-8'}});
	expect(more.values.BODY?.split('\n')).toEqual(expect.arrayContaining(['API_TOKEN=a b', 'LC_ALL=C.UTF-8']));
});

test('it runs in its directory', async () => {
	const directory = realpathSync(folder());
	expect((await answerOf(command, {command: ['/bin/pwd']})).text).toBe('/');
	expect((await answerOf(command, {command: ['/bin/pwd'], cwd: directory})).text).toBe(directory);
});

test('it has no input, no descriptors of ours, and a session of its own', async () => {
	const ours = join(folder(), 'ours');
	const descriptor = openSync(ours, 'w');
	onTestFinished(() => closeSync(descriptor));
	const script = 'cat; readlink /proc/self/fd/0; ls -l /proc/self/fd; cut -d " " -f 1,5,6 /proc/$$/stat';
	const lines = (await answerOf(command, shell(script))).values.BODY?.split('\n') ?? [];
	const [pid, group, session] = lines.at(-1)?.split(' ') ?? [];
	expect(lines[0]).toBe('/dev/null');
	expect(lines.join('\n')).not.toContain(ours);
	expect([group, session]).toEqual([pid, pid]);
});

describe("what cannot be run is nobody's fault:", () => {
	const unknown = async (options: object) => {
		const {failure, findings} = await answerOf(command, options);
		expect(findings).toBeUndefined();
		expect(failure?.status).toBe('unknown');
		return failure?.reason;
	};

	test('no program', async () => {
		expect(await unknown({command: ['/no/such/plugin', '-x']})).toBe('no program /no/such/plugin');
		expect(await unknown({command: ['/etc/passwd/plugin']})).toBe('no program /etc/passwd/plugin');
	});

	test('no directory', async () => {
		expect(await unknown({command: ['/bin/true'], cwd: '/no/such'})).toBe('no directory /no/such');
	});

	test('nothing that could be executed', async () => {
		expect(await unknown({command: ['/etc/passwd']})).toBe('/etc/passwd is no program: nobody may execute it');
		expect(await unknown({command: ['/etc']})).toBe('/etc is no program: nobody may execute it');
	});

	test('arguments without end', async () => {
		const long = 'x'.repeat(3 << 20);
		expect(await unknown({command: ['/bin/echo', long]})).toBe(
			'not started: arguments and environment are too long (E2BIG)',
		);
	});

	test('no such interpreter: what is known is said', async () => {
		const script = join(folder(), 'plugin');
		writeFileSync(script, '#!/no/such/interpreter\n', {mode: 0o755});
		const {findings} = await answerOf(command, {command: [script]});
		expect(findings).toEqual([
			{status: 'unknown', reason: expect.stringMatching(/^exit code 127 is none of a plug-in: .*No such file/)},
		]);
	});

	test('ended by a signal', async () => {
		expect(await unknown(shell('kill -SEGV $$'))).toBe('ended by SIGSEGV');
		expect(await unknown(shell('echo OK; kill -KILL $$'))).toBe('ended by SIGKILL');
	});

	test('another user, where we are not root', async () => {
		const getuid = vi.spyOn(process, 'getuid').mockReturnValue(65_534);
		onTestFinished(() => getuid.mockRestore());
		expect(await unknown({command: ['/bin/true'], user: 'root'})).toBe('only root can run it as root');
		expect(await unknown({command: ['/bin/true'], user: 47_110})).toBe('only root can run it as 47110');
		expect((await answerOf(command, {command: ['/bin/true'], user: 65_534})).text).toBe('ok');
	});
});

describe('another user', () => {
	const asRoot = testAsRoot('setpriv');

	// One that somebody has more groups than one of, where there is such a user.
	const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
	const members = readFileSync('/etc/group', 'utf8')
		.split('\n')
		.map(line => line.split(':')[3] ?? '');
	const names = passwd.map(line => line.split(':')[0] ?? '');
	const name = names.find(one => one !== 'root' && members.includes(one)) ?? 'nobody';

	asRoot(`runs it with all groups of that user, and none of ours`, async () => {
		const id = (option: string) => execFileSync('id', [option, name], {encoding: 'utf8'}).trim();
		const {values} = await answerOf(command, {...shell('id -u; id -g; id -G'), user: name});
		expect(values.BODY).toBe([id('-u'), id('-g'), id('-G')].join('\n'));
		expect((await answerOf(command, {...shell('id -G'), user: Number(id('-u'))})).text).toBe(id('-G'));
	});

	asRoot('may be a number without a name', async () => {
		const {values} = await answerOf(command, {...shell('id -u; id -g; id -G'), user: 47_110});
		expect(values.BODY).toBe('47110\n47110\n47110');
	});

	asRoot('has no rights of root left, and no way to it', async () => {
		const {values} = await answerOf(command, {
			...shell('grep -E "^(Uid|Gid|Cap(Prm|Eff|Amb))" /proc/self/status'),
			user: 65_534,
		});
		expect(values.BODY?.replace(/\s+/g, ' ')).toMatch(
			/^Uid:(?: 65534){4} Gid:(?: 65534){4} CapPrm: 0+ CapEff: 0+ CapAmb: 0+$/,
		);
	});

	asRoot('that is not there is said', async () => {
		const {failure} = await answerOf(command, {command: ['/bin/true'], user: 'no-such-user'});
		expect(failure).toEqual({status: 'unknown', reason: 'no user no-such-user in /etc/passwd: write the number'});
	});

	test('is not waited for when /etc does not answer', async () => {
		const host = fakeHost({}, {readAside: () => new Promise(() => {})});
		const {failure} = await answerOf(command, {command: ['/bin/true'], user: 'root'}, {host, timeout: 100});
		expect(failure).toMatchObject({reason: 'no answer in 100 ms: /etc/passwd does not answer', isTimeout: true});
	});

	asRoot('is root itself, where healthtop is', async () => {
		expect((await answerOf(command, {command: ['/usr/bin/id', '-u'], user: 'root'})).text).toBe('0');
	});

	asRoot('may not be able to execute it', async () => {
		const directory = folder();
		const script = join(directory, 'plugin');
		writeFileSync(script, '#!/bin/sh\n', {mode: 0o700});
		chmodSync(directory, 0o755);
		const {findings} = await answerOf(command, {command: [script], user: 'nobody'});
		expect(findings).toEqual([
			{
				status: 'unknown',
				reason: expect.stringMatching(/^exit code 126 is none of a plug-in: \/usr\/bin\/env: .*Permission denied$/),
			},
		]);
	});
});

describe('plug-ins of Debian', () => {
	const plugins = '/usr/lib/nagios/plugins';
	const plugin = (name: string, ...args: string[]) => answerOf(command, {command: [`${plugins}/${name}`, ...args]});
	const withPlugins = testWith(`${plugins}/check_dummy`, `${plugins}/check_http`);

	withPlugins('check_dummy has all four states, and refuses a fifth', async () => {
		const seen = await Promise.all([0, 1, 2, 3].map(state => plugin('check_dummy', String(state), 'as asked')));
		expect(seen.map(({findings}) => findings?.[0]?.status)).toEqual([undefined, 'warning', 'critical', 'unknown']);
		expect(seen.map(({text}) => text)).toEqual([
			'OK: as asked',
			'WARNING: as asked',
			'CRITICAL: as asked',
			'UNKNOWN: as asked',
		]);
		expect((await plugin('check_dummy', '4')).findings).toEqual([
			{status: 'unknown', reason: 'UNKNOWN: Status 4 is not a supported error state'},
		]);
	});

	withPlugins('check_procs, check_load and check_disk tell numbers', async () => {
		const [procs, load, disk] = await Promise.all([
			plugin('check_procs'),
			plugin('check_load', '-w', '1000,1000,1000', '-c', '2000,2000,2000'),
			plugin('check_disk', '-w', '1%', '-c', '0%', '-p', '/'),
		]);
		expect(procs).toMatchObject({text: expect.stringMatching(/^PROCS OK: \d+ processes$/), findings: []});
		expect(procs.perfdata).toEqual([{label: 'procs', value: expect.toSatisfy(value => value > 1), unit: ''}]);
		expect(load.perfdata?.map(({label}) => label)).toEqual(['load1', 'load5', 'load15']);
		expect(disk.perfdata).toEqual([{label: '/', value: expect.toSatisfy(value => value > 1 << 20), unit: 'B'}]);
	});

	withPlugins('check_procs that finds none is critical in its own words', async () => {
		const {findings} = await plugin('check_procs', '-c', '1:', '-C', 'no-such-process');
		expect(findings).toEqual([
			{status: 'critical', reason: "PROCS CRITICAL: 0 processes with command name 'no-such-process'"},
		]);
	});

	withPlugins('check_tcp and check_http ask a server of ours, and one that is not there', async () => {
		const greets = await listening(socket => socket.end('220 hello\r\n'));
		const server = createServer((_, answer) => answer.end('well')).listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const tcp = await plugin('check_tcp', '-H', '127.0.0.1', '-p', String(greets.port), '-e', '220');
		expect(tcp).toMatchObject({text: expect.stringMatching(/^TCP OK - /), findings: []});
		expect(tcp.perfdata).toMatchObject([{label: 'time', unit: 's'}]);
		const http = await plugin('check_http', '-I', '127.0.0.1', '-p', String(port), '-s', 'well');
		expect(http).toMatchObject({text: expect.stringMatching(/^HTTP OK: HTTP\/1.1 200 OK/), findings: []});
		expect(http.perfdata).toMatchObject([
			{label: 'time', unit: 's'},
			{label: 'size', unit: 'B'},
		]);
		const refused = await plugin('check_tcp', '-H', '127.0.0.1', '-p', String(await freePort()));
		expect(refused.findings).toMatchObject([{status: 'critical', reason: expect.stringMatching(/refused/)}]);
	});
});

test.each([
	[[], 'must be a list such as'],
	[['check_load'], 'must begin with the absolute path'],
	[['/opt/a=b/check'], 'must begin with the absolute path'],
	['/bin/true -x', 'must be a list such as'],
	[['/bin/true', 'a\0b'], 'must be text without NUL'],
])('refuses the command %j', async (wrong, message) => {
	await expect(answerOf(command, {command: wrong})).rejects.toThrow(message);
});

test.each([
	[{env: {'A-B': 'x'}}, 'must have names such as'],
	[{env: {A: 1}}, 'Invalid input'],
	[{cwd: 'relative'}, 'must be an absolute path'],
	[{user: '-x'}, 'must be the name or the number of a user'],
	[{user: -1}, 'must be the name or the number of a user'],
])('refuses %j', async (wrong, message) => {
	await expect(answerOf(command, {command: ['/bin/true'], ...wrong})).rejects.toThrow(message);
});
