import type {History} from '../core/history.js';
import {pastSnapshot} from '../core/past-snapshot.js';
import {beatInterval} from '../core/past-values.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Store} from '../engine/store.js';
import type {Scene} from './scene.js';
import {type Listed, listedIn} from './shown-panels.js';
import type {TimeAround} from './time-view.js';
import {Timeline} from './timeline.js';
import type {ViewState} from './view-state.js';

/** So many beats tell how far apart they are. */
const recentBeats = 10;

/** What of a scene depends on time. */
type Moment = Pick<Scene, 'snapshot' | 'newest' | 'alerts' | 'timeline'>;

/** Which moment of the store the screen shows: the newest one, the one at which it was frozen, or one of the past. */
export class ShownMoment {
	readonly #store: Store;
	#frozen: {readonly snapshot: Snapshot; readonly history: History} | undefined;
	#timeline: Timeline | undefined;
	/** The last moment of the past that was put together, and of what. */
	#past: {readonly key: readonly unknown[]; readonly snapshot: Snapshot} | undefined;

	constructor(store: Store) {
		this.#store = store;
	}

	/** From now on it is the newest moment there is now, or the newest there is at each time. Later ticks leave a frozen past alone, too. */
	freeze(isFrozen: boolean): void {
		const {snapshot} = this.#store;
		this.#frozen = isFrozen && snapshot ? {snapshot, history: this.#store.frozenHistory()} : undefined;
	}

	/** Undefined before the first tick. */
	at({time, sort}: ViewState): Moment | undefined {
		const {snapshot, history} = this.#frozen ?? this.#store;

		if (!snapshot) {
			return undefined;
		}

		this.#timeline = Timeline.next(this.#timeline, history, time, snapshot.at);
		return {
			snapshot: time.past ? this.#pastOf(snapshot, history, time.past.at, sort === 'io') : snapshot,
			newest: this.#store.snapshot?.at ?? snapshot.at,
			alerts: snapshot.alerts,
			timeline: this.#timeline,
		};
	}

	/** A key asks for it several times. */
	#pastOf(now: Snapshot, history: History, at: number, hasDisk: boolean): Snapshot {
		const key = [now, history, at, hasDisk];

		if (!this.#past || this.#past.key.some((part, index) => part !== key[index])) {
			this.#past = {key, snapshot: pastSnapshot(now, history, at, hasDisk)};
		}

		return this.#past.snapshot;
	}

	/** What is listed at the newest moment that is shown; a past one knows less. */
	get listed(): Listed {
		return listedIn((this.#frozen ?? this.#store).snapshot);
	}

	/** What moving through time depends on. */
	get around(): TimeAround {
		const {snapshot, history} = this.#frozen ?? this.#store;
		return {newest: snapshot?.at ?? 0, beat: beatInterval(history.times(recentBeats))};
	}
}
