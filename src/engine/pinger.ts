import type {Safe} from '../core/safe.js';
import type {Clock} from './clock.js';
import type {Scheduler} from './scheduler.js';

/** Who is called while all is well, so that somebody notices when nobody calls any more. Times in ms. */
export type PlannedPing = {
	readonly every: number;
	readonly timeout: number;
	/** Calls once; resolves with why it was in vain, or undefined. It ends when the signal aborts. */
	readonly call: (signal: AbortSignal) => Promise<Safe | undefined>;
};

export type PingerParts = {
	readonly clock: Pick<Clock, 'now'>;
	readonly scheduler: Scheduler;
	/** Why the last call was in vain; undefined when it was not. */
	readonly onEnd: (reason: Safe | undefined) => void;
};

/** Calls somebody at every so many ticks: whoever ticks is alive. */
export class Pinger {
	readonly #parts: PingerParts;
	#ping: PlannedPing | undefined;
	#calledAt = Number.NEGATIVE_INFINITY;
	readonly #stopped = new AbortController();
	#isCalling = false;

	constructor(ping: PlannedPing | undefined, parts: PingerParts) {
		this.#ping = ping;
		this.#parts = parts;
	}

	configure(ping: PlannedPing | undefined): void {
		this.#ping = ping;

		if (!ping) {
			this.#parts.onEnd(undefined);
		}
	}

	/** To be called at every tick at which all is well with healthtop itself. */
	tick(): void {
		const ping = this.#ping;
		const now = this.#parts.clock.now();

		if (ping && !this.#isCalling && !this.#stopped.signal.aborted && now - this.#calledAt >= ping.every) {
			this.#calledAt = now;
			void this.#call(ping);
		}
	}

	/** Ends what is under way. */
	stop(): void {
		this.#stopped.abort();
	}

	async #call({call, timeout}: PlannedPing): Promise<void> {
		const {clock, scheduler, onEnd} = this.#parts;
		const controller = new AbortController();
		const callOff = scheduler.at(clock.now() + timeout, () => controller.abort());
		this.#isCalling = true;

		try {
			const reason = await call(AbortSignal.any([controller.signal, this.#stopped.signal]));

			// What we gave up ourselves is nobody's fault.
			if (!this.#stopped.signal.aborted) {
				onEnd(reason);
			}
		} finally {
			this.#isCalling = false;
			callOff();
		}
	}
}
