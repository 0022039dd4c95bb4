import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {local} from '../../src/hosts/local.js';
import {recorded} from '../../src/hosts/recorded.js';

const host = local();

function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	return directory;
}

/** Our own children, as the kernel lists them. */
function children(): number[] {
	return readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
}

describe('a file in pieces', () => {
	const pieces = async (path: string, most = Number.POSITIVE_INFINITY) => {
		const all: string[] = [];

		for await (const piece of host.piecesAside(path)) {
			all.push(Buffer.from(piece).toString('latin1'));

			if (all.length >= most) {
				break;
			}
		}

		return all;
	};
	const open = () => readdirSync('/proc/self/fd').length;

	test.each([0, 10, 65_536, 300_000])('of %i bytes is whole', async size => {
		const file = join(temporaryDirectory(), 'file');
		const text = Array.from({length: size}, (_, i) => i % 10).join('');
		writeFileSync(file, text);
		const all = await pieces(file);
		expect(all.join('')).toBe(text);
		expect(all).toHaveLength(Math.ceil(size / 65_536));
	});

	test('that is left early, or is not there, leaves no file open', async () => {
		await pieces('/proc/self/smaps', 1);
		const before = open();

		for (let i = 0; i < 20; i++) {
			expect(await pieces('/proc/self/smaps', 1)).toHaveLength(1);
			await expect(pieces('/proc/nothing')).rejects.toThrow(expect.objectContaining({code: 'ENOENT'}));
		}

		expect(open()).toBeLessThanOrEqual(before);
	});

	test('of another root is that one', async () => {
		const root = temporaryDirectory();
		mkdirSync(join(root, 'proc'));
		writeFileSync(join(root, 'proc', 'x'), 'there');
		const all: string[] = [];

		for await (const piece of recorded(root).piecesAside('/proc/x')) {
			all.push(Buffer.from(piece).toString());
		}

		expect(all).toEqual(['there']);
		expect(recorded(root).addresses()).toEqual([]);
	});
});

describe('a file read aside', () => {
	const sizes: [size: number, atMost: number | undefined, length: number][] = [
		[0, undefined, 0],
		[10, undefined, 10],
		[10, 10, 10],
		[10, 4, 4],
		[10, 1000, 10],
		[65_536, undefined, 65_536],
		[65_537, undefined, 65_536],
		[300_000, 262_144, 262_144],
	];

	test.each(sizes)('of %i bytes, at most %s, gives %i', async (size, atMost, length) => {
		const file = join(temporaryDirectory(), 'file');
		const text = Array.from({length: size}, (_, i) => i % 10).join('');
		writeFileSync(file, text);
		expect(await host.readAside(file, atMost)).toBe(text.slice(0, length));
	});

	test('that the kernel builds a page at a time comes whole', async () => {
		expect(await host.readAside('/proc/self/smaps', 50_000)).toHaveLength(50_000);
	});

	test('is one character a byte, in its name and in it', async () => {
		const file = `${temporaryDirectory()}/\xff\xc3\xbc`;
		writeFileSync(Buffer.from(file, 'latin1'), '\x80\xff\0', 'latin1');
		expect(await host.readAside(file)).toBe('\x80\xff\0');
	});

	test('that is not there, or none, throws with its code, and leaves no file open', async () => {
		const open = () => readdirSync('/proc/self/fd').length;
		await expect(host.readAside('/proc/nothing')).rejects.toThrow(expect.objectContaining({code: 'ENOENT'}));
		const before = open();

		for (let i = 0; i < 20; i++) {
			await expect(host.readAside('/proc/nothing')).rejects.toThrow(expect.objectContaining({code: 'ENOENT'}));
			await expect(host.readAside('/proc')).rejects.toThrow(expect.objectContaining({code: 'EISDIR'}));
		}

		expect(open()).toBeLessThanOrEqual(before);
	});

	test('of a recorded machine is below its root', async () => {
		const root = temporaryDirectory();
		mkdirSync(join(root, 'proc'));
		writeFileSync(join(root, 'proc/cpuinfo'), 'cpu MHz\t\t: 1.000\n');
		expect(await recorded(root).readAside('/proc/cpuinfo')).toBe('cpu MHz\t\t: 1.000\n');
		expect(await recorded(root).readAside('/proc/cpuinfo', 3)).toBe('cpu');
		await expect(recorded(root).readAside('/proc/version')).rejects.toThrow(expect.objectContaining({code: 'ENOENT'}));
	});
});

