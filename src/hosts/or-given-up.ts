import {once, setMaxListeners} from 'node:events';

/** An answer, or an `AbortError` as soon as `signal` aborts, although whoever was asked (a thread of libuv's pool) goes on. */
export async function orGivenUp<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
	// One listener a question is no leak, and Node would write on the terminal that it might be.
	setMaxListeners(0, signal);
	const watcher = new AbortController();

	try {
		const gaveUp = once(signal, 'abort', {signal: watcher.signal}).then(() => {
			throw new DOMException('given up', 'AbortError');
		});
		// When the answer comes first, the watcher's own end is nobody's problem.
		gaveUp.catch(() => undefined);
		return await Promise.race([answer, gaveUp]);
	} finally {
		watcher.abort();
	}
}
