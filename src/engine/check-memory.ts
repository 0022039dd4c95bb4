import type {Look} from '../core/alerts/step.js';
import type {Check, CheckResult} from '../core/snapshot.js';

type Remembered = {
	row: Check;
	/** The last result that was counted. */
	counted: CheckResult | undefined;
	/** It waits for another one, or did and has not been asked again. */
	isHeld: boolean;
	/** The result that it had then. */
	heldWith: CheckResult | undefined;
};

/** What of the rows of checks has to be remembered from one look to the next. */
export class CheckMemory {
	readonly #checks = new Map<string, Remembered>();
	/** Those that were held when the program ended, and have not been seen since. */
	readonly #wereHeld = new Set<string>();

	/** What was known of a check when the program ended. */
	restoreHeld(check: string): void {
		this.#wereHeld.add(check);
	}

	/** How they stand now. */
	see(rows: readonly Check[]): void {
		const gone = new Set(this.#checks.keys());

		for (const row of rows) {
			gone.delete(row.check);
			const before = this.#checks.get(row.check);
			const one = before ?? {row, counted: undefined, isHeld: this.#wereHeld.delete(row.check), heldWith: undefined};
			one.row = row;

			if (row.blockedBy !== undefined) {
				one.isHeld = true;
				one.heldWith = row.result;
			} else if (hasOwnWord(one, row)) {
				one.isHeld = false;
			}

			if (!before) {
				this.#checks.set(row.check, one);
			}
		}

		for (const check of gone) {
			this.#checks.delete(check);
		}
	}

	row(check: string): Check | undefined {
		return this.#checks.get(check)?.row;
	}

	isHeld(check: string): boolean {
		return this.#checks.get(check)?.isHeld ?? false;
	}

	/**
	 * The state that a new result is for the detection of flapping, by its first letter; undefined where there is none. Single bad results are
	 * none: they may come to nothing (Nagios counts hard states and soft recoveries).
	 */
	newLetter(row: Check): string | undefined {
		const one = this.#checks.get(row.check);
		const {result, status} = row;

		if (!one || result === undefined || result === one.counted) {
			return undefined;
		}

		one.counted = result;
		const isSoft = status === 'ok' && (result.status === 'warning' || result.status === 'critical');
		return isSoft || status === 'unknown' || status === 'waiting' ? undefined : letters[status];
	}
}

/** It has been asked since, and it is known what came of it: not in the middle of changing its state. */
function hasOwnWord({heldWith}: Remembered, {status, result}: Check): boolean {
	const isRecovering = (status === 'critical' || status === 'warning') && result?.status === 'ok';
	return result !== heldWith && status !== 'waiting' && !isRecovering;
}

const letters = {ok: 'o', warning: 'w', critical: 'c'} as const;

/** A hard state is a condition; what is not known yet is none. */
export function lookAtCheck({status}: Check): Look {
	switch (status) {
		case 'critical':
		case 'warning':
			return {kind: 'seen', holds: [status]};
		case 'ok':
			return {kind: 'seen', holds: []};
		case 'unknown':
		case 'waiting':
			return {kind: 'no data'};
	}
}
