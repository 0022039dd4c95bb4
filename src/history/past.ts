import {ParseError} from '../core/errors.js';
import type {History, PastEvent, PastPoint, Points, TierName} from '../core/history.js';
import type {ProcessMinute, Snapshot} from '../core/snapshot.js';
import {givePieces} from './give-pieces.js';
import {Keeper} from './keeper.js';
import {
	beatsPiece,
	kindOf,
	minutesPiece,
	mostEvents,
	type Piece,
	type PieceKind,
	pointsPiece,
	processesPiece,
	recentPiece,
	type Start,
	startPiece,
} from './pieces.js';
import {ProcessMinutes} from './process-minutes.js';
import {RecentProcesses} from './recent-processes.js';
import {Rings} from './rings.js';
import {Tiers} from './tiers.js';

/** What of a snapshot is remembered. */
type Pushed = Pick<Snapshot, 'at' | 'series' | 'intervalMs' | 'timeEvent' | 'minute'> &
	Partial<Pick<Snapshot, 'processes'>>;

/** All that is remembered: every series for the last minutes, the kept ones for days, all processes for a minute, the busiest for a day. */
export class Past implements History {
	#rings = new Rings();
	#events: readonly PastEvent[] = [];
	readonly #tiers = new Tiers();
	readonly #minutes = new ProcessMinutes();
	readonly #processes = new RecentProcesses();
	readonly #keeper: Keeper;
	#kept: readonly string[] = [];
	/** What `add` may be given: pieces come only where nothing was pushed before the first one. */
	#expected: 'start' | 'more' | 'nothing' = 'start';

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
		// What another past still had to tell is on the old axis.
		this.#expected = this.#expected === 'more' ? 'nothing' : this.#expected;
	}

	/** Series that did not fit into the recent past at the last beat. */
	get refused(): number {
		return this.#rings.refused;
	}

	/** The names of the series that had points at the last beat, the same list until they are others. */
	get kept(): readonly string[] {
		return this.#kept;
	}

	/** One beat further, after `missed` beats without any value. `kept` are the series to keep, where somebody else decided it. */
	push({at, series, intervalMs, timeEvent, minute, processes}: Pushed, missed = 0, kept?: readonly string[]): void {
		this.#expected = this.#expected === 'start' ? 'nothing' : this.#expected;
		this.#kept = kept ?? this.#keeper.update(series, intervalMs);
		const event = timeEvent ?? (this.#events.length === 0 ? ({kind: 'started', ms: 0} as const) : undefined);
		this.#events = event ? [...this.#events, {...event, at}].slice(-mostEvents) : this.#events;
		this.#rings.push(at, series, missed);
		this.#tiers.push(at, series, this.#kept);
		this.#minutes.push(minute);

		if (processes) {
			this.#processes.push(at, processes);
		}
	}

	/**
	 * The past as it is now, in values that JSON can hold, for a `Past` in another process. A piece is made when it is asked for, however many
	 * beats later that is. When the beats are forgotten meanwhile it ends without `end`.
	 */
	pieces(): Iterable<Piece> {
		const rings = this.#rings;
		const [tiers, minutes, processes] = [this.#tiers, this.#minutes, this.#processes];
		const remembered = {events: this.#events, kept: this.#kept, rings, tiers, minutes, processes};
		return givePieces(remembered, () => this.#rings !== rings);
	}

	/**
	 * A piece of another past, in the order of `pieces`: it is put before all that is pushed after the first one, which needs a past without
	 * beats. After the piece `end` this past gives every answer that the other one gives, if it was pushed the same with the same names to keep.
	 * @throws {ParseError} for what is no such piece; then nothing has changed.
	 */
	add(piece: unknown): PieceKind {
		const kind = kindOf(piece);

		if (this.#expected !== (kind === 'start' ? 'start' : 'more')) {
			throw new ParseError(kind, 'is no piece that may come now');
		}

		this.#take(kind, piece);
		return kind;
	}

	#take(kind: PieceKind, json: unknown): void {
		switch (kind) {
			case 'start':
				this.#begin(startPiece(json, kind));
				break;
			case 'beats':
				this.#rings.addTimes(beatsPiece(json, kind).times);
				break;
			case 'recent':
				for (const [name, values] of recentPiece(json, kind).series) {
					this.#rings.addValues(name, values);
				}
				break;
			case 'ready':
				break;
			case 'processes': {
				const {rows, readings} = processesPiece(json, kind);
				this.#processes.addOlder(rows, readings);
				break;
			}
			case 'points': {
				const points = pointsPiece(json, kind);
				this.#tiers.addOlder(points.tier, points);
				break;
			}
			case 'minutes':
				this.#minutes.addOlder(minutesPiece(json, kind).minutes);
				break;
			case 'end':
				this.#expected = 'nothing';
				this.#processes.end();
		}
	}

	#begin({events, kept, series, minute, quarter, minutes}: Start): void {
		this.#expected = 'more';
		this.#events = events;
		this.#kept = kept;
		this.#rings.begin(series);
		this.#tiers.begin({minute, quarter});
		this.#minutes.begin(minutes);
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
