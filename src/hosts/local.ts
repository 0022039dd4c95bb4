import type {Host} from '../core/host.js';
import {list, readAll, readlink, readOnce} from './files.js';
import {statfsAside} from './statfs-aside.js';
import {statfsHere} from './statfs-here.js';

/** The machine we run on. */
export function local(): Host {
	const aside = statfsAside();

	return {
		ownProcess: '/proc/self',
		read: readAll,
		readOnce,
		readText: path => readAll(path).toString('latin1'),
		list,
		readlink,
		statfs: (path, options) => (options.aside ? aside(path, options.signal) : statfsHere(path, options.signal)),
	};
}
