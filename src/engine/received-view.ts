import {nextSnapshot} from '../core/next-snapshot.js';
import type {Snapshot} from '../core/snapshot.js';
import {snapshot as decodeSnapshot} from '../core/snapshot-decode.js';
import type {EngineLine} from '../core/view-protocol.js';
import {Past} from '../history/past.js';

/** Snapshot and past of an engine, put together again of what it says since a `begin`. */
export class ReceivedView {
	readonly past = new Past();
	/** Time between two readings, ms. */
	readonly every: number;
	#snapshot: Snapshot;
	#isReady = false;

	/** @throws {ParseError} */
	constructor({every, snapshot}: Extract<EngineLine, {type: 'begin'}>) {
		this.every = every;
		this.#snapshot = decodeSnapshot(snapshot, 'snapshot');
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	/** True once there is enough of the past for a picture that is the engine's. */
	get isReady(): boolean {
		return this.#isReady;
	}

	/** @throws {ParseError} */
	add({piece}: Extract<EngineLine, {type: 'past'}>): void {
		this.#isReady = this.past.add(piece) === 'ready' || this.#isReady;
	}

	/** @throws {ParseError} also when it does not follow what came before. */
	push({changes}: Extract<EngineLine, {type: 'next'}>): void {
		const {snapshot, missed, kept} = nextSnapshot(this.#snapshot, changes, 'changes');
		this.#snapshot = snapshot;
		this.past.push(snapshot, missed, kept ?? this.past.kept);
	}
}
