import {describe, expect, test} from 'vitest';
import {parseMountinfo} from '../../src/samplers/mounts.js';

const row = (path: string, type: string, device = `0:${path.length}`) =>
	`1 1 ${device} / ${path} rw - ${type} dev rw\n`;

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
	'a bind mount is no second one, nor is a device that is mounted twice': [
		row('/', 'ext4', '8:1') +
			row('/var/www', 'ext4', '8:2') +
			row('/mnt', 'ext4', '8:2') +
			'1 1 8:1 /srv/pub /export rw - ext4 dev rw\n',
		['/', '/mnt'],
	],
	'of two paths of one length the first': [row('/b', 'ext4', '8:1') + row('/a', 'ext4', '8:1'), ['/b']],
	'a file that is mounted over another is one, too': [row('/etc/hosts', 'ext4', '8:1'), ['/etc/hosts']],
	"a container's root is one, and so is memory that is no plumbing": [
		row('/', 'overlay', '0:1') +
			row('/tmp', 'tmpfs', '0:2') +
			row('/cache', 'tmpfs', '0:3') +
			row('/home/me/merged', 'overlay', '0:4'),
		['/', '/cache', '/home/me/merged', '/tmp'],
	],
	'plumbing, by its place': [
		[
			'/dev/shm',
			'/run',
			'/run/lock',
			'/sys/fs/cgroup',
			'/proc/acpi',
			'/dev',
			'/var/lib/docker/overlay2/x/merged',
			'/var/lib/containers/storage/overlay/x/merged',
			'/run/containerd/io.containerd.runtime.v2.task/x/rootfs',
			'/var/lib/kubelet/pods/x/volumes/y',
			'/var/lib/snapd/x',
			'/run/snapd/ns',
		]
			.flatMap((path, i) => [row(path, 'tmpfs', `0:${i}`), row(path, 'overlay', `0:${i}`)])
			.join(''),
		[],
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

test('options of the mount and of the file system, each once, and of the second not whether it may be written', () => {
	const line = '1 1 8:1 / / ro,noatime,nosuid shared:1 - ext4 /dev/sda1 rw,noatime,errors=remount-ro\n';
	expect(parseMountinfo('', line)).toMatchObject([
		{options: ['ro', 'noatime', 'nosuid', 'errors=remount-ro'], device: '/dev/sda1'},
	]);
	expect(parseMountinfo('', '1 1 8:1 / / rw - ext4 d\n')).toMatchObject([{options: ['rw'], isReadOnly: false}]);
});

test('rows of another shape take nothing from the others', () => {
	const text = `nonsense\n1 1 8:1 / /a rw - ext4\n1 1 8:1 / /b rw - ext4 d rw extra columns\n - \n1 1 8:2 /\n`;
	expect(parseMountinfo('', text).map(({mount}) => mount)).toEqual(['/b']);
});

test.each([
	['ext4', true, false],
	['squashfs', true, true],
	['erofs', true, true],
	['udf', true, true],
	['iso9660', true, true],
	['nfs4', false, false],
	['fuse.bindfs', false, false],
	['fuseblk', false, false],
	['9p', false, false],
	['virtiofs', false, false],
	['zfs', true, false],
])('%s is plainly local: %s, an image: %s', (type, isLocal, isImage) => {
	expect(parseMountinfo('', row('/x', type))).toMatchObject([{isLocal, isImage}]);
});

describe('what no path leads to', () => {
	const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`;
	const root = '1 0 8:1 / / rw - ext4 /dev/sda1';
	const paths = (text: string) => parseMountinfo('', text).map(({mount}) => mount);

	test.each([
		[
			'below a mount that came over its directory',
			['2 1 7:0 / /p/c rw - ext4 l', '3 1 0:9 / /p rw - tmpfs t'],
			['/', '/p'],
		],
		[
			'below one that came over the mount it lies on',
			['2 1 7:0 / /p rw - ext4 l', '3 2 7:1 / /p/c rw - ext4 l', '4 2 0:9 / /p rw - tmpfs t'],
			['/', '/p'],
		],
		[
			'not what lies on the upper one',
			['2 1 7:0 / /p rw - ext4 l', '3 2 0:9 / /p rw - tmpfs t', '4 3 7:1 / /p/c rw - ext4 l'],
			['/', '/p', '/p/c'],
		],
		['not beside it', ['2 1 7:0 / /pp/c rw - ext4 l', '3 1 0:9 / /p rw - tmpfs t'], ['/', '/p', '/pp/c']],
	] as const)('%s', (_, rows, mounts) => {
		expect(paths(lines(root, ...rows))).toEqual(mounts);
	});
});

describe('of one device', () => {
	const data = '2 1 8:2 / /data rw - ext4 /dev/sdb';
	const bind = '3 1 8:2 /srv /d ro - ext4 /dev/sdb';

	test('one that can be written stands for it, then the whole of it, then the shortest path', () => {
		expect(parseMountinfo('', `${data}\n${bind}\n`)).toMatchObject([{mount: '/data', isReadOnly: false}]);
		expect(parseMountinfo('', `${data}\n${bind.replace(' ro ', ' rw ')}\n`)).toMatchObject([{mount: '/data'}]);
		expect(parseMountinfo('', `${data}\n${bind.replace('/srv /d ro', '/ /d rw')}\n`)).toMatchObject([{mount: '/d'}]);
	});

	test('what is not wanted does not stand for what is', () => {
		const only = (wanted: string) => parseMountinfo('', `${data}\n${bind}\n`, mount => mount === wanted);
		expect(only('/d')).toMatchObject([{mount: '/d', isReadOnly: true}]);
		expect(only('/data')).toMatchObject([{mount: '/data'}]);
	});
});

test.each([
	['fuse.snapfuse', true],
	['fuse.Kdenlive.AppImage', true],
	['fuse.squashfuse_ll', true],
	['fuse.sshfs', false],
])('%s is an image: %s', (type, isImage) => {
	expect(parseMountinfo('', `1 1 0:5 / /x ro - ${type} d\n`)).toMatchObject([{isImage}]);
});

test('a tmpfs of somebody is shown though its path has a word in it', () => {
	expect(parseMountinfo('', '1 1 0:5 / /srv/containers/scratch rw - tmpfs d\n')).toHaveLength(1);
	expect(parseMountinfo('', '1 1 0:5 / / rw - ext4 d\n2 1 0:6 / /var/lib/kubelet/pods/x rw - tmpfs d\n')).toHaveLength(
		1,
	);
	expect(
		parseMountinfo('', '1 1 0:5 / / rw - ext4 d\n2 1 0:6 / /data/docker/overlay2/x rw - overlay d\n'),
	).toHaveLength(1);
});
