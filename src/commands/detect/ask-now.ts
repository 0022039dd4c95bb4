import {setMaxListeners} from 'node:events';
import type {Answer, CheckContext, CheckType} from '../../core/check.js';
import type {Host} from '../../core/host.js';
import type {Clock} from '../../engine/clock.js';

/** What questions are asked with. */
export type Around = {
	readonly host: Host;
	readonly clock: Clock;
	/** Aborted when all of it takes too long. */
	readonly signal: AbortSignal;
};

/** The answer that a check with these options would have now, within so many ms. */
export async function askNow(type: CheckType, options: object, timeout: number, around: Around): Promise<Answer> {
	const ask = type.start(await type.options.strict().parseAsync(options));
	return withDeadline(timeout, around, ask);
}

/** Does what ends when its context's signal aborts, after so many ms at the latest. */
export async function withDeadline<T>(
	timeout: number,
	{host, clock, signal}: Around,
	work: (context: CheckContext) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	// Questions that are under way at once all wait for the end of the whole.
	setMaxListeners(0, controller.signal);
	const abort = () => controller.abort();
	const callOff = clock.wake(timeout, abort);
	signal.addEventListener('abort', abort, {once: true});

	if (signal.aborted) {
		abort();
	}

	try {
		// Nothing is configured yet that could be a secret.
		const hide = (text: string) => text;
		return await work({host, now: clock.now, wall: clock.wall, signal: controller.signal, timeout, hide});
	} finally {
		callOff();
		signal.removeEventListener('abort', abort);
	}
}

/** Does something with each of them, at most so many at a time; the results stand in their order. */
export async function inTurn<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const queue = items.entries();

	const worker = async () => {
		for (const [index, item] of queue) {
			results[index] = await work(item);
		}
	};

	await Promise.all(Array.from({length: Math.min(most, items.length)}, worker));
	return results;
}
