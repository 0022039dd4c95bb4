import {NoTerminalError} from '../core/errors.js';
import {panels} from '../ui/panels/index.js';
import {type Found, findEngine} from './find-engine.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {showAttached} from './screen-attached.js';
import {showScreen} from './screen-inside.js';
import {snapshot} from './snapshot.js';
import {depthOf} from './terminal-kind.js';

/** The screen, over the engine that runs or one of its own. Without a terminal to draw on: one snapshot as text, or a clear no. */
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

	// Before Ink's libraries are made blind to NO_COLOR.
	const depth = depthOf(io.env, options.color);
	const parts = {panels, depth, options, io};
	let next: Found | Outcome = await findEngine(options, io);

	// Another engine may come, or go, while a screen only watches.
	while ('kind' in next) {
		next =
			next.kind === 'attached'
				? await showAttached(next, parts)
				: await showScreen(await loadedConfigOf(options, io), next, parts);
	}

	return next;
}
