import {execFileSync} from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	chownSync,
	renameSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {file} from '../../src/checks/file.js';
import type {FileStat} from '../../src/core/host.js';
import {local} from '../../src/hosts/local.js';
import {answerOf, asItIs, checkOf, descriptors} from '../helpers/ask.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';

const minute = 60_000;
const wall = Date.parse('2026-11-22T12:00:00Z');

/** A file of so many bytes, changed so long ago. */
function fileOf(content: string, ageMs = 3 * minute): string {
	const path = join(folder(), 'file');
	writeFileSync(path, content);
	const at = new Date(wall - ageMs);
	utimesSync(path, at, at);
	return path;
}

/** What the check finds wrong. */
async function findings(options: {
	readonly path: string;
	readonly [name: string]: unknown;
}): Promise<readonly string[]> {
	const {findings: found = [], failure} = await answerOf(file, options, {wall});
	return [...found, ...(failure ? [failure] : [])].map(
		({status, reason}) => `${status}: ${reason.replaceAll(options.path, 'PATH')}`,
	);
}

test('a file that is there is well: size, age, and whose it is', async () => {
	const path = fileOf('x'.repeat(1536));
	chmodSync(path, 0o640);
	const answer = await answerOf(file, {path}, {wall});
	expect(answer).toMatchObject({text: '1.5 KiB, 3m0s old', findings: [], isFirst: true});
	expect(answer.measures).toEqual({age: 180, size: 1536});
	const names = execFileSync('stat', ['-c', '%U:%G', path], {encoding: 'utf8'}).trim();
	const [owner, group] = names.split(':');
	expect(JSON.parse(answer.values.BODY ?? '')).toEqual({
		size: 1536,
		age: 180,
		kind: 'file',
		mode: '0640',
		owner,
		group,
	});
	expect(answer.facts).toEqual([
		{label: 'changed', value: '11:57:00'},
		{label: 'owner', value: names},
		{label: 'mode', value: '0640'},
	]);
});

test('a file of the future has no age', async () => {
	const {text, measures} = await answerOf(file, {path: fileOf('', -5 * minute)}, {wall});
	expect(text).toBe('0 B, 0s old');
	expect(measures?.['age']).toBe(0);
});

test('what is not there is critical, and well where it must not be there', async () => {
	const path = join(folder(), 'none');
	expect(await findings({path})).toEqual(['critical: no file PATH']);
	expect(await answerOf(file, {path})).toMatchObject({text: 'not there', values: {}});
	expect(await findings({path, exists: false})).toEqual([]);
	symlinkSync('/no/such/file', path);
	expect(await findings({path})).toEqual(['critical: no file PATH']);
	expect(await findings({path: `${fileOf('x')}/below`})).toEqual(['critical: no file PATH']);
});

describe('what is there and must not be', () => {
	test('is critical, and nothing else counts', async () => {
		const path = fileOf('secret');
		const options = {path, exists: false, mode: '0777', kind: 'directory', matches: 'nothing like it'};
		expect(await findings(options)).toEqual(['critical: is there, and must not be: 6 B, 3m0s old']);
	});
});

describe('its kind', () => {
	test('is one of three, links followed', async () => {
		const directory = folder();
		const at = (name: string) => join(directory, name);
		const server = createServer().listen(at('socket'));
		onTestFinished(() => void server.close());
		await expect.poll(() => findings({path: at('socket'), kind: 'socket'})).toEqual([]);
		execFileSync('mkfifo', [at('pipe')]);
		symlinkSync(directory, at('link'));
		const wanted = (path: string, kind: string) => findings({path, kind});
		expect(await wanted(at('link'), 'directory')).toEqual([]);
		expect(await wanted(directory, 'file')).toEqual(['critical: is a directory, wanted a file']);
		expect(await wanted(at('pipe'), 'socket')).toEqual(['critical: is a pipe, wanted a socket']);
		expect(await wanted('/dev/null', 'file')).toEqual(['critical: is a device, wanted a file']);
		const {text, measures} = await answerOf(file, {path: directory});
		expect(text).toMatch(/^directory, \d+s old$/);
		expect(Object.keys(measures ?? {})).toEqual(['age']);
	});
});

