import {pruned} from '../core/alerts/alert-book.js';
import {messageOf} from '../core/errors.js';
import {bytesShort, span} from '../core/format.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Journal} from '../journal/journal.js';
import {openJournal, type SetAside} from '../journal/open-journal.js';
import type {Clock} from './clock.js';
import {
	type EngineBook,
	type EngineRecord,
	emptyBook,
	recordsOf,
	recordsVersion,
	type Started,
	withRecord,
} from './engine-records.js';

/** How often is written that the engine still runs, and how often a disk that was full is looked at again, ms. */
const aliveEvery = 60_000;

/** A disk that takes longer than this does not answer, ms. */
const longestWrite = 10_000;

/** What was set aside is told on the screen for so long, ms. */
const tellFor = 3_600_000;

export type JournalOptions = {
	readonly directory: string;
	readonly clock: Pick<Clock, 'now' | 'wall'>;
	/** What this engine is. */
	readonly run: Omit<Started, 'kind' | 'at'>;
	/** A write that nobody waits for has failed. */
	readonly onError: (reason: string) => void;
};

/** What an engine keeps in its journal, and the care that the journal needs: compaction, the reserve, a disk that hangs. */
export class EngineJournal {
	/** What was known when it was opened. */
	readonly before: EngineBook;
	readonly setAside: SetAside | undefined;
	readonly #options: JournalOptions;
	readonly #journal: Journal;
	readonly #openedAt: number;
	#book: EngineBook;
	#aliveAt: number;
	#writes = 0;
	/** Since when there is always a write under way. */
	#writingSince: number | undefined;

	private constructor(options: JournalOptions, opened: Awaited<ReturnType<typeof openJournal>>) {
		this.#options = options;
		this.#journal = opened.journal;
		this.setAside = opened.setAside;
		const book = opened.records.reduce<EngineBook>(withRecord, emptyBook);
		this.before = {...book, alerts: pruned(book.alerts, book.alerts.t)};
		this.#book = this.before;
		this.#openedAt = options.clock.now();
		this.#aliveAt = this.#openedAt;
	}

	/**
	 * Opens the journal of a directory that we have the lock of, reads it, writes it anew without what is over, and adds that we have begun.
	 * @throws what the system says when it can be neither read nor told from what is not ours.
	 */
	static async open(options: JournalOptions): Promise<EngineJournal> {
		const {directory, clock, run} = options;
		const opened = await openJournal({directory, version: recordsVersion, at: clock.wall()});
		const journal = new EngineJournal(options, opened);
		journal.#book = withRecord(journal.#book, {kind: 'started', at: clock.wall(), ...run});
		await journal.#tried(() => journal.#journal.compact(recordsOf(journal.#book)));
		return journal;
	}

	get book(): EngineBook {
		return this.#book;
	}

	/**
	 * Resolves when the records are on disk, which are written at once: only then may anybody be told.
	 * @throws {JournalError} when it could not be written.
	 */
	async add(...records: readonly EngineRecord[]): Promise<void> {
		// Whatever is compacted from now on has it; if it cannot be written, it is remembered as long as we run.
		this.#book = records.reduce<EngineBook>(withRecord, this.#book);
		this.#writes += 1;
		this.#writingSince ??= this.#options.clock.now();

		try {
			await this.#journal.append(records);
		} finally {
			this.#writes -= 1;
			this.#writingSince = this.#writes === 0 ? undefined : this.#writingSince;
		}
	}

	/** To be called at every tick: does what is due. */
	tick(): void {
		const {now, wall} = this.#options.clock;

		if (now() - this.#aliveAt < aliveEvery || this.#writingSince !== undefined) {
			return;
		}

		this.#aliveAt = now();
		void this.#tried(async () => {
			await this.add({kind: 'alive', at: wall()});

			if (this.#journal.isLong) {
				this.#book = {...this.#book, alerts: pruned(this.#book.alerts, this.#book.alerts.t)};
				await this.#journal.compact(recordsOf(this.#book));
			} else if (this.#journal.state.kind === 'short') {
				await this.#journal.refill();
			}
		});
	}

	/** What is wrong, in the words of the first line. */
	get problem(): Safe | undefined {
		const {now} = this.#options.clock;
		const since = this.#writingSince;

		if (since !== undefined && now() - since > longestWrite) {
			return safe`the disk gives no answer for ${span((now() - since) / 1000)}`;
		}

		return this.#stateProblem(now() - this.#openedAt);
	}

	#stateProblem(age: number): Safe | undefined {
		const {state} = this.#journal;

		switch (state.kind) {
			case 'failing':
				return safe`cannot be written (${safeText(state.code)}): what happens now is not kept`;
			case 'short':
				return safe`the disk is full (${safeText(state.code)}): ${bytesShort(state.left)} left in reserve`;
			case 'read-only':
				return safe`is of version ${state.version}, newer than this program: nothing is kept`;
			case 'well':
				return this.setAside && age < tellFor
					? safe`${safeText(this.setAside.reason)}: kept as ${safeText(this.setAside.name)}`
					: undefined;
		}
	}

	/** For people and scripts: `well`, or what is wrong. */
	get summary(): {readonly state: string; readonly bytes: number} {
		return {state: this.problem ?? this.#journal.state.kind, bytes: this.#journal.size};
	}

	/** Writes that we end, and resolves when everything is on disk. */
	async close(): Promise<void> {
		await this.#tried(() => this.add({kind: 'stopped', at: this.#options.clock.wall()}));
		await this.#journal.close();
	}

	async #tried(write: () => Promise<void>): Promise<void> {
		try {
			await write();
		} catch (error) {
			this.#options.onError(messageOf(error));
		}
	}
}
