import {constants, type Stats} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {ParseError} from '../core/errors.js';
import type {FileStat, FileType, Host} from '../core/host.js';
import {type AskAside, argumentOf} from './ask-aside.js';
import {systemPath} from './files.js';
import {orGivenUp} from './or-given-up.js';
import {Places} from './places.js';
import {remoteMountOn} from './way-to.js';

/** Threads of the pool, of which there are four for everything: also a disk of our own may not answer any more. */
const mostThreads = 2;

/** Raw mode (hexadecimal), size, time of the last change, owner, group, device and inode of stat(1). */
const format = '%f %s %Y %u %g %d %i';

/** `Host.stat` and `Host.readEnd`, for paths as they are seen from here. */
export function askFile(helpers: AskAside): Pick<Host, 'stat' | 'readEnd'> {
	const threads = new Places(mostThreads);

	/** In a thread that may be given up; it keeps its place until the kernel has answered. */
	const inThread = async <T>(path: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
		const leave = threads.take(path) ?? (await threads.turn(path, signal));
		return await orGivenUp(ask().finally(leave), signal);
	};

	/** Where all of the way is local, here; else in a helper, of which each mount has one at a time. */
	const ask = async <T>(path: string, signal: AbortSignal, here: () => Promise<T>, aside: Aside<T>): Promise<T> => {
		signal.throwIfAborted();
		const answer = await inThread(path, signal, async () => {
			const mount = await remoteMountOn(path);
			return mount === undefined ? {value: await here()} : {mount};
		});
		return 'value' in answer
			? answer.value
			: aside.parse(await helpers.ask(`file ${answer.mount}`, [...aside.command, '--', argumentOf(path)], signal));
	};

	return {
		stat: (path, signal) =>
			ask(path, signal, async () => statHere(await stat(systemPath(path))), {
				// Short options: the stat of busybox knows no long ones.
				command: ['stat', '-L', '-c', format],
				parse: output => parseStat(path, output),
			}),
		readEnd: (path, atMost, signal) =>
			ask(path, signal, () => endOf(path, atMost), {
				command: ['tail', '-c', String(atMost)],
				parse: output => output,
			}),
	};
}

type Aside<T> = {readonly command: readonly string[]; readonly parse: (output: string) => T};

function statHere({mode, size, mtimeMs, uid, gid, dev, ino}: Stats): FileStat {
	return statOf(mode, {sizeBytes: size, modifiedAt: mtimeMs, owner: uid, group: gid, identity: `${dev}:${ino}`});
}

function parseStat(path: string, output: string): FileStat {
	const [raw = '', size, modified, owner, group, device, inode] = output.trim().split(' ');
	const numbers = [Number.parseInt(raw, 16), Number(size), Number(modified), Number(owner), Number(group)];
	const [mode = 0, sizeBytes = 0, seconds = 0, uid = 0, gid = 0] = numbers;

	if (inode === undefined || numbers.some(Number.isNaN)) {
		throw new ParseError(path, 'stat gave no numbers');
	}

	const identity = `${device}:${inode}`;
	return statOf(mode, {sizeBytes, modifiedAt: seconds * 1000, owner: uid, group: gid, identity});
}

function statOf(raw: number, rest: Omit<FileStat, 'type' | 'mode'>): FileStat {
	return {type: types[raw & constants.S_IFMT] ?? 'device', mode: raw & 0o7777, ...rest};
}

const types: Readonly<Record<number, FileType>> = {
	[constants.S_IFREG]: 'file',
	[constants.S_IFDIR]: 'directory',
	[constants.S_IFSOCK]: 'socket',
	[constants.S_IFIFO]: 'pipe',
};

/** Opening a pipe or a device waits, or does something: what is there is looked at first, and what was opened once more. */
async function endOf(path: string, atMost: number): Promise<string> {
	const place = systemPath(path);
	requireFile(await stat(place));
	const file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);

	try {
		const {size} = requireFile(await file.stat());
		const buffer = Buffer.allocUnsafe(atMost);
		const from = Math.max(0, size - atMost);
		let length = 0;

		for (;;) {
			const {bytesRead} = await file.read(buffer, length, atMost - length, from + length);
			length += bytesRead;

			if (bytesRead === 0 || length === atMost) {
				return buffer.toString('latin1', 0, length);
			}
		}
	} finally {
		await file.close();
	}
}

function requireFile(stats: Stats): Stats {
	if (!stats.isFile()) {
		throw Object.assign(new Error('is no regular file'), {code: 'EINVAL'});
	}

	return stats;
}
