import {chmodSync, copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createConnection} from 'mysql2/promise';
import {afterAll, describe, expect, onTestFinished, test} from 'vitest';
import {mysql} from '../../src/checks/mysql.js';
import type {Answer} from '../../src/core/check.js';
import {answerOf, askOnce, checkOf} from '../helpers/ask.js';
import {type Certificate, certificates} from '../helpers/certificates.js';
import {type MariaDb, mariaDbPrograms, startMariaDb} from '../helpers/mariadb.js';
import {testWith} from '../helpers/outside.js';

const testServer = testWith(...mariaDbPrograms, 'openssl');
const password = 'geheim-42';
let starting: Promise<MariaDb> | undefined;
let tlsFolder: string | undefined;

afterAll(async () => {
	rmSync(tlsFolder ?? '', {recursive: true, force: true});
	await (await starting)?.stop();
});

/** One server for all tests here: of two users, with TLS, and ready to be a replica. */
function server(): Promise<MariaDb> {
	starting ??= start();
	return starting;
}

async function start(): Promise<MariaDb> {
	tlsFolder = mkdtempSync(join(tmpdir(), 'healthtop-mysql-tls-'));
	chmodSync(tlsFolder, 0o755);
	presented((await certificates()).valid);
	const tls = [`--ssl-cert=${join(tlsFolder, 'cert')}`, `--ssl-key=${join(tlsFolder, 'key')}`];
	const mariaDb = await startMariaDb('--server-id=2', ...tls);
	await mariaDb.sql(
		'CREATE DATABASE shop',
		'CREATE TABLE shop.orders (id INT PRIMARY KEY, name VARCHAR(4000), total DECIMAL(10,2))',
		"INSERT INTO shop.orders VALUES (1, 'tea', 1.10), (2, NULL, 20)",
		`CREATE USER monitor@'%' IDENTIFIED BY '${password}'`,
		"GRANT SELECT ON shop.* TO monitor@'%'",
		`CREATE USER admin@'%' IDENTIFIED BY '${password}'`,
		"GRANT ALL ON *.* TO admin@'%'",
		`CREATE USER careful@'%' IDENTIFIED BY '${password}' REQUIRE SSL`,
	);
	return mariaDb;
}

/** What the server sends from its next FLUSH SSL on. */
function presented({cert, key}: Certificate): void {
	copyFileSync(cert, join(tlsFolder ?? '', 'cert'));
	copyFileSync(key, join(tlsFolder ?? '', 'key'));
	chmodSync(join(tlsFolder ?? '', 'key'), 0o644);
}

async function asked(options: object): Promise<Answer> {
	const {port} = await server();
	return answerOf(mysql, {port, user: 'monitor', password, ...options});
}

testServer('logs in, and says how the server is', async () => {
	const {port} = await server();
	const answer = await asked({});
	expect(answer).toMatchObject({
		text: '1 of 151 conn',
		values: {CONNECTED: true, IP: '127.0.0.1'},
		reach: {isLoopback: true, hasConnected: true, target: `127.0.0.1:${port}`},
		findings: [],
		isFirst: true,
	});
	expect(answer.failure).toBeUndefined();
	expect(answer.values.BODY).toBeUndefined();
	expect(answer.measures).toEqual({connections: 100 / 151, threads: expect.any(Number)});
	expect(answer.stages?.map(({name}) => name)).toEqual(['name', 'connect', 'first byte', 'login', 'whole']);
	const facts = new Map(answer.facts?.map(({label, value}) => [label as string, value as string]));
	expect([...facts.keys()]).toEqual(['version', 'uptime', 'connections', 'threads running', 'read-only']);
	expect(facts.get('version')).toContain('MariaDB');
	expect([facts.get('connections'), facts.get('read-only')]).toEqual(['1 of 151', 'no']);
});

testServer('counts the connections of others', async () => {
	const {port} = await server();
	const connection = await createConnection({port, user: 'monitor', password});
	onTestFinished(() => connection.destroy());
	expect(await asked({})).toMatchObject({text: '2 of 151 conn', measures: {connections: 200 / 151}});
});

describe('the body is', () => {
	const rows: Record<string, [query: string, body: unknown]> = {
		'one value as it is': ['SELECT 42', '42'],
		'text as it is': ["SELECT 'ä?'", 'ä?'],
		'a number that is too large for one': ['SELECT 18446744073709551615', '18446744073709551615'],
		'an amount with its digits': ['SELECT total FROM orders WHERE id = 1', '1.10'],
		'a time as it is told': ["SELECT CAST('2026-11-22 03:04:05' AS DATETIME)", '2026-11-22 03:04:05'],
		'JSON as it is': ["SELECT JSON_OBJECT('status', 'UP')", '{"status": "UP"}'],
		'bytes as UTF-8': ["SELECT CAST(x'c3a4' AS BINARY(2))", 'ä'],
		'NULL by its name': ['SELECT NULL', 'NULL'],
		'one row of two columns as JSON': ['SELECT 1 AS a, NULL AS b', [{a: 1, b: null}]],
		'many rows as JSON': [
			'SELECT * FROM orders ORDER BY id',
			[
				{id: 1, name: 'tea', total: '1.10'},
				{id: 2, name: null, total: '20.00'},
			],
		],
		'no row as JSON': ['SELECT * FROM orders WHERE id = 3', []],
		'a column with a name that is taken': ['SELECT 1 AS `__proto__`, 2 AS b', JSON.parse('[{"__proto__": 1, "b": 2}]')],
		'nothing where nothing is told': ['SET @a = 1', []],
	};

	for (const [name, [query, body]] of Object.entries(rows)) {
		testServer(name, async () => {
			const {values, failure} = await asked({query, database: 'shop'});
			expect(failure).toBeUndefined();
			expect(typeof body === 'string' ? values.BODY : JSON.parse(values.BODY ?? '')).toEqual(body);
		});
	}
});

