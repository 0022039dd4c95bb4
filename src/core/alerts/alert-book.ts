import type {AlertState} from './alert-state.js';
import type {Incident} from './incident.js';
import {isOpen, type Outgoing, withTold} from './outgoing.js';

/** Those that are over are remembered so long, ms. */
const keepOver = 24 * 3_600_000;

/** No more of them than this, but for those of the last hours: somebody may have to be told of their end, or they may come again. */
const mostOver = 200;
const keepRecent = 2 * 3_600_000;

/** A record has at most 1 MiB; half of it, in characters, leaves room for those that take more bytes. */
const mostRecord = 400_000;

/** Messages that have ended are counted for so long, ms. */
const keepEnded = 3_600_000;

/** An alert that has not fired, and of what it is. */
export type PendingAlert = {
	/** Of its incident to be. */
	readonly id: string;
	readonly key: string;
	readonly series?: string;
	readonly check?: string;
	readonly state: AlertState;
};

/** Everything about alerts that must outlast the program. */
export type AlertBook = {
	/** That fired, by id; those that are over for a day. */
	readonly incidents: ReadonlyMap<string, Incident>;
	/** As they were within the last minute. */
	readonly pending: readonly PendingAlert[];
	/** By id, in the order in which they were decided. */
	readonly outgoing: ReadonlyMap<string, Outgoing>;
	/** Random, made once: what is sent from here is known by it. */
	readonly instance?: string;
	/** When the last entry was made: the clock of `AlertState`. Another run of the program goes on from there. */
	readonly t: number;
};

/** What changed at once. What is absent stays as it was. */
export type AlertEntry = {
	readonly kind: 'alerts';
	readonly t: number;
	readonly instance?: string;
	/** Whole, but for evidence that is the same as before. */
	readonly incidents?: readonly Incident[];
	readonly outgoing?: readonly Outgoing[];
	readonly pending?: readonly PendingAlert[];
	/** Those that were too many for one record with `pending`. */
	readonly morePending?: readonly PendingAlert[];
};

export const emptyAlertBook: AlertBook = {
	incidents: new Map(),
	pending: [],
	outgoing: new Map(),
	t: Number.NEGATIVE_INFINITY,
};

/** The book after one more entry. */
export function withEntry(book: AlertBook, entry: AlertEntry): AlertBook {
	const {t, incidents = [], outgoing = [], pending = book.pending, morePending = [], instance = book.instance} = entry;
	const nextIncidents = new Map(book.incidents);

	for (const incident of incidents) {
		const evidence = incident.evidence ?? book.incidents.get(incident.id)?.evidence;
		nextIncidents.set(incident.id, {...incident, ...(evidence && {evidence})});
	}

	const nextOutgoing = new Map(book.outgoing);

	for (const one of outgoing) {
		nextOutgoing.set(one.id, one);
	}

	const fired = new Set(incidents.map(({key}) => key));
	const all = [...pending, ...morePending];
	return {
		incidents: nextIncidents,
		outgoing: nextOutgoing,
		pending: entry.pending || fired.size === 0 ? all : all.filter(({key}) => !fired.has(key)),
		t: Number.isFinite(t) ? Math.max(book.t, t) : book.t,
		...(instance !== undefined && {instance}),
	};
}

/** The entry as it is written: evidence only where it is new. */
export function shortened(entry: AlertEntry, book: AlertBook): AlertEntry {
	const {incidents} = entry;
	return incidents === undefined
		? entry
		: {
				...entry,
				incidents: incidents.map(incident => {
					const {evidence, ...rest} = incident;
					return book.incidents.get(incident.id)?.evidence === evidence ? rest : incident;
				}),
			};
}

/** The book after the program has begun again: of what was under way nobody knows whether it arrived. */
export function reopened(book: AlertBook): AlertBook {
	const undecided = [...book.outgoing.values()]
		.filter(({state}) => state === 'trying')
		.map((one): Outgoing => ({...one, state: 'undecided', mayRepeat: true, nextT: book.t}));
	const told = undecided.reduce(withAllTold, book.incidents);
	return withEntry({...book, incidents: told}, {kind: 'alerts', t: book.t, outgoing: undecided});
}

