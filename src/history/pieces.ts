import type {Totals} from '../core/aggregate.js';
import {type Decode, list, number, object, oneOf, optional, pairs, raw} from '../core/decode.js';
import {ParseError} from '../core/errors.js';
import type {PastEvent, TierName} from '../core/history.js';
import {mostKept} from '../core/kept.js';
import {mostBeats} from '../core/past-values.js';
import type {Period, Process, ProcessMinute} from '../core/snapshot.js';
import {process, processMinute} from '../core/snapshot-decode.js';
import {float32s, float64s, uint16s, uint32s} from './base64.js';
import {mostSeries} from './rings.js';
import type {PackedPoints, PackedSeries} from './segment.js';

/** Events that are remembered: each is worth a mark, a thousand of them are none. */
export const mostEvents = 100;

/** Rings in a piece: 300 kB. */
export const ringsAtOnce = 32;

/** More pids Linux does not have: PID_MAX_LIMIT of linux/threads.h. */
export const mostPids = 2 ** 22;

/** An open point as `OpenPoint`: `totals` has count, sum, min and max of each of the `names`, as Float64Array. */
export type OpenPiece = {
	readonly at?: number;
	readonly names: readonly string[];
	readonly totals: string;
	readonly newest: number;
};

/** What minutes go on from. */
export type MinutesBefore = {
	/** The minute that was pushed last: later snapshots still have it. */
	readonly last?: Period;
	/** How many minutes there are in the newest segment; none where there is no segment. */
	readonly newest: number;
};

/**
 * The past of another process, piece by piece, in this order; texts named after an array are `toBase64` of it. It is the past as of one
 * moment: what is pushed later is no part of it.
 */
export type Piece =
	/**
	 * What later beats go on from: which series there are, in the order of their rings, and how many beats ago each was seen; the names
	 * that are kept; the open points; the last minute of processes.
	 */
	| {
			readonly piece: 'start';
			readonly events: readonly PastEvent[];
			readonly kept: readonly string[];
			readonly series: readonly (readonly [name: string, age: number])[];
			readonly minute: OpenPiece;
			readonly quarter: OpenPiece;
			readonly minutes: MinutesBefore;
	  }
	/** Wall clock of the remembered beats, ms, the newest last (Float64Array). */
	| {readonly piece: 'beats'; readonly times: string}
	/** Values at the same beats (Float64Array). */
	| {readonly piece: 'recent'; readonly series: readonly (readonly [name: string, values: string])[]}
	/** Live graphs are whole. */
	| {readonly piece: 'ready'}
	/**
	 * More rows, counted from 0 over all pieces, and readings, newest first: the place of each row (Uint32Array). A row that did not
	 * change from one reading to the next is sent once.
	 */
	| {
			readonly piece: 'processes';
			readonly rows: readonly Process[];
			readonly readings: readonly {readonly at: number; readonly rows: string}[];
	  }
	/** A segment of a tier, newest first: where its points start, ms (Float64Array), and its series. */
	| {
			readonly piece: 'points';
			readonly tier: TierName;
			readonly at: string;
			readonly series: readonly PackedSeriesPiece[];
	  }
	/** A segment of minutes; segments newest first, the minutes in them oldest first. */
	| {readonly piece: 'minutes'; readonly minutes: readonly ProcessMinute[]}
	/** All that was remembered is there. */
	| {readonly piece: 'end'};

/** As `PackedSeries`: `values` are a Float32Array, `counts` a Uint16Array. */
type PackedSeriesPiece = {
	readonly name: string;
	readonly first: number;
	readonly values: string;
	readonly counts: string;
};

export type PieceKind = Piece['piece'];

const kinds = object<{piece: PieceKind}>({
	piece: oneOf('start', 'beats', 'recent', 'ready', 'processes', 'points', 'minutes', 'end'),
});

/** @throws {ParseError} */
export const kindOf = (json: unknown): PieceKind => kinds(json, 'piece').piece;

