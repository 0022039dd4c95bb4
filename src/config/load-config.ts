import {accessSync, constants, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {ConfigError, codeOf} from '../core/errors.js';
import {type Config, defaults} from './config.js';

/** No configuration that anybody writes is larger, bytes. */
const largest = 1 << 20;

/** Where a configuration may be: what was asked for, or the places it is looked for in. Never the current directory. */
export type ConfigPlace = {
	readonly file: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * The configuration from the first file there is; the built-in defaults without one. A file that was named must be there.
 * @throws ConfigError with every problem of the file in one message.
 */
export async function loadConfig({file, env}: ConfigPlace, samplers: readonly string[]): Promise<Config> {
	const named = file ?? (env['HEALTHTOP_CONFIG'] || undefined);

	if (named !== undefined) {
		return parse(named, read(named), samplers);
	}

	for (const place of usualPlaces(env)) {
		const text = readIfReadable(place);

		if (text !== undefined) {
			return parse(place, text, samplers);
		}
	}

	return defaults;
}

function usualPlaces(env: ConfigPlace['env']): readonly string[] {
	const home = env['XDG_CONFIG_HOME'] || (env['HOME'] && join(env['HOME'], '.config'));
	return [...(home ? [join(home, 'healthtop', 'config.json')] : []), '/etc/healthtop/config.json'];
}

/** The checker is loaded here: a start without a file never needs it. */
async function parse(file: string, text: string, samplers: readonly string[]): Promise<Config> {
	const {parseConfig} = await import('./parse-config.js');
	try {
		return parseConfig(file, text, samplers);
	} catch (error) {
		throw error instanceof RangeError ? new ConfigError(`${file}: is nested too deeply`) : error;
	}
}

/** Of a place that was not named, what may not be read (another user's home, kept by `su`) is somebody else's. */
function readIfReadable(file: string): string | undefined {
	try {
		accessSync(file, constants.R_OK);
	} catch {
		return undefined;
	}

	return readIfThere(file);
}

function readIfThere(file: string): string | undefined {
	const bytes = bytesIfThere(file);

	// Some editors begin a file with a byte order mark.
	return bytes?.toString('utf8').replace(/^\ufeff/, '');
}

function bytesIfThere(file: string): Buffer | undefined {
	try {
		const status = statSync(file);

		// A device or a pipe may never end.
		if (!status.isFile() && !status.isDirectory()) {
			throw new ConfigError(`${file}: is no regular file`);
		}

		if (status.size > largest) {
			throw new ConfigError(`${file}: is ${status.size} bytes, a configuration has at most ${largest}`);
		}

		return readFileSync(file);
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
			return undefined;
		}

		throw error instanceof ConfigError ? error : new ConfigError(`${file}: ${reasonOf(error)}`);
	}
}

function read(file: string): string {
	const text = readIfThere(file);

	if (text === undefined) {
		throw new ConfigError(`${file}: there is no such file`);
	}

	return text;
}

function reasonOf(error: unknown): string {
	switch (codeOf(error)) {
		case 'EISDIR':
			return 'is a directory, name the file in it';
		case 'EACCES':
			return 'may not be read by this user';
		default:
			return `cannot be read (${codeOf(error) ?? error})`;
	}
}
