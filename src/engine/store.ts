import type {History} from '../core/history.js';
import type {Details, Pids} from '../core/sampler.js';
import type {Snapshot} from '../core/snapshot.js';
import {Past} from '../history/past.js';

/** What a view may have of the engine: the newest snapshot, the past, and a call when there is a new one. */
export type Store = {
	/** Undefined before the first tick. */
	readonly snapshot: Snapshot | undefined;
	readonly history: History;
	/** The past as it is now, which later ticks leave alone. */
	frozenHistory(): History;
	/** The result ends it. */
	subscribe(listener: (snapshot: Snapshot) => void): () => void;
	/** Pids on screen: for these the engine reads what is dear. */
	setVisible(pids: Pids): void;
	/** What else is on screen and read only then. With `setVisible` all that a view can ask of the engine. */
	setWanted(details: Details): void;
};

/** The engine's side of the store. */
export class LiveStore implements Store {
	snapshot: Snapshot | undefined;
	readonly history = new Past();
	visible: Pids = new Set();
	wanted: Details = new Set();
	readonly #listeners = new Set<(snapshot: Snapshot) => void>();

	/** Makes the snapshot the newest one; `missed` beats before it had none. */
	publish(snapshot: Snapshot, missed: number): void {
		this.snapshot = snapshot;
		this.history.push(snapshot, missed);

		for (const listener of this.#listeners) {
			listener(snapshot);
		}
	}

	/** The past beat by beat begins anew, with another time between beats; the kept minutes stay. */
	forget(): void {
		this.history.forgetBeats();
	}

	/** Series to keep for days before all others. */
	keep(configured: readonly string[]): void {
		this.history.keep(configured);
	}

	frozenHistory(): History {
		return this.history.copy();
	}

	subscribe(listener: (snapshot: Snapshot) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	setVisible(pids: Pids): void {
		this.visible = pids;
	}

	setWanted(details: Details): void {
		this.wanted = details;
	}
}