testServer('keeps 100 rows of an answer', async () => {
	const {values, text} = await asked({user: 'admin', query: 'SELECT seq FROM shop.seq_1_to_100000'});
	expect(JSON.parse(values.BODY ?? '')).toHaveLength(100);
	// The connection is closed in the middle of the answer: nothing more can be asked.
	expect(text).toBe('connected');
	expect((await asked({user: 'admin', query: 'SELECT seq FROM shop.seq_1_to_100'})).text).toBe('1 of 151 conn');
});

testServer('keeps 64 KiB of an answer', async () => {
	const {values} = await asked({user: 'admin', query: "SELECT seq, REPEAT('x', 10000) AS x FROM shop.seq_1_to_90"});
	expect(JSON.parse(values.BODY ?? '')).toHaveLength(7);
	expect((await asked({query: "SELECT REPEAT('x', 100000)"})).values.BODY).toHaveLength(64 << 10);
});

testServer('asks through a socket', async () => {
	const {socket} = await server();
	const answer = await answerOf(mysql, {socket, user: 'monitor', password, query: 'SELECT CURRENT_USER()'});
	expect(answer).toMatchObject({
		values: {CONNECTED: true, BODY: 'monitor@%'},
		reach: {isLoopback: true, target: socket},
	});
});

testServer('tells slow queries by the second from the second run on', async () => {
	const {port, sql, restart} = await server();
	const ask = await checkOf(mysql, {port, user: 'monitor', password});
	expect((await askOnce(ask)).measures).not.toHaveProperty('slowQueries');
	const quiet = await askOnce(ask);
	expect(quiet.measures).toMatchObject({slowQueries: 0});
	expect(quiet.isFirst).toBeUndefined();

	await sql('SET SESSION long_query_time = 0', 'SELECT 1', 'SELECT 1');
	expect((await askOnce(ask)).measures?.['slowQueries']).toBeGreaterThan(0);

	// A counter that went backwards says nothing.
	await restart();
	const reset = await askOnce(ask);
	expect(reset.measures).toMatchObject({threads: expect.any(Number)});
	expect(reset.measures).not.toHaveProperty('slowQueries');
	expect((await askOnce(ask)).measures).toMatchObject({slowQueries: 0});
});

testServer('tells what it knows of the server when its query is refused', async () => {
	const answer = await asked({query: 'SELECT * FROM nothing.at_all'});
	expect(answer.failure?.status).toBe('critical');
	expect(answer.failure?.reason).toMatch(/^query failed: SELECT command denied to user 'monitor'@/);
	expect(answer.measures).toMatchObject({connections: 100 / 151});
});

testServer('leaves no broken-off connection in the log of the server', async () => {
	const {sql, log} = await server();
	const before = log();
	await sql('SET GLOBAL log_warnings = 4', 'FLUSH STATUS');
	await asked({});
	await asked({query: 'SELECT 1'});
	await asked({query: 'SELECT nonsense'});
	await asked({tls: true, insecure: true});
	expect(await sql("SHOW GLOBAL STATUS LIKE 'Aborted_c%'")).toEqual([
		{Variable_name: 'Aborted_clients', Value: '0'},
		{Variable_name: 'Aborted_connects', Value: '0'},
		{Variable_name: 'Aborted_connects_preauth', Value: '0'},
	]);
	expect(log().slice(before.length)).not.toContain('Aborted connection');
});

