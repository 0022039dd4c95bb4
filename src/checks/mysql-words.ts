import type {Failure} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {WireError} from './mysql-wire.js';

/** What was under way. */
export type MysqlPhase = 'login' | 'ping' | 'query' | 'status';

/** What words are made of. */
export type MysqlWords = {
	/** Where it goes. */
	readonly target: Safe;
	readonly user: string;
	readonly hasPassword: boolean;
	readonly database: string | undefined;
	/** Takes the password out of what the server says. */
	readonly redact: Redact;
};

/** So much is shown of what a server says, characters. */
const mostWords = 160;

/** ER_MUST_CHANGE_PASSWORD: some servers let somebody in all the same, and then answer nothing else. */
const expired = 1820;

type Words = (words: {readonly user: Safe; readonly database: Safe; readonly hasPassword: boolean}) => Safe;

/** By the server's error numbers (MySQL's and MariaDB's): why it lets nobody in. */
const loginWords: Readonly<Record<number, Words>> = {
	1040: () => safe`all connections of the server are in use`,
	1044: ({user, database}) => safe`${user} may not use database '${database}'`,
	1045: passwordWords,
	1049: ({database}) => safe`no database '${database}'`,
	1053: () => safe`the server is shutting down`,
	1129: () => safe`the server blocks this machine: too many of its connections were broken off (FLUSH HOSTS ends it)`,
	1130: () => safe`the server takes no connections from this machine`,
	1203: ({user}) => safe`all connections that ${user} may have are in use`,
	1226: ({user}) => safe`all connections that ${user} may have are in use`,
	1251: unknownWay,
	1698: passwordWords,
	[expired]: ({user}) => safe`password of ${user} has expired`,
	1862: ({user}) => safe`password of ${user} has expired`,
	3118: ({user}) => safe`account ${user} is locked`,
	3159: () => safe`the server demands TLS: set "tls": true`,
	4151: ({user}) => safe`account ${user} is locked`,
};

/** Errors with which the server ends a connection: ER_SERVER_SHUTDOWN, ER_CONNECTION_KILLED, ER_CLIENT_INTERACTION_TIMEOUT. */
const endings = new Set([1053, 1927, 4031]);

const lostWords: Readonly<Record<MysqlPhase, Safe>> = {
	login: safe`connection lost during the login`,
	ping: safe`connection lost after the login`,
	query: safe`connection lost in the middle of the query`,
	status: safe`connection lost while the server told its status`,
};

function passwordWords({user, hasPassword}: Parameters<Words>[0]): Safe {
	return hasPassword ? safe`password not accepted for ${user}` : safe`no password given for ${user}`;
}

function unknownWay({user}: Parameters<Words>[0]): Safe {
	return safe`the server wants ${user} to log in in a way that healthtop does not know`;
}

/** What mysql2 says of what the server said. */
type ServerError = {readonly errno?: unknown; readonly code?: unknown; readonly sqlMessage?: unknown};

/** What went wrong while the client was asked something, and whether the connection is over with it. */
export function mysqlFailure(
	error: unknown,
	phase: MysqlPhase,
	words: MysqlWords,
): {readonly failure: Failure; readonly isOver: boolean} {
	const {errno, code, sqlMessage} = error as ServerError;
	const critical = (reason: Safe, isOver = true) => ({failure: {status: 'critical', reason} as const, isOver});

	if (error instanceof WireError) {
		return {failure: wireFailure(error, phase, words), isOver: true};
	}

	if (typeof sqlMessage !== 'string' || typeof errno !== 'number') {
		return critical(clientWords(code, phase, words));
	}

	if (phase !== 'login' && errno !== expired) {
		const said = saidBy(sqlMessage, words);
		return endings.has(errno) ? critical(lostWords[phase]) : critical(safe`query failed: ${said}`, false);
	}

	const known = loginWords[errno]?.(shown(words));
	return critical(known ?? safe`not let in as ${safeText(words.user)}: ${saidBy(sqlMessage, words)}`);
}

function shown({user, database, hasPassword}: MysqlWords): Parameters<Words>[0] {
	return {user: safeText(user), database: safeText(database ?? ''), hasPassword};
}

function saidBy(sqlMessage: string, {redact}: MysqlWords): Safe {
	return safeText(redact(sqlMessage).slice(0, mostWords));
}

function wireFailure({kind}: WireError, phase: MysqlPhase, words: MysqlWords): Failure {
	const {target, user} = words;

	switch (kind) {
		case 'broken':
			return {status: 'critical', reason: safe`${target} does not keep to MySQL's protocol`};
		case 'long':
			return {status: 'critical', reason: safe`${target} answers with more than 1 MiB at once`};
		case 'lost':
			return {status: 'critical', reason: lostWords[phase]};
		case 'secret': {
			const reason = safe`not asked: the server wants to be told the password of ${safeText(user)}, which needs "tls": true`;
			return {status: 'unknown', reason};
		}
	}
}

/** What the client says by itself, by its codes and the system's. */
function clientWords(code: unknown, phase: MysqlPhase, words: MysqlWords): Safe {
	switch (code) {
		case 'PROTOCOL_CONNECTION_LOST':
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ETIMEDOUT':
			return lostWords[phase];
		case 'AUTH_SWITCH_PLUGIN_ERROR':
			return unknownWay(shown(words));
		case 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED':
			return safe`the server wants the password of ${safeText(words.user)} as it is, which healthtop does not tell it`;
		default:
			return safe`${words.target} does not keep to MySQL's protocol`;
	}
}
