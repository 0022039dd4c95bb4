import type {Delivery, Tells} from '../notifier.js';
import type {Safe} from '../safe.js';
import type {AlertSettings} from './alert-settings.js';
import type {Incident, Told} from './incident.js';
import {tellsOf, toldBy} from './needs.js';
import {compareSeverity, type Severity} from './severity.js';

/** What is not taken in that time will never be, ms. */
const keepFor = 72 * 3_600_000;

/** Between two tries, ms; the last one again and again. */
const messageWaits = [5000, 15_000, 45_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000] as const;
const channelWaits = [5000, 15_000, 45_000, 120_000, 300_000] as const;

/** For a configuration that somebody has to mend: more often would lock the account. */
const brokenWait = 900_000;

/** So much of a wait is left to chance: those who wait for the same server must not come together. */
const jitter = 0.2;

/**
 * What is decided to be told to one recipient. What it tells is settled when it is tried, for what happened meanwhile belongs to it: what
 * was over by then is told with its end. Of one that may have arrived it stays what it was.
 */
export type Outgoing = {
	/** The same each time it is tried. */
	readonly id: string;
	readonly notifier: string;
	readonly recipient: string;
	/** When it was decided; the clock of `AlertState`. */
	readonly t: number;
	/** When what it tells was settled; wall clock, ms. */
	readonly at: number;
	/** `undecided`: the other side may have it. Those that end stay for an hour, since they are counted. */
	readonly state: 'waiting' | 'trying' | 'undecided' | 'accepted' | 'refused' | 'expired' | 'dropped';
	readonly items: readonly OutgoingItem[];
	readonly threadId?: string;
	readonly tries: number;
	/** The other side may have it from a try before. */
	readonly mayRepeat: boolean;
	/** Not to be tried before. */
	readonly nextT: number;
	/** When it was tried last. */
	readonly triedT?: number;
	/** What the other side said last. */
	readonly reason?: Safe;
};

/** `told`: what the recipient knows when it has it. */
export type OutgoingItem = {readonly incident: string; readonly tells: Tells; readonly told?: Told};

/** Who is told: one recipient of one notifier. */
export function recipientKey({notifier, recipient}: Pick<Outgoing, 'notifier' | 'recipient'>): string {
	return `${notifier}\n${recipient}`;
}

/** True until the other side has it, or never will. */
export function isOpen({state}: Outgoing): boolean {
	return state === 'waiting' || state === 'trying' || state === 'undecided';
}

/**
 * The message as it is tried now. Where there is nothing left to tell, it is `dropped`.
 * `minimum`: the least that its notifier tells. `at`: the wall clock, ms.
 */
export function tried(
	outgoing: Outgoing,
	incidents: ReadonlyMap<string, Incident>,
	minimum: Severity,
	settings: AlertSettings,
	t: number,
	at: number,
): Outgoing {
	const {state, tries} = outgoing;

	if (state === 'undecided') {
		return {...outgoing, state: 'trying', tries: tries + 1};
	}

	const key = recipientKey(outgoing);
	const items = outgoing.items.flatMap(({incident: id}) => {
		const incident = incidents.get(id);
		const before = incident?.told[key];
		const tells = incident && tellsOf(incident, before, minimum, settings, t);
		return incident && tells ? [{incident, tells, told: toldBy(incident, tells, before, outgoing.id, t)}] : [];
	});
	items.sort((a, b) => worseFirst(a.incident, b.incident));
	const [worst] = items;

	if (!worst) {
		return {...outgoing, state: 'dropped', items: []};
	}

	const {threadId: _, ...rest} = outgoing;
	const {root} = worst.told;
	return {
		...rest,
		at,
		state: 'trying',
		tries: tries + 1,
		items: items.map(({incident, tells, told}) => ({incident: incident.id, tells, told})),
		...(root !== outgoing.id && {threadId: root}),
	};
}

/** What fires before what is over, then the worst, then what is so for longest. */
export function worseFirst(a: Incident, b: Incident): number {
	const [isOverA, isOverB] = [a.state.phase === 'resolved', b.state.phase === 'resolved'];
	return (
		Number(isOverA) - Number(isOverB) ||
		compareSeverity(b.state.severity, a.state.severity) ||
		a.firedAt - b.firedAt ||
		(a.id < b.id ? -1 : 1)
	);
}

/** The message after a try. `chance`: 0 to 1, any. */
export function afterTry(before: Outgoing, delivery: Delivery, t: number, chance: number): Outgoing {
	const outgoing = {...before, triedT: t};

	switch (delivery.kind) {
		case 'accepted':
			return {...outgoing, state: 'accepted', reason: delivery.response};
		case 'refused':
			return {...outgoing, state: 'refused', reason: delivery.reason};
		case 'broken':
			return waiting(outgoing, false, delivery.reason, t, t);
		case 'later': {
			const {scope, isUndecided, reason} = delivery;
			const wait = scope === 'message' ? waitOf(messageWaits, outgoing.tries - 1, chance) : 0;
			return waiting(outgoing, isUndecided, reason, t, t + wait);
		}
	}
}

function waiting(outgoing: Outgoing, isUndecided: boolean, reason: Safe, t: number, nextT: number): Outgoing {
	if (t - outgoing.t > keepFor) {
		return {...outgoing, state: 'expired', reason};
	}

	// What may have arrived once may have for good.
	const mayRepeat = outgoing.mayRepeat || isUndecided;
	return {...outgoing, state: mayRepeat ? 'undecided' : 'waiting', mayRepeat, reason, nextT};
}

/** How long a channel is left alone after so many failures in a row, ms. */
export function channelWait(failures: number, isBroken: boolean, chance: number): number {
	return isBroken ? brokenWait : waitOf(channelWaits, failures - 1, chance);
}

function waitOf(waits: readonly number[], index: number, chance: number): number {
	const wait = waits[Math.min(Math.max(0, index), waits.length - 1)] ?? 0;
	return wait * (1 - jitter * chance);
}

/** The incident once somebody has a message about it, may have it, or will never have it. */
export function withTold(incident: Incident, outgoing: Outgoing): Incident {
	const item = outgoing.items.find(({incident: id}) => id === incident.id);
	const key = recipientKey(outgoing);

	// Nobody was told by what was given up; what is still to be told is decided anew.
	if (!item?.told || outgoing.state === 'expired') {
		return incident;
	}

	const before = incident.told[key];
	// A message that goes out again must not take back what was told since.
	const newest = before && before.t > item.told.t ? before : item.told;
	const isAccepted = outgoing.state === 'accepted' || outgoing.state === 'undecided' || outgoing.state === 'trying';
	const told = {...newest, isAccepted: isAccepted || newest.isAccepted};
	return {...incident, told: {...incident.told, [key]: told}};
}
