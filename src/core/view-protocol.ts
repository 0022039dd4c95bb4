import {type Decode, either, list, number, object, oneOf, raw, shown, within} from './decode.js';
import type {Safe} from './safe.js';
import type {Detail} from './sampler.js';

/** The protocol between an engine and its screens; another number is another language. docs/protocol.md describes it. */
export const viewProtocol = 1;

/** The first line of an engine, which every version of it says in this way. */
export type EngineGreeting = {
	readonly healthtop: 'view';
	readonly protocol: number;
	readonly version: Safe;
	readonly pid: number;
	/** Wall clock at its start, ms since 1970. */
	readonly since: number;
	/** Whose files it reads: `/` for the machine it runs on. */
	readonly root: string;
};

/** The first line of a screen. Before it, nothing is sent. */
export type ViewGreeting = {readonly healthtop: 'viewer'; readonly protocol: number; readonly version: Safe};

/** What a screen shows, and is read only then. */
export type Watch = {
	readonly type: 'watch';
	/** At most 2,000. */
	readonly pids: readonly number[] | 'every';
	readonly details: readonly Detail[];
};

/** More lines than any screen has rows. */
export const mostWatched = 2000;

export const engineGreeting: Decode<EngineGreeting> = object<EngineGreeting>({
	healthtop: oneOf('view'),
	protocol: number,
	version: shown,
	pid: number,
	since: number,
	root: raw,
});

export const viewGreeting: Decode<ViewGreeting> = object<ViewGreeting>({
	healthtop: oneOf('viewer'),
	protocol: number,
	version: shown,
});

export const watch: Decode<Watch> = object<Watch>({
	type: oneOf('watch'),
	pids: either(list(number, mostWatched), oneOf('every')),
	details: list(oneOf<Detail>('addresses', 'listeners'), 2),
});

/** What an engine says after its greeting. */
export type EngineLine =
	/** A screen forgets what it had: this is where it begins. `every`: time between two readings from now on, ms. */
	| {readonly type: 'begin'; readonly every: number; readonly snapshot: unknown}
	/** A piece of the past as it was at the last `begin`. */
	| {readonly type: 'past'; readonly piece: unknown}
	/** What is another than in the snapshot before. */
	| {readonly type: 'next'; readonly changes: unknown}
	/** The last line. */
	| {readonly type: 'bye'; readonly reason: Safe};

const anything: Decode<unknown> = json => json;

const lines: {readonly [K in EngineLine['type']]: Decode<Extract<EngineLine, {type: K}>>} = {
	begin: object<Extract<EngineLine, {type: 'begin'}>>({
		type: oneOf('begin'),
		every: within(1, 86_400_000),
		snapshot: anything,
	}),
	past: object<Extract<EngineLine, {type: 'past'}>>({type: oneOf('past'), piece: anything}),
	next: object<Extract<EngineLine, {type: 'next'}>>({type: oneOf('next'), changes: anything}),
	bye: object<Extract<EngineLine, {type: 'bye'}>>({type: oneOf('bye'), reason: shown}),
};

const kind = object<{readonly type: EngineLine['type']}>({type: oneOf('begin', 'past', 'next', 'bye')});

export const engineLine: Decode<EngineLine> = (json, path) => lines[kind(json, path).type](json, path);
