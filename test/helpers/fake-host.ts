import type {FileStat, Host, Statfs} from '../../src/core/host.js';

export type FakeFiles = Record<string, string | Uint8Array>;

/** What the system throws. */
export function systemError(code: string, message = code): Error {
	return Object.assign(new Error(message), {code});
}

/** A host of a few files in memory that counts what is read; anything else is ENOENT, and so is every program. */
export function fakeHost(files: FakeFiles, changes: Partial<Host> = {}): Host & {reads: string[]; files: FakeFiles} {
	const reads: string[] = [];

	const read = (path: string): Uint8Array => {
		reads.push(path);
		const content = files[path];

		if (content === undefined) {
			throw systemError('ENOENT');
		}

		return typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
	};

	return {
		reads,
		files,
		ownProcess: '/proc/self',
		read,
		readOnce: read,
		readText: path => Buffer.from(read(path)).toString('latin1'),
		list: path => {
			const below = Object.keys(files).filter(file => file.startsWith(`${path}/`));

			if (below.length === 0) {
				throw systemError('ENOENT');
			}

			return [...new Set(below.map(file => file.slice(path.length + 1).split('/')[0] ?? ''))];
		},
		readAside: async (path, atMost) => Buffer.from(read(path)).toString('latin1').slice(0, atMost),
		async *piecesAside(path) {
			yield read(path);
		},
		addresses: () => [],
		run: (): Promise<string> => Promise.reject(systemError('ENOENT')),
		readlink: () => {
			throw systemError('ENOENT');
		},
		stat: (): Promise<FileStat> => Promise.reject(systemError('ENOENT')),
		readEnd: async (path, atMost) => Buffer.from(read(path)).toString('latin1').slice(-atMost),
		statfs: (): Promise<Statfs> => Promise.reject(systemError('ENOENT')),
		...changes,
	};
}
