/** Results are counted so long together, ms. */
const bucketMs = 900_000;

/** A day of them. */
const mostBuckets = 96;

type Bucket = {readonly at: number; readonly upMs: number; readonly knownMs: number};

/** For how long a service was there, of the time of which that is known: the last 24 hours in quarters. Times are monotonic, ms. */
export class Uptime {
	#buckets: Bucket[] = [];
	#last: {readonly at: number; readonly isUp: boolean} | undefined;

	/**
	 * A result; undefined where it could not be judged. It holds until the next one, at most for `most` ms: nobody knows what was while
	 * nothing was asked.
	 */
	add(isUp: boolean | undefined, at: number, most: number): void {
		const {isUp: wasUp, at: from = at} = this.#last ?? {};

		if (wasUp !== undefined) {
			this.#count(wasUp, at, Math.min(most, at - from));
		}

		this.#last = isUp === undefined ? undefined : {isUp, at};
	}

	#count(isUp: boolean, at: number, ms: number): void {
		const start = Math.floor(at / bucketMs) * bucketMs;
		const last = this.#buckets.at(-1);
		const bucket = last?.at === start ? last : {at: start, upMs: 0, knownMs: 0};
		const next = {at: start, upMs: bucket.upMs + (isUp ? ms : 0), knownMs: bucket.knownMs + ms};
		const others = last?.at === start ? this.#buckets.slice(0, -1) : this.#buckets;
		this.#buckets = [...others, next].slice(-mostBuckets);
	}

	/** Percent of what is known, and how much that is, ms. Before two results have come the one there is counts. Undefined without any. */
	get value(): {readonly percent: number; readonly ms: number} | undefined {
		const upMs = this.#buckets.reduce((sum, bucket) => sum + bucket.upMs, 0);
		const knownMs = this.#buckets.reduce((sum, bucket) => sum + bucket.knownMs, 0);

		if (knownMs > 0) {
			return {percent: (upMs / knownMs) * 100, ms: knownMs};
		}

		return this.#last && {percent: this.#last.isUp ? 100 : 0, ms: 0};
	}
}
