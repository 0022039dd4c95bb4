import type {Failure} from '../core/check.js';
import {codeOf, messageOf} from '../core/errors.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';

/**
 * What the host says of a file; undefined where there is none.
 * @throws {Failed}, or the system's error, of which `asking` makes a failure.
 */
export async function ofFile<T>(attempt: Attempt, file: Safe, ask: () => Promise<T>): Promise<T | undefined> {
	attempt.waiting = safe`file system of ${file} does not answer`;

	try {
		return await ask();
	} catch (error) {
		const code = codeOf(error);

		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}

		const failure = failureOf(code, file);

		if (failure) {
			throw new Failed(failure);
		}

		if (code === undefined && !attempt.context.signal.aborted) {
			// A helper that was asked instead of the kernel has no codes, only words.
			throw new Failed({status: 'unknown', reason: safe`not asked: ${safeBytes(messageOf(error))}`});
		}

		throw error;
	}
}

function failureOf(code: string | undefined, file: Safe): Failure | undefined {
	switch (code) {
		case 'EACCES':
		case 'EPERM':
			return {status: 'unknown', reason: safe`healthtop may not look at ${file}`};
		case 'EAGAIN':
			return {status: 'unknown', reason: safe`not asked: other file systems do not answer`};
		case 'ELOOP':
			return {status: 'critical', reason: safe`${file} leads in a circle`};
		case 'EINVAL':
			return {status: 'unknown', reason: safe`${file} has become something else while it was looked at`};
		case 'EIO':
		case 'ESTALE':
		case 'ENOTCONN':
			return {status: 'critical', reason: safe`file system of ${file} fails (${safeBytes(code)})`};
		default:
			return undefined;
	}
}
