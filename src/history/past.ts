import type {History, PastEvent, PastPoint, Points, TierName} from '../core/history.js';
import type {ProcessMinute, Snapshot} from '../core/snapshot.js';
import {Keeper} from './keeper.js';
import {ProcessMinutes} from './process-minutes.js';
import {RecentProcesses} from './recent-processes.js';
import {Rings} from './rings.js';
import {Tiers} from './tiers.js';

/** What of a snapshot is remembered. */
type Pushed = Pick<Snapshot, 'at' | 'series' | 'intervalMs' | 'timeEvent' | 'minute'> &
	Partial<Pick<Snapshot, 'processes'>>;

/** Events that are remembered: each is worth a mark, a thousand of them are none. */
const mostEvents = 100;

/** All that is remembered: every series for the last minutes, the kept ones for days, all processes for a minute, the busiest for a day. */
export class Past implements History {
	#rings = new Rings();
	#events: readonly PastEvent[] = [];
	readonly #tiers = new Tiers();
	readonly #minutes = new ProcessMinutes();
	readonly #processes = new RecentProcesses();
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
	push({at, series, intervalMs, timeEvent, minute, processes}: Pushed, missed = 0): void {
		const event = timeEvent ?? (this.#events.length === 0 ? ({kind: 'started', ms: 0} as const) : undefined);
		this.#events = event ? [...this.#events, {...event, at}].slice(-mostEvents) : this.#events;
		this.#rings.push(at, series, missed);
		this.#tiers.push(at, series, this.#keeper.update(series, intervalMs));
		this.#minutes.push(minute);

		if (processes) {
			this.#processes.push(at, processes);
		}
	}

	get events(): readonly PastEvent[] {
		return this.#events;
	}

	last(series: string, count: number, age?: number): Float64Array {
		return this.#rings.last(series, count, age);
	}

	times(count: number, age?: number): Float64Array {
		return this.#rings.times(count, age);
	}

	beat(age: number): ReadonlyMap<string, number> {
		return this.#rings.beat(age);
	}

	points(series: string, tier: TierName, count: number): Points {
		return this.#tiers.points(series, tier, count);
	}

	pointAt(tier: TierName, at: number): PastPoint | undefined {
		return this.#tiers.pointAt(tier, at);
	}

	processesAt(at: number): ProcessMinute | undefined {
		return this.#processes.processesAt(at);
	}

	busiestAt(at: number): ProcessMinute | undefined {
		return this.#minutes.busiestAt(at);
	}

	/** The past as it is now, for a picture that stands still. */
	copy(): History {
		const rings = this.#rings.copy();
		const tiers = this.#tiers.copy();
		const minutes = this.#minutes.copy();
		const processes = this.#processes.copy();
		return {
			...tiers,
			events: this.#events,
			last: (series, count, age) => rings.last(series, count, age),
			times: (count, age) => rings.times(count, age),
			beat: age => rings.beat(age),
			processesAt: at => processes.processesAt(at),
			busiestAt: at => minutes.busiestAt(at),
		};
	}
}
