import {once} from 'node:events';
import {expect, test} from 'vitest';
import type {Host, Statfs} from '../../src/core/host.js';
import type {Sample} from '../../src/core/sampler.js';
import {filesystem} from '../../src/samplers/filesystem.js';
import {usageOf} from '../../src/samplers/filesystem-usage.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

const answer: Statfs = {
	blockBytes: 10,
	blocks: 100,
	blocksFree: 40,
	blocksAvailable: 20,
	inodes: 1000,
	inodesFree: 750,
};
const row = (path: string, type: string, device = `0:${path.length}`) =>
	`1 1 ${device} / ${path} rw - ${type} dev rw\n`;

function collect(mountinfo: string, statfs: Host['statfs'], signal = new AbortController().signal) {
	const host = fakeHost({'/proc/self/mountinfo': mountinfo}, {statfs});
	return filesystem.start()(host, contextAt(0, {signal}));
}

test('used counts against what users can reach, as df has it', () => {
	const inodes = {total: 1000, used: 250, free: 750, usedPercent: 25};
	expect(usageOf(answer)).toEqual({totalBytes: 1000, usedBytes: 600, freeBytes: 200, usedPercent: 75, inodes});
	expect(usageOf({...answer, blocks: 0, blocksFree: 0, blocksAvailable: 0}).usedPercent).toBe(0);
});

const failures: [code: string, reason: string][] = [
	['EACCES', 'no permission'],
	['EPERM', 'no permission'],
	['EAGAIN', 'a \\x1b[31mhandle'],
	['ESTALE', 'a \\x1b[31mhandle'],
];

test.each(failures)('a mount that answers %s keeps its row and says why', async (code, reason) => {
	const sample = await collect(row('/', 'ext4') + row('/bad', 'ext4'), async path => {
		if (path === '/bad') {
			throw systemError(code, 'a \x1b[31mhandle');
		}

		return answer;
	});
	expect(sample.tables?.filesystems).toMatchObject([{mount: '/', usage: {usedPercent: 75}}, {problem: reason}]);
	expect(sample.problems).toEqual([{area: 'filesystem', source: '/bad', reason}]);
	expect(sample.series.filter(([name]) => name.endsWith('/bad'))).toEqual([['disk.read_only:/bad', 0]]);
	expect(sample.tables?.filesystems?.[1]).not.toHaveProperty('stuckSince');
});

test('a mount that never answers is given up when the signal aborts, and the others stand', async () => {
	const stop = new AbortController();
	const pending = collect(
		row('/', 'ext4') + row('/mnt/dead', 'nfs4'),
		async (path, {signal}) => {
			if (path === '/mnt/dead') {
				await once(signal, 'abort');
				signal.throwIfAborted();
			}

			return answer;
		},
		stop.signal,
	);
	stop.abort();
	const {problems, series} = await pending;
	expect(problems).toEqual([{area: 'filesystem', source: '/mnt/dead', reason: 'stuck since 00:00:00'}]);
	expect(series).toContainEqual(['disk.used:/', 75]);
});

test('only what is plainly local is asked in our own process', async () => {
	const asked: Record<string, boolean> = {};
	const types = [
		'ext4',
		'xfs',
		'tmpfs',
		// It may lie on any of those below.
		'overlay',
		'nfs',
		'nfs4',
		'cifs',
		'smb3',
		'fuse.sshfs',
		'fuseblk',
		'9p',
		'ceph',
	];
	const mounts = types.map((type, i) => row(`/m/${type}`, type, `0:${i}`)).join('');
	await collect(mounts, async (path, {aside}) => {
		asked[path.slice(3)] = aside;
		return answer;
	});
	expect(Object.keys(asked).sort()).toEqual([...types].sort());
	expect(Object.keys(asked).filter(type => !asked[type])).toEqual(expect.arrayContaining(types.slice(0, 3)));
	expect(Object.values(asked).filter(aside => !aside)).toHaveLength(3);
});

test('mounts that are not wanted are never asked', async () => {
	const asked: string[] = [];
	const host = fakeHost(
		{'/proc/self/mountinfo': row('/', 'ext4') + row('/boot', 'ext4')},
		{
			statfs: async path => {
				asked.push(path);
				return answer;
			},
		},
	);
	const context = contextAt(0);
	await filesystem.start()(host, {...context, filters: {...context.filters, mounts: {except: ['/boot']}}});
	expect(asked).toEqual(['/']);
});