describe('mode, owner and group', () => {
	test.each([
		['0640', 0o640, []],
		['640', 0o640, []],
		['0644', 0o640, ['critical: mode 0640, wanted 0644']],
		['4755', 0o755, ['critical: mode 0755, wanted 4755']],
		['04755', 0o4755, []],
	])('%s is compared with %o', async (mode, is, found) => {
		const path = fileOf('');
		chmodSync(path, is);
		expect(await findings({path, mode})).toEqual(found);
	});

	test('are those of whoever made it, by name or number', async () => {
		const path = fileOf('');
		const [uid, gid, owner, group] = execFileSync('stat', ['-c', '%u %g %U %G', path], {encoding: 'utf8'})
			.trim()
			.split(' ');
		expect(await findings({path, owner, group})).toEqual([]);
		expect(await findings({path, owner: Number(uid), group: Number(gid)})).toEqual([]);
		expect(await findings({path, owner: 'nobody', group: 47_110})).toEqual([
			`critical: owner ${owner}, wanted nobody`,
			`critical: group ${group}, wanted 47110`,
		]);
		expect(await findings({path, owner: 'no-such-user', group: 'no-such-group'})).toEqual([
			'unknown: no owner no-such-user is known on this machine: write the number',
			'unknown: no group no-such-group is known on this machine: write the number',
		]);
	});

	testAsRoot()('without a name are numbers', async () => {
		const path = fileOf('');
		chownSync(path, 47_110, 47_111);
		expect(await findings({path, owner: 'root', group: 'root'})).toEqual([
			'critical: owner 47110, wanted root',
			'critical: group 47111, wanted root',
		]);
	});
});

describe('what stands at its end', () => {
	const log = 'begun\nERROR: disk \x1b[31mfull\nERROR: again\ndone in 5 s, f\u00fcr heute\n';

	test.each([
		[{matches: 'done in [0-9]+ s'}, []],
		[{matches: 'f\u00fcr heute\\n$'}, []],
		[{matches: 'finished'}, ["critical: 'finished' is not in it"]],
		[{matchesNot: 'FATAL'}, []],
		[{matchesNot: 'ERROR: a'}, ["critical: 'ERROR: a' is in it: ERROR: again"]],
		[{matchesNot: 'disk'}, ["critical: 'disk' is in it: ERROR: disk \\x1b[31mfull"]],
		[{matchesNot: '(?s)begun.*done'}, ["critical: '(?s)begun.*done' is in it"]],
		[{matches: 'x', matchesNot: 'begun'}, ["critical: 'x' is not in it", "critical: 'begun' is in it: begun"]],
	])('%j', async (options, found) => {
		expect(await findings({path: fileOf(log), ...options})).toEqual(found);
	});

	test('is the last 64 KiB', async () => {
		const path = fileOf(`early${'x'.repeat(64 << 10)}`);
		expect(await findings({path, matches: 'early'})).toEqual(["critical: 'early' is not in it"]);
		truncateSync(path, 64 << 10);
		expect(await findings({path, matches: 'early'})).toEqual([]);
	});

	test('is of a regular file only: nothing else is opened', async () => {
		const directory = folder();
		const pipe = join(directory, 'pipe');
		execFileSync('mkfifo', [pipe]);
		const before = descriptors();
		expect(await findings({path: pipe, matches: 'x'})).toEqual(['critical: is a pipe: nothing can be read in it']);
		expect(await findings({path: directory, matches: 'x'})).toEqual([
			'critical: is a directory: nothing can be read in it',
		]);
		expect(await findings({path: '/dev/zero', matchesNot: 'x'})).toEqual([
			'critical: is a device: nothing can be read in it',
		]);
		expect(descriptors()).toBeLessThanOrEqual(before);
	});

	test('is searched in linear time', async () => {
		const path = fileOf(`${'a'.repeat(64 << 10)}!`);
		const from = performance.now();
		expect(await findings({path, matches: '(a+)+$'})).toEqual(["critical: '(a+)+$' is not in it"]);
		expect(performance.now() - from).toBeLessThan(5000);
	});

	test('is asked by a pattern of RE2', async () => {
		await expect(findings({path: '/x', matches: '(?=x)'})).rejects.toThrow('regular expression of RE2');
	});
});

