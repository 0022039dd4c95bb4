import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';
import {ConfigError} from '../core/errors.js';
import {builtIn, type Loaded} from './config.js';
import type {Known} from './known.js';
import {type FileRead, readFile} from './read-file.js';
import {distrustOf} from './trust.js';

/** No configuration that anybody writes is larger, bytes. */
const largest = 1 << 20;

/** Where a configuration may be: what was asked for, or the places it is looked for in. Never the current directory. */
export type ConfigPlace = {
	readonly file: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** What a configuration may name, loaded when there is one: nothing else needs the schemas of checks. */
export type LoadKnown = () => Promise<Known>;

/**
 * The configuration from the first file there is; the built-in defaults without one. A file that was named must be there.
 * @throws ConfigError with every problem of the file in one message.
 */
export async function loadConfig(place: ConfigPlace, known: LoadKnown): Promise<Loaded> {
	const named = namedPlace(place);
	const files = named === undefined ? usualPlaces(place.env).filter(isReadable) : [named];

	for (const file of files) {
		const read = readFile(file, largest, 'a configuration');

		if (read.kind === 'refused') {
			throw new ConfigError(`${file}: ${read.reason}`);
		}

		if (read.kind === 'read') {
			return parse(file, read, place.env, known);
		}
	}

	if (named !== undefined) {
		throw new ConfigError(`${named}: there is no such file`);
	}

	return builtIn;
}

/** The file that would be read now; undefined where there is none. */
export function configFileOf(place: ConfigPlace): string | undefined {
	return namedPlace(place) ?? usualPlaces(place.env).find(isReadable);
}

/** The file that was asked for; undefined when it is to be looked for. */
function namedPlace({file, env}: ConfigPlace): string | undefined {
	return file ?? (env['HEALTHTOP_CONFIG'] || undefined);
}

/** Files that are looked for when none was named, first things first. */
export function usualPlaces(env: ConfigPlace['env']): readonly string[] {
	const home = env['XDG_CONFIG_HOME'] || (env['HOME'] && join(env['HOME'], '.config'));
	return [...(home ? [join(home, 'healthtop', 'config.json')] : []), '/etc/healthtop/config.json'];
}

/** Of a place that was not named, what may not be read (another user's home, kept by `su`) is somebody else's. */
function isReadable(file: string): boolean {
	try {
		accessSync(file, constants.R_OK);
		return true;
	} catch {
		return false;
	}
}

/** The checker is loaded here: a start without a file never needs it. */
async function parse(
	file: string,
	{text, status}: Extract<FileRead, {kind: 'read'}>,
	env: ConfigPlace['env'],
	loadKnown: LoadKnown,
): Promise<Loaded> {
	const [{parseConfig}, known] = await Promise.all([import('./parse-config.js'), loadKnown()]);
	const distrust = () => distrustOf(file, status, process.geteuid?.());
	// Some editors begin a file with a byte order mark.
	return parseConfig({file, text: text.replace(/^\ufeff/, ''), env, known, distrust});
}
