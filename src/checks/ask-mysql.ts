import type {Ask} from '../core/check.js';
import {redactor} from '../core/redact.js';
import {safe, safeText} from '../core/safe.js';
import {type Attempt, asking, type Found} from './attempt.js';
import {Failed} from './failed.js';
import type {MysqlOptions} from './mysql.js';
import {type Client, login} from './mysql-client.js';
import {openWire} from './mysql-open.js';
import {readReplication} from './mysql-replication.js';
import {bodyOf} from './mysql-rows.js';
import {type MysqlMemory, readStatus} from './mysql-status.js';

/** Logs in, and asks what is to be asked. */
export function askMysql(options: MysqlOptions): Ask {
	const memory: MysqlMemory = {slow: undefined};
	return context => asking(context, attempt => ask(attempt, options, memory));
}

async function ask(attempt: Attempt, options: MysqlOptions, memory: MysqlMemory): Promise<Found> {
	// The bundle has no other name for a CommonJS module.
	const {createConnection} = (await import('mysql2')).default;
	attempt.begin();
	const {socket, user, database, password, tls, query} = options;
	const {wire, findings} = await openWire(attempt, options);

	if (!wire) {
		return {text: safe`not logged in`, findings};
	}

	const ownSecrets = redactor(password === undefined ? [] : [password]);
	const words = {
		target: safeText(attempt.target),
		user,
		database,
		hasPassword: password !== undefined && password !== '',
		redact: (text: string) => ownSecrets(attempt.context.hide(text)),
	};
	const isSecure = tls || socket !== undefined;
	const client = await login(attempt, wire, {...words, createConnection, password, isTls: tls, isSecure});
	const answered = await answerOf(attempt, client, query);
	attempt.waiting = safe`answered, then silent about its status`;
	const status = client.isUsable ? await statusOf(attempt, client, memory) : {text: safe`connected`};
	client.quit();
	return {...status, ...answered, ...(answered.failure && {text: safe``})};
}

async function statusOf({context}: Attempt, client: Client, memory: MysqlMemory): Promise<Found> {
	const {connections, measures, facts, isFirst} = await readStatus(client, memory, context);
	const {lag, findings} = await readReplication(client, context.hide);
	return {
		text: connections ? safe`${connections} conn` : safe`connected`,
		findings,
		measures: {...measures, ...(lag !== undefined && {lag})},
		facts,
		...(isFirst && {isFirst}),
	};
}

/** A query that the server refuses is no reason not to ask how it is. */
async function answerOf(
	attempt: Attempt,
	client: Client,
	query: string | undefined,
): Promise<Pick<Found, 'values' | 'failure'>> {
	if (query === undefined) {
		await client.ping();
		return {};
	}

	attempt.waiting = safe`query still running`;

	try {
		return {values: {BODY: bodyOf(await client.rows('query', query))}};
	} catch (error) {
		if (error instanceof Failed && client.isUsable) {
			return {failure: error.failure};
		}

		throw error;
	}
}
