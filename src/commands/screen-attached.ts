import {dirname} from 'node:path';
import {builtIn, type Config, type Loaded} from '../config/config.js';
import {configFileOf} from '../config/load-config.js';
import {ConfigError} from '../core/errors.js';
import {safe} from '../core/safe.js';
import type {AttachedStore} from '../engine/attached-store.js';
import {placesIn} from '../engine/socket-places.js';
import {attachedLog, silentLog} from './attached-log.js';
import {painterErrors} from './engine-log.js';
import {factsAside} from './facts.js';
import type {Found} from './find-engine.js';
import {followConfig, refusalOf, sourceOf} from './follow-config.js';
import type {GlobalOptions, Io, Outcome} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {looksOf} from './looks.js';
import {prepareForInk} from './prepare-for-ink.js';
import {processActs} from './process-acts.js';
import type {ScreenOptions} from './screen-options.js';
import {ScreenSession} from './screen-session.js';
import {staySmall} from './stay-small.js';

/** Runs the screen over an engine that is another process and goes on without it. */
export async function showAttached(
	{store, path}: Extract<Found, {kind: 'attached'}>,
	{panels, depth, options, io}: ScreenOptions,
): Promise<Outcome> {
	const looksAs = ({screen}: Config) => looksOf(options, screen, io.env);
	const loaded = await loadedOrBuiltIn(store, options, io);
	const looks = looksAs(loaded.config);
	const control = placesIn(dirname(path), false).control;
	const log = attachedLog(control, io);
	prepareForInk(io.env);
	const {ScreenView} = await import('../ui/screen-view.js');
	const session = new ScreenSession({
		store,
		View: ScreenView,
		panels,
		shown: loaded.config.screen.panels,
		depth,
		looks,
		askFacts: () => factsAside(options, io),
		processActs: processActs(options, log, io),
		onPainterError: painterErrors(log),
		onShown: staySmall,
		io,
	});
	const {stop} = followConfig({
		loaded,
		log: silentLog,
		options,
		io,
		notice: problem => store.setProblem(problem && safe`${problem.source}: ${problem.reason}`),
		onConfig: config => session.configure(config.screen.panels, looksAs(config)),
	});
	const outcome = await session.run();
	stop();
	store.close();
	return outcome;
}

/** A configuration that cannot be used keeps nobody from looking at an engine that runs: it says on the screen what is wrong with it. */
async function loadedOrBuiltIn(store: AttachedStore, options: GlobalOptions, io: Io): Promise<Loaded> {
	try {
		return await loadedConfigOf(options, io);
	} catch (error) {
		if (error instanceof ConfigError) {
			const file = configFileOf({file: options.config, env: io.env});
			store.setProblem(safe`${sourceOf(file)}: ${refusalOf(error.message, file)}`);
			return {...builtIn, file};
		}

		throw error;
	}
}
