import {describe, expect, test} from 'vitest';
import {everyPid, type SampleContext} from '../../src/core/sampler.js';
import {process as sampler} from '../../src/samplers/process.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost, systemError} from '../helpers/fake-host.js';

const stat = (pid: number, state = 'S', threads = 1) =>
	`${pid} (x) ${state} 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 ${threads} 0 500 4096 10 18446744073709551615 1\n`;

/** A process with open files; the kernel makes room for `places` of them. */
function withFiles(pid: number, open: number, {state = 'S', places = 64} = {}): FakeFiles {
	const files: FakeFiles = {
		[`/proc/${pid}/stat`]: stat(pid, state),
		[`/proc/${pid}/status`]: `Name:\tx\nUid:\t0\t0\t0\t0\nFDSize:\t${places}\n`,
	};

	for (let file = 0; file < open; file++) {
		files[`/proc/${pid}/fd/${file}`] = '';
	}

	return files;
}

function running(files: FakeFiles) {
	const host = fakeHost({'/proc/stat': 'btime 1000\n', ...files});
	const collect = sampler.start();
	return {
		host,
		read: async (at: number, changes: Partial<SampleContext> = {}) => collect(host, contextAt(at, changes)),
	};
}

const states: Record<string, [processes: [state: string, threads: number][], counts: Record<string, number>]> = {
	'nobody can be seen': [[], {'process.count': 0}],
	'one that sleeps': [[['S', 3]], {'process.count': 1, 'thread.count': 3}],
	'all letters there are': [
		[...'RSDZTtXIPxKWN'].map(state => [state, 1]),
		{'process.count': 13, 'process.running': 1, 'process.blocked': 1, 'process.zombies': 1, 'thread.count': 13},
	],
	'several of each': [
		[
			['R', 4],
			['R', 1],
			['D', 2],
			['D', 1],
			['D', 1],
			['Z', 1],
			['Z', 0],
		],
		{'process.count': 7, 'process.running': 2, 'process.blocked': 3, 'process.zombies': 2, 'thread.count': 10},
	],
	'a letter nobody knows': [
		[
			['é', 1],
			['_', 2],
		],
		{'process.count': 2, 'thread.count': 3},
	],
};

test.each(Object.entries(states))('counts: %s', async (_, [processes, counts]) => {
	const files = Object.fromEntries(
		processes.map(([state, threads], i) => [`/proc/${i + 1}/stat`, stat(i + 1, state, threads)]),
	);
	const none = {
		'process.count': 0,
		'process.running': 0,
		'process.blocked': 0,
		'process.zombies': 0,
		'thread.count': 0,
	};
	expect(Object.fromEntries((await running(files).read(0)).series)).toEqual({...none, ...counts});
});

test('counts follow what processes do, also where nothing else about them changed', async () => {
	const {host, read} = running({'/proc/7/stat': stat(7, 'R'), '/proc/8/stat': stat(8, 'S', 5)});
	const counts = async (at: number) => (await read(at)).series.map(([, value]) => value);
	expect(await counts(0)).toEqual([2, 1, 0, 0, 6]);
	host.files['/proc/7/stat'] = stat(7, 'Z');
	expect(await counts(1000)).toEqual([2, 0, 0, 1, 6]);
	delete host.files['/proc/7/stat'];
	host.files['/proc/8/stat'] = stat(8, 'D', 4);
	expect(await counts(2000)).toEqual([1, 0, 1, 0, 4]);
});

