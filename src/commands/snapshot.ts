import {parseDuration} from '../config/parse-duration.js';
import {UserError} from '../core/errors.js';
import {everyPid} from '../core/sampler.js';
import {snapshotJson} from '../report/snapshot-json.js';
import {snapshotText} from '../report/snapshot-text.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {openEngine} from './open-engine.js';

export type SnapshotOptions = GlobalOptions & {readonly json?: boolean; readonly interval: string};

/** Two readings so far apart, printed as text or JSON. */
export async function snapshot(options: SnapshotOptions, io: Io): Promise<Outcome> {
	const interval = parseDuration(options.interval);

	if (interval === undefined || interval < 10 || interval > 3_600_000) {
		throw new UserError(`--interval '${options.interval}': must be a duration from "10ms" to "1h", such as "1s"`);
	}

	const engine = openEngine(await loadedConfigOf(options, io), options, io);
	engine.store.setVisible(everyPid);
	engine.store.setWanted(new Set(['addresses']));
	await engine.tickOnce();
	await new Promise<void>(resolve => io.clock.wake(interval, resolve));
	await engine.lastTick();
	engine.stop();
	const taken = engine.store.snapshot;

	if (taken) {
		await print(io.stdout, options.json ? snapshotJson(taken) : snapshotText(taken));
	}

	return {code: 0};
}
