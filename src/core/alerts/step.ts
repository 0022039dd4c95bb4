import type {AlertState} from './alert-state.js';
import {compareSeverity, type Severity, worstFirst} from './severity.js';

/** What was seen of an alert's condition: the levels that hold (none: it is well), that nobody can tell, or that what it is about is gone. */
export type Look =
	| {readonly kind: 'seen'; readonly holds: readonly Severity[]}
	| {readonly kind: 'no data'}
	| {readonly kind: 'gone'};

/** How long things take. Times in ms. */
export type Timing = {
	/** How long each level must hold; absent: not at all. */
	readonly for: Readonly<Partial<Record<Severity, number>>>;
	/** How long it must be well before it is over. */
	readonly keepFiringFor: number;
	/** How long only lesser levels must hold. */
	readonly downgradeAfter: number;
	/** Between two looks no more than this counts: what happened meanwhile nobody saw. */
	readonly longestGap: number;
};

/** What changed. `dropped`: it was pending, and nothing came of it. `relapsed`: it was about to be over. `again`: it was. */
export type StepEvent =
	| 'began'
	| 'dropped'
	| 'fired'
	| 'raised'
	| 'downgraded'
	| 'no data'
	| 'recovering'
	| 'relapsed'
	| 'resolved'
	| 'again'
	| 'gone';

/** `state` is undefined for an alert that is inactive. */
export type Step = {readonly state: AlertState | undefined; readonly event?: StepEvent};

/** What comes again within that time after it was over is the same incident, ms. */
export const cooldown = 300_000;

/**
 * One look at one alert, at the time `t` of its own clock (`AlertState`). A state that is over is given for as long as what comes again is
 * the same incident.
 *
 * As Prometheus has it (docs/prometheus/latest/configuration/alerting_rules), but for what is not known: that neither lets a pending alert
 * get older nor ends one that fires.
 */
export function step(state: AlertState | undefined, look: Look, timing: Timing, t: number): Step {
	switch (state?.phase) {
		case undefined:
		case 'resolved':
			return look.kind === 'seen' && look.holds.length > 0 ? begin(state, look.holds, timing, t) : {state};
		case 'pending':
			return pending(state, look, timing, t);
		case 'firing':
		case 'recovering':
			return firing(state, look, timing, t);
	}
}

function begin(before: AlertState | undefined, holds: readonly Severity[], timing: Timing, t: number): Step {
	const state: AlertState = {
		phase: 'pending',
		isStale: false,
		since: t,
		at: t,
		held: heldAfter({}, holds, 0),
		...(before?.endedAt !== undefined && {endedAt: before.endedAt}),
		reopened: before?.reopened ?? 0,
	};
	const next = ripened(state, timing);
	return next.event ? next : {state, event: 'began'};
}

/** Fires where a level has held long enough. */
function ripened(state: AlertState, timing: Timing): Step {
	const severity = worstFirst.find(level => isRipe(state.held, level, timing));

	if (severity === undefined) {
		return {state};
	}

	const {endedAt, ...rest} = state;
	const isAgain = endedAt !== undefined;
	return {
		state: {...rest, phase: 'firing', severity, reopened: state.reopened + (isAgain ? 1 : 0)},
		event: isAgain ? 'again' : 'fired',
	};
}

function pending(state: AlertState, look: Look, timing: Timing, t: number): Step {
	if (look.kind === 'no data') {
		return {state: {...state, isStale: true, at: t}};
	}

	if (look.kind === 'gone' || look.holds.length === 0) {
		return {state: overAgain(state, t), event: 'dropped'};
	}

	// What nobody saw does not count; neither does the time until there was data again.
	const counted = state.isStale ? 0 : countedSince(state, timing, t);
	return ripened({...state, isStale: false, at: t, held: heldAfter(state.held, look.holds, counted)}, timing);
}

/** One that was over before it was pending is over again. */
function overAgain({held: _, ...state}: AlertState, t: number): AlertState | undefined {
	return state.endedAt === undefined ? undefined : {...state, phase: 'resolved', isStale: false, at: t, held: {}};
}

function firing(state: AlertState, look: Look, timing: Timing, t: number): Step {
	switch (look.kind) {
		case 'no data':
			return state.isStale
				? {state: {...state, at: t}}
				: {state: {...state, isStale: true, staleSince: t, at: t}, event: 'no data'};
		case 'gone':
			return {state: ended(state, t), event: 'gone'};
		case 'seen':
			return seen(withoutStale(state), look.holds, timing, t, state.isStale ? 0 : countedSince(state, timing, t));
	}
}

function seen(state: AlertState, holds: readonly Severity[], timing: Timing, t: number, counted: number): Step {
	if (holds.length === 0) {
		return well(state, timing, t, counted);
	}

	const {clearFor: _, lowerFor, ...rest} = state;
	const next: AlertState = {...rest, phase: 'firing', at: t, held: heldAfter(state.held, holds, counted)};
	const worse = worstFirst.find(
		level => compareSeverity(level, state.severity) > 0 && isRipe(next.held, level, timing),
	);

	if (worse !== undefined) {
		return {state: {...next, severity: worse}, event: 'raised'};
	}

	const isLower = holds.every(level => compareSeverity(level, state.severity) < 0);

	if (isLower) {
		return lower(next, lowerFor === undefined ? 0 : lowerFor + counted, timing);
	}

	return state.phase === 'recovering' ? {state: next, event: 'relapsed'} : {state: next};
}

function lower(state: AlertState, lowerFor: number, {downgradeAfter}: Timing): Step {
	const severity = worstFirst.find(level => state.held[level] !== undefined);
	return lowerFor >= downgradeAfter && severity !== undefined
		? {state: {...state, severity}, event: 'downgraded'}
		: {state: {...state, lowerFor}};
}

function well(state: AlertState, {keepFiringFor}: Timing, t: number, counted: number): Step {
	const clearFor = state.clearFor === undefined ? 0 : state.clearFor + counted;

	if (clearFor >= keepFiringFor) {
		return {state: ended(state, t), event: 'resolved'};
	}

	const {lowerFor: _, ...rest} = state;
	const next: AlertState = {...rest, phase: 'recovering', at: t, held: {}, clearFor};
	return state.phase === 'firing' ? {state: next, event: 'recovering'} : {state: next};
}

function ended(state: AlertState, t: number): AlertState {
	const {clearFor: _clear, lowerFor: _lower, ...rest} = withoutStale(state);
	return {...rest, phase: 'resolved', at: t, held: {}, endedAt: t};
}

function withoutStale({staleSince: _, ...state}: AlertState): AlertState {
	return {...state, isStale: false};
}

/** How much of the time since the last look counts. */
function countedSince(state: AlertState, {longestGap}: Timing, t: number): number {
	return Math.max(0, Math.min(t - state.at, longestGap));
}

function heldAfter(held: AlertState['held'], holds: readonly Severity[], counted: number): AlertState['held'] {
	return Object.fromEntries(
		holds.map(level => {
			const before = held[level];
			return [level, before === undefined ? 0 : before + counted];
		}),
	);
}

function isRipe(held: AlertState['held'], level: Severity, timing: Timing): boolean {
	const time = held[level];
	return time !== undefined && time >= (timing.for[level] ?? 0);
}
