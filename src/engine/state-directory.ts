import {access, chmod, constants, lstat, mkdir, readdir, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {codeOf} from '../core/errors.js';

/** Where what outlives the program is kept. */
export type StateDirectory = {
	readonly path: string;
	/** Must be there already: the homes of users who have none (`/nonexistent`) are not ours to make. */
	readonly home?: string;
};

/** What the choice is made from. */
export type StatePlace = {
	/** `--state-dir`. */
	readonly option: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** Names of ours that make a directory with other files in it one that we used before. */
const ownNames = /^(?:healthtop\.log|engine\.lock|crash-.+\.txt)$/;

/** The state directory that the option, else the environment, leads to; undefined when nothing does. An empty value counts as none. */
export function stateDirectoryOf({option, env}: StatePlace): StateDirectory | undefined {
	// systemd gives a list when a unit has several (systemd.exec(5)).
	const fromSystemd = env['STATE_DIRECTORY']?.split(':')[0];
	const named = option || env['HEALTHTOP_STATE_DIR'] || fromSystemd;

	if (named) {
		return {path: named};
	}

	// "All paths must be absolute. If an implementation encounters a relative path [it] should ignore it" (XDG base directories).
	if (env['XDG_STATE_HOME']?.startsWith('/')) {
		return {path: join(env['XDG_STATE_HOME'], 'healthtop')};
	}

	const home = env['HOME'];
	return home?.startsWith('/') ? {path: join(home, '.local', 'state', 'healthtop'), home} : undefined;
}

/**
 * Makes the directory, and sees that it is ours and nobody else's (0700). Never throws.
 * @returns why it cannot be used and what to do about it, one sentence; undefined when it can.
 */
export async function openStateDirectory({path, home}: StateDirectory): Promise<string | undefined> {
	try {
		if (home !== undefined) {
			await access(home);
		}

		await makeDirectory(path);
		const status = await stat(path);

		if (!status.isDirectory()) {
			return unusable(path, 'there is a file in its place');
		}

		const {uid, mode} = status;

		if (uid !== process.geteuid?.()) {
			return `'${path}' belongs to another user (uid ${uid}): name another directory`;
		}

		if ((mode & 0o077) !== 0) {
			// `--state-dir /tmp`, given by root, must not lock everybody out of /tmp.
			if (!(await isForUs(path, uid))) {
				return `'${path}' is open to others and holds other files: name a directory that is for healthtop only`;
			}

			await chmod(path, 0o700);
		}

		await access(path, constants.W_OK | constants.X_OK);
		return undefined;
	} catch (error) {
		return unusable(path, reasonOf(error));
	}
}

function unusable(path: string, reason: string): string {
	return `'${path}' cannot be used: ${reason}; mend that or name another directory`;
}

/** Makes a directory and those it lies in, 0700. Not mkdir's own `recursive`: of a file system that is full or read-only it says ENOENT. */
export async function makeDirectory(path: string, hasParent = dirname(path) === path): Promise<void> {
	try {
		await mkdir(path, {mode: 0o700});
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			return;
		}

		if (hasParent || codeOf(error) !== 'ENOENT') {
			throw error;
		}

		await makeDirectory(dirname(path));
		await makeDirectory(path, true);
	}
}

/** True for a directory that is empty or that we have used before. */
async function isForUs(path: string, uid: number): Promise<boolean> {
	const names = await readdir(path);

	for (const name of names.filter(name => ownNames.test(name))) {
		// In a directory where everybody writes, anybody can put a file of that name.
		if ((await lstat(join(path, name))).uid === uid) {
			return true;
		}
	}

	return names.length === 0;
}

/** What a system error means for whoever has to mend it. */
export function reasonOf(error: unknown): string {
	const code = codeOf(error);

	switch (code) {
		case 'EEXIST':
		case 'ENOTDIR':
			return 'there is a file in its place';
		case 'ENOENT':
			return 'a directory that it lies in is not there';
		case 'EACCES':
		case 'EPERM':
			return 'this user may not write there';
		case 'EROFS':
			return 'the file system is read-only';
		case 'ENOSPC':
			return 'no space is left on the device';
		case 'EDQUOT':
			return 'the disk quota is used up';
		default:
			return code ?? String(error);
	}
}
