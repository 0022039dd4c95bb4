import type {Failure} from '../core/check.js';
import {codeOf} from '../core/errors.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {timeoutText} from './timeout-text.js';

/** What a system error says of the target, by its code; `target` is where the question went. */
const critical: Readonly<Record<string, (target: Safe) => Safe>> = {
	ECONNREFUSED: target => safe`refused on ${target}`,
	ECONNRESET: target => safe`connection reset by ${target}`,
	EPIPE: target => safe`connection closed by ${target}`,
	EHOSTUNREACH: target => safe`no route to ${target}`,
	ETIMEDOUT: target => safe`no answer from ${target}`,
	ENOENT: target => safe`no socket ${target}`,
	ENOTSOCK: target => safe`${target} is no socket`,
	EHOSTDOWN: target => safe`${target} is down`,
};

/** What one says of ourselves: nothing is known of the target. */
const unknown: Readonly<Record<string, (target: Safe) => Safe>> = {
	EMFILE: () => safe`not asked: no file descriptor is left to healthtop (EMFILE)`,
	ENFILE: () => safe`not asked: no file descriptor is left on this machine (ENFILE)`,
	ENOMEM: () => safe`not asked: no memory is left (ENOMEM)`,
	ENOBUFS: () => safe`not asked: no buffers are left (ENOBUFS)`,
	EAGAIN: target => safe`not asked: ${target} takes no more connections now (EAGAIN)`,
	EADDRNOTAVAIL: () => safe`not asked: no local port is left (EADDRNOTAVAIL)`,
	ENETUNREACH: target => safe`not asked: no network leads from here to ${target}`,
	ENETDOWN: target => safe`not asked: the network to ${target} is down`,
	EACCES: target => safe`not asked: healthtop may not open ${target}`,
	EPERM: target => safe`not asked: this machine does not let healthtop reach ${target}`,
};

/** What an error says of the target. Errors without a code are bugs of ours: they are thrown on. */
export function failureOf(error: unknown, {context, target, waiting}: Attempt): Failure {
	if (context.signal.aborted) {
		return {status: 'critical', reason: timeoutText(waiting, context.timeout), isTimeout: true};
	}

	const code = codeOf(error);

	if (code === undefined) {
		throw error;
	}

	const shown = safeText(target);
	const reason = critical[code]?.(shown);

	if (reason !== undefined) {
		return {status: 'critical', reason};
	}

	const ours = unknown[code]?.(shown);
	return ours === undefined
		? {status: 'critical', reason: safe`${shown}: ${safeText(code)}`}
		: {status: 'unknown', reason: ours};
}
