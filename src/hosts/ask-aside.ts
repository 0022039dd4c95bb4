import {isUtf8} from 'node:buffer';
import {messageOf} from '../core/errors.js';
import {outputOf, startHelper} from './helper.js';
import {Places} from './places.js';

/** Helpers at a time, over all file systems: a stuck one may not even die until its server answers. */
const mostHelpers = 4;

/** What strerror(3) says in English, as it is asked for: coreutils and busybox have no other way to tell an error. */
const codes: Readonly<Record<string, string>> = {
	'No such file or directory': 'ENOENT',
	'Not a directory': 'ENOTDIR',
	'Permission denied': 'EACCES',
	'Too many levels of symbolic links': 'ELOOP',
	'Stale file handle': 'ESTALE',
	'Input/output error': 'EIO',
	'Transport endpoint is not connected': 'ENOTCONN',
};

/** Questions to file systems that may never answer, each in a helper process that can be killed, at most four at once. */
export class AskAside {
	readonly #places = new Places(mostHelpers);

	/** True while a helper with this key is under way. */
	isAsked(key: string): boolean {
		return this.#places.has(key);
	}

	/**
	 * What a helper printed, one character a byte. One with the same key waits until the earlier one has ended. Rejects with `ABORT_ERR` when
	 * `signal` aborts; with `EBUSY` or `EAGAIN` when its turn has not come by then.
	 */
	async ask(key: string, command: readonly string[], signal: AbortSignal): Promise<string> {
		signal.throwIfAborted();
		const leave = this.#places.take(key) ?? (await this.#places.turn(key, signal));

		try {
			const helper = startHelper(command, signal);
			helper.once('exit', leave);
			helper.once('error', leave);
			return await outputOf(helper, signal);
		} catch (error) {
			const code = codes[messageOf(error).split(': ').at(-1) ?? ''];
			throw code === undefined ? error : Object.assign(new Error(messageOf(error)), {code});
		}
	}
}

/** Node hands arguments over in UTF-8, while a path is kept one character a byte. */
export function argumentOf(path: string): string {
	const bytes = Buffer.from(path, 'latin1');

	if (!isUtf8(bytes)) {
		throw Object.assign(new Error('a name that is not UTF-8 cannot be asked for'), {code: 'EILSEQ'});
	}

	return bytes.toString();
}
