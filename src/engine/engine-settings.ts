import type {Host} from '../core/host.js';
import type {SampleContext, Sampler} from '../core/sampler.js';
import type {AlertsSettings} from './alerts.js';
import type {CheckSettings} from './check-all.js';
import type {Clock} from './clock.js';
import type {PlannedPing} from './pinger.js';

/** What may change while the engine runs. */
export type EngineSettings = CheckSettings &
	AlertsSettings & {
		/** Time between two ticks, ms. */
		readonly every: number;
		/** Time between two runs of a sampler, by its name, ms; else its own, else every tick. */
		readonly sampling: Readonly<Record<string, number>>;
		readonly filters: SampleContext['filters'];
		/** Series to keep for days before all others. */
		readonly kept: readonly string[];
		readonly ping?: PlannedPing | undefined;
	};

/** What an engine is made of; plug-ins are handed in. */
export type EngineOptions = EngineSettings & {
	readonly host: Host;
	readonly samplers: readonly Sampler[];
	readonly clock: Clock;
};
