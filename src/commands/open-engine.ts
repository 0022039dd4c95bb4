import type {Config, Loaded} from '../config/config.js';
import {bytesOf} from '../core/bytes-of.js';
import type {Filter} from '../core/filter.js';
import {Engine} from '../engine/engine.js';
import type {EngineSettings} from '../engine/engine-settings.js';
import {samplers} from '../samplers/index.js';
import {hostOf, isOurs} from './host-of.js';
import type {GlobalOptions, Io} from './io.js';
import {plannedChecks} from './planned-checks.js';
import {plannedNotifiers} from './planned-notifiers.js';
import {plannedRules} from './planned-rules.js';

/** An engine for the host that the options name, with every sampler there is. Not started. `isWatchOnly`: services are another one's. */
export function openEngine(
	{config, secrets}: Loaded,
	options: GlobalOptions,
	{clock}: Io,
	isWatchOnly = false,
): Engine {
	return new Engine({host: hostOf(options), samplers, clock, ...settingsOf(config, secrets, options, isWatchOnly)});
}

/** What of the configuration an engine can be told while it runs. Services are asked only about the machine we run on. */
export function settingsOf(
	config: Config,
	secrets: readonly string[],
	{root}: GlobalOptions,
	isWatchOnly = false,
): EngineSettings {
	const {every, sampling, mounts, devices, interfaces, history, checks, concurrency, alerts} = config;
	const filters = {mounts: inBytes(mounts), devices: inBytes(devices), interfaces: inBytes(interfaces)};
	return {
		every,
		sampling,
		filters,
		kept: history.series.map(bytesOf),
		checks: isOurs(root) && !isWatchOnly ? plannedChecks(checks, secrets) : [],
		concurrency,
		rules: plannedRules(config),
		notifiers: plannedNotifiers(config, secrets),
		alerts,
		ping: isWatchOnly ? undefined : plannedPing(config.ping),
	};
}

function plannedPing(config: Config['ping']): EngineSettings['ping'] {
	return (
		config && {
			every: config.every,
			timeout: config.timeout,
			async call(signal) {
				const {ping} = await import('../notifiers/ping.js');
				const pinged = await ping(config.url, signal);
				return pinged.ok ? undefined : pinged.reason;
			},
		}
	);
}

function inBytes({only, except}: Filter): Filter {
	return {only: only?.map(bytesOf), except: except?.map(bytesOf)};
}
