import {realpathSync, type Stats, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {codeOf} from '../core/errors.js';

/** Why somebody besides root and us could change a file, and what mends that; undefined when nobody could. `self`: our user id. */
export function distrustOf(file: string, status: Stats, self: number | undefined): string | undefined {
	try {
		// Who can rename in its directory can put another file in its place: that of the name, and that of what a link leads to.
		const directories = [...new Set([dirname(file), dirname(realpathSync(file))])].map(directory => {
			const own = statSync(directory);
			const isSticky = (own.mode & 0o1000) !== 0;
			return reasonOf(directory, own, self, isSticky ? 0 : 0o022);
		});
		return [reasonOf(file, status, self, 0o022), ...directories].find(reason => reason !== undefined);
	} catch (error) {
		return `who may write ${file} cannot be told (${codeOf(error) ?? error})`;
	}
}

function reasonOf(path: string, {mode, uid}: Stats, self: number | undefined, forbidden: number): string | undefined {
	if ((mode & forbidden) !== 0) {
		return `others may write ${path} (mode ${(mode & 0o7777).toString(8)}): chmod go-w ${path}`;
	}

	return uid === 0 || uid === self ? undefined : `${path} belongs to user ${uid}: chown it to root or to yourself`;
}
