import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {local} from '../../src/hosts/local.js';
import {statfsAside} from '../../src/hosts/statfs-aside.js';
import {statfsHere} from '../../src/hosts/statfs-here.js';

const host = local();

function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	return directory;
}

function ownChildren(): string[] {
	const parentOf = (pid: string) => / \d+ /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/.*\)/s, ''))?.[0];
	return readdirSync('/proc').filter(name => {
		try {
			return /^\d/.test(name) && Number(parentOf(name)) === process.pid;
		} catch {
			return false;
		}
	});
}

test('a file larger than the buffer comes whole, and so does the small one after it', () => {
	const file = join(temporaryDirectory(), 'large');
	const text = Array.from({length: 60_000}, (_, i) => i).join('\n');
	writeFileSync(file, text);
	expect(text.length).toBeGreaterThan(4 * 65_536);
	expect(host.readText(file)).toBe(text);
	writeFileSync(file, 'small');
	expect(host.readText(file)).toBe('small');
	expect(Buffer.from(host.read(file)).toString()).toBe('small');
});

test('one read gives at most 4 KiB', () => {
	const file = join(temporaryDirectory(), 'file');
	writeFileSync(file, 'x'.repeat(5000));
	expect(host.readOnce(file)).toHaveLength(4096);
	expect(Buffer.from(host.readOnce(`/proc/${process.pid}/stat`)).toString()).toMatch(/^\d+ \(/);
});

test('names are one character a byte, there and back', () => {
	const directory = temporaryDirectory();
	const name = '\xff\xfe \x1b[31m\xc3\xbc';
	writeFileSync(Buffer.from(`${directory}/${name}`, 'latin1'), '\x80\xff', 'latin1');
	expect(host.list(directory)).toEqual([name]);
	expect(host.readText(`${directory}/${name}`)).toBe('\x80\xff');
	symlinkSync(Buffer.from(name, 'latin1'), `${directory}/link`);
	expect(host.readlink(`${directory}/link`)).toBe(name);
});

test('what is not there throws with its code, and leaves no file open', () => {
	const open = () => readdirSync('/proc/self/fd').length;
	const before = open();

	for (let i = 0; i < 20; i++) {
		expect(() => host.read('/proc/nothing')).toThrow(expect.objectContaining({code: 'ENOENT'}));
		expect(() => host.readText('/proc')).toThrow(expect.objectContaining({code: 'EISDIR'}));
	}

	expect(open()).toBe(before);
});

test('both ways of asking agree with each other and with stat(1)', async () => {
	const {signal} = new AbortController();
	const output = execFileSync('stat', ['-f', '-c', '%S %b %c', '/'], {encoding: 'utf8'});
	const [blockBytes, blocks, inodes] = output.split(' ').map(Number);

	for (const aside of [true, false]) {
		expect(await host.statfs('/', {aside, signal})).toMatchObject({blockBytes, blocks, inodes});
	}
});

test('a mount whose name is not ASCII is asked in both ways, and one that is not UTF-8 in ours', async () => {
	const {signal} = new AbortController();
	const directory = temporaryDirectory();
	const [name, strange] = [`${directory}/-\xc3\xbc \n`, `${directory}/\xff`];

	for (const path of [name, strange]) {
		mkdirSync(Buffer.from(path, 'latin1'));
	}

	const {blocks} = await host.statfs('/', {aside: false, signal});
	expect(await host.statfs(name, {aside: true, signal})).toMatchObject({blocks: expect.any(Number)});
	expect(await host.statfs(name, {aside: false, signal})).toMatchObject({blocks: expect.any(Number)});
	expect((await host.statfs(strange, {aside: false, signal})).blocks).toBeGreaterThan(0);
	await expect(host.statfs(strange, {aside: true, signal})).rejects.toThrow(expect.objectContaining({code: 'EILSEQ'}));
	expect(blocks).toBeGreaterThan(0);
});

test.each([true, false])('a mount that is not there is an error, aside: %s', async aside => {
	await expect(host.statfs('/no/such/mount', {aside, signal: new AbortController().signal})).rejects.toThrow();
});

test('a mount that cannot be asked gives the reason of whoever asked', async () => {
	const {signal} = new AbortController();
	await expect(host.statfs('/no/such/mount', {aside: true, signal})).rejects.toThrow(
		/^stat: .*'\/no\/such\/mount': No such file or directory$/,
	);
});

test('a helper that is given up rejects at once, and leaves no child', async () => {
	const stop = new AbortController();
	const ask = statfsAside();
	const pending = ask('/', stop.signal);
	await expect(ask('/', stop.signal)).rejects.toThrow(expect.objectContaining({code: 'EBUSY'}));
	stop.abort();
	await expect(pending).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
	await expect.poll(ownChildren).toEqual([]);
	expect(await ask('/', new AbortController().signal)).toMatchObject({blocks: expect.any(Number)});
});

test.each([
	['aside', statfsAside()],
	['here', statfsHere],
] as const)('nothing is asked %s when the time is already up', async (_, ask) => {
	await expect(ask('/', AbortSignal.abort())).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
	expect(ownChildren()).toEqual([]);
});

test.each([
	['aside', statfsAside()],
	['here', statfsHere],
] as const)('many mounts asked %s at once are no leak that Node warns of on the terminal', async (_, ask) => {
	const warnings: Error[] = [];
	const note = (warning: Error) => warnings.push(warning);
	process.on('warning', note);
	onTestFinished(() => void process.off('warning', note));
	const {signal} = new AbortController();
	await Promise.all(
		Array.from({length: 12}, (_, i) => ask(i % 2 ? '/' : `/${'./'.repeat(i)}`, signal)).map(answer =>
			answer.catch(() => undefined),
		),
	);
	await new Promise(resolve => setImmediate(resolve));
	expect(warnings).toEqual([]);
});

test('an answer in our own process that comes too late is given up', async () => {
	const stop = new AbortController();
	const pending = statfsHere('/', stop.signal);
	stop.abort();
	await expect(pending).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
});
