import {describe, expect, test} from 'vitest';
import {emptyStat, parseProcessStat} from '../../src/core/process-stat.js';
import type {SampleContext} from '../../src/core/sampler.js';
import type {Process} from '../../src/core/snapshot.js';
import {process as sampler} from '../../src/samplers/process.js';
import {parsePasswd} from '../../src/samplers/process-details.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost, systemError} from '../helpers/fake-host.js';

const machine = {'/proc/stat': 'btime 1000\n'};

type Fields = {comm?: string; state?: string; ticks?: number; start?: number; pages?: number};

function stat(pid: number, {comm = 'x', state = 'S', ticks = 0, start = 500, pages = 10}: Fields = {}): string {
	return `${pid} (${comm}) ${state} 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 -20 -5 3 0 ${start} 4096 ${pages} 18446744073709551615 1\n`;
}

function running(files: FakeFiles) {
	const host = fakeHost({...machine, ...files});
	const collect = sampler.start();
	return {
		host,
		async processes(at: number, changes: Partial<SampleContext> = {}): Promise<readonly Process[]> {
			host.reads.length = 0;
			return (await collect(host, contextAt(at, changes))).tables?.processes ?? [];
		},
	};
}

describe('a stat', () => {
	const text = stat(7, {comm: 'x', ticks: 40, start: 900, pages: 33});
	const comms = ['x', '', 'a b', ') S 9 (', '((', '))', 'two\nlines', '\x1b[31m', '\xff\xe6'];

	test.each(comms)('with the name %j', comm => {
		const into = emptyStat();
		const bytes = Buffer.from(stat(7, {comm, ticks: 40, start: 900, pages: 33}), 'latin1');
		expect(parseProcessStat(bytes, into)).toBe(true);
		expect(bytes.subarray(into.commStart, into.commEnd).toString('latin1')).toBe(comm);
		expect(into).toMatchObject({parent: 1, ticks: 40, threads: 3, startTicks: 900, residentPages: 33, state: 83});
	});

	test.each(Array.from({length: text.indexOf(' 18446744073709551615')}, (_, length) => length))(
		'cut after %i bytes is none',
		length => {
			expect(parseProcessStat(Buffer.from(text.slice(0, length)), emptyStat())).toBe(false);
		},
	);

	test('that ends with the last field used, and a newline, is whole', () => {
		const cut = `${text.slice(0, text.indexOf(' 18446744073709551615'))}\n`;
		expect(parseProcessStat(Buffer.from(cut), emptyStat())).toBe(true);
	});
});

test('passwd: the first name of an id counts, and rows of another shape do not', () => {
	const text =
		'root:x:0:0::/:\ntoor:x:0:0::/:\nnis:x:-2:0::/:\n+::::::\n\ncut:x\n:x:5:5::/:\nu\x1b:x:6:6::/:\nlast:x:7';
	expect([...parsePasswd(text)]).toEqual([
		[0, 'root'],
		[6, 'u\\x1b'],
		[7, 'last'],
	]);
});

test('of a process in state D only the owner is read, and the rest once it wakes', async () => {
	const files = {
		'/proc/7/stat': stat(7, {state: 'D'}),
		'/proc/7/status': 'Uid:\t0\t5\t0\t0\n',
		'/proc/7/cmdline': 'cmd\0',
		'/proc/7/io': 'read_bytes: 0\nwrite_bytes: 0\n',
	};
	const {host, processes} = running(files);
	const visible = new Set([7]);
	expect((await processes(0, {visible}))[0]).toMatchObject({state: 'D', command: undefined, user: '5'});
	expect(host.reads.filter(path => path.startsWith('/proc/7/'))).toEqual(['/proc/7/stat', '/proc/7/status']);

	host.files['/proc/7/stat'] = stat(7);
	expect((await processes(1000, {visible}))[0]).toMatchObject({state: 'S', command: 'cmd', user: '5'});
});

test('hundreds in state D do not keep others from having their details read', async () => {
	const files: FakeFiles = {'/proc/9000/stat': stat(9000), '/proc/9000/cmdline': 'late\0'};

	for (let pid = 1000; pid < 1250; pid++) {
		files[`/proc/${pid}/stat`] = stat(pid, {state: 'D'});
	}

	const rows = await running(files).processes(0);
	expect(rows.find(({pid}) => pid === 9000)?.command).toBe('late');
});

test('a process that goes between the list and the reads is left out, or has no details', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7), '/proc/8/status': 'Uid:\t0\t0\n'});
	expect(await processes(0)).toMatchObject([{pid: 7, command: undefined, user: undefined}]);
	host.readOnce = () => {
		throw systemError('ESRCH');
	};
	expect(await processes(1000)).toEqual([]);
});

test('processes hidden from us take nothing from the others', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7), '/proc/8/stat': stat(8)});
	const read = host.readOnce;
	host.readOnce = path => {
		if (path === '/proc/7/stat') {
			throw systemError('EPERM');
		}

		return read(path);
	};
	expect(await processes(0)).toMatchObject([{pid: 8}]);
});

