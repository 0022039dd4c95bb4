import {codeOf} from '../core/errors.js';

/** What /proc says of a process; undefined for one that has ended meanwhile, or hides from us. */
export function ifThere<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(codeOf(error) ?? '')) {
			return undefined;
		}

		throw error;
	}
}
