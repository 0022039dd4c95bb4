import {neighbourSpan, type SpanName, spans} from '../core/span.js';

/** What of time is on the screen. */
export type TimeView = {
	readonly span: SpanName;
	/** Undefined while the screen is live. */
	readonly past: PastView | undefined;
};

/** Wall clock, ms: the moment that every panel shows, and where graphs end, which stand still meanwhile. */
export type PastView = {readonly at: number; readonly end: number};

export const live: TimeView = {span: 'readings', past: undefined};

/** What moves through time. */
export type TimeCommand = 'earlier' | 'later' | 'much-earlier' | 'much-later' | 'longer' | 'shorter' | 'live';

/** What moving through time depends on: the newest snapshot, wall clock, ms, and the time between two readings, ms. */
export type TimeAround = {readonly newest: number; readonly beat: number};

const moves: Readonly<Partial<Record<TimeCommand, number>>> = {
	earlier: -1,
	later: 1,
	'much-earlier': -10,
	'much-later': 10,
};

/** Of readings the graphs show only as many as there is room for: so many are surely in each of them. */
const readingsShown = 30;

/** The view of time after a command. The same object when nothing changed. */
export function reduceTime(view: TimeView, command: TimeCommand, around: TimeAround): TimeView {
	switch (command) {
		case 'longer':
		case 'shorter': {
			const span = neighbourSpan(view.span, command === 'longer' ? 1 : -1);
			return span === view.span ? view : atMoment({...view, span}, view.past?.at, around);
		}

		case 'live':
			return view.past ? {...view, past: undefined} : view;
		default:
			return moved(view, (moves[command] ?? 0) * moveOf(view.span, around), around);
	}
}

/** The view of a moment (wall clock, ms) that was named; of one beyond the single readings with a span that has it in its graphs. */
export function goTo(view: TimeView, at: number, around: TimeAround): TimeView {
	const isFar = around.newest - at > readingsShown * around.beat;
	return atMoment(isFar && view.span === 'readings' ? {...view, span: '15m'} : view, at, around);
}

/** The first move only shows where the cursor is: at the newest reading. */
function moved(view: TimeView, ms: number, around: TimeAround): TimeView {
	if (!view.past) {
		return {...view, past: {at: around.newest, end: around.newest}};
	}

	const at = Math.min(around.newest, view.past.at + ms);
	return at === view.past.at ? view : atMoment(view, at, around);
}

/** Graphs stand still as long as the moment is in them; else it is in their middle from now on. */
function atMoment(view: TimeView, at: number | undefined, around: TimeAround): TimeView {
	if (at === undefined) {
		return view;
	}

	const ms = spanMs(view.span, around);
	const {newest} = around;
	const end = view.past?.end ?? newest;
	const isInside = at <= end && at > end - ms;
	return {...view, past: {at: Math.min(at, newest), end: isInside ? end : Math.min(newest, at + ms / 2)}};
}

function spanMs(span: SpanName, {beat}: TimeAround): number {
	return span === 'readings' ? readingsShown * beat : spans[span].ms;
}

function moveOf(span: SpanName, {beat}: TimeAround): number {
	return span === 'readings' ? beat : spans[span].move;
}
