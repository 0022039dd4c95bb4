import type {Clock} from './clock.js';

type Entry = {readonly due: number; readonly run: () => void};

/** A moment that is noticed so late says more about us than about whom we waited for, ms. */
export const stallMs = 250;

/** The engine's one timer: everything that has to happen at some moment (the next tick, a deadline) is an entry here. */
export class Scheduler {
	readonly #clock: Clock;
	/** Soonest first. */
	readonly #entries: Entry[] = [];
	#callOff: (() => void) | undefined;
	#armedFor = Number.POSITIVE_INFINITY;
	#stalledAt = Number.NEGATIVE_INFINITY;
	#watchers = 0;
	#callOffBeat: () => void = () => {};

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Runs once when the monotonic clock reaches `due`; the result calls it off. */
	at(due: number, run: () => void): () => void {
		const entry = {due, run};
		const later = this.#entries.findIndex(other => other.due > due);
		this.#entries.splice(later < 0 ? this.#entries.length : later, 0, entry);
		this.#arm();
		return () => {
			const index = this.#entries.indexOf(entry);

			if (index >= 0) {
				this.#entries.splice(index, 1);
				this.#arm();
			}
		};
	}

	/** When it was last noticed (monotonic, ms) that nothing could run for longer than `stallMs`. */
	get stalledAt(): number {
		return this.#stalledAt;
	}

	/** From now on a stall is noticed that lasts longer than twice `stallMs`, whether or not anything is due meanwhile. The result ends that. */
	watch(): () => void {
		this.#watchers += 1;

		if (this.#watchers === 1) {
			this.#beat();
		}

		return () => {
			this.#watchers -= 1;

			if (this.#watchers === 0) {
				this.#callOffBeat();
			}
		};
	}

	#beat(): void {
		this.#callOffBeat = this.at(this.#clock.now() + stallMs, () => this.#beat());
	}

	/** Calls everything off. */
	stop(): void {
		this.#entries.length = 0;
		this.#arm();
	}

	#arm(): void {
		const due = this.#entries[0]?.due ?? Number.POSITIVE_INFINITY;

		if (due === this.#armedFor) {
			return;
		}

		this.#callOff?.();
		this.#callOff = undefined;
		this.#armedFor = due;

		if (due !== Number.POSITIVE_INFINITY) {
			this.#callOff = this.#clock.wake(Math.max(0, due - this.#clock.now()), () => this.#ring());
		}
	}

	#ring(): void {
		const now = this.#clock.now();
		this.#stalledAt = now - this.#armedFor > stallMs ? now : this.#stalledAt;
		this.#callOff = undefined;
		this.#armedFor = Number.POSITIVE_INFINITY;

		// A timer may fire a fraction of a millisecond early; what it was set for is due all the same.
		while ((this.#entries[0]?.due ?? Number.POSITIVE_INFINITY) <= now + 1) {
			this.#entries.shift()?.run();
		}

		this.#arm();
	}
}

/**
 * The first beat of `every` ms after `due` that has not passed: a slow tick skips the beats it missed. Nor is it one within
 * half a beat of `started`, when the last tick began: after a stall, rates would be made from next to no time.
 */
export function nextBeat(due: number, every: number, now: number, started = due): number {
	return due + every * Math.max(1, Math.ceil((Math.max(now, started + every / 2) - due) / every));
}
