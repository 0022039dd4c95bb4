import {createHash} from 'node:crypto';
import {join, resolve} from 'node:path';

/** Where the two sockets of an engine are. */
export type SocketPlaces = {
	readonly directory: string;
	/** For those who watch. */
	readonly view: string;
	/** For those who command; only its owner and root may. */
	readonly control: string;
	/** True for the engine of the whole machine, at which others may look, too. */
	readonly isMachineWide: boolean;
};

/** What the choice is made from. Empty values count as none. */
export type SocketPlaceSources = {
	/** A relative one is meant from the working directory. */
	readonly stateDirectory: string;
	/** `$RUNTIME_DIRECTORY` of systemd: a list when a unit has several (systemd.exec(5)). */
	readonly runtimeDirectory: string | undefined;
	/** `$XDG_RUNTIME_DIR`. */
	readonly xdgRuntimeDirectory: string | undefined;
};

/** Bytes that the path of a socket may have: sun_path of unix(7) without its NUL. Node 20 cuts a longer one and says nothing. */
export const longestSocketPath = 107;

/** Those of the engine that watches for everybody. */
export const machineWidePlaces: SocketPlaces = placesIn('/run/healthtop', true);

/**
 * The sockets of the engine of a state directory: below /run where systemd made that for us, else beside what is kept, else, where
 * a path would be too long, below `$XDG_RUNTIME_DIR`.
 * @returns the places, or one sentence that says why there are none and what to do about it.
 */
export function socketPlaces(sources: SocketPlaceSources): SocketPlaces | {readonly problem: string} {
	if (sources.runtimeDirectory?.split(':')[0] === machineWidePlaces.directory) {
		return machineWidePlaces;
	}

	const stateDirectory = resolve(sources.stateDirectory);
	const candidates = [stateDirectory, runtimePlaceOf(stateDirectory, sources.xdgRuntimeDirectory)];
	const directory = candidates.find(candidate => candidate !== undefined && isShortEnough(candidate));
	return directory === undefined ? {problem: problemOf(stateDirectory)} : placesIn(directory, false);
}

/** The two sockets in a directory, which a lock note names. */
export function placesIn(directory: string, isMachineWide: boolean): SocketPlaces {
	return {directory, view: join(directory, 'view.sock'), control: join(directory, 'control.sock'), isMachineWide};
}

function runtimePlaceOf(stateDirectory: string, xdgRuntimeDirectory: string | undefined): string | undefined {
	// A relative one is to be ignored (XDG base directories).
	if (!xdgRuntimeDirectory?.startsWith('/')) {
		return undefined;
	}

	const name = createHash('sha256').update(stateDirectory).digest('hex').slice(0, 8);
	return join(xdgRuntimeDirectory, 'healthtop', name);
}

function isShortEnough(directory: string): boolean {
	return Buffer.byteLength(placesIn(directory, false).control) <= longestSocketPath;
}

function problemOf(stateDirectory: string): string {
	const bytes = Buffer.byteLength(placesIn(stateDirectory, false).control);
	return `'${stateDirectory}' is too long a path for sockets (${bytes} bytes with their names, ${longestSocketPath} are possible): name a shorter one with --state-dir`;
}
