/** Since when there is no data of what should have some. Keys are those of alerts; times of the clock of `AlertState`. */
export class MissingData {
	readonly #since = new Map<string, number>();

	/** There is none now, or there is some. */
	note(key: string, isMissing: boolean, t: number): void {
		if (!isMissing) {
			this.#since.delete(key);
		} else if (!this.#since.has(key)) {
			this.#since.set(key, t);
		}
	}

	/** That there is none was an alert already when the program ended. */
	restore(key: string): void {
		this.#since.set(key, Number.NEGATIVE_INFINITY);
	}

	/** What has no data, and whether it has had none for as long as that, ms. */
	*all(t: number, long: number): Iterable<readonly [key: string, isLong: boolean]> {
		for (const [key, since] of this.#since) {
			yield [key, t - since >= long];
		}
	}
}
