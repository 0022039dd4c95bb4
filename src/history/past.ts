import type {History, Points, TierName} from '../core/history.js';
import type {Snapshot} from '../core/snapshot.js';
import {Keeper} from './keeper.js';
import {Rings} from './rings.js';
import {Tiers} from './tiers.js';

/** All that is remembered: every series for the last minutes, the kept ones for days. */
export class Past implements History {
	#rings = new Rings();
	readonly #tiers = new Tiers();
	readonly #keeper: Keeper;

	/** `configured` are the series to keep before all others; a name without instance means all its instances. */
	constructor(configured: readonly string[] = []) {
		this.#keeper = new Keeper(configured);
	}

	/** Other series to keep before all others, from now on. */
	keep(configured: readonly string[]): void {
		this.#keeper.configure(configured);
	}

	/** The past beat by beat begins anew: from now on there is another time between two beats. */
	forgetBeats(): void {
		this.#rings = new Rings();
	}

	/** Series that did not fit into the recent past at the last beat. */
	get refused(): number {
		return this.#rings.refused;
	}

	/** One beat further, after `missed` beats without any value. */
	push({at, series, intervalMs}: Pick<Snapshot, 'at' | 'series' | 'intervalMs'>, missed = 0): void {
		this.#rings.push(series, missed);
		this.#tiers.push(at, series, this.#keeper.update(series, intervalMs));
	}

	last(series: string, count: number): Float64Array {
		return this.#rings.last(series, count);
	}

	points(series: string, tier: TierName, count: number): Points {
		return this.#tiers.points(series, tier, count);
	}

	/** The past as it is now, for a picture that stands still. */
	copy(): History {
		const rings = this.#rings.copy();
		const tiers = this.#tiers.copy();
		return {
			last: (series, count) => rings.last(series, count),
			points: (series, tier, count) => tiers.points(series, tier, count),
		};
	}
}
