import {expect, test} from 'vitest';
import {process as check} from '../../src/checks/process.js';
import {processListOf} from '../../src/checks/process-list.js';
import {asItIs, askOnce, checkOf} from '../helpers/ask.js';
import {type FakeFiles, fakeHost, systemError} from '../helpers/fake-host.js';

type Fields = {
	readonly comm?: string;
	readonly state?: string;
	readonly ticks?: number;
	readonly start?: number;
	readonly pages?: number;
};

/** A line of proc_pid_stat(5); `start` in hundredths of a second. */
function stat(pid: number, {comm = 'x', state = 'S', ticks = 0, start = 500, pages = 10}: Fields = {}): string {
	const [zeros, more] = ['0 '.repeat(9), '0 '.repeat(4)];
	return `${pid} (${comm}) ${state} 1 ${zeros}${ticks} 0 ${more}1 0 ${start} 4096 ${pages} 0 0\n`;
}

/** A machine that has been up for 1,000 seconds. */
function machine(files: FakeFiles, changes = {}) {
	return fakeHost({'/proc/1/stat': stat(1), '/proc/uptime': '1000.00 1\n', ...files}, changes);
}

const critical = (reason: string) => [{status: 'critical', reason}];
const unknown = (reason: string) => [{status: 'unknown', reason}];

test('50 checks at a time read every process once', async () => {
	const host = machine({'/proc/7/stat': stat(7), '/proc/8/stat': stat(8, {comm: 'y'})});
	const asks = await Promise.all(Array.from({length: 50}, () => checkOf(check, {match: {name: 'x'}})));
	const answers = await Promise.all(asks.map(ask => askOnce(ask, {host})));
	expect(answers.map(({measures}) => measures?.['count'])).toEqual(Array(50).fill(2));
	expect(host.reads.filter(path => path === '/proc/7/stat')).toHaveLength(1);
	expect(host.reads.filter(path => path.endsWith('/cmdline'))).toEqual([]);
});

test('what was read a second ago is read again', async () => {
	const host = machine({});
	const list = processListOf(host);
	const [first, same] = [list.read(() => 1000), list.read(() => 1999)];
	expect(same).toBe(first);
	expect(list.read(() => 2000)).not.toBe(first);
	expect((await first).all.map(({pid}) => pid)).toEqual([1]);
	expect(processListOf(host)).toBe(list);
	expect(processListOf(machine({}))).not.toBe(list);
});

test('a name may have anything in it', async () => {
	const host = machine({'/proc/7/stat': stat(7, {comm: 'a) S 1 (b\x1b'})});
	const ask = await checkOf(check, {match: {name: 'a) S 1 (b\x1b'}});
	expect((await askOnce(ask, {host})).measures).toMatchObject({count: 1});
});

test('a command line is kept, but for those of young processes and, after a minute or more, of all', () => {
	const host = machine({'/proc/7/cmdline': 'old\0a\0', '/proc/8/cmdline': 'young\0a\0'});
	const list = processListOf(host);
	const seen = {comm: 'x', state: 'S', cpuSeconds: 0, memoryBytes: 0, startTicks: 1, readAt: 0};
	const [old, young] = [
		{...seen, pid: 7, age: 60},
		{...seen, pid: 8, age: 1},
	];
	const texts = (at: number) => [old, young].map(process => list.commandOf(process, at)?.text);
	expect(texts(0)).toEqual(['old a', 'young a']);
	host.files['/proc/7/cmdline'] = 'old\0b\0';
	host.files['/proc/8/cmdline'] = 'young\0b\0';
	expect(texts(1000)).toEqual(['old a', 'young b']);
	expect(texts(60_000)).toEqual(['old a', 'young b']);
	expect(texts(90_000)).toEqual(['old b', 'young b']);
	// An exec makes another program of it, and a new start another process.
	host.files['/proc/7/cmdline'] = 'new\0';
	expect(list.commandOf({...old, comm: 'new'}, 90_001)?.text).toBe('new');
	host.files['/proc/7/cmdline'] = 'newer\0';
	expect(list.commandOf({...old, startTicks: 2}, 90_002)?.text).toBe('newer');
});

