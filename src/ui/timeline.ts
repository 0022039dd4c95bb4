import type {History, PastEvent} from '../core/history.js';
import {mostBeats} from '../core/past-values.js';
import {type SpanName, spans} from '../core/span.js';
import {windowMeans} from '../core/window-means.js';
import type {TimeView} from './time-view.js';

/** Means over an hour or more are read again so often, ms: their newest value moves no faster than that. */
const keptFor = 10_000;

/** What graphs show: which value stands at which time, for graphs of any width. */
export class Timeline {
	readonly #history: History;
	readonly #view: TimeView;
	/** Wall clock of the newest snapshot, ms. */
	readonly #newest: number;
	readonly #span: SpanName;
	readonly #read = new Map<number, (series: string) => Float64Array>();
	readonly #values = new Map<string, Float64Array>();

	constructor(history: History, view: TimeView, newest: number) {
		this.#history = history;
		this.#view = view;
		this.#newest = newest;
		this.#span = view.past && view.span === 'readings' && this.#isForgotten() ? '5m' : view.span;
	}

	/** `before` where it is still true, with all it has read: for a screen that is painted every second. */
	static next(before: Timeline | undefined, history: History, view: TimeView, newest: number): Timeline {
		return before?.isOf(history, view, newest) ? before : new Timeline(history, view, newest);
	}

	/** True when what it has read is what would be read now. */
	isOf(history: History, view: TimeView, newest: number): boolean {
		const isRecent = this.#newest === newest || (this.#isLong && slotOf(this.#newest) === slotOf(newest));
		return this.#history === history && this.#view === view && isRecent;
	}

	/** The last `count` values of a series, oldest first; NaN where there was none. */
	values(series: string, count: number): Float64Array {
		if (this.#span === 'readings') {
			return this.#history.last(series, count, this.#age(this.#end));
		}

		const key = `${count} ${series}`;
		const values = this.#values.get(key) ?? this.#reader(count)(series);
		this.#values.set(key, values);
		return values;
	}

	/** Wall clock of each of the values, ms: of a mean when its step begins. NaN where nobody knows. */
	times(count: number): Float64Array {
		if (this.#span === 'readings') {
			return this.#history.times(count, this.#age(this.#end));
		}

		const {end, step} = this.#window(count);
		return Float64Array.from({length: count}, (_, index) => end - (count - index) * step);
	}

	/** Which of `count` values stands for the moment that is shown; undefined while the screen is live, or where it is not in the graph. */
	cursor(count: number): number | undefined {
		const at = this.#view.past?.at;

		if (at === undefined) {
			return undefined;
		}

		if (this.#span === 'readings') {
			const index = count - 1 - (this.#age(at) - this.#age(this.#end));
			return index >= 0 && index < count ? index : undefined;
		}

		const {end, step} = this.#window(count);
		const index = Math.min(count - 1, Math.floor((at - (end - count * step)) / step));
		return index >= 0 ? index : undefined;
	}

	/** What happened to time while the values were read, and which of `count` values it stands at. */
	marks(count: number): readonly {readonly index: number; readonly event: PastEvent}[] {
		const placeOf = this.#places(count);
		return this.#history.events.flatMap(event => {
			const index = placeOf(event.at);
			return index === undefined ? [] : [{index, event}];
		});
	}

	/** Which of `count` values stand for moments (wall clock, ms), in their order; those that are not in the graph are left out. */
	indicesOf(moments: readonly number[], count: number): readonly number[] {
		const placeOf = this.#places(count);
		return moments.map(placeOf).filter(index => index !== undefined);
	}

	#places(count: number): (at: number) => number | undefined {
		const times = this.times(count);
		const step = this.#span === 'readings' ? 0 : this.#window(count).step;
		return at => {
			const index = times.findLastIndex(time => time <= at && (step === 0 || at < time + step));
			return index >= 0 && (index < count - 1 || at <= this.#end) ? index : undefined;
		};
	}

	/** Where the newest value ends, wall clock, ms. */
	get #end(): number {
		return this.#view.past?.end ?? this.#newest;
	}

	get #isLong(): boolean {
		return this.#span !== 'readings' && spans[this.#span].ms >= spans['1h'].ms;
	}

	/** Live steps begin at multiples of their length: else each tick would mix other readings, and the graph would dance. */
	#window(count: number) {
		const step = (this.#span === 'readings' ? 0 : spans[this.#span].ms) / Math.max(1, count);
		const end = this.#view.past ? this.#end : (Math.floor(this.#newest / step) + 1) * step;
		return {end, step, count};
	}

	#reader(count: number): (series: string) => Float64Array {
		const reader = this.#read.get(count) ?? windowMeans(this.#history, this.#window(count));
		this.#read.set(count, reader);
		return reader;
	}

	/** How many beats ago the reading at that moment was. */
	#age(at: number): number {
		if (at >= this.#newest) {
			return 0;
		}

		const times = this.#history.times(mostBeats);
		let nearest = times.length - 1;
		let distance = Number.POSITIVE_INFINITY;

		for (const [index, time] of times.entries()) {
			if (Math.abs(time - at) <= distance) {
				[nearest, distance] = [index, Math.abs(time - at)];
			}
		}

		return times.length - 1 - nearest;
	}

	/** True when the past that is shown is so far away that its single readings are no more remembered. */
	#isForgotten(): boolean {
		const oldest = this.#history.times(mostBeats).find(time => !Number.isNaN(time));
		return oldest !== undefined && this.#end < oldest;
	}
}

function slotOf(at: number): number {
	return Math.floor(at / keptFor);
}
