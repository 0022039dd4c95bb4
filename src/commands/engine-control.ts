import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import {boolean, list, number, object, optional, shown} from '../core/decode.js';
import {ConfigError, ParseError, UserError} from '../core/errors.js';
import {bytes, percentTenths, span} from '../core/format.js';
import {type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import {askEngine, askToEnd, type NoAnswer, NoEngine} from '../engine/control-client.js';
import {isOfSomebody, readLockNote} from '../engine/engine-lock.js';
import {machineWidePlaces, placesIn} from '../engine/socket-places.js';
import {isExplicit} from './find-engine.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {placesFor, stateDirectoryFor} from './residence.js';

type EngineVerb = 'status' | 'stop' | 'reload';

/** As much of its surroundings as it needs. */
type Surroundings = Pick<Io, 'env' | 'clock' | 'pid' | 'version'> & {readonly stdout: NodeJS.WritableStream};

export type EngineOptions = GlobalOptions & {readonly json?: boolean};

/** A busy machine may take so long to answer, ms. */
const answerWithin = 5000;

/** An engine that was told to stop writes what it has within this, ms. */
const stopWithin = 5000;

type Status = {
	readonly host?: Safe | undefined;
	readonly version: Safe;
	readonly pid: number;
	readonly since: Safe;
	readonly root: Safe;
	readonly stateDirectory: Safe;
	readonly configuration?: Safe | undefined;
	readonly viewers: number;
	readonly journal: {readonly state: Safe; readonly bytes: number};
	readonly lastReadingAt?: Safe | undefined;
	readonly cpuPercent?: number | undefined;
	readonly memoryBytes?: number | undefined;
	readonly problems: readonly {readonly source: Safe; readonly reason: Safe}[];
};

const decodeStatus = object<Status>({
	host: optional(shown),
	version: shown,
	pid: number,
	since: shown,
	root: shown,
	stateDirectory: shown,
	configuration: optional(shown),
	viewers: number,
	journal: object<Status['journal']>({state: shown, bytes: number}),
	lastReadingAt: optional(shown),
	cpuPercent: optional(number),
	memoryBytes: optional(number),
	problems: list(object<Status['problems'][number]>({source: shown, reason: shown})),
});

const decodeReloaded = object<{configuration: Safe | undefined; recorded?: boolean}>({
	recorded: optional(boolean),
	configuration: (json, path) => (json === null ? undefined : shown(json, path)),
});

/**
 * Asks the engine that runs, and prints what it answers: `stop` waits until it has gone.
 * @throws {UserError} when there is none, it gives no answer or does not do it; {ConfigError} for a configuration that it does not take.
 */
export async function engineControl(verb: EngineVerb, options: EngineOptions, io: Surroundings): Promise<Outcome> {
	const candidates = await candidatesFor(options, io);

	for (const {control, directory} of candidates) {
		try {
			await print(io.stdout, await textOf(verb, control, options, io));
			return {code: 0};
		} catch (error) {
			if (error instanceof ParseError) {
				throw new UserError(`the engine answered what this healthtop does not understand: ${error.message}`);
			}

			if (!(error instanceof NoEngine)) {
				throw error;
			}

			if (error.why.kind !== 'none') {
				throw await problemOf(verb, error, {control, directory});
			}
		}
	}

	const directory = candidates.at(-1)?.directory ?? machineWidePlaces.directory;
	throw new UserError(`no engine runs for '${directory}'; 'healthtop run' starts one`);
}

type Candidate = {readonly control: string; readonly directory: string};

/** Where an engine may listen, in the order in which to ask: that of the machine unless one was named, then that of the state directory. */
async function candidatesFor(options: GlobalOptions, io: Surroundings): Promise<readonly Candidate[]> {
	const machine = {control: machineWidePlaces.control, directory: machineWidePlaces.directory};
	const first = isExplicit(options, io) ? [] : [machine];
	const place = stateDirectoryFor(options, io);

	if (!place) {
		return first;
	}

	const directory = resolve(place.path);
	const note = await readLockNote(directory);
	const usual = placesFor(directory, io);
	if ('problem' in usual && isOfSomebody(note)) {
		throw new UserError(`the engine (pid ${note?.pid}) has no sockets: ${usual.problem}`);
	}

	// A note may be of one that was killed, and the one that runs may have had no room to write its own.
	const controls = [
		...(note?.sockets === undefined ? [] : [placesIn(note.sockets, false).control]),
		...('problem' in usual ? [] : [usual.control]),
	];
	return [...first, ...[...new Set(controls)].map(control => ({control, directory}))];
}

async function textOf(verb: EngineVerb, control: string, {json}: EngineOptions, io: Surroundings): Promise<string> {
	if (verb === 'stop') {
		const hasEnded = await askToEnd(control, {do: verb}, io, {within: answerWithin, endsWithin: stopWithin});

		if (!hasEnded) {
			throw new UserError(`the engine was told to stop, and still runs after ${stopWithin / 1000} s`);
		}

		return json ? `${JSON.stringify({stopped: true})}\n` : 'the engine has stopped\n';
	}

	const result = await askEngine(control, {do: verb}, io, answerWithin);

	if (json) {
		return `${JSON.stringify(harmless(result), null, 2)}\n`;
	}

	if (verb === 'status') {
		return statusText(decodeStatus(result, 'status'), io.clock.wall());
	}

	const {configuration, recorded = true} = decodeReloaded(result, 'reload');
	const read =
		configuration === undefined
			? 'the engine runs with the usual values: there is no configuration file'
			: `the engine has read '${configuration}'`;
	return `${read}${recorded ? '' : '; that you asked for it is not in its journal, which cannot be written'}\n`;
}

/** Rows of a name and a value, aligned. `now` is the wall clock, ms. */
function statusText(status: Status, now: number): string {
	const {journal, problems} = status;
	const rows: readonly (readonly [name: string, value: Safe | number])[] = [
		['host', status.host ?? safe`not read yet`],
		['version', status.version],
		['pid', status.pid],
		['since', withAge(status.since, now)],
		['root', status.root],
		['state directory', status.stateDirectory],
		...(status.configuration === undefined ? [] : [['configuration', status.configuration] as const]),
		['screens', status.viewers],
		['journal', safe`${journal.state}, ${trimSafe(bytes(journal.bytes))}`],
		['last reading', status.lastReadingAt === undefined ? safe`none yet` : withAge(status.lastReadingAt, now)],
		['cpu', percentTenths(status.cpuPercent)],
		['memory', bytes(status.memoryBytes)],
		...(problems.length === 0 ? [['problems', safe`none`] as const] : []),
		...problems.map(({source, reason}) => ['problem', safe`${source}: ${reason}`] as const),
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `${name.padEnd(width)}  ${String(value).trim()}\n`).join('');
}

function withAge(moment: Safe, now: number): Safe {
	const at = Date.parse(moment);
	return Number.isNaN(at) ? moment : safe`${moment}, ${span((now - at) / 1000)} ago`;
}

/** The same JSON with no text in it that does something to a terminal: JSON itself lets DEL and what turns the direction through. */
function harmless(json: unknown): unknown {
	if (typeof json === 'string') {
		return safeText(json);
	}

	if (Array.isArray(json)) {
		return json.map(harmless);
	}

	if (typeof json === 'object' && json !== null) {
		return Object.fromEntries(Object.entries(json).map(([key, value]) => [safeText(key), harmless(value)]));
	}

	return json;
}

/** What to tell the user of an engine that is there and did not do it. */
async function problemOf(verb: EngineVerb, {why, message}: NoEngine, candidate: Candidate): Promise<UserError> {
	switch (why.kind) {
		case 'silent':
			return new UserError(await silenceOf(why, candidate.directory));
		case 'forbidden':
			return new UserError(
				`the engine of '${candidate.directory}' is commanded by root and ${ownerOf(candidate.control)} only`,
			);
		case 'refused':
			// The engine has one word for a configuration that it does not take.
			return verb === 'reload' && why.code === 'refused' ? new ConfigError(message) : new UserError(message);
		case 'none':
		case 'broken':
		case 'other-protocol':
			return new UserError(message);
	}
}

async function silenceOf({pid: greeted}: NoAnswer & {kind: 'silent'}, directory: string): Promise<string> {
	const note = await readLockNote(directory);
	const pid = greeted ?? note?.pid;
	const who = pid === undefined ? '' : ` (pid ${pid}${note?.pid === pid ? `, since ${isoOf(note.since)}` : ''})`;
	return `the engine of '${directory}'${who} gave no answer for ${answerWithin / 1000} s: it is stopped, or hangs`;
}

function isoOf(at: number): string {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}

/** Whose socket it is, as far as we may see. */
function ownerOf(path: string): string {
	try {
		return `its owner (uid ${statSync(path).uid})`;
	} catch {
		return 'its owner';
	}
}