test('details that may not be read are absent, and disk traffic is said to be denied', async () => {
	const hidden = running({'/proc/7/stat': stat(7)});
	await hidden.processes(0);
	const {readOnce} = hidden.host;
	hidden.host.readOnce = path => {
		if (path.endsWith('/stat')) {
			return readOnce(path);
		}

		throw systemError('EACCES');
	};
	expect(await hidden.processes(1, {visible: new Set([7])})).toMatchObject([{command: undefined, disk: 'denied'}]);
});

test('a pid with another start time is another process', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7, {ticks: 900, start: 1}), '/proc/7/cmdline': 'old\0'});
	await processes(0);
	host.files['/proc/7/stat'] = stat(7, {ticks: 3, start: 2});
	host.files['/proc/7/cmdline'] = 'new\0';
	expect(await processes(1000)).toMatchObject([{cpuPercent: undefined, cpuSmoothed: 0, command: 'new'}]);
});

test('an exec gives another name and another command line', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7, {comm: 'sh'}), '/proc/7/cmdline': 'sh\0'});
	await processes(0);
	host.files['/proc/7/stat'] = stat(7, {comm: 'nginx'});
	host.files['/proc/7/cmdline'] = 'nginx\0-g\0';
	expect(await processes(1000)).toMatchObject([{name: 'nginx', command: 'nginx -g'}]);
});

test('CPU is of the real interval, its smoothing follows slowly, and both come back to 0', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7, {ticks: 100})});
	await processes(0);
	host.files['/proc/7/stat'] = stat(7, {ticks: 350});
	expect(await processes(2500)).toMatchObject([{cpuPercent: 100, cpuSmoothed: 30}]);
	expect(await processes(3500)).toMatchObject([{cpuPercent: 0, cpuSmoothed: 21}]);

	for (let at = 4500; at < 40_000; at += 1000) {
		await processes(at);
	}

	const [last] = await processes(40_000);
	expect(last).toMatchObject({cpuPercent: 0, cpuSmoothed: 0});
	expect((await processes(41_000))[0]).toBe(last);
});

test('disk traffic is read for visible processes only, and needs two readings', async () => {
	const io = (read: number) => `rchar: 9\nread_bytes: ${read}\nwrite_bytes: 10\ncancelled_write_bytes: 99\n`;
	const {host, processes} = running({'/proc/7/stat': stat(7), '/proc/7/io': io(100)});
	const visible = new Set([7]);
	expect(await processes(0)).toMatchObject([{disk: undefined}]);
	expect(host.reads).not.toContain('/proc/7/io');
	expect(await processes(1000, {visible})).toMatchObject([{disk: undefined}]);
	host.files['/proc/7/io'] = io(600);
	expect(await processes(2000, {visible})).toMatchObject([{disk: {read: 500, written: 0}}]);
	expect(await processes(3000)).toMatchObject([{disk: undefined}]);
	expect(await processes(4000, {visible})).toMatchObject([{disk: undefined}]);
});

test('a disk rate is made from the moments of its own readings, however long other details took', async () => {
	const io = (read: number) => `read_bytes: ${read}\nwrite_bytes: 0\n`;
	const {host, processes} = running({'/proc/7/stat': stat(7), '/proc/7/io': io(0)});
	const visible = new Set([7]);
	// Owner and command line, once: half a second of them.
	const now = () => (host.reads.includes('/proc/7/status') ? 500 : 0);
	await processes(0, {visible, now});
	host.files['/proc/7/io'] = io(500);
	expect(await processes(1000, {visible})).toMatchObject([{disk: {read: 1000, written: 0}}]);
});

test('names of users are read again after a minute', async () => {
	const {host, processes} = running({
		'/proc/7/stat': stat(7),
		'/proc/7/status': 'Name:\tx\nUid:\t0\t5\t0\t0\n',
		'/etc/passwd': 'old:x:5:5\n',
	});
	expect(await processes(0)).toMatchObject([{user: 'old'}]);
	host.files['/etc/passwd'] = 'new:x:5:5\n';
	expect(await processes(60_000)).toMatchObject([{user: 'old'}]);
	expect(await processes(60_001)).toMatchObject([{user: 'new'}]);
});

test('a long list is read in slices, and an abort ends it between them', async () => {
	const files: FakeFiles = {};

	for (let pid = 1; pid <= 1200; pid++) {
		files[`/proc/${pid}/stat`] = stat(pid);
	}

	const stop = new AbortController();
	const whole = running(files);
	expect(await whole.processes(0)).toHaveLength(1200);
	const aborted = running(files).processes(0, {signal: stop.signal});
	stop.abort();
	await expect(aborted).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
});

test('one that takes a clock tick now and then keeps its place in the order', async () => {
	const {host, processes} = running({'/proc/7/stat': stat(7, {ticks: 0})});
	const orders = new Set<number>();
	let ticks = 0;

	for (let second = 0; second < 60; second++) {
		ticks += [1, 0, 2, 1][second % 4] ?? 0;
		host.files['/proc/7/stat'] = stat(7, {ticks});
		const [row] = await processes(second * 1000);

		if (second > 10) {
			orders.add(row?.cpuSmoothed ?? Number.NaN);
		}
	}

	expect(orders.size).toBe(1);
});