function withAllTold(incidents: ReadonlyMap<string, Incident>, outgoing: Outgoing): ReadonlyMap<string, Incident> {
	return new Map([...incidents].map(([id, incident]) => [id, withTold(incident, outgoing)]));
}

/** The book without what nobody needs any more. The same object when all of it is needed. */
export function pruned(book: AlertBook, t: number): AlertBook {
	const outgoing = [...book.outgoing].filter(([, one]) => isOpen(one) || t - one.t < keepEnded);
	const needed = new Set(
		outgoing.filter(([, one]) => isOpen(one)).flatMap(([, {items}]) => items.map(({incident}) => incident)),
	);
	const over = [...book.incidents.values()]
		.filter(({state, id}) => state.phase === 'resolved' && !needed.has(id))
		.toSorted((a, b) => (b.state.endedAt ?? 0) - (a.state.endedAt ?? 0));
	const gone = new Set(over.filter((incident, index) => isForgotten(incident, index, t)).map(({id}) => id));

	if (gone.size === 0 && outgoing.length === book.outgoing.size) {
		return book;
	}

	return {
		...book,
		outgoing: new Map(outgoing),
		incidents: new Map([...book.incidents].filter(([id]) => !gone.has(id))),
	};
}

function isForgotten({state, flaps}: Incident, index: number, t: number): boolean {
	const age = t - (state.endedAt ?? t);
	return age > keepOver || (index >= mostOver && age > keepRecent && !flaps.isFlapping);
}

/** Of each alert the incident that goes on. */
export function lastOfEach(incidents: AlertBook['incidents']): readonly Incident[] {
	const last = new Map<string, Incident>();

	for (const incident of incidents.values()) {
		const before = last.get(incident.key);

		// By their own clock: that of the wall may have been set back.
		if (!before || before.state.at <= incident.state.at) {
			last.set(incident.key, incident);
		}
	}

	return [...last.values()];
}

/** The shortest entries that amount to the same book, none of them too long for a record. */
export function entriesOf({incidents, outgoing, pending, t, instance}: AlertBook): readonly AlertEntry[] {
	// Nothing was ever entered, and JSON knows no such time.
	if (!Number.isFinite(t)) {
		return [];
	}

	return partsOf({
		kind: 'alerts',
		t,
		...(instance !== undefined && {instance}),
		incidents: [...incidents.values()],
		outgoing: [...outgoing.values()],
		...(pending.length > 0 && {pending}),
	});
}

/**
 * An entry as entries that are not too long for a record each: itself, if it is short. Messages come last: of what was written only in part
 * they are decided anew.
 */
export function partsOf(entry: AlertEntry): readonly AlertEntry[] {
	const {kind, t, instance, incidents = [], outgoing = [], pending, morePending = []} = entry;

	if (JSON.stringify(entry).length <= mostRecord) {
		return [entry];
	}

	const [first, ...others] = pending === undefined ? [] : slices(pending);
	return [
		...(instance === undefined ? [] : [{kind, t, instance} as const]),
		...slices(incidents).map(some => ({kind, t, incidents: some}) as const),
		...(pending === undefined ? [] : [{kind, t, pending: first ?? []} as const]),
		...[...others, ...slices(morePending)].map(some => ({kind, t, morePending: some}) as const),
		...slices(outgoing).map(some => ({kind, t, outgoing: some}) as const),
	];
}

function slices<T>(all: readonly T[]): readonly (readonly T[])[] {
	const parts: T[][] = [];
	let room = 0;

	for (const one of all) {
		const {length} = JSON.stringify(one);

		if (length > room) {
			parts.push([]);
			room = mostRecord;
		}

		parts.at(-1)?.push(one);
		room -= length;
	}

	return parts;
}
