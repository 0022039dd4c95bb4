import {existsSync, readFileSync} from 'node:fs';
import {codeOf, messageOf, UserError} from '../core/errors.js';
import type {Host, Statfs} from '../core/host.js';
import {AskAside} from './ask-aside.js';
import {askFile} from './ask-file.js';
import {list, readAll, readlink, readOnce, systemPath} from './files.js';
import {piecesAside, readAside} from './read-aside.js';
import {statfsAside} from './statfs-aside.js';
import {statfsHere} from './statfs-here.js';

/**
 * Another machine's files under `root`: a container's mount of its host, or a tree recorded for a test.
 * `statfs.json` in it answers for the mounts it names (`{"/": {"blockBytes": 4096, "blocks": 1000, ...}}`, the fields
 * of `Statfs`); without that file the mounts are asked below `root`.
 */
export function recorded(root: string): Host {
	// One character a byte, as all paths of a host.
	const base = Buffer.from(root.replace(/\/+$/, '')).toString('latin1');
	const exists = (path: string) => existsSync(systemPath(base + path));

	if (!exists('/proc')) {
		throw new UserError(
			`--root '${root}': has no proc directory; name a directory that holds proc, sys and etc of a machine`,
		);
	}

	const at = (path: string) => base + path;
	const helpers = new AskAside();
	const aside = statfsAside(helpers);
	const files = askFile(helpers);
	const answers = recordedStatfs(`${base}/statfs.json`);

	return {
		ownProcess: exists('/proc/1/mountinfo') || exists('/proc/1/net') ? '/proc/1' : '/proc/self',
		read: path => readAll(at(path)),
		readOnce: path => readOnce(systemPath(at(path))),
		readText: path => readAll(at(path)).toString('latin1'),
		list: path => list(at(path)),
		readlink: path => readlink(at(path)),
		readAside: (path, atMost) => readAside(at(path), atMost),
		piecesAside: path => piecesAside(at(path)),
		addresses: () => [],
		run: ([program]) => Promise.reject(notThere(`'${program}' would ask the machine we run on`)),
		stat: (path, signal) => files.stat(at(path), signal),
		readEnd: (path, atMost, signal) => files.readEnd(at(path), atMost, signal),
		async statfs(path, options) {
			if (answers) {
				return answers.get(path) ?? notRecorded(path);
			}

			return options.aside ? aside(at(path), options.signal) : statfsHere(at(path), options.signal);
		},
	};
}

function recordedStatfs(file: string): Map<string, Statfs> | undefined {
	try {
		return new Map(Object.entries(JSON.parse(readFileSync(systemPath(file), 'latin1')) as Record<string, Statfs>));
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw new UserError(`${file}: is no JSON object with a row for each mount (${messageOf(error)})`);
	}
}

function notRecorded(path: string): never {
	throw notThere(`statfs of '${path}' was not recorded`);
}

function notThere(message: string): Error {
	return Object.assign(new Error(message), {code: 'ENOENT'});
}
