import {type Safe, safe, safeText} from '../core/safe.js';
import {AttachedStore, type Refusal} from '../engine/attached-store.js';
import {isOfSomebody, readLockNote} from '../engine/engine-lock.js';
import {machineWidePlaces, placesIn, type SocketPlaces} from '../engine/socket-places.js';
import type {GlobalOptions, Io} from './io.js';
import {placesFor, stateDirectoryFor} from './residence.js';

/** An engine that is there has said what it has within this, ms: more than a busy machine takes. */
const attachWithin = 5000;

/** Who samples for a screen. */
export type Found =
	/** `path`: its view socket. */
	| {readonly kind: 'attached'; readonly store: AttachedStore; readonly path: string}
	/** There is an engine that does not serve us: we sample and draw, and do nothing that it does. The note says why. */
	| {readonly kind: 'watch-only'; readonly note: Safe}
	/** There is none: we may be it. */
	| {readonly kind: 'none'};

/** Whose files are read, as an engine and its screens name it to each other. */
export function rootName({root}: GlobalOptions): string {
	return root ?? '/';
}

/** Looks for the engine of the machine, unless the options name what is another one's, and then for that of the state directory. */
export async function findEngine(options: GlobalOptions, io: Io): Promise<Found> {
	if (!isExplicit(options, io) && rootName(options) === '/') {
		const found = await tried(machineWidePlaces, options, io);

		if (found.kind !== 'none') {
			return found;
		}
	}

	const directory = stateDirectoryFor(options, io)?.path;

	if (directory === undefined) {
		return {kind: 'none'};
	}

	const note = await readLockNote(directory);
	const places = note?.sockets === undefined ? placesFor(directory, io) : placesIn(note.sockets, false);

	if (!('problem' in places)) {
		return tried(places, options, io);
	}

	return isOfSomebody(note)
		? {kind: 'watch-only', note: safe`watching only: the engine has no sockets, its directory has too long a path`}
		: {kind: 'none'};
}

/** True where somebody named the state directory. */
export function isExplicit({stateDir}: GlobalOptions, {env}: Pick<Io, 'env'>): boolean {
	return Boolean(stateDir || env['HEALTHTOP_STATE_DIR'] || env['STATE_DIRECTORY']);
}

async function tried({view: path, isMachineWide}: SocketPlaces, options: GlobalOptions, io: Io): Promise<Found> {
	const {clock, version} = io;
	const store = new AttachedStore({path, version: safeText(version), root: rootName(options), clock});
	const refusal = await store.attach(attachWithin);

	if (!refusal) {
		return {kind: 'attached', store, path};
	}

	return refusal.kind === 'none' ? {kind: 'none'} : {kind: 'watch-only', note: noteOf(refusal, version, isMachineWide)};
}

/** What the first line says when all is well otherwise. */
function noteOf(refusal: Refusal, version: string, isMachineWide: boolean): Safe {
	switch (refusal.kind) {
		case 'none':
			return safe`watching only`;
		case 'forbidden':
			return isMachineWide
				? safe`watching only: this user is not in group healthtop`
				: safe`watching only: this user may not look at the engine`;
		case 'silent':
			return safe`watching only: the engine gave no answer`;
		case 'lost':
			return safe`watching only: the engine is there, but ${refusal.reason}`;
		case 'other-protocol':
			return safe`watching only: the engine is healthtop ${refusal.greeting.version}, this is ${safeText(version)}`;
		case 'other-root':
			return safe`watching only: the engine watches ${safeText(refusal.greeting.root)}`;
	}
}