test('an owner is kept in the same way', () => {
	const host = machine({'/proc/7/status': 'Uid:\t0\t33\t0\t0\n'});
	const list = processListOf(host);
	const process = {pid: 7, comm: 'x', state: 'S', cpuSeconds: 0, memoryBytes: 0, startTicks: 1, age: 60, readAt: 0};
	expect(list.userOf(process, 0)).toBe(33);
	host.files['/proc/7/status'] = 'Uid:\t0\t34\t0\t0\n';
	expect(list.userOf(process, 1000)).toBe(33);
	expect(list.userOf(process, 90_000)).toBe(34);
});

test('the command line of a process that waits for a disk is never read', async () => {
	const files = {'/proc/7/stat': stat(7, {state: 'D'}), '/proc/7/cmdline': 'x\0--it\0'};
	const host = machine(files);
	const ask = await checkOf(check, {match: {pattern: '--it'}});
	expect((await askOnce(ask, {host})).findings).toEqual(
		unknown('command lines of 1 that wait for a disk cannot be read'),
	);
	expect(host.reads).not.toContain('/proc/7/cmdline');

	// What was read before it began to wait is known.
	const other = machine({...files, '/proc/7/stat': stat(7)});
	expect((await askOnce(ask, {host: other})).findings).toEqual([]);
	other.files['/proc/7/stat'] = stat(7, {state: 'D'});
	expect((await askOnce(ask, {host: other})).findings).toEqual([]);
});

test('says that it cannot know where others are kept from it', async () => {
	const host = machine({'/proc/7/stat': stat(7)}, {list: () => ['7']});
	delete host.files['/proc/1/stat'];
	const hidden = unknown('healthtop may not see the processes of others (hidepid)');
	const of = async (options: object) => (await askOnce(await checkOf(check, options), {host})).findings;
	expect(await of({match: {name: 'nginx'}})).toEqual(hidden);
	expect(await of({match: {name: 'x'}, atLeast: 2})).toEqual(hidden);
	expect(await of({match: {name: 'x'}})).toEqual([]);
	expect(await of({match: {name: 'x'}, atMost: 0})).toEqual(critical('1 running, at most 0 wanted'));
});

test('says that /proc cannot be read', async () => {
	const ask = await checkOf(check, {match: {name: 'x'}});
	const failing = (code: string) => ({
		list: () => {
			throw systemError(code);
		},
	});
	expect(await askOnce(ask, {host: machine({}, failing('ENOENT'))})).toMatchObject({
		failure: {status: 'unknown', reason: 'not asked: /proc cannot be read (ENOENT)'},
	});
	expect(await askOnce(ask, {host: machine({}, failing('EMFILE'))})).toMatchObject({
		failure: {status: 'unknown', reason: 'not asked: /proc cannot be read (EMFILE)'},
	});
});

test('a process that ends while the others are read is not there', async () => {
	const host = machine({'/proc/7/stat': stat(7)}, {list: () => ['1', '7', '8']});
	const ask = await checkOf(check, {match: {name: 'x'}});
	expect((await askOnce(ask, {host})).measures).toMatchObject({count: 2});
});

const pidFile = (modifiedAt: number) => ({
	stat: async () => ({
		type: 'file' as const,
		sizeBytes: 2,
		modifiedAt,
		mode: 0o644,
		owner: 0,
		group: 0,
		identity: '1:2',
	}),
});

/** The wall clock in these tests, ms: the machine began a thousand seconds before it. */
const now = 1_800_000_000_000;

test('a pid that came back is another process, however soon', async () => {
	// Written as soon as process 7 began, 100 seconds after the machine.
	const files = {'/proc/7/stat': stat(7, {start: 10_000}), '/run/x.pid': '7\n'};
	const host = machine(files, pidFile(now - 900_000));
	const ask = await checkOf(check, {match: {pidFile: '/run/x.pid'}});
	const asked = async () => (await askOnce(ask, {host, wall: now})).findings;
	expect(await asked()).toEqual([]);
	host.files['/proc/7/stat'] = stat(7, {start: 11_000, comm: 'bash'});
	expect(await asked()).toEqual(critical('pid 7 of /run/x.pid is another process now: bash'));
	expect(await asked()).toEqual(critical('pid 7 of /run/x.pid is another process now: bash'));
});