describe('a program', () => {
	const {signal} = new AbortController();

	test('gives what it prints, byte by byte', async () => {
		expect(await host.run(['printf', '%s', 'a b\n$HOME'], signal)).toBe('a b\n$HOME');
		expect(await host.run(['printf', '\\377\\200'], signal)).toBe('\xff\x80');
		expect(await host.run(['true'], signal)).toBe('');
	});

	test('gives at most 1 MiB', async () => {
		expect(await host.run(['head', '-c', '3000000', '/dev/zero'], signal)).toHaveLength(1 << 20);
	});

	test('that is not there is ENOENT', async () => {
		await expect(host.run(['no-such-program'], signal)).rejects.toThrow(expect.objectContaining({code: 'ENOENT'}));
	});

	test('that fails is an error with its own words, however much it printed', async () => {
		const said = host.run(['sh', '-c', 'echo answer; echo "cannot ask" >&2; echo more >&2; exit 3'], signal);
		await expect(said).rejects.toThrow(/^cannot ask$/);
		await expect(host.run(['false'], signal)).rejects.toThrow(/^'false' ended with 1$/);
	});

	test('has an environment of its own, no input and a session of its own', async () => {
		process.env['HEALTHTOP_CANARY'] = 'secret';
		onTestFinished(() => {
			delete process.env['HEALTHTOP_CANARY'];
		});
		const environment = (await host.run(['env'], signal)).trim().split('\n').sort();
		expect(environment.map(row => row.replace(/=.*/, ''))).toEqual(['LC_ALL', 'PATH']);
		expect(await host.run(['cat'], signal)).toBe('');
		const [, own] = /\) \S \d+ \d+ (\d+)/.exec(readFileSync('/proc/self/stat', 'latin1')) ?? [];
		const [, pid, session] =
			/^(\d+) .*\) \S \d+ \d+ (\d+)/.exec(await host.run(['cat', '/proc/self/stat'], signal)) ?? [];
		expect(session).toBe(pid);
		expect(session).not.toBe(own);
	});

	test('has in its environment what else is given, and in place of nothing', async () => {
		const given = {XDG_RUNTIME_DIR: '/run/user/0', PATH: '/nowhere', LC_ALL: 'de_DE.UTF-8'};
		const rows = (await host.run(['env'], signal, given)).trim().split('\n').sort();
		expect(rows).toEqual(['LC_ALL=C', expect.stringMatching(/^PATH=\/usr\/bin:/), 'XDG_RUNTIME_DIR=/run/user/0']);
	});

	test('is killed when its time is up, and rejects at once', async () => {
		const stop = new AbortController();
		const before = new Set(children());
		const running = host.run(['sleep', '1000'], stop.signal);
		const sleeping = children().filter(pid => !before.has(pid));
		expect(sleeping.map(pid => readFileSync(`/proc/${pid}/comm`, 'latin1'))).toEqual(['sleep\n']);
		stop.abort();
		await expect(running).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
		await expect.poll(() => children().filter(pid => sleeping.includes(pid))).toEqual([]);
	});

	test('is not started when its time is up already', async () => {
		const before = children();
		await expect(host.run(['sleep', '1000'], AbortSignal.abort())).rejects.toThrow(
			expect.objectContaining({name: 'AbortError'}),
		);
		expect(children()).toEqual(before);
	});

	test('of a recorded machine is not there: it would ask ours', async () => {
		const root = temporaryDirectory();
		mkdirSync(join(root, 'proc'));
		await expect(recorded(root).run(['true'], signal)).rejects.toThrow(
			expect.objectContaining({code: 'ENOENT', message: "'true' would ask the machine we run on"}),
		);
	});
});
