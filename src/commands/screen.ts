import {setFlagsFromString} from 'node:v8';
import type {Config, Loaded} from '../config/config.js';
import {NoTerminalError} from '../core/errors.js';
import {panels} from '../ui/panels/index.js';
import type {Panel} from '../ui/panels/panel.js';
import {factsAside} from './facts.js';
import {followConfig} from './follow-config.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {looksOf} from './looks.js';
import {loadedConfigOf, openEngine} from './open-engine.js';
import {processActs} from './process-acts.js';
import {logEnd, logStart, openScreenLog, painterErrors, writeLogSoon} from './screen-log.js';
import {ScreenSession} from './screen-session.js';
import {snapshot} from './snapshot.js';
import {depthOf} from './terminal-kind.js';

/** The screen. Without a terminal to draw on: one snapshot as text, or a clear no. */
export async function screen(options: GlobalOptions, io: Io): Promise<Outcome> {
	if (!io.stdout.isTTY) {
		await print(
			io.stderr,
			"healthtop: standard output is no terminal: one snapshot follows; scripts want 'healthtop snapshot --json'\n",
		);
		return snapshot({...options, interval: '1s'}, io);
	}

	if (!io.stdin.isTTY) {
		throw new NoTerminalError(
			'standard input is no terminal, so that no key could be read; run healthtop without redirecting it',
		);
	}

	if (io.env['TERM'] === 'dumb') {
		throw new NoTerminalError(
			"TERM is 'dumb', a terminal that cannot be drawn on; 'healthtop snapshot' prints the same numbers",
		);
	}

	return showScreen(await loadedConfigOf(options, io), panels, options, io);
}

/** Runs the screen over an engine of its own until it is quit or ended. */
export async function showScreen(
	loaded: Loaded,
	panels: readonly Panel[],
	options: GlobalOptions,
	io: Io,
): Promise<Outcome> {
	// Else V8 lets 8 MB of garbage pile up before it looks: for a program of 10 MB that stays open for months. CPU is the same.
	setFlagsFromString('--optimize-for-size');
	const engine = openEngine(loaded.config, options, io);
	const firstTick = engine.start();
	const log = openScreenLog(loaded, options, io);
	const depth = depthOf(io.env, options.color);
	const looksAs = ({screen}: Config) => looksOf(options, screen, io.env);
	prepareForInk(io.env);
	const [{ScreenView}] = await Promise.all([import('../ui/screen-view.js'), firstTick]);
	logStart(log, engine, loaded, io);
	const session = new ScreenSession({
		engine,
		View: ScreenView,
		panels,
		shown: loaded.config.screen.panels,
		depth,
		looks: looksAs(loaded.config),
		askFacts: () => factsAside(options, io),
		processActs: processActs(options, log, io),
		onPainterError: painterErrors(log),
		onShown: () => writeLogSoon(log, io),
		io,
	});
	const onConfig = (config: Config) => session.configure(config.screen.panels, looksAs(config));
	const unfollow = followConfig({loaded, engine, log, options, io, onConfig});
	const outcome = await session.run();
	unfollow();
	await logEnd(log, outcome);
	return outcome;
}

/** Ink's libraries ask the environment about colours and continuous integration; our cells decide what of it is shown. */
function prepareForInk(env: Io['env']): void {
	delete env['CI'];
	delete env['CONTINUOUS_INTEGRATION'];
	delete env['NO_COLOR'];
	delete env['DEV'];
	env['FORCE_COLOR'] = '3';
}