test('a clock that was set makes no other process of it', async () => {
	const files = {'/proc/7/stat': stat(7, {start: 10_000}), '/run/x.pid': '7\n'};
	const ask = await checkOf(check, {match: {pidFile: '/run/x.pid'}});
	const host = machine(files, pidFile(now - 900_000));
	expect((await askOnce(ask, {host, wall: now})).findings).toEqual([]);
	// An hour later all at once; who has not seen it before knows by the file, which is older than the machine's start then.
	const set = {host, wall: now + 3_600_000};
	expect((await askOnce(ask, set)).findings).toEqual([]);
	expect((await askOnce(await checkOf(check, {match: {pidFile: '/run/x.pid'}}), set)).findings).toEqual([]);
});

test('a file of before the start of the machine may name another process, where files outlast it', async () => {
	const files = {'/proc/7/stat': stat(7, {start: 10_000, comm: 'bash'}), '/var/lib/x/x.pid': '7\n'};
	const host = machine(files, pidFile(now - 86_400_000));
	const ask = await checkOf(check, {match: {pidFile: '/var/lib/x/x.pid'}});
	const reason =
		'pid 7 of /var/lib/x/x.pid may be another process now: bash began 23h 45m after it was written, or the clock was set';
	const {failure, measures} = await askOnce(ask, {host, wall: now});
	expect(failure).toEqual({status: 'unknown', reason});
	expect(measures).toBeUndefined();
	// It may be that one, and then it must not run: nobody can tell.
	const none = await checkOf(check, {match: {pidFile: '/var/lib/x/x.pid'}, atMost: 0});
	expect((await askOnce(none, {host, wall: now})).failure).toEqual({status: 'unknown', reason});
	const named = await checkOf(check, {match: {pidFile: '/var/lib/x/x.pid', name: 'nginx'}});
	const findings = critical('pid 7 of /var/lib/x/x.pid is another process now: bash');
	expect((await askOnce(named, {host, wall: now})).findings).toEqual(findings);
});

test('a thread is no process', async () => {
	const status = (leader: number) => `Name:\tx\nTgid:\t${leader}\nPid:\t7\n`;
	const files = {'/proc/7/stat': stat(7, {start: 10_000}), '/proc/7/status': status(6), '/run/x.pid': '7\n'};
	const host = machine(files, pidFile(now - 900_000));
	const ask = await checkOf(check, {match: {pidFile: '/run/x.pid'}});
	const asked = async () => (await askOnce(ask, {host, wall: now})).findings;
	expect(await asked()).toEqual(critical('process 7 of /run/x.pid is not running'));
	host.files['/proc/7/status'] = status(7);
	expect(await asked()).toEqual([]);
});

test('CPU is counted of each process by itself', async () => {
	const at = {'/proc/7/stat': stat(7, {ticks: 100}), '/proc/8/stat': stat(8, {ticks: 100, comm: 'x'})};
	const host = machine(at);
	const ask = await checkOf(check, {match: {name: 'x'}});
	let time = 0;
	const context = {host, wall: () => 0, signal: AbortSignal.timeout(5000), timeout: 5000, hide: asItIs};
	const cpu = async () => (await ask({...context, now: () => time})).measures?.['cpu'];
	expect(await cpu()).toBeUndefined();
	time = 10_000;
	host.files['/proc/7/stat'] = stat(7, {ticks: 150});
	expect(await cpu()).toBe(5);
	// 7 ends; 8 becomes another one, which began a second ago and took half of it.
	time = 20_000;
	delete host.files['/proc/7/stat'];
	host.files['/proc/uptime'] = '1020.00 1\n';
	host.files['/proc/8/stat'] = stat(8, {ticks: 50, start: 101_900});
	expect(await cpu()).toBe(5);
	// It was there before, and only now has this name: nobody knows what it took.
	time = 30_000;
	host.files['/proc/9/stat'] = stat(9, {ticks: 5000});
	expect(await cpu()).toBe(0);
});

test('CPU is counted by when each process was read, not by when somebody began to read them', async () => {
	const host = machine({'/proc/7/stat': stat(7, {ticks: 100})});
	const ask = await checkOf(check, {match: {name: 'x'}});
	let time = 0;
	const context = {host, wall: () => 0, signal: AbortSignal.timeout(5000), timeout: 5000, hide: asItIs};
	await ask({...context, now: () => time});
	// The machine does something else for 9 seconds, and then lets us read.
	time = 1000;
	host.files['/proc/7/stat'] = stat(7, {ticks: 1100});
	let calls = 0;
	const {measures} = await ask({...context, now: () => (++calls > 3 ? 10_000 : time)});
	expect(measures?.['cpu']).toBe(100);
});
