/**
 * What a promise gives, or the abort as soon as there is one: for work on the thread pool, which cannot be given up. What comes of it later
 * is nobody's.
 */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		const done = () => signal.removeEventListener('abort', stop);
		signal.addEventListener('abort', stop, {once: true});
		work.then(resolve, reject).finally(done);

		if (signal.aborted) {
			stop();
		}
	});
}
