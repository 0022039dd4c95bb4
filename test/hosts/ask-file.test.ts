import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {local} from '../../src/hosts/local.js';
import {recorded} from '../../src/hosts/recorded.js';
import {remoteMountOn} from '../../src/hosts/way-to.js';
import {descriptors} from '../helpers/ask.js';
import {children, commandLineOf} from '../helpers/children.js';
import {folder} from '../helpers/folder.js';
import {fuseMount, fuseNeeds} from '../helpers/fuse-mount.js';
import {testAsRoot} from '../helpers/outside.js';

const host = local();
const {signal} = new AbortController();
const code = (one: string) => expect.objectContaining({code: one});

test('a file is as stat(1) sees it', async () => {
	const file = join(folder(), '-a \u00fc');
	writeFileSync(file, '12345');
	chmodSync(file, 0o4640);
	const [size, modified, owner, group] = execFileSync('stat', ['-c', '%s %Y %u %g', '--', file], {encoding: 'utf8'})
		.split(' ')
		.map(Number);
	const seen = await host.stat(Buffer.from(file).toString('latin1'), signal);
	expect(seen).toMatchObject({type: 'file', sizeBytes: size, mode: 0o4640, owner, group});
	expect(Math.floor(seen.modifiedAt / 1000)).toBe(modified);
});

test('every kind of file has its type, and links are followed', async () => {
	const directory = folder();
	const at = (name: string) => join(directory, name);
	execFileSync('mkfifo', [at('pipe')]);
	const server = createServer().listen(at('socket'));
	onTestFinished(() => void server.close());
	symlinkSync('socket', at('link'));
	await expect.poll(async () => (await host.stat(at('link'), signal)).type).toBe('socket');
	expect((await host.stat(directory, signal)).type).toBe('directory');
	expect((await host.stat(at('pipe'), signal)).type).toBe('pipe');
	expect((await host.stat('/dev/null', signal)).type).toBe('device');
});

test('another file under the same name has another identity, and the same file the same one', async () => {
	const directory = folder();
	const [a, b] = [join(directory, 'a'), join(directory, 'b')];
	writeFileSync(a, '');
	writeFileSync(b, '');
	const seen = await host.stat(a, signal);
	writeFileSync(a, 'more');
	expect((await host.stat(a, signal)).identity).toBe(seen.identity);
	expect((await host.stat(b, signal)).identity).not.toBe(seen.identity);
});

test('what is not there, leads in a circle or nowhere has its code, and nothing stays open', async () => {
	const directory = folder();
	symlinkSync('b', join(directory, 'a'));
	symlinkSync('a', join(directory, 'b'));
	symlinkSync('/no/such/place', join(directory, 'dangling'));
	writeFileSync(join(directory, 'file'), '');
	await expect(host.stat(join(directory, 'none'), signal)).rejects.toThrow(code('ENOENT'));
	await expect(host.stat(join(directory, 'dangling'), signal)).rejects.toThrow(code('ENOENT'));
	await expect(host.stat(join(directory, 'file/x'), signal)).rejects.toThrow(code('ENOTDIR'));
	await expect(host.stat(join(directory, 'a'), signal)).rejects.toThrow(code('ELOOP'));
	await expect(host.stat(directory, AbortSignal.abort())).rejects.toThrow(
		expect.objectContaining({name: 'AbortError'}),
	);
	const before = descriptors();
	await expect(host.readEnd(directory, 10, signal)).rejects.toThrow(code('EINVAL'));
	await expect(host.readEnd('/dev/zero', 10, signal)).rejects.toThrow(code('EINVAL'));
	expect(descriptors()).toBeLessThanOrEqual(before);
});

test.each([
	[0, 10, ''],
	[5, 10, '01234'],
	[10, 10, '0123456789'],
	[25, 10, '5678901234'],
])('of a file of %i bytes the last %i are %j', async (size, atMost, end) => {
	const file = join(folder(), 'file');
	writeFileSync(file, Array.from({length: size}, (_, i) => i % 10).join(''));
	expect(await host.readEnd(file, atMost, signal)).toBe(end);
});

test('a pipe is not opened, for that waits for somebody who writes', async () => {
	const pipe = join(folder(), 'pipe');
	execFileSync('mkfifo', [pipe]);
	await expect(host.readEnd(pipe, 10, signal)).rejects.toThrow(code('EINVAL'));
});

