import type {Loaded} from '../config/config.js';
import {usualPlaces} from '../config/load-config.js';
import {writeJson} from '../config/write-json.js';
import {writtenConfig} from '../config/written-config.js';
import {samplers} from '../samplers/index.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {loadKnown} from './known.js';
import {loadedConfigOf} from './loaded-config.js';

/** Says whether the configuration can be used, and what should be mended. Throws ConfigError with every problem. */
export async function configCheck(options: GlobalOptions, io: Io): Promise<Outcome> {
	const {file, warnings} = await loadedConfigOf(options, io);
	const lines = file === undefined ? [noFile(io)] : [`${file}: ok`, ...warnings.map(text => `warning: ${text}`)];
	await print(io.stdout, `${lines.join('\n')}\n`);
	return {code: 0};
}

/** Prints the configuration with every default, so that it can be used as one. Secrets stay references. */
export async function configShow(options: GlobalOptions, io: Io): Promise<Outcome> {
	const loaded = withOwnPaces(await loadedConfigOf(options, io));
	await print(io.stdout, `${writeJson(writtenConfig(loaded))}\n`);
	return {code: 0};
}

/** Prints the JSON Schema of a configuration. */
export async function configSchema(_: GlobalOptions, io: Io): Promise<Outcome> {
	const {jsonSchema} = await import('../config/json-schema.js');
	await print(io.stdout, `${writeJson(jsonSchema(await loadKnown()))}\n`);
	return {code: 0};
}

function noFile({env}: Io): string {
	return `no configuration file: looked for ${usualPlaces(env).join(' and ')}; the defaults are used`;
}

/** A sampler's own pace is a default, too, but only samplers know it. */
function withOwnPaces(loaded: Loaded): Loaded {
	const own = samplers.flatMap(({name, every}) => (every === undefined ? [] : [[name, every] as const]));
	const sampling = {...Object.fromEntries(own), ...loaded.config.sampling};
	return {...loaded, config: {...loaded.config, sampling}};
}
