/** Results are counted so long together, ms. */
const bucketMs = 900_000;

/** How far back they count, ms. */
const keptMs = 86_400_000;

type Bucket = {readonly at: number; readonly upMs: number; readonly knownMs: number};

/** For how long a service was there, of the time of which that is known: the last 24 hours, to a quarter. Times are monotonic, ms. */
export class Uptime {
	#buckets: readonly Bucket[] = [];
	#last: {readonly at: number; readonly isUp: boolean} | undefined;

	/**
	 * A result; undefined where it could not be judged. It holds until the next one, at most for `most` ms: nobody knows what was while
	 * nothing was asked.
	 */
	add(isUp: boolean | undefined, at: number, most: number): void {
		if (this.#last) {
			const {isUp: wasUp, at: from} = this.#last;
			this.#count(wasUp, from, Math.min(at, from + most));
		}

		this.#last = isUp === undefined ? undefined : {isUp, at};
		this.#buckets = this.#buckets.filter(bucket => bucket.at + bucketMs > at - keptMs);
	}

	/** Shared among the quarters that it lies in. */
	#count(isUp: boolean, from: number, to: number): void {
		for (let at = Math.max(from, to - keptMs); at < to; ) {
			const start = Math.floor(at / bucketMs) * bucketMs;
			const end = Math.min(to, start + bucketMs);
			const last = this.#buckets.at(-1);
			const isSame = last?.at === start;
			const bucket = isSame ? last : {at: start, upMs: 0, knownMs: 0};
			const ms = end - at;
			const next = {at: start, upMs: bucket.upMs + (isUp ? ms : 0), knownMs: bucket.knownMs + ms};
			this.#buckets = [...(isSame ? this.#buckets.slice(0, -1) : this.#buckets), next];
			at = end;
		}
	}

	/** Percent of what is known, and how much that is, ms. Before two results have come the one there is counts. Undefined without any. */
	get value(): {readonly percent: number; readonly ms: number} | undefined {
		const upMs = this.#buckets.reduce((sum, bucket) => sum + bucket.upMs, 0);
		const knownMs = this.#buckets.reduce((sum, bucket) => sum + bucket.knownMs, 0);

		if (knownMs > 0) {
			return {percent: (upMs / knownMs) * 100, ms: Math.min(keptMs, knownMs)};
		}

		return this.#last && {percent: this.#last.isUp ? 100 : 0, ms: 0};
	}
}
