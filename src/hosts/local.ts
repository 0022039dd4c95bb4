import type {Host} from '../core/host.js';
import {localAddresses} from './addresses.js';
import {AskAside} from './ask-aside.js';
import {askFile} from './ask-file.js';
import {list, readAll, readlink} from './files.js';
import {HeldFiles} from './held-files.js';
import {outputOf, startHelper} from './helper.js';
import {KernelFiles} from './kernel-files.js';
import {piecesAside, readAside} from './read-aside.js';
import {statfsAside} from './statfs-aside.js';
import {statfsHere} from './statfs-here.js';

/** The machine we run on. */
export function local(): Host {
	const helpers = new AskAside();
	const aside = statfsAside(helpers);
	const held = new HeldFiles(openFilesLimit());
	const kernel = new KernelFiles();

	return {
		ownProcess: '/proc/self',
		read: readAll,
		readOnce: path => held.read(path),
		readText: path => (kernel.has(path) ? kernel.readText(path) : readAll(path).toString('latin1')),
		list(path) {
			// Whoever asks for the processes begins another pass over them.
			if (path === '/proc') {
				held.sweep();
			}

			return list(path);
		},
		readlink,
		readAside,
		piecesAside,
		addresses: localAddresses,
		run: async (command, signal, env) => outputOf(startHelper(command, signal, env), signal),
		statfs: (path, options) => (options.aside ? aside(path, options.signal) : statfsHere(path, options.signal)),
		...askFile(helpers),
	};
}

/** The soft limit of proc_pid_limits(5); undefined where it is not told. */
function openFilesLimit(): number | undefined {
	try {
		const limit = /^Max open files\s+(\d+)/m.exec(readAll('/proc/self/limits').toString('latin1'))?.[1];
		return limit === undefined ? undefined : Number(limit);
	} catch {
		return undefined;
	}
}
