import {safeText} from '../core/safe.js';
import type {Engine} from '../engine/engine.js';
import type {KeptLog} from '../engine/log.js';
import {systemdNotify} from '../engine/systemd-notify.js';
import type {Io} from './io.js';

/** After so many readings that did not come we are not alive, whatever our timers do. */
const mostMissed = 5;

/** What systemd is told of an engine, where systemd started it. */
export type Systemd = {
	ready(): void;
	reloading(): void;
	stopping(): void;
	close(): void;
};

/** Tells systemd of an engine, and goes on telling it, as long as readings come, that it is alive. */
export function tellSystemd(engine: Engine, log: KeptLog, {env, pid, clock}: Io): Systemd {
	const notify = systemdNotify(env, pid, {
		clock,
		onProblem: reason => log.warn('systemd cannot be told', {reason}),
	});
	let callOff = () => {};
	let tickedAt = clock.now();
	const unsubscribe = engine.store.subscribe(() => {
		tickedAt = clock.now();
	});
	const {watchdogEvery} = notify;

	const beat = () => {
		const interval = Math.max(1000, engine.store.every);

		if (clock.now() - tickedAt < Math.max(mostMissed * interval, watchdogEvery ?? 0)) {
			notify.alive();
		}

		callOff = clock.wake(watchdogEvery ?? 0, beat);
	};

	if (watchdogEvery !== undefined) {
		callOff = clock.wake(watchdogEvery, beat);
	}

	return {
		ready: () => notify.ready(`watching ${engine.store.snapshot?.host ?? safeText('')}`),
		reloading: () => notify.reloading(),
		stopping: () => notify.stopping(),
		close() {
			callOff();
			unsubscribe();
		},
	};
}
