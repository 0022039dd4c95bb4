import {existsSync} from 'node:fs';
import {messageOf} from '../core/errors.js';
import {type EngineLock, isOfSomebody, type LockNote, readLockNote, takeLock} from '../engine/engine-lock.js';
import {type SocketPlaces, socketPlaces} from '../engine/socket-places.js';
import {openStateDirectory, type StateDirectory, stateDirectoryOf} from '../engine/state-directory.js';
import type {GlobalOptions, Io} from './io.js';

/** What an engine has for itself alone: its state directory, by the lock of it. */
export type Residence = {
	readonly kind: 'held';
	/** Absolute. */
	readonly directory: string;
	readonly lock: EngineLock;
	/** Undefined where no path is short enough for a socket; the sentence says so. */
	readonly places: SocketPlaces | undefined;
	readonly problem: string | undefined;
};

export type NoResidence =
	/** Another engine has it. */
	| {readonly kind: 'taken'; readonly directory: string; readonly by: LockNote | undefined}
	/** Nothing can be kept; one sentence that says why and what to do about it. Undefined: nobody asked for it (a user without a home). */
	| {readonly kind: 'none'; readonly reason: string | undefined};

/** The state directory that the options and the environment lead to. */
export function stateDirectoryFor({stateDir}: GlobalOptions, {env}: Pick<Io, 'env'>): StateDirectory | undefined {
	return stateDirectoryOf({option: stateDir, env});
}

/** Where the engine of a state directory has its sockets. */
export function placesFor(directory: string, {env}: Pick<Io, 'env'>): ReturnType<typeof socketPlaces> {
	return socketPlaces({
		stateDirectory: directory,
		runtimeDirectory: env['RUNTIME_DIRECTORY'],
		xdgRuntimeDirectory: env['XDG_RUNTIME_DIR'],
	});
}

/** Makes the state directory and takes the lock of it. Never throws, and never waits for another engine. */
export async function takeResidence(options: GlobalOptions, io: Io): Promise<Residence | NoResidence> {
	const place = stateDirectoryFor(options, io);

	if (!place) {
		return {kind: 'none', reason: undefined};
	}

	if (place.home !== undefined && !existsSync(place.home)) {
		return {kind: 'none', reason: undefined};
	}

	const unusable = await openStateDirectory(place);

	if (unusable !== undefined) {
		return {kind: 'none', reason: unusable};
	}

	const places = placesFor(place.path, io);
	const note = {
		pid: io.pid,
		version: io.version,
		...('problem' in places ? {} : {sockets: places.directory}),
		since: io.clock.wall(),
	};

	try {
		const lock = await takeLock(place.path, note);
		return 'heldBy' in lock
			? {kind: 'taken', directory: place.path, by: await holderOf(place.path, lock.heldBy, io)}
			: {
					kind: 'held',
					directory: place.path,
					lock,
					places: 'problem' in places ? undefined : places,
					problem: 'problem' in places ? places.problem : undefined,
				};
	} catch (error) {
		return {kind: 'none', reason: messageOf(error)};
	}
}

/** Whoever took the lock has written who it is by then, ms. */
const noteWithin = 1000;

/** How long it is waited before that is looked at again, ms. */
const lookAgainAfter = 20;

async function holderOf(directory: string, first: LockNote | undefined, {clock}: Io): Promise<LockNote | undefined> {
	const end = clock.now() + noteWithin;
	let note = first;

	while (!isOfSomebody(note) && clock.now() < end) {
		await new Promise<void>(resolve => clock.wake(lookAgainAfter, resolve));
		note = await readLockNote(directory);
	}

	return note;
}
