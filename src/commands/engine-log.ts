import {existsSync} from 'node:fs';
import type {Loaded} from '../config/config.js';
import {safe, safeText} from '../core/safe.js';
import type {Snapshot} from '../core/snapshot.js';
import {timeEventEntry} from '../core/time-event.js';
import type {Engine} from '../engine/engine.js';
import {type KeptLog, type LogOptions, openLog} from '../engine/log.js';
import {CheckLog} from '../engine/log-checks.js';
import {ProblemLog} from '../engine/log-problems.js';
import {type StateDirectory, stateDirectoryOf} from '../engine/state-directory.js';
import type {GlobalOptions, Io, Outcome} from './io.js';

/** The first picture and the keys that follow it come before the log is loaded, ms. */
const loadAfter = 200;

/** A disk that does not answer holds up the end of the program for so long, ms. */
const closeWait = 1000;

/** The directory that the options, the configuration and the environment lead to. */
export function logPlace(
	{config}: Loaded,
	{stateDir}: GlobalOptions,
	{env}: Pick<Io, 'env'>,
): StateDirectory | undefined {
	const {directory} = config.log;
	const place = directory === undefined ? stateDirectoryOf({option: stateDir, env}) : {path: directory};
	// A user without a home has no log, and that is no trouble: nobody asked for one.
	const isHomeless = place?.home !== undefined && !existsSync(place.home);
	return isHomeless ? undefined : place;
}

/** The log of an engine, as the options and the configuration want it. An error that nothing catches comes into it, too. */
export function openEngineLog(
	{config, secrets}: Loaded,
	to: LogOptions['to'],
	{logLevel}: GlobalOptions,
	io: Io,
): KeptLog {
	const log = openLog({
		to,
		level: logLevel ?? config.log.level,
		secrets,
		pid: io.pid,
		clock: io.clock,
	});
	io.onFatal(async error => {
		log.error('uncaught error', {trace: error instanceof Error ? error.stack : String(error)});
		await log.close(closeWait);
	});
	return log;
}

/** Says that the program has started, and from now on which problems come and go. To be called when there is a snapshot. */
export function logStart(log: KeptLog, engine: Engine, {file, warnings}: Loaded, {clock, version}: Io): void {
	const {store} = engine;
	log.info('start', {version, configuration: file ?? 'none', host: store.snapshot?.host});
	logWarnings(log, warnings);
	const [problems, checks] = [new ProblemLog(), new CheckLog()];

	const say = (snapshot: Snapshot) => {
		const {problem} = log;
		engine.notice('log', problem === undefined ? undefined : {source: safe`log`, reason: safeText(problem)});

		if (snapshot.timeEvent) {
			const {message, fields} = timeEventEntry(snapshot.timeEvent);
			log.warn(message, fields);
		}

		for (const {level, message, fields} of [
			...problems.next(snapshot.problems, clock.now()),
			...checks.next(snapshot.checks),
		]) {
			log[level](message, fields);
		}
	};

	if (store.snapshot) {
		say(store.snapshot);
	}

	store.subscribe(say);
}

/** Says what of the configuration works but should be mended. */
export function logWarnings(log: Pick<KeptLog, 'warn'>, warnings: Loaded['warnings']): void {
	for (const warning of warnings) {
		log.warn('configuration', {warning});
	}
}

/** Says what a painter threw, once and not for every picture. */
export function painterErrors(log: Pick<KeptLog, 'error'>): (error: unknown) => void {
	let last: string | undefined;

	return error => {
		const trace = error instanceof Error ? error.stack : String(error);

		if (trace !== last) {
			last = trace;
			log.error('a panel failed', {trace});
		}
	};
}

/** Begins to write, soon after the first picture. */
export function writeLogSoon(log: KeptLog, {clock}: Io): void {
	clock.wake(loadAfter, () => log.start());
}

/** Says how the program ends, and writes everything that is not written yet. */
export async function logEnd(log: KeptLog, outcome: Outcome): Promise<void> {
	log.info('end', outcome);
	await log.close(closeWait);
}
