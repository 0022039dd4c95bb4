import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {LockError, readLockNote, takeLock} from '../../src/engine/engine-lock.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {testOnDisk} from '../helpers/small-disk.js';

const note = {pid: 4242, version: '1.2.3', sockets: '/run/healthtop', since: 1_795_317_291_000};

/** Takes the lock of the directory that it is given, says what came of it, and stays until it is killed. */
const program = `
import {takeLock} from './src/engine/engine-lock.js';
const note = {pid: process.pid, version: '1.2.3', sockets: '/run/healthtop', since: 1};
const lock = await takeLock(process.argv[2] ?? '', note);
console.log('heldBy' in lock ? 'held' : 'taken');
process.stdin.resume();
`;

let code = '';

beforeAll(async () => {
	const {outputFiles} = await build({
		stdin: {contents: program, resolveDir: process.cwd(), loader: 'ts'},
		bundle: true,
		write: false,
		platform: 'node',
		format: 'esm',
	});
	code = outputFiles[0]?.text ?? '';
});

/** A process that tries to take the lock, and the promise of what it says. */
function contender(directory: string): {child: ChildProcess; says: Promise<string>} {
	const child = spawn(process.execPath, ['--input-type=module', '-e', code, '-', directory], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	return {child, says: once(child.stdout ?? child, 'data').then(([text]) => String(text).trim())};
}

async function taken(directory: string) {
	const lock = await takeLock(directory, note);

	if ('heldBy' in lock) {
		throw new Error('somebody holds it');
	}

	onTestFinished(() => lock.release());
	return lock;
}

const refusal = (directory: string, program?: string) =>
	takeLock(directory, note, program).then(
		() => 'taken',
		(error: unknown) => (error instanceof LockError ? `${error.code}: ${error.message}` : `no LockError: ${error}`),
	);

describe('the lock', () => {
	test('is held until it is released', async () => {
		const directory = folder();
		const lock = await taken(directory);
		expect(await takeLock(directory, note)).toEqual({heldBy: note});
		await lock.release();
		await lock.release();
		expect(await readLockNote(directory)).toBeUndefined();
		await taken(directory);
	});

	test('is a file of ours only, which stays', async () => {
		const directory = folder();
		const file = join(directory, 'engine.lock');
		writeFileSync(file, 'anything');
		chmodSync(file, 0o666);
		const {ino} = statSync(file);
		await (await taken(directory)).release();
		expect(statSync(file)).toMatchObject({ino, size: 0, mode: 0o100600});
	});

	test('has a note that can be replaced, and not afterwards', async () => {
		const directory = folder();
		const lock = await taken(directory);
		const longer = {...note, sockets: '/run/user/1000/healthtop/0123abcd'};
		await lock.note(longer);
		expect(await readLockNote(directory)).toEqual(longer);
		await lock.note(note);
		expect(await readLockNote(directory)).toEqual(note);
		expect(readFileSync(join(directory, 'engine.lock'), 'utf8')).toBe(`${JSON.stringify(note)}\n`);
		await lock.release();
		await lock.note(note);
		expect(await readLockNote(directory)).toBeUndefined();
	});

	test('goes to one of 20 processes, and at once to another when that is killed', async () => {
		const directory = folder();
		const contenders = Array.from({length: 20}, () => contender(directory));
		const said = await Promise.all(contenders.map(({says}) => says));
		expect(said.toSorted()).toEqual([...Array.from({length: 19}, () => 'held'), 'taken']);

		const {child} = contenders[said.indexOf('taken')] ?? {};
		expect((await readLockNote(directory))?.pid).toBe(child?.pid);
		child?.kill('SIGKILL');
		await once(child ?? process, 'close');
		await taken(directory);
		expect(await readLockNote(directory)).toEqual(note);
	});
});

describe('no lock, and why:', () => {
	test('a directory in its place', async () => {
		const directory = folder();
		mkdirSync(join(directory, 'engine.lock'));
		expect(await refusal(directory)).toBe(`EISDIR: '${directory}/engine.lock' is no file of ours: move it away`);
	});

	test('a link in its place, whatever it leads to', async () => {
		const directory = folder();
		symlinkSync('target', join(directory, 'engine.lock'));
		expect(await refusal(directory)).toBe(`ELOOP: '${directory}/engine.lock' is no file of ours: move it away`);
		expect(existsSync(join(directory, 'target'))).toBe(false);
	});

	testWith('mkfifo')('a pipe in its place', async () => {
		const directory = folder();
		spawnSync('mkfifo', [join(directory, 'engine.lock')]);
		expect(await refusal(directory)).toBe(`FOREIGN: '${directory}/engine.lock' is no file of ours: move it away`);
	});

	testAsRoot()('a file of another user', async () => {
		const directory = folder();
		writeFileSync(join(directory, 'engine.lock'), '');
		chownSync(join(directory, 'engine.lock'), 65_534, 65_534);
		expect(await refusal(directory)).toBe(`FOREIGN: '${directory}/engine.lock' is no file of ours: move it away`);
	});

	test('no directory', async () => {
		const directory = join(folder(), 'state');
		expect(await refusal(directory)).toBe(
			`ENOENT: '${directory}/engine.lock' cannot be opened: a directory that it lies in is not there; mend that or name another directory with --state-dir`,
		);
	});

	test('no flock', async () => {
		expect(await refusal(folder(), '/nonexistent/flock')).toBe(
			'NO_FLOCK: the program flock of util-linux is not installed, and without it two engines could write the same files: install util-linux',
		);
	});

	test('a flock that fails, with the code of busybox', async () => {
		const directory = folder();
		const failing = join(directory, 'flock');
		writeFileSync(failing, '#!/bin/sh\necho "flock: No locks available" >&2\nexit 1\n', {mode: 0o700});
		expect(await refusal(directory, failing)).toBe(
			`FLOCK_FAILED: '${directory}/engine.lock' cannot be locked: flock: No locks available; name a directory on a local disk with --state-dir`,
		);
	});

	test('a file that was replaced meanwhile', async () => {
		const directory = folder();
		const slow = join(directory, 'flock');
		writeFileSync(slow, `#!/bin/sh\nflock "$@" && rm ${directory}/engine.lock\n`, {mode: 0o700});
		expect(await refusal(directory, slow)).toMatch(/^MOVED: .* try again$/);
	});

	testOnDisk('ro,mode=700', 'a read-only disk', async path => {
		expect(await refusal(path)).toMatch(/^EROFS: .* the file system is read-only; mend that/);
	});

	testOnDisk('nr_inodes=1', 'a disk without inodes', async path => {
		expect(await refusal(path)).toMatch(/^ENOSPC: .* no space is left on the device; mend that/);
	});
});

testOnDisk('rw', 'a full disk has the lock, and no note', async path => {
	writeFileSync(join(path, 'engine.lock'), '');
	expect(() => writeFileSync(join(path, 'full'), Buffer.alloc(1 << 20))).toThrow('ENOSPC');
	const lock = await takeLock(path, note);
	expect(await takeLock(path, note)).toEqual({heldBy: undefined});
	rmSync(join(path, 'full'));

	if ('note' in lock) {
		await lock.note(note);
	}

	expect(await takeLock(path, note)).toEqual({heldBy: note});

	if ('release' in lock) {
		await lock.release();
	}
});

const text = JSON.stringify(note);

test.each<[name: string, content: string | Buffer, read: unknown]>([
	['a whole one', text, note],
	['one before the rest of a longer one', `${text}\n000"}\n`, note],
	['nothing of an empty file', '', undefined],
	['nothing of half a one', text.slice(0, -1), undefined],
	['nothing of garbage', Buffer.from([0, 0xff, 0x1b, 10]), undefined],
	['nothing of another shape', '[]', undefined],
	['nothing with a pid that is none', JSON.stringify({...note, pid: -1}), undefined],
	['nothing with a time that is none', JSON.stringify({...note, since: null}), undefined],
	['nothing with sockets at no certain place', JSON.stringify({...note, sockets: 'run'}), undefined],
	['nothing without a version', JSON.stringify({...note, version: undefined}), undefined],
	['nothing of a long file', text + ' '.repeat(4096), undefined],
	[
		'no control characters',
		JSON.stringify({...note, version: '\u001b]0;x\u0007'}),
		{...note, version: '\\x1b]0;x\\x07'},
	],
])('a note: %s', async (_, content, read) => {
	const directory = folder();
	writeFileSync(join(directory, 'engine.lock'), content);
	expect(await readLockNote(directory)).toEqual(read);
});

test('there is no note without a file, and none in what is no file', async () => {
	const directory = folder();
	expect(await readLockNote(directory)).toBeUndefined();
	mkdirSync(join(directory, 'engine.lock'));
	expect(await readLockNote(directory)).toBeUndefined();
});
