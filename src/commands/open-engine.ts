import type {Config, Loaded} from '../config/config.js';
import {loadConfig} from '../config/load-config.js';
import type {Filter} from '../core/filter.js';
import type {Host} from '../core/host.js';
import {Engine, type EngineSettings} from '../engine/engine.js';
import {local} from '../hosts/local.js';
import {recorded} from '../hosts/recorded.js';
import {samplers} from '../samplers/index.js';
import type {GlobalOptions, Io} from './io.js';
import {known} from './known.js';

/** The configuration that the options and the environment lead to. */
export async function configOf(options: GlobalOptions, io: Io): Promise<Config> {
	return (await loadedConfigOf(options, io)).config;
}

/** The same with where it came from, what must not be logged, and what should be mended. */
export async function loadedConfigOf({config}: GlobalOptions, io: Io): Promise<Loaded> {
	const loaded = await loadConfig({file: config, env: io.env}, known);
	io.secrets = loaded.secrets;
	return loaded;
}

/** The machine that the options name. */
export function hostOf({root}: GlobalOptions): Host {
	return isOurs(root) ? local() : recorded(root);
}

/** True when what is looked at is the machine we run on, whose processes have our numbers. */
export function isOurs(root: string | undefined): root is undefined | '/' {
	return root === undefined || root === '/';
}

/** An engine for the host that the options name, with every sampler there is. Not started. */
export function openEngine(config: Config, options: GlobalOptions, {clock}: Io): Engine {
	return new Engine({host: hostOf(options), samplers, clock, ...settingsOf(config)});
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
