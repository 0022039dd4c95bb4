import {ConfigError} from '../core/errors.js';
import type {Loaded} from './config.js';
import {type ConfigPlace, type LoadKnown, loadConfig} from './load-config.js';

/** What came of reading the configuration again: a new one, or why the old one stays. */
export type Reloaded = {readonly loaded: Loaded} | {readonly problem: string};

/**
 * Reads the configuration again, from the file it came from: one that has gone is a problem, not a reason to look elsewhere.
 * Without a file there it is looked for as at the start. `place` and `known` as for `loadConfig`.
 */
export async function reloadConfig(previous: Loaded, {file, env}: ConfigPlace, known: LoadKnown): Promise<Reloaded> {
	try {
		return {loaded: await loadConfig({file: previous.file ?? file, env}, known)};
	} catch (error) {
		if (error instanceof ConfigError) {
			return {problem: error.message};
		}

		throw error;
	}
}
