import {execFileSync, spawn} from 'node:child_process';
import {appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, vi} from 'vitest';
import {askedBy, ended, engineOf, listening, program, reload, says, usersOf} from '../helpers/asked-engine.js';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';
import {testOnDisk} from '../helpers/small-disk.js';
import {until} from '../helpers/until.js';

// A disk that was full is looked at again once a minute.
vi.setConfig({testTimeout: 120_000});

/** Takes what is left of a disk. @returns what gives it back. */
function fill(disk: string): () => void {
	const path = join(disk, 'filling');

	for (const size of [65_536, 4096]) {
		try {
			for (;;) {
				appendFileSync(path, Buffer.alloc(size));
			}
		} catch {
			// Full, for pieces of this size.
		}
	}

	return () => rmSync(path);
}

describe('a full disk', () => {
	testOnDisk('mode=700', 'before the start stops nothing, and is said until there is room', async disk => {
		const directory = join(disk, 'state');
		mkdirSync(directory, {mode: 0o700});
		const free = fill(disk);
		const engine = engineOf(directory);
		const control = await listening(engine);
		await says(control, /^cannot be written \(ENOSPC\)/);
		free();
		expect(await reload(control, 'u1')).toBe(true);
		// Too small for a reserve, and that is said, too.
		await says(control, /^the disk is full \(ENOSPC\): 0/);
		engine.send('SIGKILL');
		await engine.end;
		expect(await usersOf(await listening(engineOf(directory)))).toEqual(['u1']);
	});

	testOnDisk(
		'size=2m,mode=700',
		'that fills while it runs is said on every screen, takes every act, and is said no more when there is room',
		async disk => {
			const directory = join(disk, 'state');
			const engine = engineOf(directory);
			const control = await listening(engine);
			const screen = new Pty(process.execPath, healthtop('--state-dir', directory), {columns: 200, rows: 50});
			await screen.shows('q leave');
			const free = fill(disk);
			const users = Array.from({length: 60}, (_, index) => `u${index}`);

			for (const user of users) {
				expect(await reload(control, user)).toBe(true);
				// Whoever filled the disk takes at once whatever there is.
				fill(disk);
			}

			await says(control, /^the disk is full \(ENOSPC\): .* left in reserve$/);
			await screen.until('it stands in the first line', ({screen: [first]}) =>
				/journal: the disk is full/.test(first ?? ''),
			);
			free();
			await says(control, /^$/, 75_000);
			await screen.until('it stands there no more', ({screen: [first]}) => !/journal/.test(first ?? ''));
			engine.send('SIGKILL');
			await engine.end;
			expect(await usersOf(await listening(engineOf(directory)))).toEqual(users);
		},
	);

	testOnDisk(
		'size=2m,nr_inodes=12,mode=700',
		'without inodes stops no start; sockets come when there are some',
		async disk => {
			const directory = join(disk, 'state');
			mkdirSync(directory, {mode: 0o700});
			writeFileSync(join(directory, 'engine.lock'), '', {mode: 0o600});
			const others = fillInodes(disk);
			const engine = engineOf(directory);
			await until('it says so', () => engine.said.includes('sockets cannot be opened'));
			rmSync(others, {recursive: true});
			const control = await listening(engine);
			expect(await reload(control, 'u1')).toBe(true);
			engine.send('SIGKILL');
			await engine.end;
			expect(await usersOf(await listening(engineOf(directory)))).toEqual(['u1']);
		},
	);
});

function fillInodes(disk: string): string {
	const path = join(disk, 'others');
	mkdirSync(path);

	try {
		for (let count = 0; ; count++) {
			writeFileSync(join(path, String(count)), '');
		}
	} catch {
		return path;
	}
}

describe('a disk that takes nothing', () => {
	testOnDisk('mode=700', 'since before the start: a clear error', async disk => {
		const directory = join(disk, 'state');
		mkdirSync(directory, {mode: 0o700});
		execFileSync('mount', ['-o', 'remount,ro', disk]);
		const engine = engineOf(directory);
		expect(await ended(engine)).toEqual({code: 1, signal: null});
		expect(engine.said).toBe(
			`healthtop: '${directory}' cannot be used: the file system is read-only; mend that or name another directory`,
		);
	});

	// A disk with files that are open for writing cannot be made read-only: only the kernel does that, of one that fails.
	for (const code of ['EROFS', 'EIO']) {
		testWith('strace')(`since it runs (${code}): it goes on, and says so`, async () => {
			const directory = folder();
			const inject = ['-P', join(directory, 'journal'), '-e', `inject=pwrite64:error=${code}`];
			const engine = engineOf(directory, {command: ['strace', '-f', '-o', '/dev/null', ...inject, ...program]});
			const control = await listening(engine);
			const pid = (await control.status())?.pid ?? 0;
			await reload(control, 'u1');
			await says(control, new RegExp(`^cannot be written \\(${code}\\): what happens now is not kept`));
			const before = (await control.status())?.readings ?? 0;
			await until(
				'it reads on',
				askedBy(control, ({readings = 0}) => String(readings > before), /true/),
			);
			process.kill(pid, 'SIGTERM');
			expect(await ended(engine)).toEqual({code: 0, signal: null});
		});
	}

	testAsRoot(
		'bindfs',
		'umount',
		'/dev/fuse',
	)('since it runs, and gives no answer: the engine goes on, and can be ended', async () => {
		const {mount, source, server} = await hangingDisk();
		const directory = join(mount, 'state');
		const engine = engineOf(directory);
		// Before it is waited for the engine's end: a question that the server has read already cannot be killed.
		onTestFinished(() => {
			server.kill('SIGKILL');
		});
		await until('it listens', () => existsSync(join(source, 'state', 'control.sock')));
		const control = await listening(engine);
		const screen = new Pty(process.execPath, healthtop('--state-dir', directory), {columns: 200, rows: 50});
		await screen.shows('q leave');
		const asker = await listening(engine);
		server.kill('SIGSTOP');
		// What it waits for holds up its own connection.
		void reload(asker, 'u1');
		await says(control, /^the disk gives no answer for/, 30_000);
		await screen.until('it stands in the first line', ({screen: [first]}) =>
			/journal: the disk gives no/.test(first ?? ''),
		);
		const begin = performance.now();
		engine.send('SIGTERM');
		await until('it has ended', () => engine.ended !== undefined, 10_000);
		expect(performance.now() - begin).toBeLessThan(4000);
	});
});

async function hangingDisk() {
	const directory = folder();
	const [source, mount] = [join(directory, 'source'), join(directory, 'mount')];
	mkdirSync(source);
	mkdirSync(mount);
	const server = spawn('bindfs', ['-f', source, mount], {stdio: 'ignore'});
	onTestFinished(() => {
		server.kill('SIGKILL');
		execFileSync('umount', ['--lazy', mount]);
	});
	await until('bindfs has mounted', () => readFileSync('/proc/self/mountinfo', 'latin1').includes(` ${mount} `));
	return {source, mount, server};
}
