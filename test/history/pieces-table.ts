import {list} from '../../src/core/decode.js';
import type {History} from '../../src/core/history.js';
import type {Process, ProcessMinute, Snapshot} from '../../src/core/snapshot.js';
import {process, processMinute} from '../../src/core/snapshot-decode.js';
import {toBase64} from '../../src/history/base64.js';
import {Past} from '../../src/history/past.js';
import type {Piece} from '../../src/history/pieces.js';
import {start} from './points-table.js';

/** One beat, and the beats that were missed before it. */
export type Step = {
	readonly snapshot: Pick<Snapshot, 'at' | 'series' | 'intervalMs' | 'timeEvent' | 'minute'> & {
		readonly processes: readonly Process[];
	};
	readonly missed: number;
};

/** A step at a second after the start of the day. */
export function step(second: number, values: Record<string, number> = {}, rest: Partial<Step['snapshot']> = {}): Step {
	const at = start + second * 1000;
	return {snapshot: {at, intervalMs: 1000, series: new Map(Object.entries(values)), processes: [], ...rest}, missed: 0};
}

/** What comes out of a socket. */
export const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const minuteOf = (minute: ProcessMinute | undefined) => (minute ? processMinute(wire(minute), 'minute') : undefined);

/** A past and a screen's copy of it in the making, which knows what came out of a socket. */
export class Pair {
	readonly engine = new Past();
	readonly viewer = new Past();
	#pieces: Iterator<Piece> | undefined;
	/** Kinds of the pieces so far, with their bytes. */
	readonly sent: [kind: string, bytes: number][] = [];

	/** To the engine, and to the viewer once that has the first piece. */
	push(...steps: readonly Step[]): void {
		for (const {snapshot, missed} of steps) {
			this.engine.push(snapshot, missed);

			if (this.#pieces) {
				const minute = minuteOf(snapshot.minute);
				const processes = list(process)(wire(snapshot.processes), 'processes');
				const {minute: _, ...rest} = snapshot;
				this.viewer.push({...rest, processes, ...(minute && {minute})}, missed, this.engine.kept);
			}
		}
	}

	/** The first piece. */
	attach(): void {
		this.#pieces = this.engine.pieces()[Symbol.iterator]();
		this.send(1);
	}

	/** So many more pieces; whether there are others. */
	send(count = Number.POSITIVE_INFINITY): boolean {
		for (let sent = 0; sent < count; sent++) {
			const next = this.#pieces?.next();

			if (!next || next.done) {
				return false;
			}

			this.sent.push([this.viewer.add(wire(next.value)), JSON.stringify(next.value).length]);
		}

		return true;
	}
}

/** Every answer of a past about these series and moments, a line each, in which no bit is lost. */
export function answers(history: History, names: readonly string[], moments: readonly number[]): readonly string[] {
	const tiers = ['minute', 'quarter'] as const;
	const said: unknown[] = [
		['events', history.events],
		['times', toBase64(history.times(901)), toBase64(history.times(3, 4))],
		...[0, 1, 31, 898, 899, 900].map(age => ['beat', age, [...history.beat(age)]]),
		...names.map(name => ['last', name, toBase64(history.last(name, 901)), toBase64(history.last(name, 3, 4))]),
	];

	for (const tier of tiers) {
		for (const name of names) {
			const {at, min, avg, max, count} = history.points(name, tier, 9999);
			said.push(['points', tier, name, ...[at, min, avg, max, count].map(toBase64)]);
		}

		for (const moment of moments) {
			const {from, to, values = []} = history.pointAt(tier, moment) ?? {};
			said.push(['point', tier, moment, from, to, ...values]);
		}
	}

	return [...said, ...moments.map(at => ['at', at, history.processesAt(at), history.busiestAt(at)])].map(exact);
}

/** As JSON, which knows neither -0 nor NaN; keys in one order. */
const exact = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => written(one));

function written(value: unknown): unknown {
	if (typeof value === 'number') {
		return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : `${value}`;
	}

	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}