describe('open files', () => {
	const open = async (machine: ReturnType<typeof running>, at: number, visible: SampleContext['visible']) =>
		((await machine.read(at, {visible})).tables?.processes ?? []).map(({openFiles}) => openFiles);
	const seven = new Set([7]);

	test('are counted for processes on the screen only', async () => {
		const machine = running({...withFiles(7, 3), ...withFiles(8, 5)});
		expect(await open(machine, 0, new Set())).toEqual([undefined, undefined]);
		expect(await open(machine, 1000, seven)).toEqual([3, undefined]);
		expect(await open(machine, 2000, new Set([8]))).toEqual([undefined, 5]);
		expect(await open(machine, 3000, everyPid)).toEqual([3, 5]);
	});

	test('are counted again after ten seconds, and at once when a process comes back to the screen', async () => {
		const machine = running(withFiles(7, 1));
		expect(await open(machine, 0, seven)).toEqual([1]);
		Object.assign(machine.host.files, withFiles(7, 4));
		expect(await open(machine, 9999, seven)).toEqual([1]);
		expect(await open(machine, 10_000, seven)).toEqual([4]);
		Object.assign(machine.host.files, withFiles(7, 6));
		expect(await open(machine, 10_001, new Set())).toEqual([undefined]);
		expect(await open(machine, 10_002, seven)).toEqual([6]);
	});

	test('of a process in state D are not asked for, and no longer told', async () => {
		const machine = running(withFiles(7, 2, {state: 'D'}));
		const asked: string[] = [];
		const {list} = machine.host;
		machine.host.list = path => {
			asked.push(path);
			return list(path);
		};
		expect(await open(machine, 0, seven)).toEqual([undefined]);
		expect(asked).toEqual(['/proc']);
		Object.assign(machine.host.files, withFiles(7, 2));
		expect(await open(machine, 1000, seven)).toEqual([2]);
		Object.assign(machine.host.files, withFiles(7, 2, {state: 'D'}));
		expect(await open(machine, 2000, seven)).toEqual([undefined]);
	});

	test('of others are denied, and asked for again after ten seconds', async () => {
		const machine = running(withFiles(7, 2));
		const {list} = machine.host;
		machine.host.list = path => {
			if (path === '/proc/7/fd') {
				throw systemError('EACCES');
			}

			return list(path);
		};
		expect(await open(machine, 0, seven)).toEqual(['denied']);
		machine.host.list = list;
		expect(await open(machine, 9000, seven)).toEqual(['denied']);
		expect(await open(machine, 10_000, seven)).toEqual([2]);
	});

	const unknown: Record<string, FakeFiles> = {
		'more than can be counted in time': withFiles(7, 2, {places: 16_384}),
		'gone meanwhile': {'/proc/7/stat': stat(7)},
		'a status without them': {...withFiles(7, 2), '/proc/7/status': 'Uid:\t0\t0\n'},
		'none at all': withFiles(7, 0),
	};

	test.each(Object.entries(unknown))('are unknown: %s', async (_, files) => {
		expect(await open(running(files), 0, seven)).toEqual([undefined]);
	});

	test('of so many places that they just can be counted', async () => {
		expect(await open(running(withFiles(7, 2, {places: 8192})), 0, seven)).toEqual([2]);
	});
});

test('a view that shows everything has the details of all in its first reading', async () => {
	const files: FakeFiles = {};

	for (let pid = 1; pid <= 600; pid++) {
		Object.assign(files, withFiles(pid, pid % 3 === 0 ? 1 : 2), {
			[`/proc/${pid}/cmdline`]: `command ${pid}\0`,
			[`/proc/${pid}/io`]: `read_bytes: ${pid}\nwrite_bytes: 0\n`,
		});
	}

	const {read} = running(files);
	const rowsOf = async (at: number, visible: SampleContext['visible'], from = read) =>
		(await from(at, {visible})).tables?.processes ?? [];
	const [rows, later] = [await rowsOf(0, everyPid), await rowsOf(1000, everyPid)];
	expect(rows).toHaveLength(600);
	expect(rows.filter(({command, pid}) => command !== `command ${pid}`)).toEqual([]);
	expect(rows.filter(({user, openFiles}) => user !== '0' || openFiles === undefined)).toEqual([]);
	expect(later.filter(({disk}) => disk === undefined)).toEqual([]);
	const some = await rowsOf(0, new Set([600]), running(files).read);
	expect(some.filter(({command}) => command !== undefined)).toHaveLength(201);
	expect(some.at(-1)).toMatchObject({pid: 600, command: 'command 600'});
});

const proc = (options: string) => `22 27 0:21 / /proc rw,nosuid,relatime shared:12 - proc proc rw,${options}\n`;
const root = '27 1 254:1 / / rw - ext4 /dev/vda1 rw\n';

const hiding: Record<string, [mountinfo: string | undefined, isSeen: boolean, isNoted: boolean]> = {
	'hidepid=2, and the first process cannot be read': [root + proc('hidepid=2'), false, true],
	'hidepid=1': [proc('hidepid=1'), false, true],
	'in words, since Linux 5.8': [proc('hidepid=invisible'), false, true],
	'only what can be traced': [proc('gid=5,hidepid=ptraceable'), false, true],
	'hidden from others, not from us': [proc('hidepid=2'), true, false],
	'nothing is hidden': [proc('hidepid=0'), false, false],
	'nothing is hidden, in words': [proc('hidepid=off'), false, false],
	'a machine without a first process that hides nothing': [proc('gid=5'), false, false],
	'another mount that hides': [
		`${root}${proc('gid=5')}${proc('hidepid=2').replace(' /proc ', ' /chroot/proc ')}`,
		false,
		false,
	],
	'no mountinfo': [undefined, false, false],
};

test.each(Object.entries(hiding))('a note that processes are hidden: %s', async (_, [mountinfo, isSeen, isNoted]) => {
	const files: FakeFiles = {'/proc/7/stat': stat(7)};
	Object.assign(
		files,
		mountinfo !== undefined && {'/proc/self/mountinfo': mountinfo},
		isSeen && {'/proc/1/stat': stat(1)},
	);
	const {read} = running(files);
	const note = {
		area: 'process',
		source: '/proc',
		reason: 'mounted with hidepid: only our own processes can be seen; run as root, or in the group of its gid= option',
		isNote: true,
	};
	expect((await read(0)).problems).toEqual(isNoted ? [note] : []);
	expect((await read(1000)).problems).toEqual(isNoted ? [note] : []);
});
