import {setFlagsFromString} from 'node:v8';
import {NoTerminalError} from '../core/errors.js';
import type {Engine} from '../engine/engine.js';
import {panels} from '../ui/panels/index.js';
import type {Panel} from '../ui/panels/panel.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {configOf, openEngine} from './open-engine.js';
import {ScreenSession} from './screen-session.js';
import {snapshot} from './snapshot.js';
import {depthOf, isAsciiLocale} from './terminal-kind.js';

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

	return showScreen(openEngine(await configOf(options, io), options, io), panels, options, io);
}

/** Runs the screen over an engine until it is quit or ended. */
export async function showScreen(
	engine: Engine,
	shown: readonly Panel[],
	options: GlobalOptions,
	io: Io,
): Promise<Outcome> {
	// Else V8 lets 8 MB of garbage pile up before it looks: for a program of 10 MB that stays open for months. CPU is the same.
	setFlagsFromString('--optimize-for-size');
	const firstTick = engine.start();
	const depth = depthOf(io.env, options.color);
	const isAscii = options.ascii === true || isAsciiLocale(io.env);
	prepareForInk(io.env);
	const [{ScreenView}] = await Promise.all([import('../ui/screen-view.js'), firstTick]);
	return new ScreenSession({engine, View: ScreenView, panels: shown, depth, isAscii, io}).run();
}

/** Ink's libraries ask the environment about colours and continuous integration; our cells decide what of it is shown. */
function prepareForInk(env: Io['env']): void {
	delete env['CI'];
	delete env['CONTINUOUS_INTEGRATION'];
	delete env['NO_COLOR'];
	delete env['DEV'];
	env['FORCE_COLOR'] = '3';
}
