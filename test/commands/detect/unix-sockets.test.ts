import {expect, test} from 'vitest';
import {parseUnixSockets} from '../../../src/commands/detect/unix-sockets.js';

test('sockets in the file system are those that accept connections', () => {
	const text = [
		'Num       RefCount Protocol Flags    Type St Inode Path',
		'00000000ca8b200a: 00000002 00000000 00010000 0001 01  4552 /var/run/postgresql/.s.PGSQL.5432',
		'00000000ca8b200b: 00000003 00000000 00000000 0001 03  4553 /var/run/postgresql/.s.PGSQL.5432',
		'00000000ca8b200c: 00000002 00000000 00010000 0001 01  4554 @/tmp/abstract',
		'00000000ca8b200d: 00000002 00000000 00010000 0005 01  4555 /run/seqpacket',
		'00000000ca8b200e: 00000002 00000000 00010000 0001 01  4556 /run/with space.sock',
		'00000000ca8b200f: 00000002 00000000 00010000 0001 01  4557 /run/\xff\x1b.sock',
	].join('\n');
	expect(parseUnixSockets(text)).toEqual([
		{inode: 4552, path: '/var/run/postgresql/.s.PGSQL.5432'},
		{inode: 4556, path: '/run/with space.sock'},
	]);
});
