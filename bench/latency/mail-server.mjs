import {once} from 'node:events';
import {SMTPServer} from 'smtp-server';
import {portOf} from '../checks/program.mjs';
import {readMail} from '../mail/maildir.mjs';

/** A mail server that keeps nothing but when it said 250 to the first mail that tells something of an incident. */
export class MailServer {
	port = 0;
	#server;
	/** By incident and what was told: `k3f9 firing`. @type {Map<string, number>} */
	#firstAt = new Map();

	constructor() {
		this.#server = new SMTPServer({
			authOptional: true,
			disableReverseLookup: true,
			logger: false,
			hideSTARTTLS: true,
			disabledCommands: ['STARTTLS', 'AUTH'],
			onData: (stream, _, done) => {
				/** @type {Buffer[]} */
				const chunks = [];
				stream.on('data', chunk => chunks.push(chunk));
				stream.on('end', () => {
					done();
					this.#keep(readMail(Buffer.concat(chunks).toString('latin1')).items, performance.now());
				});
			},
		});
		// A client that goes away is an error to it.
		this.#server.on('error', () => {});
	}

	static async start() {
		const mails = new MailServer();
		const listener = mails.#server.listen(0, '127.0.0.1');
		await once(listener, 'listening');
		mails.port = portOf(listener);
		return mails;
	}

	/**
	 * When it said 250 to the first mail that told it; undefined before.
	 *
	 * @param {string | undefined} incident
	 * @param {string} tells
	 */
	toldAt(incident, tells) {
		return this.#firstAt.get(`${incident} ${tells}`);
	}

	close() {
		return new Promise(resolve => this.#server.close(() => resolve(undefined)));
	}

	/**
	 * @param {readonly {readonly incident: string, readonly tells: string}[]} items
	 * @param {number} at
	 */
	#keep(items, at) {
		for (const {incident, tells} of items) {
			const key = `${incident} ${tells}`;
			this.#firstAt.set(key, this.#firstAt.get(key) ?? at);
		}
	}
}
