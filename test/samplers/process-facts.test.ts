import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, realpathSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import {local} from '../../src/hosts/local.js';
import {recorded} from '../../src/hosts/recorded.js';
import {parseLimits, readIdentity, readProcessFacts} from '../../src/samplers/process-facts.js';
import {pathOf} from '../helpers/collect.js';
import {type FakeFiles, fakeHost, systemError} from '../helpers/fake-host.js';

const stat = (state = 'S', startTicks = 4711) =>
	`77 (my (odd) name) ${state} 1 77 77 0 -1 4194560 1 2 3 4 5 6 0 0 20 -5 3 0 ${startTicks} 9000 250 18446744073709551615\n`;

const limits = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max stack size            8388608              unlimited            bytes     
Max processes             96365                96365                processes 
Max open files            1024                 1048576              files     
Max nice priority         0                    0                    
`;

const files: FakeFiles = {
	'/proc/77/stat': stat(),
	'/proc/77/status': 'Name:\tx\nFDSize:\t64\nVmSize:\t    9000 kB\nVmSwap:\t      12 kB\n',
	'/proc/77/limits': limits,
	'/proc/77/cgroup': '12:cpu:/old\n0::/system.slice/caf\xc3\xa9.service\n',
	'/proc/77/io': 'rchar: 1\nwchar: 2\nread_bytes: 4096\nwrite_bytes: 8192\n',
	'/proc/77/fd/0': '',
	'/proc/77/fd/1': '',
};
const id = {pid: 77, startTicks: 4711};

describe('facts of a process', () => {
	test('are what its files say', async () => {
		const host = fakeHost(files, {readlink: path => (path.endsWith('cwd') ? '/srv/\x1b' : '/usr/bin/caf\xc3\xa9')});
		expect(await readProcessFacts(host, id)).toEqual({
			nice: -5,
			virtualBytes: 9000 * 1024,
			swapBytes: 12 * 1024,
			disk: {read: 4096, written: 8192},
			openFiles: 2,
			directory: '/srv/\\x1b',
			executable: '/usr/bin/café',
			controlGroup: '/system.slice/café.service',
			limits: parseLimits(limits),
		});
	});

	test('that may not be seen are denied, and those that are not there absent', async () => {
		const deny = (): never => {
			throw systemError('EACCES');
		};
		const {'/proc/77/stat': own = '', '/proc/77/status': status = ''} = files;
		const host = fakeHost({'/proc/77/stat': own, '/proc/77/status': status});
		const guarded = {
			...host,
			readlink: deny,
			list: deny,
			readAside: async (path: string) => (path.endsWith('/io') ? deny() : host.readAside(path)),
		};
		expect(await readProcessFacts(guarded, id)).toMatchObject({
			disk: 'denied',
			openFiles: 'denied',
			directory: 'denied',
			executable: 'denied',
			controlGroup: undefined,
			limits: [],
		});
	});

	test.each([
		['of another process with its number', {...files, '/proc/77/stat': stat('S', 4712)}],
		['of one that waits for a disk', {...files, '/proc/77/stat': stat('D')}],
		['of one that has ended', {}],
	])('there are none %s, and nothing but who it is was read', async (_, there) => {
		const host = fakeHost(there);
		expect(await readProcessFacts(host, id)).toBeUndefined();
		expect(host.reads).toEqual(['/proc/77/stat']);
	});

	test('of a control group of version 1', async () => {
		const host = fakeHost({...files, '/proc/77/cgroup': '4:memory:/docker/abc\n3:cpu:/x\n'});
		expect((await readProcessFacts(host, id))?.controlGroup).toBe('/docker/abc');
	});

	test('a mistake of ours is not taken for a file that cannot be read', async () => {
		const host = fakeHost(files, {
			readlink: () => {
				throw new TypeError('x is undefined');
			},
		});
		await expect(readProcessFacts(host, id)).rejects.toThrow('x is undefined');
	});

	test('of a real process', async () => {
		const child = spawn('sleep', ['600'], {stdio: 'ignore', cwd: '/'});
		onTestFinished(() => void child.kill('SIGKILL'));
		await once(child, 'spawn');
		const host = local();
		const {pid = 0} = child;
		const now = readIdentity(host, pid);
		const facts = now && (await readProcessFacts(host, now));
		expect(facts).toMatchObject({directory: '/', executable: realpathSync('/usr/bin/sleep')});
		// Its loader may still have one of its own.
		expect(facts?.openFiles).toBeGreaterThanOrEqual(3);
		const soft = /^Max open files +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'latin1'))?.[1];
		expect(facts?.limits.find(({name}) => name === 'open files')?.soft).toBe(Number(soft));
	});

	test('of a recorded one are what was recorded', async () => {
		const host = recorded(pathOf('web-01', 'before'));
		const now = readIdentity(host, 1);
		expect(now).toBeDefined();
		expect(now && (await readProcessFacts(host, now))).toMatchObject({limits: []});
	});
});

test('limits are numbers, and none is more than all', () => {
	expect(parseLimits(limits)).toEqual([
		{name: 'cpu time', soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY, isBytes: false},
		{name: 'stack size', soft: 8_388_608, hard: Number.POSITIVE_INFINITY, isBytes: true},
		{name: 'processes', soft: 96_365, hard: 96_365, isBytes: false},
		{name: 'open files', soft: 1024, hard: 1_048_576, isBytes: false},
		{name: 'nice priority', soft: 0, hard: 0, isBytes: false},
	]);
	expect(parseLimits('nonsense')).toEqual([]);
});
