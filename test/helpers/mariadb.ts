import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createConnection} from 'mysql2/promise';
import {freePort} from './listening.js';
import {until} from './until.js';

/** Programs that a test with a server needs, for `testWith`. */
export const mariaDbPrograms = ['mariadb-install-db', 'mariadbd', 'setpriv'] as const;

/** A server with an empty database directory of its own; `root` has no password on its socket. */
export type MariaDb = {
	readonly port: number;
	readonly socket: string;
	readonly pid: number;
	/** As root, one statement after the other; the rows of the last one. */
	sql(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
	/** What it wrote to its log. */
	log(): string;
	/** SIGSTOP: it hangs with all its connections. */
	pause(): void;
	resume(): void;
	/** Stops it, whatever state it is in, and keeps its directory: `restart` starts it again on the same port. */
	halt(): Promise<void>;
	restart(): Promise<void>;
	/** Ends it, and its directory goes. To be called when the tests of a file are over. */
	stop(): Promise<void>;
};

/** Small and quick: nothing in it must outlast a crash. */
const small = [
	'--innodb-buffer-pool-size=8M',
	'--innodb-log-file-size=4M',
	'--innodb-flush-log-at-trx-commit=0',
	'--aria-pagecache-buffer-size=1M',
	'--key-buffer-size=1M',
	'--skip-name-resolve',
];

const isRoot = process.geteuid?.() === 0;

/** Not by its own option: whoever changes his user by himself is not told any more that his parent has died. */
const asMysql = ['--reuid=mysql', '--regid=mysql', '--init-groups'];

/** Starts a real MariaDB on a free port and a socket in a temporary directory, with these options besides. It does not outlive us. */
export async function startMariaDb(...options: readonly string[]): Promise<MariaDb> {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-mariadb-'));
	const data = join(directory, 'data');
	const socket = join(directory, 'socket');
	// As root it works as another user, who must get in.
	chmodSync(directory, isRoot ? 0o777 : 0o755);
	// Each one deletes what others have in a common one when it starts.
	const temporary = `--tmpdir=${directory}`;
	await orRemoved(directory, async () => install(data, temporary));
	const port = await freePort();
	const places = [temporary, `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1'];
	const log = join(directory, 'log.err');
	const own = [`--pid-file=${join(directory, 'pid')}`, `--log-error=${log}`];
	const start = () => run(['--no-defaults', ...places, ...own, ...small, ...options], log);
	let child = await orRemoved(directory, start);

	return {
		port,
		socket,
		get pid() {
			return child.pid ?? 0;
		},
		sql: (...statements) => asRoot(socket, statements),
		log: () => textOf(log),
		pause: () => child.kill('SIGSTOP'),
		resume: () => child.kill('SIGCONT'),
		halt: () => end(child),
		async restart() {
			await end(child);
			child = await start();
		},
		async stop() {
			await end(child);
			rmSync(directory, {recursive: true, force: true});
		},
	};
}

async function orRemoved<T>(directory: string, start: () => Promise<T>): Promise<T> {
	try {
		return await start();
	} catch (error) {
		rmSync(directory, {recursive: true, force: true});
		throw error;
	}
}

function install(data: string, temporary: string): void {
	const owner = isRoot ? ['--user=mysql'] : [];
	const options = [
		'--no-defaults',
		...owner,
		`--datadir=${data}`,
		temporary,
		'--auth-root-authentication-method=normal',
	];
	const {status, stderr, stdout} = spawnSync(
		'mariadb-install-db',
		[...options, '--skip-test-db', '--innodb-log-file-size=4M'],
		{encoding: 'utf8', timeout: 60_000},
	);

	if (status !== 0) {
		throw new Error(`mariadb-install-db: ${stdout}${stderr}`);
	}
}

async function run(words: readonly string[], log: string): Promise<ChildProcess> {
	const before = textOf(log).length;
	const child = spawn('setpriv', [...(isRoot ? asMysql : []), '--pdeathsig', 'KILL', 'mariadbd', ...words], {
		stdio: 'ignore',
	});

	try {
		await until('mariadbd listens', () => {
			if (child.exitCode !== null) {
				throw new Error(`mariadbd: ${textOf(log)}`);
			}

			return textOf(log).slice(before).includes('ready for connections');
		});
	} catch (error) {
		await end(child);
		throw error;
	}

	return child;
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	}
}

async function asRoot(socketPath: string, statements: readonly string[]): Promise<readonly Record<string, unknown>[]> {
	const connection = await createConnection({user: 'root', socketPath});

	try {
		let rows: readonly Record<string, unknown>[] = [];

		for (const statement of statements) {
			const [result] = await connection.query(statement);
			rows = Array.isArray(result) ? (result as Record<string, unknown>[]) : [];
		}

		return rows;
	} finally {
		await connection.end();
	}
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