describe('with TLS', () => {
	/** From here on the server presents another certificate. */
	async function presents(name: keyof Awaited<ReturnType<typeof certificates>>): Promise<string> {
		const {sql} = await server();
		const all = await certificates();
		presented(all[name] as Certificate);
		await sql('FLUSH SSL');
		return all.ca;
	}

	testServer('speaks it, and tells the certificate', async () => {
		const ca = await presents('valid');
		const answer = await asked({tls: true, ca, query: "SHOW STATUS LIKE 'Ssl_version'"});
		expect(JSON.parse(answer.values.BODY ?? '')).toEqual([{Variable_name: 'Ssl_version', Value: 'TLSv1.3'}]);
		expect(answer).toMatchObject({text: '1 of 151 conn', findings: [], certificate: {subject: 'localhost'}});
		expect((answer.values.CERTIFICATE_EXPIRATION ?? 0) / 86_400_000).toBeCloseTo(90.5, 0);
		const stages = ['name', 'connect', 'first byte', 'tls', 'login', 'whole'];
		expect(answer.stages?.map(({name}) => name)).toEqual(stages);
	});

	testServer('lets in who may come only with it', async () => {
		const ca = await presents('valid');
		expect((await asked({user: 'careful'})).failure?.reason).toBe('password not accepted for careful');
		expect((await asked({user: 'careful', tls: true, ca})).text).toBe('1 of 151 conn');
	});

	const wrong: [name: 'expired' | 'wrongName' | 'selfSigned', reason: string][] = [
		['expired', 'certificate expired 3 days ago'],
		['wrongName', "certificate is not for '127.0.0.1' but for 'other.example'"],
		['selfSigned', 'certificate is self-signed'],
	];

	for (const [name, reason] of wrong) {
		testServer(`logs in nowhere when the ${reason}`, async () => {
			const ca = await presents(name);
			const {sql} = await server();
			const logins = async () => (await sql("SHOW GLOBAL STATUS LIKE 'Com_show_status'"))[0]?.['Value'];
			const before = Number(await logins());
			const answer = await asked({tls: true, ca});
			expect(answer).toMatchObject({text: 'not logged in', findings: [{status: 'critical', reason}]});
			expect(answer.certificate?.subject).toBe('localhost');
			expect(Number(await logins())).toBe(before + 1);
		});
	}

	testServer('takes the name that it is told to expect', async () => {
		const ca = await presents('wrongName');
		expect((await asked({tls: true, ca, serverName: 'other.example'})).findings).toEqual([]);
	});

	testServer('logs in all the same where nobody minds, and tells when the certificate ended', async () => {
		await presents('expired');
		const answer = await asked({tls: true, insecure: true, query: 'SELECT 1'});
		expect(answer).toMatchObject({findings: [], values: {BODY: '1'}});
		expect(answer.values.CERTIFICATE_EXPIRATION).toBeLessThan(0);
	});

	testServer('works through a socket, too', async () => {
		const ca = await presents('valid');
		const {socket} = await server();
		expect((await answerOf(mysql, {socket, user: 'monitor', password, tls: true, ca})).findings).toEqual([]);
	});
});

testServer('tells how far a replica is behind, and why it stands still', async () => {
	const replica = await server();
	const source = await startMariaDb('--server-id=1', '--log-bin=binlog');
	onTestFinished(() => source.stop());
	await source.sql("CREATE USER copy@'%' IDENTIFIED BY 'copy'", "GRANT REPLICATION SLAVE ON *.* TO copy@'%'");
	const place = `MASTER_HOST='127.0.0.1', MASTER_PORT=${source.port}, MASTER_USER='copy', MASTER_PASSWORD='copy'`;
	await replica.sql(`CHANGE MASTER TO ${place}, MASTER_USE_GTID=slave_pos`, 'START SLAVE');
	onTestFinished(async () => {
		await replica.sql('STOP SLAVE', 'RESET SLAVE ALL');
	});
	await source.sql('CREATE DATABASE copied');
	await expect.poll(() => asked({user: 'admin'}), {timeout: 10_000}).toMatchObject({measures: {lag: 0}, findings: []});
	// Who may not know is told nothing.
	const small = await asked({});
	expect(small.measures).not.toHaveProperty('lag');
	expect(small.findings).toEqual([]);

	await replica.sql('STOP SLAVE');
	const stopped = await asked({user: 'admin'});
	expect(stopped.findings).toEqual([{status: 'critical', reason: 'replication is stopped'}]);
	expect(stopped.measures).not.toHaveProperty('lag');

	await replica.sql('START SLAVE');
	await source.sql('CREATE TABLE copied.things (id INT PRIMARY KEY)');
	await expect.poll(() => replica.sql('SHOW TABLES IN copied'), {timeout: 10_000}).toHaveLength(1);
	await replica.sql('INSERT INTO copied.things VALUES (1)');
	await source.sql('INSERT INTO copied.things VALUES (1)');
	await expect
		.poll(async () => (await asked({user: 'admin'})).findings?.[0]?.reason ?? '', {timeout: 10_000})
		.toMatch(/^replication is stopped: .*Duplicate entry '1' for key/);
});

describe('refuses', () => {
	test.each([
		[{}, 'user: Invalid input: expected string, received undefined'],
		[{user: ''}, 'user: must be the name of a user such as "monitor"'],
		[{user: 'monitor', port: 0}, 'port: must be a whole number from 1 to 65535'],
		[{user: 'monitor', socket: 'mysqld.sock'}, 'socket: must be an absolute path such as "/run/service.sock"'],
		[{user: 'monitor', query: ''}, 'query: must be a statement such as "SELECT 1", or be left out'],
		[
			{user: 'monitor', host: 'db example'},
			'host: must be a name or an address such as "127.0.0.1" or "db.example.com"',
		],
	])('%j', async (options, message) => {
		const {error} = await mysql.options.strict().safeParseAsync(options);
		expect(error?.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)).toEqual([message]);
	});
});
