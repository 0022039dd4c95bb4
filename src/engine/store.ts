import type {History} from '../core/history.js';
import type {Safe} from '../core/safe.js';
import type {Detail, Details, Pids} from '../core/sampler.js';
import type {Snapshot} from '../core/snapshot.js';
import {Past} from '../history/past.js';

/** How a view stands to its engine. */
export type Standing = {
	/** `own`: the engine ends with the view. `attached`: it is another process, which goes on. */
	readonly role: 'own' | 'attached';
	/** Why the newest snapshot is not of now, whatever it says: it goes before all other troubles. */
	readonly trouble?: Safe | undefined;
	/** What is wrong with the view itself: its configuration. */
	readonly problem?: Safe | undefined;
	/** What somebody should know who sees that all is well. */
	readonly note?: Safe | undefined;
	/** How many others look at the same engine. */
	readonly others: number;
};

/** What a view may have of the engine: the newest snapshot, the past, and a call when there is a new one. */
export type Store = {
	/** Undefined before the first tick. */
	readonly snapshot: Snapshot | undefined;
	readonly history: History;
	/** The past as it is now, which later ticks leave alone. */
	frozenHistory(): History;
	readonly standing: Standing;
	/** Called for each snapshot, and when what a view has to say of its engine changes. The result ends it. */
	subscribe(listener: (snapshot: Snapshot) => void): () => void;
	/** Pids on screen: for these the engine reads what is dear. */
	setVisible(pids: Pids): void;
	/** What else is on screen and read only then. With `setVisible` all that a view can ask of the engine. */
	setWanted(details: Details): void;
};

/** What one of several views asks for. */
type Wish = {visible: Pids; wanted: Details};

/** A snapshot as it came into the store. */
export type Published = {
	readonly snapshot: Snapshot;
	/** Undefined for the first one. */
	readonly before: Snapshot | undefined;
	/** Beats between the two at which nothing was read. */
	readonly missed: number;
};

/** The engine's side of the store. */
export class LiveStore implements Store {
	snapshot: Snapshot | undefined;
	standing: Standing = {role: 'own', others: 0};
	/** Time between two readings, ms. */
	every = 1000;
	readonly history = new Past();
	readonly #own: Wish = {visible: new Set(), wanted: new Set()};
	readonly #wishes = new Set<Wish>([this.#own]);
	readonly #listeners = new Set<(snapshot: Snapshot, published: Published) => void>();
	readonly #forgetters = new Set<() => void>();

	/** What any of the views shows. */
	readonly visible: Pids = {has: pid => this.#isWished(({visible}) => visible.has(pid))};
	readonly wanted: Details = {has: detail => this.#isWished(({wanted}) => wanted.has(detail))};

	/** Makes the snapshot the newest one; `missed` beats before it had none. */
	publish(snapshot: Snapshot, missed: number): void {
		const before = this.snapshot;
		this.snapshot = snapshot;
		this.history.push(snapshot, missed);

		for (const listener of this.#listeners) {
			listener(snapshot, {snapshot, before, missed});
		}
	}

	/** The past beat by beat begins anew, with another time between beats; the kept minutes stay. */
	forget(): void {
		this.history.forgetBeats();

		for (const forgotten of this.#forgetters) {
			forgotten();
		}
	}

	/** Series to keep for days before all others. */
	keep(configured: readonly string[]): void {
		this.history.keep(configured);
	}

	frozenHistory(): History {
		return this.history.copy();
	}

	subscribe(listener: (snapshot: Snapshot, published: Published) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Called when the past beat by beat has begun anew. The result ends it. */
	onForgotten(listener: () => void): () => void {
		this.#forgetters.add(listener);
		return () => this.#forgetters.delete(listener);
	}

	setVisible(pids: Pids): void {
		this.#own.visible = pids;
	}

	setWanted(details: Details): void {
		this.#own.wanted = details;
	}

	/** One more view, which asks for what it shows, until it is closed. */
	openView(): Pick<Store, 'setVisible' | 'setWanted'> & {close(): void} {
		const wish: Wish = {visible: new Set(), wanted: new Set<Detail>()};
		this.#wishes.add(wish);
		return {
			setVisible: pids => {
				wish.visible = pids;
			},
			setWanted: details => {
				wish.wanted = details;
			},
			close: () => this.#wishes.delete(wish),
		};
	}

	#isWished(has: (wish: Wish) => boolean): boolean {
		for (const wish of this.#wishes) {
			if (has(wish)) {
				return true;
			}
		}

		return false;
	}
}
