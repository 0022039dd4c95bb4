import type {PastEvent, TierName} from '../core/history.js';
import type {Period, Process} from '../core/snapshot.js';
import {toBase64} from './base64.js';
import {type MinutesBefore, type OpenPiece, type Piece, ringsAtOnce} from './pieces.js';
import type {ProcessMinutes} from './process-minutes.js';
import type {PastMinutes} from './process-segment.js';
import type {TierState} from './read-points.js';
import type {Reading, RecentProcesses} from './recent-processes.js';
import type {Rings, RingsAsOf} from './rings.js';
import type {Tiers} from './tiers.js';

/** All that is remembered. */
type Remembered = {
	readonly events: readonly PastEvent[];
	readonly kept: readonly string[];
	readonly rings: Rings;
	readonly tiers: Tiers;
	readonly minutes: ProcessMinutes;
	readonly processes: RecentProcesses;
};

/** What a row costs beside its texts, and what a piece with rows has at most, bytes, both about. */
const rowBytes = 300;
const mostBytes = 250_000;

/**
 * What is remembered now, piece by piece. Nothing is copied but the open points: a piece is made when it is asked for, of what does not
 * change any more, and of rings, which forget the oldest beats meanwhile. It ends early once `isVoid`.
 */
export function givePieces({events, kept, ...parts}: Remembered, isVoid: () => boolean): Iterable<Piece> {
	const rings = parts.rings.asOfNow();
	const {minute, quarter} = parts.tiers.states();
	const hours = parts.minutes.segments();
	const start: Piece = {
		piece: 'start',
		events,
		kept,
		series: rings.seen,
		minute: openPiece(minute),
		quarter: openPiece(quarter),
		minutes: minutesBefore(parts.minutes.last, hours.at(-1)),
	};
	const {readings} = parts.processes;

	return until(isVoid, function* (): Iterable<Piece> {
		yield start;
		yield* ringPieces(rings);
		yield {piece: 'ready'};
		yield* processPieces(readings);
		yield* pointPieces('minute', minute);

		for (const hour of hours.toReversed()) {
			yield {piece: 'minutes', minutes: hour.all()};
		}

		yield* pointPieces('quarter', quarter);
		yield {piece: 'end'};
	});
}

function* until(isVoid: () => boolean, pieces: () => Iterable<Piece>): Generator<Piece> {
	for (const piece of pieces()) {
		// Asked after the piece was made, which takes no time in which anything could change.
		if (isVoid()) {
			return;
		}

		yield piece;
	}
}

function minutesBefore(last: Period | undefined, newest: PastMinutes | undefined): MinutesBefore {
	return {...(last && {last: {from: last.from, to: last.to}}), newest: newest?.points ?? 0};
}

function openPiece({openAt, open, segments}: TierState): OpenPiece {
	const totals = Float64Array.from([...open.values()].flatMap(({count, sum, min, max}) => [count, sum, min, max]));
	return {
		...(openAt !== undefined && {at: openAt}),
		names: [...open.keys()],
		totals: toBase64(totals),
		newest: segments.at(-1)?.points ?? 0,
	};
}

function* ringPieces(rings: RingsAsOf): Iterable<Piece> {
	yield {piece: 'beats', times: toBase64(rings.times())};

	for (let first = 0; first < rings.seen.length; first += ringsAtOnce) {
		const some = rings.seen.slice(first, first + ringsAtOnce);
		yield {piece: 'recent', series: some.map(([name]) => [name, toBase64(rings.values(name))] as const)};
	}
}

function* pointPieces(tier: TierName, {segments}: TierState): Iterable<Piece> {
	for (const segment of segments.toReversed()) {
		const {at, series} = segment.packed();
		yield {
			piece: 'points',
			tier,
			at: toBase64(at),
			series: series.map(({name, first, values, counts}) => ({
				name,
				first,
				values: toBase64(values),
				counts: toBase64(counts),
			})),
		};
	}
}

/** Where rows are too many for a piece, there are pieces with rows only: a reading is in that of its last row. */
function* processPieces(readings: readonly Reading[]): Iterable<Piece> {
	const places = new Map<Process, number>();
	let rows: Process[] = [];
	let done: {at: number; rows: string}[] = [];
	let bytes = 0;

	for (const {at, processes} of readings.toReversed()) {
		const inReading = new Uint32Array(processes.length);

		for (const [index, row] of processes.entries()) {
			const place = places.get(row) ?? places.size;
			inReading[index] = place;

			if (place === places.size) {
				places.set(row, place);
				rows.push(row);
				bytes += bytesOf(row);
			}

			if (bytes > mostBytes) {
				yield {piece: 'processes', rows, readings: done};
				[rows, done, bytes] = [[], [], 0];
			}
		}

		done.push({at, rows: toBase64(inReading)});
		bytes += processes.length * 6;
	}

	yield {piece: 'processes', rows, readings: done};
}

function bytesOf({name, command, user}: Process): number {
	return rowBytes + name.length + (command?.length ?? 0) + (user?.length ?? 0);
}
