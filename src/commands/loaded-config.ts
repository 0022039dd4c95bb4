import type {Loaded} from '../config/config.js';
import {loadConfig} from '../config/load-config.js';
import type {GlobalOptions, Io} from './io.js';
import {loadKnown} from './known.js';

/** The configuration that the options and the environment lead to, where it came from, and what must not be logged. */
export async function loadedConfigOf({config}: GlobalOptions, io: Io): Promise<Loaded> {
	const loaded = await loadConfig({file: config, env: io.env}, loadKnown);
	io.secrets = loaded.secrets;
	return loaded;
}