test('owners are not waited for when /etc does not answer', async () => {
	const path = fileOf('x');
	const host = {...local(), readAside: () => new Promise<string>(() => {})};
	const {failure} = await answerOf(file, {path}, {host, timeout: 100});
	expect(failure).toMatchObject({reason: 'no answer in 100 ms: /etc/passwd does not answer', isTimeout: true});
});

test('growth is between two looks at the same file that became no smaller', async () => {
	const path = fileOf('x'.repeat(100));
	const ask = await checkOf(file, {path});
	let now = 0;
	const look = async (): Promise<unknown> => {
		now += 2000;
		const {signal} = new AbortController();
		const {measures, isFirst} = await ask({
			host,
			now: () => now,
			wall: () => wall,
			signal,
			timeout: 5000,
			hide: asItIs,
		});
		return isFirst ? 'first' : measures?.['growth'];
	};
	const host = local();
	expect(await look()).toBe('first');
	appendFileSync(path, 'x'.repeat(500));
	expect(await look()).toBe(250);
	expect(await look()).toBe(0);
	truncateSync(path, 10);
	expect(await look()).toBeUndefined();
	appendFileSync(path, 'xx');
	expect(await look()).toBe(1);
	const other = `${path}.new`;
	writeFileSync(other, 'x'.repeat(10_000));
	renameSync(other, path);
	expect(await look()).toBeUndefined();
	appendFileSync(path, 'x');
	expect(await look()).toBe(0.5);
});

const refusals: Record<string, [code: string, found: string]> = {
	'a right that we have not': ['EACCES', 'unknown: healthtop may not look at PATH'],
	'a right that the system does not give': ['EPERM', 'unknown: healthtop may not look at PATH'],
	'a circle of links': ['ELOOP', 'critical: PATH leads in a circle'],
	'a disk that fails': ['EIO', 'critical: file system of PATH fails (EIO)'],
	'a server that forgot it': ['ESTALE', 'critical: file system of PATH fails (ESTALE)'],
	'a server that ended': ['ENOTCONN', 'critical: file system of PATH fails (ENOTCONN)'],
	'no descriptor left': ['EMFILE', 'unknown: not asked: no file descriptor is left to healthtop (EMFILE)'],
	'no turn': ['EAGAIN', 'unknown: not asked: other file systems do not answer'],
};

describe('what the system says instead:', () => {
	const ask = async (error: Error) => {
		const host = fakeHost({}, {stat: () => Promise.reject(error)});
		const {failure} = await answerOf(file, {path: '/x/y'}, {host});
		return `${failure?.status}: ${failure?.reason.replace('/x/y', 'PATH')}`;
	};

	test.each(Object.entries(refusals))('%s', async (_, [code, found]) => {
		expect(await ask(systemError(code))).toBe(found);
	});

	test('words of a helper', async () => {
		expect(await ask(new Error("stat: cannot statx '/x\x1b': Odd"))).toBe(
			"unknown: not asked: stat: cannot statx '/x\\x1b': Odd",
		);
	});

	test('that it may be seen, but not read', async () => {
		const stat: FileStat = {type: 'file', sizeBytes: 1, modifiedAt: 0, mode: 0, owner: 0, group: 0, identity: ''};
		const host = fakeHost({}, {stat: async () => stat, readEnd: () => Promise.reject(systemError('EACCES'))});
		const {failure} = await answerOf(file, {path: '/x', matches: 'x'}, {host});
		expect(failure).toEqual({status: 'unknown', reason: 'healthtop may not look at /x'});
	});
});

test.each([
	[{path: 'x'}, 'must be an absolute path'],
	[{path: '/x', mode: '0999'}, 'must be octal'],
	[{path: '/x', mode: 640}, 'expected string'],
	[{path: '/x', owner: 'a b'}, 'must be the name or the number of a user'],
	[{path: '/x', group: -1}, 'must be the name or the number of a group'],
	[{path: '/x', kind: 'link'}, 'must be \\"file\\", \\"directory\\" or \\"socket\\"'],
])('refuses %j', async (options, message) => {
	await expect(answerOf(file, options)).rejects.toThrow(message);
});
