import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {UserError} from '../../src/core/errors.js';
import {recorded} from '../../src/hosts/recorded.js';

const {signal} = new AbortController();

function tree(files: Record<string, string>, name = 'tree'): string {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	const root = join(directory, name);

	for (const [path, content] of Object.entries(files)) {
		mkdirSync(join(root, path, '..'), {recursive: true});
		writeFileSync(join(root, path), content);
	}

	return root;
}

test('a directory that is no machine is the mistake of whoever named it', () => {
	const root = tree({'etc/passwd': ''});
	const message = `--root '${root}': has no proc directory; name a directory that holds proc, sys and etc of a machine`;
	expect(() => recorded(root)).toThrow(UserError);
	expect(() => recorded(root)).toThrow(expect.objectContaining({message}));
});

test.each([
	['/proc/1', {'proc/1/mountinfo': '', 'proc/self/mountinfo': ''}],
	['/proc/1', {'proc/1/net/dev': ''}],
	['/proc/self', {'proc/1/stat': '', 'proc/self/mountinfo': ''}],
])('the machine is seen from %s', (ownProcess, files) => {
	expect(recorded(tree(files)).ownProcess).toBe(ownProcess);
});

test('everything is read below the root, whatever the name of that', () => {
	const root = tree({'proc/uptime': '1 2\n'}, 'h\u00f6st \u65e5');
	const host = recorded(`${root}//`);
	expect(host.readText('/proc/uptime')).toBe('1 2\n');
	expect(Buffer.from(host.readOnce('/proc/uptime')).toString()).toBe('1 2\n');
	expect(host.list('/proc')).toEqual(['uptime']);
	expect(() => host.read('/proc/version')).toThrow(expect.objectContaining({code: 'ENOENT'}));
});

test('statfs.json answers for the mounts it names, and for no others', async () => {
	const answer = {blockBytes: 1, blocks: 2, blocksFree: 3, blocksAvailable: 4, inodes: 5, inodesFree: 6};
	const host = recorded(tree({'proc/stat': '', 'statfs.json': JSON.stringify({'/a': answer, '/\u00fc': answer})}));
	expect(await host.statfs('/a', {aside: true, signal})).toEqual(answer);
	expect(await host.statfs('/\xc3\xbc', {aside: false, signal})).toEqual(answer);
	const missing = expect.objectContaining({code: 'ENOENT', message: "statfs of '/' was not recorded"});
	await expect(host.statfs('/', {aside: false, signal})).rejects.toThrow(missing);
});

test('a statfs.json that is cut says so', () => {
	const root = tree({'proc/stat': '', 'statfs.json': '{"/": '});
	expect(() => recorded(root)).toThrow(UserError);
	expect(() => recorded(root)).toThrow(`${root}/statfs.json: is no JSON object with a row for each mount`);
});

test.each([true, false])('without statfs.json the mounts below the root are asked, aside: %s', async aside => {
	const host = recorded(tree({'proc/stat': '', 'data/file': ''}));
	expect((await host.statfs('/data', {aside, signal})).blocks).toBeGreaterThan(0);
	await expect(host.statfs('/home-of-nobody', {aside, signal})).rejects.toThrow();
});
