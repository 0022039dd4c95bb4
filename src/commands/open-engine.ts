import type {Config} from '../config/config.js';
import {loadConfig} from '../config/load-config.js';
import type {Filter} from '../core/filter.js';
import {Engine} from '../engine/engine.js';
import {local} from '../hosts/local.js';
import {recorded} from '../hosts/recorded.js';
import {samplers} from '../samplers/index.js';
import type {GlobalOptions, Io} from './io.js';

/** The configuration that the options and the environment lead to. */
export function configOf({config}: GlobalOptions, {env}: Io): Promise<Config> {
	return loadConfig(
		{file: config, env},
		samplers.map(({name}) => name),
	);
}

/** An engine for the host that the options name, with every sampler there is. Not started. */
export function openEngine(
	{every, sampling, mounts, devices, interfaces}: Config,
	{root}: GlobalOptions,
	{clock}: Io,
): Engine {
	const host = root === undefined || root === '/' ? local() : recorded(root);
	const filters = {mounts: inBytes(mounts), devices: inBytes(devices), interfaces: inBytes(interfaces)};
	return new Engine({host, samplers, clock, every, sampling, filters});
}

/** A host's names are one character a byte; a configuration is UTF-8. */
function inBytes({only, except}: Filter): Filter {
	const bytes = (name: string) => Buffer.from(name, 'utf8').toString('latin1');
	return {only: only?.map(bytes), except: except?.map(bytes)};
}
