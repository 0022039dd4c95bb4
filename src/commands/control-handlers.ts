import {notifierText} from '../core/alerts/alert-words.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Handlers} from '../engine/control-server.js';
import {RequestError} from '../engine/control-server.js';
import type {Engine} from '../engine/engine.js';
import type {Act} from '../engine/engine-records.js';
import type {KeptLog} from '../engine/log.js';
import {type Requester, requesterText} from '../engine/requester.js';
import {JournalError} from '../journal/journal-error.js';
import type {FollowedConfig} from './follow-config.js';
import type {Io} from './io.js';
import type {Resident} from './resident.js';
import {within} from './within.js';

/** A disk that takes longer to keep who did what does not answer, ms. */
const recordWithin = 2000;

/** What a screen may say for the log of its engine; more is cut by the log itself. */
const logLevels = ['info', 'warn', 'error'] as const;

export type Controlled = {
	readonly engine: Engine;
	readonly log: KeptLog;
	readonly io: Io;
	readonly root: string;
	readonly directory: string;
	readonly config: Pick<FollowedConfig, 'reload' | 'file'>;
	/** Ends the engine, soon; who wanted it. */
	readonly stop: (by: Safe) => void;
};

/** What can be asked of an engine on its control socket. */
export function controlHandlers(controlled: Controlled): (resident: Resident) => Handlers {
	return resident => ({
		status: async () => statusOf(controlled, resident),
		reload: async (_, by) => reload(controlled, resident, by),
		stop: async (_, by) => stop(controlled, resident, by),
		log: async (args, by) => log(controlled, args, by),
	});
}

function statusOf({engine, io, root, directory, config}: Controlled, {since, viewers, journal}: Resident): object {
	const {snapshot} = engine.store;
	return {
		pid: io.pid,
		version: io.version,
		since: new Date(since).toISOString(),
		host: snapshot?.host,
		root,
		stateDirectory: directory,
		configuration: config.file,
		viewers: viewers.viewers,
		journal: journal.summary,
		acts: journal.book.acts,
		lastReadingAt: snapshot && new Date(snapshot.at).toISOString(),
		readings: snapshot?.sequence,
		cpuPercent: snapshot?.series.get('self.cpu'),
		memoryBytes: snapshot?.series.get('self.memory'),
		problems: snapshot ? problemsOf(snapshot) : [],
	};
}

/** What cannot be read, and ways to tell people that do not work. */
function problemsOf({problems, notifiers, at}: Snapshot): readonly object[] {
	const untold = notifiers
		.filter(({state}) => state !== 'well')
		.map(notifier => ({
			area: 'notify',
			source: safe`notifier ${notifier.name}`,
			reason: notifierText(notifier, at),
		}));
	return [...problems.map(({area, source, reason}) => ({area, source, reason})), ...untold];
}

async function reload(controlled: Controlled, resident: Resident, by: Requester): Promise<object> {
	const answer = await controlled.config.reload();
	const isRefused = 'problem' in answer;
	const recorded = await record(controlled, resident, {what: 'reload', by, result: isRefused ? 'refused' : 'done'});

	if (isRefused) {
		throw new RequestError('refused', answer.problem);
	}

	return {configuration: answer.file ?? null, recorded};
}

async function stop(controlled: Controlled, resident: Resident, by: Requester): Promise<object> {
	const recorded = await record(controlled, resident, {what: 'stop', by, result: 'done'});
	controlled.stop(requesterText(by));
	return {recorded};
}

type Told = {readonly what: Act['what']; readonly by: Requester; readonly result: 'done' | 'refused'};

/**
 * Who did what: in the log, and on disk before it is answered.
 * @returns false when it is not on disk, since that is broken or does not answer: that keeps nobody from stopping an engine.
 */
async function record({log, io}: Controlled, {journal}: Resident, {what, by, result}: Told): Promise<boolean> {
	const who = requesterText(by);
	log.info(`engine ${what}`, {by: who, result});

	try {
		const added = journal.add({kind: 'act', at: io.clock.wall(), what, by: who, result: safeText(result)});
		return await within(io.clock, recordWithin, added);
	} catch (error) {
		// It ends, and its journal has ended: to stop it is done already, anything else would be forgotten.
		if (error instanceof JournalError && error.code === 'CLOSED' && what !== 'stop') {
			throw new RequestError('stopping', 'the engine is being stopped');
		}

		log.error('what was done is not in the journal', {reason: String(error)});
		return false;
	}
}

/** What an attached screen did by itself, such as sending a signal: the log is ours. */
function log(
	controlled: Controlled,
	{level, message, fields}: Readonly<Record<string, unknown>>,
	by: Requester,
): object {
	const name = logLevels.find(one => one === level);

	if (name === undefined || typeof message !== 'string' || typeof fields !== 'object' || fields === null) {
		throw new RequestError('bad-request', "'log' needs a level (info, warn, error), a message and fields");
	}

	const told = Object.entries(fields)
		.slice(0, 20)
		.map(([key, value]) => [key, typeof value === 'number' || typeof value === 'boolean' ? value : String(value)]);
	controlled.log[name](safeText(message), {...Object.fromEntries(told), by: requesterText(by)});
	return {};
}
