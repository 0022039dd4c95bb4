import {isatty} from 'node:tty';
import type {Loaded} from '../config/config.js';
import {UserError} from '../core/errors.js';
import {span} from '../core/format.js';
import {safeText} from '../core/safe.js';
import type {LogOptions} from '../engine/log.js';
import {logEnd, logPlace, logStart, openEngineLog} from './engine-log.js';
import type {GlobalOptions, Io, Outcome} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {openEngine} from './open-engine.js';
import {type NoResidence, type Residence, takeResidence} from './residence.js';
import {followEngineConfig, openResident} from './resident-engine.js';
import {staySmall} from './stay-small.js';
import {tellSystemd} from './tell-systemd.js';

export type RunOptions = GlobalOptions & {readonly logFile?: boolean};

/** The engine without a screen, until SIGTERM, SIGINT or `healthtop engine stop` ends it. SIGHUP reads the configuration again. */
export async function run(options: RunOptions, io: Io): Promise<Outcome> {
	const hadTerminal = hasTerminal();
	let end: (code?: number) => void = () => {};
	const ended = new Promise<number | undefined>(resolve => {
		end = resolve;
	});
	let reload: () => void = () => {};
	// From the first moment on: a hangup must not end what has not read its configuration yet.
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		io.onSignal(signal, () => end());
	}

	io.onSignal('SIGHUP', () => reload());
	const loaded = await loadedConfigOf(options, io);
	const residence = residenceOf(await takeResidence(options, io), io);
	const log = openEngineLog(loaded, logTarget(loaded, options, io), options, io);
	const engine = openEngine(loaded, options, io);
	const config = followEngineConfig({loaded, engine, log, options, io});
	const resident = await openResident({
		loaded,
		engine,
		residence,
		log,
		options,
		io,
		config,
		stop: () => end(),
		onLost: () => end(1),
	});
	const systemd = tellSystemd(engine, log, io);
	reload = async () => {
		systemd.reloading();
		await config.reload();
		systemd.ready();
	};
	await engine.start();
	logStart(log, engine, loaded, io);
	await log.start();
	staySmall();
	systemd.ready();
	const code = (await ended) ?? 0;
	systemd.stopping();
	config.stop();
	const [isInOrder] = await Promise.all([resident.close(), logEnd(log, {code})]);
	systemd.close();
	// Node aborts when it leaves a terminal that is no more.
	return !isInOrder || (hadTerminal && !hasTerminal()) ? {signal: 'SIGTERM'} : {code};
}

function hasTerminal(): boolean {
	return [0, 1, 2].some(isatty);
}

function logTarget(loaded: Loaded, options: RunOptions, io: Io): LogOptions['to'] {
	return options.logFile || loaded.config.log.directory !== undefined ? logPlace(loaded, options, io) : io.stderr;
}

/** @throws {UserError} where there is none: an engine that keeps nothing, or a second one, is not what was asked for. */
function residenceOf(residence: Residence | NoResidence, {clock}: Io): Residence {
	switch (residence.kind) {
		case 'held':
			return residence;
		case 'taken': {
			const {directory, by} = residence;
			const who = by
				? ` (pid ${by.pid}, healthtop ${safeText(by.version)}, for ${span(Math.max(0, clock.wall() - by.since) / 1000)})`
				: '';
			throw new UserError(
				`an engine runs for '${directory}' already${who}: look at it with 'healthtop', end it with 'healthtop engine stop', or name another directory with --state-dir`,
			);
		}
		case 'none':
			throw new UserError(
				residence.reason ?? 'there is no place to keep anything: name a directory with --state-dir, or set HOME',
			);
	}
}
