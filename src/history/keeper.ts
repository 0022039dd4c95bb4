import {keptSeries, mostKept} from '../core/kept.js';

/** A series that was not seen for so long, ms, gives up its place. */
const forgottenAfter = 86_400_000;

/** In the first minute no place is firm: rates, sensors and remote disks come later than the rest, and are not worth less. */
const settledAfter = 60_000;

/** Names that are looked at per beat, on average: with 2,000 series everything is seen only every tenth beat. */
const namesPerBeat = 200;

/** Names known to have got no place; interfaces of containers have ever new names. */
const mostPassedOver = 4000;

/** Decides which series are kept for days. Stable: what is kept stays so while it exists, and a day longer. */
export class Keeper {
	#configured: readonly string[];
	readonly #limit: number;
	/** The kept ones, and when each was last seen. */
	#seenAt = new Map<string, number>();
	#names: readonly string[] = [];
	/** Asking again for these would give the same answer. */
	readonly #passedOver = new Set<string>();
	#now = 0;
	#beatsSinceScan = Number.POSITIVE_INFINITY;

	/** `configured` are kept before all others; a name without instance means all its instances. */
	constructor(configured: readonly string[] = [], limit = mostKept) {
		this.#configured = configured;
		this.#limit = limit;
	}

	/** Another configuration. Places are kept by whoever is still wanted; what is named now gets one as soon as it is seen. */
	configure(configured: readonly string[]): void {
		this.#configured = configured;
		this.#passedOver.clear();
		this.#seat([]);
	}

	/** One beat, `elapsed` ms of the monotonic clock after the one before: the names of the series that are kept now, the same list until they are others. */
	update(series: ReadonlyMap<string, number>, elapsed: number): readonly string[] {
		this.#now += elapsed;
		this.#beatsSinceScan += 1;

		if (this.#beatsSinceScan * namesPerBeat >= series.size) {
			this.#beatsSinceScan = 0;
			this.#scan(series.keys());
		}

		const names = [...this.#seenAt.keys()];
		this.#names = isSame(names, this.#names) ? this.#names : names;
		return this.#names;
	}

	#scan(names: Iterable<string>): void {
		const newcomers: string[] = [];

		for (const name of names) {
			if (this.#seenAt.has(name)) {
				this.#seenAt.set(name, this.#now);
			} else if (!this.#passedOver.has(name)) {
				newcomers.push(name);
			}
		}

		this.#forget();

		if (newcomers.length > 0) {
			this.#seat(newcomers);
		}
	}

	/** Gives up places. Those who were passed over may have them: they are asked again at the next look. */
	#forget(): void {
		for (const [name, seenAt] of this.#seenAt) {
			if (this.#now - seenAt >= forgottenAfter) {
				this.#seenAt.delete(name);
				this.#passedOver.clear();
			}
		}
	}

	#seat(newcomers: readonly string[]): void {
		const before = this.#now < settledAfter ? undefined : this.#seenAt;
		const kept = keptSeries([...this.#seenAt.keys(), ...newcomers], this.#configured, this.#limit, before);

		if (this.#passedOver.size > mostPassedOver) {
			this.#passedOver.clear();
		}

		for (const name of newcomers) {
			if (!kept.has(name)) {
				this.#passedOver.add(name);
			}
		}

		this.#seenAt = new Map([...kept].map(name => [name, this.#seenAt.get(name) ?? this.#now]));
	}
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((name, index) => name === b[index]);
}
