import {idOf, nameOf} from '../core/accounts.js';
import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {orAbort} from '../core/or-abort.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import {loadPattern, type Matches} from './pattern.js';
import {anotherText, isDead, type PidMemory, processOf} from './pid-file.js';
import type {Command} from './process-details.js';
import {type ProcessList, processListOf, type SeenProcess} from './process-list.js';
import {fits, type ProcessMatch, type Wanted} from './process-match.js';

/** What is running of what is looked for. */
export type Sight = {
	readonly running: readonly SeenProcess[];
	/** When they were read, monotonic, ms. */
	readonly readAt: number;
	/** Those that have ended, and only wait for their parents to look at them. */
	readonly zombies: number;
	/** Whose command lines cannot be read now. */
	readonly unread: number;
	/** Why there is none, where more is known of it than that. */
	readonly reason: Safe | undefined;
	/** The oldest one's. */
	readonly user: Safe | undefined;
	/** There may be others that are kept from us. */
	readonly isHiding: boolean;
};

/** More than passwd(5) has, bytes. */
const longest = 1 << 20;

/** Looks for the same processes again and again. */
export class Search {
	readonly #match: ProcessMatch;
	readonly #known = new WeakMap<Command, boolean>();
	readonly #memory: PidMemory = {last: undefined};
	#matches: Matches | undefined;

	constructor(match: ProcessMatch) {
		this.#match = match;
	}

	/** @throws {Failed} or the system's error. */
	async look(attempt: Attempt): Promise<Sight> {
		const {host, signal, now} = attempt.context;
		const {pattern, user, pidFile} = this.#match;
		this.#matches ??= pattern === undefined ? undefined : await loadPattern(pattern);
		attempt.waiting = safe`/etc/passwd does not answer`;
		const users = await orAbort(
			host.readAside('/etc/passwd', longest).catch(() => ''),
			signal,
		);
		const wanted = {match: this.#match, matches: this.#matches, user: numberOf(user, users), known: this.#known};
		const list = processListOf(host);

		try {
			const seen = pidFile === undefined ? await all(list, now) : await this.#named(attempt, pidFile, list);
			const found = chosen(seen, wanted, list, host);
			const [oldest] = found.running.toSorted((a, b) => a.startTicks - b.startTicks);
			const owner = oldest && list.userOf(oldest, now());
			return {...found, user: owner === undefined ? undefined : safeBytes(nameOf(users, owner) ?? String(owner))};
		} catch (error) {
			throw signal.aborted ? error : asUnknown(error);
		}
	}

	async #named(attempt: Attempt, path: string, list: ProcessList): Promise<Seen> {
		const named = await processOf(attempt, path, list, this.#memory);
		const at = attempt.context.now();
		return named.process
			? {all: [named.process], at, isHiding: false, path, doubt: named.doubt}
			: {all: [], at, ...named};
	}
}

/** What there is to choose from. */
type Seen = {
	readonly all: readonly SeenProcess[];
	readonly at: number;
	readonly isHiding: boolean;
	readonly reason?: Safe;
	/** The pid file that named it, and why it may have meant another one. */
	readonly path?: string;
	readonly doubt?: Safe | undefined;
};

async function all(list: ProcessList, now: () => number): Promise<Seen> {
	return {...(await list.read(now)), isHiding: list.isHiding};
}

function chosen(
	{all, at, isHiding, reason, path, doubt}: Seen,
	wanted: Wanted,
	list: ProcessList,
	host: Host,
): Omit<Sight, 'user'> {
	// Our own command line has in it what is looked for, when it was given to us there.
	const own = wanted.match.exact === undefined && !wanted.matches ? undefined : ownPid(host);
	const judged = all.filter(({pid}) => pid !== own).map(process => ({process, isFit: fits(process, wanted, list, at)}));
	const fitting = judged.filter(({isFit}) => isFit === true).map(({process}) => process);
	const running = fitting.filter(process => !isDead(process));
	const [named] = path === undefined ? [] : all;

	if (doubt !== undefined && running.length > 0) {
		throw new Failed({status: 'unknown', reason: doubt});
	}

	return {
		running,
		readAt: at,
		zombies: fitting.length - running.length,
		unread: judged.filter(({isFit}) => isFit === 'unknown').length,
		reason: named && path !== undefined && fitting.length === 0 ? anotherText(named, path) : reason,
		isHiding,
	};
}

function ownPid(host: Host): number {
	try {
		return Number(host.readlink(host.ownProcess));
	} catch {
		// Of another root, where none is ours.
		return Number.NaN;
	}
}

/** The number of a user. */
function numberOf(user: string | number | undefined, users: string): number | undefined {
	const id = typeof user === 'string' ? idOf(users, user) : user;

	if (user !== undefined && id === undefined) {
		const reason = safe`not asked: no user ${safeText(String(user))} is known on this machine: write the number`;
		throw new Failed({status: 'unknown', reason});
	}

	return id;
}

/** What the system says of /proc is never the fault of who is looked for. */
function asUnknown(error: unknown): unknown {
	const code = codeOf(error);
	return code === undefined || error instanceof Failed
		? error
		: new Failed({status: 'unknown', reason: safe`not asked: /proc cannot be read (${safeText(code)})`});
}
