import type {Config} from '../config/config.js';
import {loadConfig} from '../config/load-config.js';
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
	return new Engine({host, samplers, clock, every, sampling, filters: {mounts, devices, interfaces}});
}
