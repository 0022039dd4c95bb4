import {type AlertBook, type AlertEntry, emptyAlertBook, entriesOf, withEntry} from '../core/alerts/alert-book.js';
import {alertEntry} from '../core/alerts/book-decode.js';
import {type Decode, number, object, oneOf, optional, raw, shown} from '../core/decode.js';
import type {Safe} from '../core/safe.js';

/** Of what was done to an engine, so much is remembered. */
const mostActs = 100;

/** What the journal's records are like. */
export const recordsVersion = 1;

/** An engine has begun. `boot` is the kernel's boot id, as long as it is the same the monotonic clock has gone on. */
export type Started = {
	readonly kind: 'started';
	/** Wall clock, ms since 1970, here and in all records. */
	readonly at: number;
	readonly pid: number;
	readonly version: Safe;
	readonly boot?: string;
};

/** It was still running. */
export type Alive = {readonly kind: 'alive'; readonly at: number};

/** It has ended, of its own accord. */
export type Stopped = {readonly kind: 'stopped'; readonly at: number};

/** Somebody made it do something. */
export type Act = {
	readonly kind: 'act';
	readonly at: number;
	readonly what: 'stop' | 'reload';
	/** Who, as far as it can be told. */
	readonly by: Safe;
	/** What came of it. */
	readonly result: Safe;
};

export type EngineRecord = Started | Alive | Stopped | Act | AlertEntry;

/** What the records amount to. */
export type EngineBook = {
	/** The last engine that began. */
	readonly run?: Started;
	/** When it was last known to run. */
	readonly lastAt?: number;
	/** True when it ended of its own accord, and was not killed. */
	readonly isStopped: boolean;
	/** Oldest first, at most 100. */
	readonly acts: readonly Act[];
	readonly alerts: AlertBook;
	/** Records that this version does not know. They are a newer one's, and kept for it. */
	readonly others: readonly unknown[];
};

export const emptyBook: EngineBook = {isStopped: false, acts: [], alerts: emptyAlertBook, others: []};

const decoders: {readonly [K in EngineRecord['kind']]: Decode<Extract<EngineRecord, {kind: K}>>} = {
	started: object<Started>({kind: oneOf('started'), at: number, pid: number, version: shown, boot: optional(raw)}),
	alive: object<Alive>({kind: oneOf('alive'), at: number}),
	stopped: object<Stopped>({kind: oneOf('stopped'), at: number}),
	act: object<Act>({kind: oneOf('act'), at: number, what: oneOf('stop', 'reload'), by: shown, result: shown}),
	alerts: alertEntry,
};

const kindOf = object<{readonly kind: EngineRecord['kind']}>({
	kind: oneOf('started', 'alive', 'stopped', 'act', 'alerts'),
});

/** The book after one more record, as the journal gives it: whatever is no record of ours is kept as it is. */
export function withRecord(book: EngineBook, json: unknown): EngineBook {
	const record = recordOf(json);

	switch (record?.kind) {
		case undefined:
			return {...book, others: [...book.others, json]};
		case 'started':
			return {...book, run: record, lastAt: record.at, isStopped: false};
		case 'alive':
			return {...book, lastAt: record.at};
		case 'stopped':
			return {...book, lastAt: record.at, isStopped: true};
		case 'act':
			return {...book, acts: [...book.acts, record].slice(-mostActs)};
		case 'alerts':
			return {...book, alerts: withEntry(book.alerts, record)};
	}
}

function recordOf(json: unknown): EngineRecord | undefined {
	try {
		return decoders[kindOf(json, 'record').kind](json, 'record');
	} catch {
		return undefined;
	}
}

/** The shortest records that amount to the same book. */
export function recordsOf({run, lastAt, isStopped, acts, alerts, others}: EngineBook): readonly unknown[] {
	const end: readonly EngineRecord[] =
		lastAt === undefined ? [] : [isStopped ? {kind: 'stopped', at: lastAt} : {kind: 'alive', at: lastAt}];
	return [...others, ...acts, ...entriesOf(alerts), ...(run ? [run, ...end] : [])];
}
