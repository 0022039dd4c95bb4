import {readFileSync, readlinkSync} from 'node:fs';
import {userInfo} from 'node:os';
import {isatty} from 'node:tty';
import {type Decode, number, object, optional, refuse, shown} from '../core/decode.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';

/** Who asks an engine for something: what a client says of itself, and what could be checked of it. */
export type Requester = {
	readonly user: Safe;
	readonly uid: number;
	/** Without `/dev/`: `pts/3`. */
	readonly terminal?: Safe;
	readonly pid: number;
	/** The address that the user came from, if over SSH. */
	readonly from?: Safe;
	/** The process of that pid belonged to that uid when the request came. Node cannot ask the socket itself (SO_PEERCRED of unix(7)). */
	readonly isVouched: boolean;
};

/** What is sent. */
type Claim = Omit<Requester, 'isVouched'>;

/** Longest texts that are kept of a requester, UTF-16 units: they stand in every line of the log that tells of it. */
const longest = 100;

const whole: Decode<number> = (json, path) => {
	const value = number(json, path);
	return Number.isSafeInteger(value) && value >= 0 ? value : refuse(path, 'a whole number', json);
};

const word: Decode<Safe> = (json, path) => safeText(shown(json, path).slice(0, longest));

const decodeClaim = object<Claim>({
	user: word,
	uid: whole,
	terminal: optional(word),
	pid: whole,
	from: optional(word),
});

/** Who we are, for being sent. */
export function requesterHere({
	pid,
	env,
}: {
	readonly pid: number;
	readonly env: Readonly<Record<string, string | undefined>>;
}): Requester {
	const terminal = terminalHere();
	// "client IP address, client port number, server IP address, and server port number" (ssh(1)).
	const from = env['SSH_CONNECTION']?.split(' ')[0];
	return {
		...userHere(),
		...(terminal && {terminal}),
		pid,
		...(from && {from: safeText(from)}),
		isVouched: false,
	};
}

/**
 * A requester as it came from outside. The uid is that of its process where there is one: `isVouched` tells that it is what the
 * client said.
 * @throws {ParseError}
 */
export const requester: Decode<Requester> = (json, path) => {
	const claim = decodeClaim(json, path);
	const uid = uidOf(claim.pid);
	return {...claim, uid: uid ?? claim.uid, isVouched: uid === claim.uid};
};

/** `deploy (uid 1000) on pts/3, pid 4242, from 10.0.0.7`; what could not be checked says so. */
export function requesterText({user, uid, terminal, pid, from, isVouched}: Requester): Safe {
	return joinSafe(
		[
			terminal ? safe`${user} (uid ${uid}) on ${terminal}` : safe`${user} (uid ${uid})`,
			safe`pid ${pid}`,
			...(from ? [safe`from ${from}`] : []),
			...(isVouched ? [] : [safe`by its own account`]),
		],
		safe`, `,
	);
}

/** Real uid of a process; undefined when there is none, or none that we may see. */
function uidOf(pid: number): number | undefined {
	try {
		const uid = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
		return uid === undefined ? undefined : Number(uid);
	} catch {
		return undefined;
	}
}

function userHere(): {user: Safe; uid: number} {
	try {
		const {username, uid} = userInfo();
		return {user: safeText(username), uid};
	} catch {
		// Containers run under ids that have no name.
		return {user: safe`unknown`, uid: process.getuid?.() ?? 0};
	}
}

function terminalHere(): Safe | undefined {
	try {
		return isatty(0) ? safeText(readlinkSync('/proc/self/fd/0').replace(/^\/dev\//, '')) : undefined;
	} catch {
		return undefined;
	}
}
