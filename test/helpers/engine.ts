import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {everything} from '../../src/core/filter.js';
import type {Sampler} from '../../src/core/sampler.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {Engine} from '../../src/engine/engine.js';
import type {EngineSettings} from '../../src/engine/engine-settings.js';
import {type FakeFiles, fakeHost} from './fake-host.js';
import {counting} from './fake-samplers.js';
import {handClock, wallAtZero} from './hand-clock.js';

type Options = {
	samplers?: readonly Sampler[];
	every?: number;
	rates?: Record<string, number>;
	files?: FakeFiles;
	/** Of the monotonic clock when it begins, ms. */
	startsAt?: number;
	settings?: Partial<EngineSettings>;
};

/** An engine whose clock stands at 50 s, not started, and the snapshots that it takes. */
export function engineOf({
	samplers = [counting('cpu')],
	every = 1000,
	rates = {},
	files,
	startsAt = 50_000,
	settings,
}: Options = {}) {
	const clock = handClock(startsAt);
	const all: EngineSettings = {
		every,
		sampling: rates,
		filters: {mounts: everything, devices: everything, interfaces: everything},
		kept: [],
		checks: [],
		concurrency: {sockets: 100, commands: 8},
		rules: [],
		notifiers: [],
		alerts: alertDefaults,
		...settings,
	};
	const engine = new Engine({
		host: fakeHost(files ?? {'/proc/sys/kernel/hostname': 'web-01\n'}),
		samplers,
		clock,
		...all,
	});
	const taken: Snapshot[] = [];
	engine.store.subscribe(snapshot => taken.push(snapshot));
	return {engine, clock, taken, settings: all, at: () => taken.map(({at}) => at - wallAtZero - 50_000)};
}
