import {accessSync, constants, existsSync, readlinkSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname} from 'node:path';
import {UserError} from '../user-error.mjs';

/**
 * A folder to write to that is on a disk, and that disk's name in /proc/diskstats. The kernel knows what backs a file
 * system as /sys/dev/block/MAJOR:MINOR; what has no disk (tmpfs, overlay) is not there.
 */
export function folderOnDisk() {
	for (const folder of [tmpdir(), '/var/tmp', process.cwd()]) {
		const device = deviceOf(folder);

		if (device !== undefined && isWritable(folder)) {
			return {folder, device};
		}
	}

	throw new UserError('neither the temporary folders nor this one are on a disk: call it in a folder that is');
}

/** @param {string} folder */
function deviceOf(folder) {
	const {dev} = statSync(folder);
	// gnu_dev_major and gnu_dev_minor of glibc.
	const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
	const link = `/sys/dev/block/${major}:${minor}`;

	if (!existsSync(link)) {
		return undefined;
	}

	const target = readlinkSync(link);
	return existsSync(`${link}/partition`) ? basename(dirname(target)) : basename(target);
}

/** @param {string} folder */
function isWritable(folder) {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
