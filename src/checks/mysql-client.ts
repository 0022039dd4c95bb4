import type {Connection} from 'mysql2';
import {safe} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import {collectRows, type Rows} from './mysql-rows.js';
import type {Wire} from './mysql-wire.js';
import {type MysqlPhase, type MysqlWords, mysqlFailure} from './mysql-words.js';

export type Login = MysqlWords & {
	readonly createConnection: typeof import('mysql2').createConnection;
	readonly password: string | undefined;
	readonly isTls: boolean;
	/** TLS, or a socket in the file system: the server may be told the password as it is. */
	readonly isSecure: boolean;
};

/** Logs in over a wire. @throws {Failed} or the abort. */
export async function login(attempt: Attempt, wire: Wire, options: Login): Promise<Client> {
	const {user, database, password, isTls, isSecure, createConnection} = options;
	const connection = createConnection({
		user,
		...(password !== undefined && {password}),
		...(database !== undefined && {database}),
		stream: wire,
		// It is not connected to: for the client it means that nobody listens.
		...(isSecure && {socketPath: attempt.target}),
		// The engine has the only clock.
		connectTimeout: 0,
		flags: [...(isTls ? ['SSL'] : []), '-LOCAL_FILES'],
		connectAttributes: {program_name: 'healthtop'},
		// None is used; by default there is room for 16,000 of them, made anew for each connection: half of our CPU.
		maxPreparedStatements: 1,
		// Without code that is made of the names of columns.
		disableEval: true,
		dateStrings: true,
		jsonStrings: true,
		supportBigNumbers: true,
	});
	const client = new Client(attempt, attempt.closing(connection), options);
	await attempt.stage('login', safe`connected, then no answer to the login`, () => client.connected());
	return client;
}

/** A connection that is logged in. */
export class Client {
	/** False when nothing more can be asked. */
	isUsable = true;
	readonly #attempt: Attempt;
	readonly #connection: Connection;
	readonly #words: MysqlWords;
	/** Rejects when the connection breaks, or time is up. */
	readonly #ended: Promise<never>;

	constructor(attempt: Attempt, connection: Connection, words: MysqlWords) {
		this.#attempt = attempt;
		this.#connection = connection;
		this.#words = words;
		this.#ended = new Promise((_, reject) => {
			const {signal} = attempt.context;
			connection.on('error', reject);
			signal.addEventListener('abort', () => reject(signal.reason), {once: true});
		});
		this.#ended.catch(() => {});
	}

	connected(): Promise<void> {
		return this.#answer('login', (resolve, reject) => this.#connection.connect(settled(resolve, reject)));
	}

	ping(): Promise<void> {
		this.#attempt.waiting = safe`logged in, then silent`;
		return this.#answer('ping', (resolve, reject) => this.#connection.ping(settled(resolve, reject)));
	}

	/** @throws {Failed} also when the server refuses; `isUsable` says whether it can be asked something else then. */
	async rows(phase: 'query' | 'status', sql: string): Promise<Rows> {
		const answer = await this.#answer<Rows>(phase, (resolve, reject) =>
			collectRows(this.#connection.query({sql, rowsAsArray: true}), resolve, reject),
		);
		// The rest of it is still to come.
		this.isUsable &&= !answer.isCut;
		return answer;
	}

	/** Takes leave, or the server writes into its log that somebody broke off a connection. */
	quit(): void {
		if (this.isUsable) {
			this.#connection.end();
		}
	}

	/** What the server says about itself; undefined when it refuses to. @throws {Failed} when the connection breaks. */
	async tried(sql: string): Promise<Rows | undefined> {
		try {
			return await this.rows('status', sql);
		} catch (error) {
			if (error instanceof Failed && this.isUsable) {
				return undefined;
			}

			throw error;
		}
	}

	async #answer<T>(phase: MysqlPhase, ask: (resolve: Resolve<T>, reject: Reject) => void): Promise<T> {
		this.#attempt.context.signal.throwIfAborted();

		try {
			return await Promise.race([this.#ended, new Promise<T>(ask)]);
		} catch (error) {
			this.#attempt.context.signal.throwIfAborted();
			const {failure, isOver} = mysqlFailure(error, phase, this.#words);
			this.isUsable &&= !isOver;
			throw new Failed(failure);
		}
	}
}

type Resolve<T> = (value: T) => void;
type Reject = (error: unknown) => void;

function settled(resolve: Resolve<void>, reject: Reject): (error: unknown) => void {
	return error => (error ? reject(error) : resolve());
}
