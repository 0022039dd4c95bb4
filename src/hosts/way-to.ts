import {readlink} from 'node:fs/promises';
import {posix} from 'node:path';
import {localMounts} from '../core/local-mounts.js';
import {readAll, systemPath} from './files.js';

/** As many as the kernel follows (path_resolution(7)). */
const mostLinks = 40;

/**
 * The first mount that is not plainly local on the way to a path, symbolic links followed; undefined where all of it is local. Of what is
 * not local nothing is asked. The path and the mount are one character a byte.
 */
export async function remoteMountOn(path: string): Promise<string | undefined> {
	const mounts = localMounts(readAll('/proc/self/mountinfo').toString('latin1'));
	const isRemote = (place: string) => mounts.get(place) === false;
	let [place, left, links] = ['/', names(path), 0];

	for (;;) {
		if (isRemote(place)) {
			return place;
		}

		const [name, ...rest] = left;

		if (name === undefined) {
			return undefined;
		}

		const next = posix.join(place, name);
		const target = isRemote(next) ? undefined : await linkAt(next);

		if (target === undefined) {
			[place, left] = [next, rest];
			continue;
		}

		links += 1;

		if (links > mostLinks) {
			return undefined;
		}

		[place, left] = [target.startsWith('/') ? '/' : place, [...names(target), ...rest]];
	}
}

function names(path: string): readonly string[] {
	return path.split('/').filter(name => name !== '' && name !== '.');
}

/** What is not there, or may not be seen, leads nowhere: whoever asks for it will be told. */
async function linkAt(place: string): Promise<string | undefined> {
	try {
		return await readlink(systemPath(place), 'latin1');
	} catch {
		return undefined;
	}
}
