import {
	type AlertBook,
	type AlertEntry,
	emptyAlertBook,
	pruned,
	shortened,
	withEntry,
} from '../core/alerts/alert-book.js';
import type {Clock} from './clock.js';
import type {Scheduler} from './scheduler.js';

/** A disk that does not take an entry in that time holds up nobody, ms: people are told all the same. */
const keepWithin = 5000;

export type KeptBookParts = {
	readonly clock: Pick<Clock, 'now'>;
	readonly scheduler: Scheduler;
	/** The clock of `AlertState`. */
	readonly t: () => number;
};

/** The book of alerts: what is known, and what of it is on disk and may be seen. */
export class KeptBook {
	readonly #parts: KeptBookParts;
	#known = emptyAlertBook;
	#kept = emptyAlertBook;
	#isUnkept = false;
	#keep: ((entry: AlertEntry) => Promise<void>) | undefined;
	#onUnkept: (reason: unknown) => void = () => {};

	constructor(parts: KeptBookParts) {
		this.#parts = parts;
	}

	/** `keep` resolves when an entry is on disk; without one nothing is kept. */
	begin(book: AlertBook, keep: KeptBook['add'] | undefined, onUnkept: (reason: unknown) => void): void {
		this.#known = book;
		this.#kept = book;
		this.#keep = keep && (entry => keep(entry));
		this.#onUnkept = onUnkept;
	}

	get known(): AlertBook {
		return this.#known;
	}

	/** What is on disk, and what could not be written: that may be seen and told, too. */
	get kept(): AlertBook {
		return this.#kept;
	}

	/** The last entry could not be written. */
	get isUnkept(): boolean {
		return this.#isUnkept;
	}

	/** What is known has it at once. Resolves when it is on disk, or it is plain that it will not be. */
	async add(change: Omit<AlertEntry, 'kind' | 't'>): Promise<void> {
		const entry: AlertEntry = {kind: 'alerts', t: this.#parts.t(), ...change};
		const written = shortened(entry, this.#known);
		this.#known = withEntry(this.#known, entry);

		try {
			await this.#inTime(this.#keep?.(written) ?? Promise.resolve());
			this.#isUnkept = false;
		} catch (error) {
			this.#isUnkept = true;
			this.#onUnkept(error);
		} finally {
			this.#kept = withEntry(this.#kept, entry);
		}
	}

	/** Forgets what nobody needs any more. */
	prune(): void {
		this.#known = pruned(this.#known, this.#parts.t());
		this.#kept = pruned(this.#kept, this.#parts.t());
	}

	async #inTime(work: Promise<void>): Promise<void> {
		const {scheduler, clock} = this.#parts;
		let callOff = () => {};
		const late = new Promise<never>((_, reject) => {
			callOff = scheduler.at(clock.now() + keepWithin, () => reject(new Error('the disk gives no answer')));
		});

		try {
			await Promise.race([work, late]);
		} finally {
			callOff();
		}
	}
}
