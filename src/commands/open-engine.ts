import type {Config, Loaded} from '../config/config.js';
import {loadConfig} from '../config/load-config.js';
import type {Filter} from '../core/filter.js';
import {Engine, type EngineSettings} from '../engine/engine.js';
import {local} from '../hosts/local.js';
import {recorded} from '../hosts/recorded.js';
import {samplers} from '../samplers/index.js';
import type {GlobalOptions, Io} from './io.js';

/** The configuration that the options and the environment lead to. */
export async function configOf(options: GlobalOptions, io: Io): Promise<Config> {
	return (await loadedConfigOf(options, io)).config;
}

/** The same with where it came from, what must not be logged, and what should be mended. */
export async function loadedConfigOf({config}: GlobalOptions, io: Io): Promise<Loaded> {
	const loaded = await loadConfig(
		{file: config, env: io.env},
		samplers.map(({name}) => name),
	);
	io.secrets = loaded.secrets;
	return loaded;
}

/** An engine for the host that the options name, with every sampler there is. Not started. */
export function openEngine(config: Config, {root}: GlobalOptions, {clock}: Io): Engine {
	const host = root === undefined || root === '/' ? local() : recorded(root);
	return new Engine({host, samplers, clock, ...settingsOf(config)});
}

/** What of the configuration an engine can be told while it runs. */
export function settingsOf({every, sampling, mounts, devices, interfaces, history}: Config): EngineSettings {
	const filters = {mounts: inBytes(mounts), devices: inBytes(devices), interfaces: inBytes(interfaces)};
	return {every, sampling, filters, kept: history.series.map(bytesOf)};
}

function inBytes({only, except}: Filter): Filter {
	return {only: only?.map(bytesOf), except: except?.map(bytesOf)};
}

/** A host's names are one character a byte; a configuration is UTF-8. */
function bytesOf(name: string): string {
	return Buffer.from(name, 'utf8').toString('latin1');
}
