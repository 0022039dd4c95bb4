import type {Socket} from 'node:net';
import {snapshotChanges} from '../core/snapshot-encode.js';
import type {EngineGreeting} from '../core/view-protocol.js';
import type {Clock} from './clock.js';
import type {LiveStore, Published} from './store.js';
import {type Farewell, Viewer} from './viewer.js';

/** Screens that may look at one engine at once. */
export const mostViewers = 32;

/** Shows what comes into the store to every screen that is connected. What each snapshot is made of is written once for all of them. */
export class ViewServer {
	readonly #store: LiveStore;
	readonly #greeting: EngineGreeting;
	readonly #clock: Pick<Clock, 'wake'>;
	readonly #viewers = new Set<Viewer>();
	readonly #undo: readonly (() => void)[];
	#kept: readonly string[] | undefined;

	constructor(store: LiveStore, greeting: EngineGreeting, clock: Pick<Clock, 'wake'>) {
		this.#store = store;
		this.#greeting = greeting;
		this.#clock = clock;
		this.#undo = [store.subscribe((_, published) => this.#publish(published)), store.onForgotten(() => this.#begin())];
	}

	/** Screens that look at it now. */
	get viewers(): number {
		return [...this.#viewers].filter(({isThere}) => isThere).length;
	}

	accept(socket: Socket): void {
		const viewer = new Viewer(socket, this.#store, this.#greeting, this.#clock);
		this.#viewers.add(viewer);
		socket.once('close', () => this.#viewers.delete(viewer));
	}

	/** Lets every screen go. */
	close(reason: Farewell): void {
		for (const undo of this.#undo) {
			undo();
		}

		for (const viewer of this.#viewers) {
			viewer.leave(reason);
		}
	}

	#begin(): void {
		for (const viewer of this.#viewers) {
			viewer.begin();
		}
	}

	#publish(published: Published): void {
		const {history} = this.#store;
		const kept = history.kept === this.#kept ? undefined : history.kept;
		this.#kept = history.kept;
		let written: string | undefined;
		const line = () => {
			written ??= lineOf(published, kept);
			return written;
		};

		for (const viewer of this.#viewers) {
			viewer.tick({...published, line});
		}
	}
}

function lineOf({before, snapshot, missed}: Published, kept: readonly string[] | undefined): string {
	const changes = before && snapshotChanges(before, snapshot, missed, kept);
	return `${JSON.stringify({type: 'next', changes})}\n`;
}
