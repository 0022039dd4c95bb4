import type {Loaded} from '../config/config.js';
import {didYouMean} from '../core/did-you-mean.js';
import {UserError} from '../core/errors.js';
import {worstOf} from '../core/judge-check.js';
import {safe, safeText} from '../core/safe.js';
import type {Run} from '../engine/ask-once.js';
import {CheckAll} from '../engine/check-all.js';
import type {PlannedCheck} from '../engine/planned-check.js';
import {Scheduler} from '../engine/scheduler.js';
import {type AskedCheck, type CheckReport, exitCodes} from '../report/check-report.js';
import {checkText} from '../report/check-text.js';
import {hostOf, isOurs} from './host-of.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {plannedChecks} from './planned-checks.js';

export type CheckOptions = GlobalOptions & {readonly json?: boolean};

/** Checks that ask at once: a program that has just begun is slow, and many at once would measure that. */
const mostSockets = 8;

/** Between two questions to one and the same, where a rate is wanted, ms. */
const betweenTwo = 1000;

/**
 * Asks every check once, or those that are named, and prints what a Nagios plug-in would. Whatever goes wrong is 3 (unknown), a
 * configuration that cannot be used and a bug of ours included. Nothing is kept, told or restarted.
 */
export async function check(names: readonly string[], options: CheckOptions, io: Io): Promise<Outcome> {
	io.failCode = exitCodes.unknown;
	const stopped = stopping(io);

	try {
		const report = await reportOf(names, options, io, stopped);
		// What was given up says nothing of the services.
		return stopped.aborted ? {signal: stopped.reason} : await printed(report, options, io);
	} catch (error) {
		if (error instanceof UserError) {
			const problem = {lines: error.message.split('\n').map(safeText)};
			return printed({status: 'unknown', checks: [], levels: [], problem}, options, io);
		}

		throw error;
	}
}

/** Programs that checks have started have a session of their own, and would go on without us: they are ended first. */
function stopping({onSignal}: Io): AbortSignal {
	const controller = new AbortController();

	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		onSignal(signal, () => controller.abort(signal));
	}

	return controller.signal;
}

async function printed(report: CheckReport, {json}: CheckOptions, io: Io): Promise<Outcome> {
	try {
		await print(io.stdout, json ? (await import('../report/check-json.js')).checkJson(report) : checkText(report));
		return {code: exitCodes[report.status]};
	} catch (error) {
		if (error instanceof UserError) {
			io.stderr.write(`healthtop: ${error.message}\n`);
			return {code: exitCodes.unknown};
		}

		throw error;
	}
}

async function reportOf(
	names: readonly string[],
	options: CheckOptions,
	io: Io,
	stopped: AbortSignal,
): Promise<CheckReport> {
	if (!isOurs(options.root)) {
		throw new UserError('checks ask the services of this machine: leave --root out');
	}

	const loaded = await loadedConfigOf(options, io);
	const planned = chosen(loaded, names);
	const checks = await asked(planned, loaded, {options, io, stopped});
	// Afterwards: what this loads would be in the times of the checks.
	const levels = names.length > 0 || stopped.aborted ? [] : await levelsNow(loaded, options, io);
	const problem = planned.length === 0 ? noChecks(loaded) : undefined;
	const statuses = [...checks.map(({judgement}) => judgement.status), ...levels.map(({status}) => status)];
	return {status: worstOf([...statuses, ...(problem ? ['unknown' as const] : [])]), checks, levels, problem};
}

function noChecks({file}: Loaded): CheckReport['problem'] {
	const where = file === undefined ? safe`no configuration was found` : safe`${safeText(file)} has no checks`;
	return {lines: [safe`${where}; 'healthtop config init' writes some`]};
}

/** Those that are named, in that order; all of them where none is. */
function chosen({config, secrets}: Loaded, names: readonly string[]): readonly PlannedCheck[] {
	const known = config.checks.map(({name}) => name);
	const unknown = names.find(name => !known.includes(name));

	if (unknown !== undefined) {
		const meant = didYouMean(unknown, known);
		const instead = meant === undefined ? `there are: ${known.join(', ') || 'none'}` : `did you mean '${meant}'?`;
		throw new UserError(safeText(`no check '${unknown}'; ${instead}`));
	}

	const configs = names.length === 0 ? config.checks : config.checks.filter(({name}) => names.includes(name));
	return plannedChecks(configs, secrets);
}

type Around = {readonly options: CheckOptions; readonly io: Io; readonly stopped: AbortSignal};

async function asked(
	planned: readonly PlannedCheck[],
	{config: {concurrency}}: Loaded,
	{options, io: {clock}, stopped}: Around,
): Promise<readonly AskedCheck[]> {
	const around = {host: hostOf(options), clock, scheduler: new Scheduler(clock)};
	const few = {...concurrency, sockets: Math.min(concurrency.sockets, mostSockets)};
	const all = new CheckAll({checks: planned, concurrency: few}, around);
	stopped.addEventListener('abort', () => all.stop());
	let runs = await all.askAll();

	if (runs.some(lacksRates) && !stopped.aborted) {
		await new Promise<void>(resolve => clock.wake(betweenTwo, resolve));
		runs = await all.askAll(lacksRates);
	}

	all.stop();
	return runs.map(({check: {name, type, hide}, run: {answer, judgement}}) => ({name, type, hide, answer, judgement}));
}

/** True where a level is compared with a rate that one look does not give. */
function lacksRates({check: {criteria}, run: {answer}}: {check: PlannedCheck; run: Run}): boolean {
	const isLacking = [...criteria.levels.keys()].some(name => answer.measures?.[name] === undefined);
	return answer.isFirst === true && isLacking;
}

async function levelsNow({config}: Loaded, options: CheckOptions, io: Io) {
	const {machineLevels} = await import('./machine-levels.js');
	return machineLevels(config, options, io);
}
