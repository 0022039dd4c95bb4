import type {PendingAlert} from '../core/alerts/alert-book.js';
import type {Change, TrackedAlert} from './tracked-alert.js';

/** What is pending is written so often, and so soon where some of it has just begun, ms. */
const every = 60_000;
const soon = 10_000;

/** When what is pending is to be written: a value that dances around its level would be a write each second. */
export class PendingAlerts {
	#writtenT: number;

	/** Times are those of `AlertState`, ms. */
	constructor(t: number) {
		this.#writtenT = t;
	}

	/** What is to be written now. `written`: what was written last. */
	due(
		t: number,
		changes: readonly Change[],
		alerts: Iterable<TrackedAlert>,
		written: readonly PendingAlert[],
	): readonly PendingAlert[] | undefined {
		const pending = pendingOf(alerts);
		const keys = new Set(written.map(({key}) => key));
		// Whoever goes on with what came to nothing would wait for too little.
		const isWrong = changes.some(({alert, event}) => event === 'dropped' && keys.has(alert.subject.key));
		// One that began must not wait for a minute again each time that the program is killed.
		const isNew = pending.some(({key}) => !keys.has(key));

		if (t - this.#writtenT < (isNew ? soon : every) && !isWrong) {
			return undefined;
		}

		this.#writtenT = t;
		return pending.length > 0 || written.length > 0 ? pending : undefined;
	}
}

/** Those that have not fired. */
export function pendingOf(alerts: Iterable<TrackedAlert>): readonly PendingAlert[] {
	return [...alerts].flatMap(({id, subject: {key, series, check}, state}) =>
		state?.phase === 'pending'
			? [{id, key, ...(series !== undefined && {series}), ...(check !== undefined && {check}), state}]
			: [],
	);
}
