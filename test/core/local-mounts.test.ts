import {expect, test} from 'vitest';
import {isLocalMount, localMounts} from '../../src/core/local-mounts.js';

const row = (mount: string, type: string, optional = '') =>
	`36 35 98:0 / ${mount} rw,noatime ${optional}- ${type} /dev/x rw`;

test.each([
	['ext4', '/', true],
	['xfs', '/data', true],
	['tmpfs', '/run', true],
	['proc', '/proc', true],
	['overlay', '/', true],
	['overlay', '/var/lib/docker/overlay2/1/merged', false],
	['nfs4', '/mnt/nas', false],
	['cifs', '/mnt/share', false],
	['fuse.sshfs', '/mnt/ssh', false],
	['autofs', '/home', false],
	['', '/', false],
])('a mount of type %j at %s is plainly local: %s', (type, mount, isLocal) => {
	expect(isLocalMount(type, mount)).toBe(isLocal);
});

test('mounts are known by their path, whatever stands in it, and the last one at a place counts', () => {
	const text = [
		row('/', 'ext4', 'shared:1 '),
		row('/mnt/a\\040b\\134', 'nfs', 'shared:2 master:3 '),
		row('/mnt/over', 'nfs'),
		row('/mnt/over', 'tmpfs'),
		'garbage',
		'',
	].join('\n');
	expect([...localMounts(text)]).toEqual([
		['/', true],
		['/mnt/a b\\', false],
		['/mnt/over', true],
	]);
});
