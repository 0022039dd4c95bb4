import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {createConnection} from 'mysql2/promise';
import {afterAll, describe, expect, onTestFinished, test} from 'vitest';
import {mysql} from '../../src/checks/mysql.js';
import {answerOf, askOnce, checkOf, descriptors, hangingAnswer} from '../helpers/ask.js';
import {folder} from '../helpers/folder.js';
import {freePort} from '../helpers/listening.js';
import {type MariaDb, mariaDbPrograms, startMariaDb} from '../helpers/mariadb.js';
import {testWith} from '../helpers/outside.js';

const testServer = testWith(...mariaDbPrograms);
const password = 'geheim-42';
const login = {user: 'monitor', password};
let starting: Promise<MariaDb> | undefined;

afterAll(async () => {
	await (await starting)?.stop();
});

/** One server for all tests here, of as few connections as MariaDB allows: ten. */
function server(): Promise<MariaDb> {
	starting ??= start();
	return starting;
}

async function start(): Promise<MariaDb> {
	const mariaDb = await startMariaDb('--max-connections=1', '--extra-max-connections=1');
	await mariaDb.sql(`CREATE USER monitor@'%' IDENTIFIED BY '${password}'`, "GRANT SELECT ON *.* TO monitor@'%'");
	return mariaDb;
}

async function failureOf(options: object) {
	const {port} = await server();
	return (await answerOf(mysql, {port, ...login, ...options})).failure;
}

const critical = (reason: string) => ({status: 'critical', reason});
const late = (reason: string) => ({...critical(`no answer in 300 ms: ${reason}`), isTimeout: true});

describe('a real server', () => {
	testServer('does not accept the password', async () => {
		expect(await failureOf({password: 'wrong'})).toEqual(critical('password not accepted for monitor'));
		expect(await failureOf({password: undefined})).toEqual(critical('no password given for monitor'));
		expect(await failureOf({user: 'no\x1body', password})).toEqual(critical('password not accepted for no\\x1body'));
	});

	testServer('has no such database, or not for this user', async () => {
		expect(await failureOf({database: 'nothing'})).toEqual(critical("no database 'nothing'"));
		await (await server()).sql(`CREATE USER small@'%' IDENTIFIED BY '${password}'`);
		const small = {user: 'small', database: 'mysql'};
		expect(await failureOf(small)).toEqual(critical("small may not use database 'mysql'"));
	});

	testServer('has an account that is locked, or out of date', async () => {
		const {sql} = await server();
		await sql(`CREATE USER locked@'%' IDENTIFIED BY '${password}' ACCOUNT LOCK`);
		await sql(`CREATE USER old@'%' IDENTIFIED BY '${password}' PASSWORD EXPIRE`);
		expect(await failureOf({user: 'locked'})).toEqual(critical('account locked is locked'));
		expect(await failureOf({user: 'old'})).toEqual(critical('password of old has expired'));
		await sql('SET GLOBAL disconnect_on_expired_password = 1');
		expect(await failureOf({user: 'old'})).toEqual(critical('password of old has expired'));
	});

	testServer('has all its connections in use', async () => {
		const {port} = await server();
		const held = [];

		for (let one = 0; one < 10; one++) {
			held.push(await createConnection({port, ...login}));
		}

		try {
			expect(await failureOf({})).toEqual(critical('all connections of the server are in use'));
		} finally {
			await Promise.all(held.map(connection => connection.end()));
		}
	});

	testServer('is told to kill the connection in the middle of the query', async () => {
		const {sql} = await server();
		const asked = failureOf({query: 'SELECT SLEEP(30)'});
		await sql(`KILL ${await sleeper()}`);
		expect(await asked).toEqual(critical('connection lost in the middle of the query'));
	});

	testServer('is told to kill the query alone', async () => {
		const {sql} = await server();
		const asked = failureOf({query: 'SELECT 1 FROM (SELECT SLEEP(30)) AS s'});
		await sql(`KILL QUERY ${await sleeper()}`);
		expect(await asked).toEqual(critical('query failed: Query execution was interrupted'));
	});

	testServer('dies in the middle of the query', async () => {
		const {halt, restart} = await server();
		const asked = failureOf({query: 'SELECT SLEEP(30)'});
		await sleeper();
		await halt();
		expect(await asked).toEqual(critical('connection lost in the middle of the query'));
		await restart();
		expect(await failureOf({})).toBeUndefined();
	});

	testServer('takes too long for the query', async () => {
		const {port} = await server();
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login, query: 'SELECT SLEEP(2)'});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('query still running'));
	});

	testServer('is stopped in its tracks', async () => {
		const {port, pause, resume} = await server();
		pause();
		onTestFinished(resume);
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('connected, then silent'));
	});

	testServer('answers with a row that is too long', async () => {
		const {port} = await server();
		const reason = `127.0.0.1:${port} answers with more than 1 MiB at once`;
		expect(await failureOf({query: "SELECT REPEAT('x', 2000000)"})).toEqual(critical(reason));
	});

	testServer('repeats the password', async () => {
		const failure = await failureOf({query: `SELECT \`${password}\``});
		expect(failure).toEqual(critical("query failed: Unknown column '[secret]' in 'SELECT'"));
	});

	testServer('leaves nothing open after many questions', async () => {
		const {port} = await server();
		const asks = await Promise.all(
			[
				{query: 'SELECT 1'},
				{password: 'wrong'},
				{query: 'nonsense'},
				{query: 'SELECT seq FROM mysql.seq_1_to_1000'},
			].map(options => checkOf(mysql, {port, ...login, ...options})),
		);
		await Promise.all(asks.map(ask => askOnce(ask)));
		await setImmediate();
		const before = descriptors();

		for (let round = 0; round < 20; round++) {
			await Promise.all(asks.map(ask => askOnce(ask)));
		}

		await expect.poll(descriptors).toBeLessThanOrEqual(before);
	});
});

/** Who sleeps in the server, as soon as somebody does. */
async function sleeper(): Promise<unknown> {
	const {sql} = await server();
	const query = "SELECT id FROM information_schema.processlist WHERE user = 'monitor' AND state = 'User sleep'";
	await expect.poll(() => sql(query), {timeout: 10_000}).toHaveLength(1);
	return (await sql(query))[0]?.['id'];
}

test('nobody listens', async () => {
	const port = await freePort();
	const {failure} = await answerOf(mysql, {port, ...login});
	expect(failure).toEqual(critical(`refused on 127.0.0.1:${port}`));
});

test('there is no socket', async () => {
	const socket = join(folder(), 'mysqld.sock');
	expect((await answerOf(mysql, {socket, ...login})).failure).toEqual(critical(`no socket ${socket}`));
});
