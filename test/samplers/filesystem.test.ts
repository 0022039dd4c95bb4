import {once} from 'node:events';
import {expect, test} from 'vitest';
import type {Host, Statfs} from '../../src/core/host.js';
import type {Sample} from '../../src/core/sampler.js';
import {filesystem, usageOf} from '../../src/samplers/filesystem.js';
import {parseMountinfo} from '../../src/samplers/mounts.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

const answer: Statfs = {blockBytes: 10, blocks: 100, blocksFree: 40, blocksAvailable: 20, inodes: 1, inodesFree: 1};
const row = (path: string, type: string, device = `0:${path.length}`) =>
	`1 1 ${device} / ${path} rw - ${type} dev rw\n`;

function collect(mountinfo: string, statfs: Host['statfs'], signal = new AbortController().signal) {
	const host = fakeHost({'/proc/self/mountinfo': mountinfo}, {statfs});
	return filesystem.start()(host, contextAt(0, {signal}));
}

test('used counts against what users can reach, as df has it', () => {
	expect(usageOf(answer)).toEqual({totalBytes: 1000, usedBytes: 600, freeBytes: 200, usedPercent: 75});
	expect(usageOf({...answer, blocks: 0, blocksFree: 0, blocksAvailable: 0}).usedPercent).toBe(0);
});

const failures: [code: string, reason: string][] = [
	['EACCES', 'no permission'],
	['EPERM', 'no permission'],
	['EBUSY', 'stuck: an earlier question has no answer yet'],
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
	expect(sample.series.map(([name]) => name)).toEqual(['disk.used:/', 'disk.free:/', 'disk.size:/']);
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
	expect(problems).toEqual([{area: 'filesystem', source: '/mnt/dead', reason: 'no answer in 5 s'}]);
	expect(series).toContainEqual(['disk.used:/', 75]);
});

test('only what is plainly local is asked in our own process', async () => {
	const asked: Record<string, boolean> = {};
	const types = [
		'ext4',
		'xfs',
		'tmpfs',
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
	expect(Object.keys(asked).filter(type => !asked[type])).toEqual(expect.arrayContaining(types.slice(0, 4)));
	expect(Object.values(asked).filter(aside => !aside)).toHaveLength(4);
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

const kept: Record<string, [mountinfo: string, mounts: string[]]> = {
	'of several mounts of one device the shortest path': [
		row('/very/long', 'ext4', '8:1') + row('/data', 'ext4', '8:1') + row('/data/sub', 'ext4', '8:1'),
		['/data'],
	],
	'a mount over another one hides it': [row('/srv', 'ext4', '8:1') + row('/srv', 'proc', '0:9'), []],
	'interfaces to the kernel are none': [
		['proc', 'sysfs', 'cgroup2', 'devtmpfs', 'autofs', 'nsfs'].map((type, i) => row(`/x${i}`, type)).join('') +
			row('/', 'ext4'),
		['/'],
	],
	"a container's plumbing is none, a disk below /run is one": [
		row('/run/user/0', 'tmpfs', '0:1') +
			row('/var/lib/docker/overlay2/a/merged', 'overlay', '0:2') +
			row('/run/media/stick', 'vfat', '8:1') +
			row('/runner', 'tmpfs', '0:3'),
		['/run/media/stick', '/runner'],
	],
	'optional fields, none to many': [
		'1 1 8:1 / /a rw shared:1 master:2 - ext4 d rw\n1 1 8:2 / /b rw - ext4 d rw\n',
		['/a', '/b'],
	],
	'octal escapes': ['1 1 8:1 / /a\\040b\\011c\\012d\\134040 rw - ext4 d rw\n', ['/a b\tc\nd\\040']],
};

for (const [name, [mountinfo, mounts]] of Object.entries(kept)) {
	test(name, () => {
		expect(parseMountinfo('', mountinfo).map(({mount}) => mount)).toEqual(mounts);
	});
}

test.each([
	['rw,ro', 'rw', true],
	['rw', 'rw,errors=remount-ro', false],
	['ro,noatime', 'rw', true],
	['rw', 'ro', true],
])('read-only by the options %s and %s: %s', (options, superOptions, isReadOnly) => {
	expect(parseMountinfo('', `1 1 8:1 / / ${options} - ext4 d ${superOptions}\n`)).toMatchObject([{isReadOnly}]);
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
