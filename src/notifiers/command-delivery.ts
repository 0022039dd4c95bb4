import type {Delivery} from '../core/notifier.js';
import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {NotifyEnded} from './run-notify-command.js';

/** As much of what a program said as belongs into a line, UTF-16 units. */
const longest = 200;

/** Exit codes of sysexits.h that say: this one, never. The data or the addressee is wrong, whoever asks again. */
const refused: readonly unknown[] = [65, 67, 68];

/**
 * Exit codes that somebody has to mend: wrong usage, no input, no system file, no permission, wrong configuration; and those of env(1) and of
 * shells for a program that is not there or cannot be executed.
 */
const broken: readonly unknown[] = [64, 66, 72, 77, 78, 125, 126, 127];

/**
 * What came of handing a message to a program. Of an exit code that says nothing (1, 2 ...) nobody knows what it means: the network was away,
 * or the script has a mistake. Later, then: an alert that is told late is better than one that is not.
 */
export function deliveryOf(ended: NotifyEnded, hide: Redact): Delivery {
	switch (ended.kind) {
		case 'time up':
			return later(safe`gave no answer in its time`, true);
		case 'not started':
			return notStarted(ended.code);
		case 'ended':
			return endedWith(ended, hide);
	}
}

function endedWith({code, signal, output, errors}: Extract<NotifyEnded, {kind: 'ended'}>, hide: Redact): Delivery {
	if (code === null) {
		return later(safe`ended by ${safeText(signal ?? 'a signal')}`, true);
	}

	if (code === 0) {
		const [first = ''] = linesOf(output, hide);
		return {kind: 'accepted', response: first === '' ? safe`exit 0` : safeText(first)};
	}

	const said = linesOf(errors, hide).at(-1) ?? linesOf(output, hide).at(-1);
	const reason = said === undefined ? safe`exit ${code}` : safe`exit ${code}: ${safeText(said)}`;

	if (refused.includes(code)) {
		return {kind: 'refused', reason};
	}

	// It says that it has not told anybody.
	return broken.includes(code) ? {kind: 'broken', reason} : later(reason, false);
}

function later(reason: Safe, isUndecided: boolean): Delivery {
	return {kind: 'later', reason, scope: 'channel', isUndecided};
}

function notStarted(code: string): Delivery {
	const reason = safe`not started (${safeText(code)})`;
	// This machine lets no more processes begin; all else does not change by itself.
	return /^(?:EAGAIN|ENOMEM|EMFILE|ENFILE)$/.test(code) ? later(reason, false) : {kind: 'broken', reason};
}

/** Lines with something in them. Secrets are hidden before anything is cut: of half a secret nobody can tell that it is one. */
function linesOf(bytes: Buffer, hide: Redact): readonly string[] {
	return hide(bytes.toString('utf8'))
		.split(/[\r\n]+/)
		.map(line => line.trim().slice(0, longest))
		.filter(line => line !== '');
}
