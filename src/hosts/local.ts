import type {Host} from '../core/host.js';
import {list, readAll, readlink} from './files.js';
import {HeldFiles} from './held-files.js';
import {statfsAside} from './statfs-aside.js';
import {statfsHere} from './statfs-here.js';

/** The machine we run on. */
export function local(): Host {
	const aside = statfsAside();
	const held = new HeldFiles();

	return {
		ownProcess: '/proc/self',
		read: readAll,
		readOnce: path => held.read(path),
		readText: path => readAll(path).toString('latin1'),
		list(path) {
			// Whoever asks for the processes begins another pass over them.
			if (path === '/proc') {
				held.sweep();
			}

			return list(path);
		},
		readlink,
		statfs: (path, options) => (options.aside ? aside(path, options.signal) : statfsHere(path, options.signal)),
	};
}