test('a mount that takes its time holds up nobody, and its last answer stands meanwhile', async () => {
	let release = () => {};
	const statfs = async (path: string) => {
		if (path === '/mnt/slow') {
			await new Promise<void>(resolve => {
				release = resolve;
			});
		}

		return answer;
	};
	const host = fakeHost({'/proc/self/mountinfo': row('/', 'ext4') + row('/mnt/slow', 'nfs')}, {statfs});
	const used = ({tables}: Sample) => tables?.filesystems?.map(({usage}) => usage?.usedPercent);
	const collectOnce = filesystem.start();
	const readings: unknown[] = [];

	for (let reading = 0; reading < 2; reading++) {
		const early = new Promise<Sample>(resolve => {
			readings.push(collectOnce(host, contextAt(0, {interim: resolve})));
		});
		expect(used(await early)).toEqual([75, reading === 0 ? undefined : 75]);
		release();
		expect(used((await readings[reading]) as Sample)).toEqual([75, 75]);
	}
});

function fail(code: string): never {
	throw code === 'AbortError' ? new DOMException('given up', code) : systemError(code, 'in words');
}

const spaces: Record<string, [type: string, statfs: Partial<Statfs>, series: Record<string, number>]> = {
	'a file system': ['ext4', {}, {used: 75, free: 200, size: 1000, inodes_used: 25, read_only: 0}],
	'one without inodes': ['btrfs', {inodes: 0, inodesFree: 0}, {used: 75, free: 200, size: 1000, read_only: 0}],
	'one whose inodes are used up': [
		'ext4',
		{inodesFree: 0},
		{used: 75, free: 200, size: 1000, inodes_used: 100, read_only: 0},
	],
	'one that is full for users, though root has room': [
		'ext4',
		{blocksAvailable: 0},
		{used: 100, free: 0, size: 1000, inodes_used: 25, read_only: 0},
	],
	'an empty one': [
		'ext4',
		{blocksFree: 100, blocksAvailable: 95},
		{used: 0, free: 950, size: 1000, inodes_used: 25, read_only: 0},
	],
	'an image, which is never full': ['squashfs', {blocksFree: 0, blocksAvailable: 0}, {size: 1000, read_only: 0}],
	'another one': ['iso9660', {blocksFree: 0, blocksAvailable: 0, inodes: 0}, {size: 1000, read_only: 0}],
	'one of erofs': ['erofs', {blocksFree: 0}, {size: 1000, read_only: 0}],
	'a DVD': ['udf', {blocksFree: 0}, {size: 1000, read_only: 0}],
	'one without blocks is left out, as df does it': ['tmpfs', {blocks: 0, blocksFree: 0, blocksAvailable: 0}, {}],
};

test.each(Object.entries(spaces))('%s', async (_, [type, changes, series]) => {
	const sample = await collect(row('/m:a', type), async () => ({...answer, ...changes}));
	const named = Object.fromEntries(Object.entries(series).map(([name, value]) => [`disk.${name}:/m:a`, value]));
	expect(Object.fromEntries(sample.series)).toEqual(named);
});

test('what cannot be written says so, also when it gives no answer', async () => {
	const mountinfo = '1 1 0:1 / /a ro,noatime - nfs x rw,hard\n1 1 0:2 / /b rw - ext4 x ro,errors=remount-ro\n';
	const sample = await collect(mountinfo, async path => (path === '/a' ? fail('EBUSY') : answer));
	expect(Object.fromEntries(sample.series)).toMatchObject({'disk.read_only:/a': 1, 'disk.read_only:/b': 1});
	expect(sample.tables?.filesystems).toMatchObject([
		{isReadOnly: true, isImage: false, options: ['ro', 'noatime', 'hard']},
		{isReadOnly: true, isImage: false, options: ['rw', 'errors=remount-ro']},
	]);
});

test('names, types and options from outside are made harmless', async () => {
	const mountinfo = '1 1 0:1 / /a\\033[2J rw,\x1b[31m - fuse.\x1b]0;x /dev/\xff rw,b\x07\n';
	const {tables} = await collect(mountinfo, async () => answer);
	expect(tables?.filesystems).toMatchObject([
		{
			mount: '/a\x1b[2J',
			name: '/a\\x1b[2J',
			device: '/dev/\\xff',
			type: 'fuse.\\x1b]0;x',
			options: ['rw', '\\x1b[31m', 'b\\x07'],
		},
	]);
});