/** A list that is too long is refused before anything is made of it. */
function atMost<T>(most: number, decode: Decode<T>): Decode<T> {
	return (json, path) => {
		if (Array.isArray(json) && json.length > most) {
			throw new ParseError(path, `has more than ${most}`);
		}

		return decode(json, path);
	};
}

function whole(most: number): Decode<number> {
	return (json, path) => {
		const value = number(json, path);

		if (!Number.isInteger(value) || value < 0 || value > most) {
			throw new ParseError(path, `must be a whole number up to ${most}`);
		}

		return value;
	};
}

const event: Decode<PastEvent> = object<PastEvent>({
	at: number,
	kind: oneOf('clock-set', 'suspended', 'stalled', 'started'),
	ms: number,
});

/** An open point. */
export type OpenPoint = {
	/** Where it starts, wall clock, ms; undefined where there is none. */
	readonly at: number | undefined;
	readonly totals: Totals;
	/** How many points there are in the segment before it; none where there is no segment. */
	readonly newest: number;
};

/** More than any segment has room for: each says itself how many it takes. */
const mostPoints = 1000;

const openPiece = object<{at?: number; names: readonly string[]; totals: Float64Array; newest: number}>({
	at: optional(number),
	names: list(raw, mostSeries),
	totals: float64s(4 * mostSeries),
	newest: whole(mostPoints),
});

const openPoint: Decode<OpenPoint> = (json, path) => {
	const {at, names, totals, newest} = openPiece(json, path);

	if (totals.length !== 4 * names.length) {
		throw new ParseError(path, 'must have four numbers for each name');
	}

	const entries = names.map((name, index) => {
		const [count = 0, sum = 0, min = 0, max = 0] = totals.subarray(4 * index, 4 * index + 4);
		return [name, {count, sum, min, max}] as const;
	});
	return {at, totals: new Map(entries), newest};
};

export type Start = {
	readonly events: readonly PastEvent[];
	readonly kept: readonly string[];
	readonly series: ReadonlyMap<string, number>;
	readonly minute: OpenPoint;
	readonly quarter: OpenPoint;
	readonly minutes: MinutesBefore;
};

export const startPiece: Decode<Start> = object<Start>({
	events: list(event, mostEvents),
	kept: list(raw, mostKept),
	series: atMost(mostSeries, pairs(whole(mostBeats))),
	minute: openPoint,
	quarter: openPoint,
	minutes: object<MinutesBefore>({
		last: optional(object<Period>({from: number, to: number})),
		newest: whole(mostPoints),
	}),
});

export const beatsPiece = object<{times: Float64Array}>({times: float64s(mostBeats)});

export const recentPiece = object<{series: ReadonlyMap<string, Float64Array>}>({
	series: atMost(ringsAtOnce, pairs(float64s(mostBeats))),
});

/** A reading of processes, by the places of its rows. */
export type PlacedReading = {readonly at: number; readonly rows: Uint32Array};

export const processesPiece = object<{rows: readonly Process[]; readings: readonly PlacedReading[]}>({
	rows: list(process, mostPids),
	readings: list(object<PlacedReading>({at: number, rows: uint32s(mostPids)}), mostBeats),
});

const packedSeries = object<PackedSeries>({
	name: raw,
	first: whole(mostPoints),
	values: float32s(3 * mostPoints),
	counts: uint16s(mostPoints),
});

const packedPoints = object<PackedPoints & {tier: TierName}>({
	tier: oneOf('minute', 'quarter'),
	at: float64s(mostPoints),
	series: list(packedSeries, mostSeries),
});

export const pointsPiece: Decode<PackedPoints & {tier: TierName}> = (json, path) => {
	const points = packedPoints(json, path);
	const fits = ({first, values, counts}: PackedSeries) =>
		first + counts.length <= points.at.length && values.length === 3 * counts.length;

	if (!points.series.every(fits)) {
		throw new ParseError(path, 'has a series that does not fit its points');
	}

	return points;
};

export const minutesPiece = object<{minutes: readonly ProcessMinute[]}>({minutes: list(processMinute, mostPoints)});
