import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {freePort, Program} from './program.mjs';

/**
 * @import {Env} from '../engine/resident.mjs'
 * @import {Span} from './lateness.mjs'
 * @typedef {{readonly name: string, readonly at: number, readonly status: string}} Request `at`: when its first byte came, ms of the wall clock.
 */

/** An nginx that answers every check by its name, and writes down when it was asked. */
export class Nginx {
	port;
	#program;
	#log;

	/**
	 * @param {number} port
	 * @param {Program} program
	 * @param {string} log
	 */
	constructor(port, program, log) {
		this.port = port;
		this.#program = program;
		this.#log = log;
	}

	/**
	 * @param {string} home
	 * @param {Env} env
	 */
	static async start(home, env) {
		const [directory, port] = [join(home, 'nginx'), await freePort()];
		const [file, log] = [join(directory, 'nginx.conf'), join(directory, 'requests')];
		mkdirSync(directory);
		writeFileSync(file, configuration(directory, port, log));
		const where = {env, log: join(directory, 'output')};
		const program = new Program('nginx', ['-p', directory, '-c', file, '-e', 'stderr'], where);
		await program.until(() => isAnswered(`http://127.0.0.1:${port}/`));
		return new Nginx(port, program, log);
	}

	/**
	 * What it was asked from a moment to another.
	 *
	 * @param {Span} span
	 * @returns {readonly Request[]}
	 */
	requests({from, to}) {
		return readFileSync(this.#log, 'utf8')
			.trim()
			.split('\n')
			.map(line => {
				const [ended, took, status = '', path = ''] = line.split(' ');
				return {name: path.slice(1), at: (Number(ended) - Number(took)) * 1000, status};
			})
			.filter(({at}) => at >= from && at < to)
			.sort((a, b) => a.at - b.at);
	}

	end() {
		return this.#program.end();
	}
}

/**
 * @param {string} directory
 * @param {number} port
 * @param {string} log
 */
function configuration(directory, port, log) {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		name => `${name}_temp_path ${directory}/${name};`,
	);
	return `daemon off;
master_process off;
pid ${directory}/pid;
error_log stderr;
events {}
http {
	log_format starts '$msec $request_time $status $uri';
	access_log ${log} starts;
	default_type text/plain;
	${temporary.join('\n\t')}
	server {
		listen 127.0.0.1:${port};
		return 200 "well\\n";
	}
}
`;
}

/** @param {string} url */
async function isAnswered(url) {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}
