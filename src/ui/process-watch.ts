import type {AskProcess, ProcessFacts} from '../core/process-facts.js';
import {isSame} from '../core/signal.js';
import type {Process, Snapshot} from '../core/snapshot.js';
import type {ViewState} from './view-state.js';

/** What is not in the snapshot is asked again so much later, ms. */
const askEvery = 2000;

/** One process that somebody looks at. */
export type WatchedProcess = {
	/** As it was seen last. */
	readonly process: Process;
	/** Wall clock, ms since 1970, of the snapshot that it was first missing in. */
	readonly endedAt: number | undefined;
	/** The last ones there were; undefined until they are known. */
	readonly facts: ProcessFacts | undefined;
};

/** Follows the process of the details dialog from one snapshot to the next, and asks about it while the dialog is open. */
export class ProcessWatch {
	readonly #ask: AskProcess;
	readonly #now: () => number;
	readonly #onFacts: () => void;
	#watched: WatchedProcess | undefined;
	#askedAt = Number.NEGATIVE_INFINITY;
	#isAsking = false;

	/** `now` is monotonic, ms; `onFacts` is called when there is more to show. */
	constructor(ask: AskProcess, now: () => number, onFacts: () => void) {
		this.#ask = ask;
		this.#now = now;
		this.#onFacts = onFacts;
	}

	/** What is known, with this picture seen. A frozen one is asked about only once, and the past tells no more than its row. */
	look({dialog, isFrozen, time}: ViewState, snapshot: Snapshot): WatchedProcess | undefined {
		if (dialog?.kind !== 'details') {
			this.#watched = undefined;
			return undefined;
		}

		const {id} = dialog;
		const before = this.#watched && isSame(this.#watched.process, id) ? this.#watched : undefined;
		const found = snapshot.processes.find(process => isSame(process, id));
		const process = found ?? before?.process;

		if (!process) {
			return undefined;
		}

		this.#askedAt = before ? this.#askedAt : Number.NEGATIVE_INFINITY;
		const endedAt = found || time.past ? undefined : (before?.endedAt ?? snapshot.at);
		this.#watched = {process, endedAt, facts: before?.facts};

		if (found && !time.past && found.state !== 'D' && (!isFrozen || !before?.facts)) {
			this.#askAgain(found);
		}

		return this.#watched;
	}

	#askAgain(process: Process): void {
		if (this.#isAsking || this.#now() - this.#askedAt < askEvery) {
			return;
		}

		this.#isAsking = true;
		this.#askedAt = this.#now();
		this.#ask(process).then(facts => {
			this.#isAsking = false;

			if (facts && this.#watched && isSame(this.#watched.process, process)) {
				this.#watched = {...this.#watched, facts};
				this.#onFacts();
			}
		});
	}
}