test('many questions at once are all answered', async () => {
	const file = join(folder(), 'file');
	writeFileSync(file, 'x');
	const answers = await Promise.all(Array.from({length: 50}, (_, i) => host.stat(i % 2 ? file : '/', signal)));
	expect(answers.map(({type}) => type)).toEqual(Array.from({length: 50}, (_, i) => (i % 2 ? 'file' : 'directory')));
});

test('a recorded machine is below its root', async () => {
	const root = folder();
	mkdirSync(join(root, 'proc'));
	writeFileSync(join(root, 'file'), 'there');
	expect((await recorded(root).stat('/file', signal)).sizeBytes).toBe(5);
	expect(await recorded(root).readEnd('/file', 3, signal)).toBe('ere');
	await expect(recorded(root).stat('/etc/passwd', signal)).rejects.toThrow(code('ENOENT'));
});

test('all of the way here is local', async () => {
	const directory = folder();
	symlinkSync('..', join(directory, 'up'));
	expect(await remoteMountOn(`${directory}/./up/../up/none`)).toBeUndefined();
	expect(await remoteMountOn('/')).toBeUndefined();
});

describe('through another file system', () => {
	const onFuse = testAsRoot(...fuseNeeds);

	onFuse('a helper sees the same, at its end and in its words', async () => {
		const {source, mount} = await fuseMount();
		writeFileSync(join(source, 'file'), '0123456789');
		symlinkSync('file', join(source, 'link'));
		const [here, aside] = [await host.stat(join(source, 'file'), signal), await host.stat(join(mount, 'link'), signal)];
		const {identity: _, modifiedAt, ...rest} = here;
		expect(aside).toMatchObject({...rest, modifiedAt: Math.floor(modifiedAt / 1000) * 1000});
		expect(await host.readEnd(join(mount, 'file'), 4, signal)).toBe('6789');
		await expect(host.stat(join(mount, 'none'), signal)).rejects.toThrow(code('ENOENT'));
		await expect(host.stat(join(mount, 'file/x'), signal)).rejects.toThrow(code('ENOTDIR'));
	});

	onFuse('it is known on whatever way one comes there', async () => {
		const {mount} = await fuseMount();
		const directory = folder();
		symlinkSync(mount, join(directory, 'absolute'));
		symlinkSync('absolute/../mount', join(directory, 'around'));
		symlinkSync('absolute', join(directory, 'twice'));
		expect(await remoteMountOn(`${mount}/a`)).toBe(mount);
		expect(await remoteMountOn(`${directory}/absolute/a`)).toBe(mount);
		expect(await remoteMountOn(`${directory}/twice`)).toBe(mount);
		expect(await remoteMountOn(`${directory}/around/x`)).toBe(mount);
		expect(await remoteMountOn(`${mount}/../source`)).toBe(mount);
	});

	onFuse('one that does not answer is given up, eats no thread, and holds up nobody else', async () => {
		const {source, mount, stop, go} = await fuseMount();
		const [file, far] = [join(source, 'file'), join(mount, 'file')];
		writeFileSync(file, 'x');
		const own = local();
		const ends = Array.from({length: 8}, () => new AbortController());
		stop();
		const asked = ends.map((end, i) =>
			i % 2 ? own.stat(far, end.signal) : own.readEnd(`${mount}/${i}`, 9, end.signal),
		);
		const settled = Promise.allSettled(asked);
		const helpers = () => children().filter(pid => /^(?:stat|tail) .*\/mount\//.test(commandLineOf(pid) ?? ''));
		await expect.poll(helpers).toHaveLength(1);
		// The four threads of the pool are free.
		expect(await Promise.all(Array.from({length: 8}, () => stat('/')))).toHaveLength(8);
		expect((await own.stat(file, signal)).sizeBytes).toBe(1);

		for (const end of ends) {
			end.abort();
		}

		const reasons = (await settled).map(one => one.status === 'rejected' && (one.reason.code ?? one.reason.name));
		expect(reasons.filter(reason => reason === 'ABORT_ERR')).toHaveLength(1);
		expect(reasons.filter(reason => reason === 'EBUSY')).toHaveLength(7);
		await expect.poll(helpers).toEqual([]);
		go();
		expect((await own.stat(far, signal)).sizeBytes).toBe(1);
	});
});
