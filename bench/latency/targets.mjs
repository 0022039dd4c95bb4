import {once} from 'node:events';
import {createServer} from 'node:http';
import {portOf} from '../checks/program.mjs';
import {atEnd} from '../ending.mjs';

/**
 * @import {Server} from 'node:http'
 * @typedef {'refuses' | 'hangs'} Kind of a fault: it answers 503 at once, or never
 */

/** An HTTP server with a service at each path, that fails as it is told. */
export class Targets {
	port;
	#server;
	/** @type {Map<string, {readonly kind: Kind, readonly at: number}>} */
	#faults = new Map();
	/** How often each was asked and well. @type {Map<string, number>} */
	#answered = new Map();

	/** @param {Server} server that listens */
	constructor(server) {
		this.#server = server;
		this.port = portOf(server);
		server.on('request', ({url = ''}, response) => {
			const name = url.slice(1);
			const kind = this.#faults.get(name)?.kind;

			if (kind === 'refuses') {
				response.writeHead(503).end();
			} else if (kind === undefined) {
				this.#answered.set(name, this.answered(name) + 1);
				response.end('well');
			}
		});
		atEnd(() => server.closeAllConnections());
	}

	static async start() {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new Targets(server);
	}

	/** @param {string} name */
	answered(name) {
		return this.#answered.get(name) ?? 0;
	}

	/**
	 * From now on it fails.
	 *
	 * @param {string} name
	 * @param {Kind} kind
	 */
	fail(name, kind) {
		this.#faults.set(name, {kind, at: performance.now()});
	}

	/** When it began to fail. @param {string} name */
	failedAt(name) {
		return this.#faults.get(name)?.at ?? Number.NaN;
	}

	/** All are well again; when they failed is forgotten. */
	mend() {
		this.#faults.clear();
	}

	close() {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}
