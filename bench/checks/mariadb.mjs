import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {createConnection} from 'mysql2/promise';
import {freePort, Program} from './program.mjs';
import {login} from './targets.mjs';

/**
 * @import {Connection} from 'mysql2/promise'
 * @import {Env} from '../engine/resident.mjs'
 * @typedef {{readonly logins: number, readonly refused: number}} Served since its start; `logins`: those that were tried
 */

/** Small and quick: nothing in it must outlast a crash. */
const small = [
	'--innodb-buffer-pool-size=8M',
	'--innodb-log-file-size=4M',
	'--innodb-flush-log-at-trx-commit=0',
	'--skip-name-resolve',
];

/** A MariaDB with nothing in it but who may look at it. */
export class MariaDb {
	port;
	#program;
	#root;

	/**
	 * @param {number} port
	 * @param {Program} program
	 * @param {Connection} root
	 */
	constructor(port, program, root) {
		this.port = port;
		this.#program = program;
		this.#root = root;
	}

	/**
	 * @param {string} home
	 * @param {Env} env
	 */
	static async start(home, env) {
		const isRoot = process.geteuid?.() === 0;
		const [directory, port] = [join(home, 'mariadb'), await freePort()];
		const [data, socket, log] = [join(directory, 'data'), join(directory, 'socket'), join(directory, 'log')];
		mkdirSync(directory);

		// As root it works as another user, who must get in.
		if (isRoot) {
			chmodSync(home, 0o755);
			chmodSync(directory, 0o777);
		}

		const common = ['--no-defaults', ...(isRoot ? ['--user=mysql'] : []), `--datadir=${data}`];
		install(common, env);
		const places = [`--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1'];
		const args = [...common, ...places, `--pid-file=${join(directory, 'pid')}`, ...small];
		const program = new Program('mariadbd', args, {env, log});
		await program.until(async () => program.output.includes('ready for connections'));
		const root = await createConnection({user: 'root', socketPath: socket});
		await root.query(`CREATE USER '${login.user}'@'127.0.0.1' IDENTIFIED BY '${login.password}'`);
		await root.query(`GRANT SLAVE MONITOR ON *.* TO '${login.user}'@'127.0.0.1'`);
		return new MariaDb(port, program, root);
	}

	/** @returns {Promise<Served>} */
	async served() {
		const [rows] = await this.#root.query('SHOW GLOBAL STATUS');
		const list = /** @type {{Variable_name: string, Value: string}[]} */ (rows);
		const numberOf = (/** @type {string} */ name) => Number(list.find(row => row['Variable_name'] === name)?.Value);
		return {logins: numberOf('Connections'), refused: numberOf('Aborted_connects')};
	}

	async end() {
		this.#root.destroy();
		await this.#program.end();
	}
}

/**
 * @param {readonly string[]} common
 * @param {Env} env
 */
function install(common, env) {
	const args = [...common, '--auth-root-authentication-method=normal', '--skip-test-db', '--innodb-log-file-size=4M'];
	const {status, stdout, stderr} = spawnSync('mariadb-install-db', args, {env, encoding: 'utf8'});

	if (status !== 0) {
		throw new Error(`mariadb-install-db: ${stdout}${stderr}`);
	}
}
