import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {freePort, Program} from '../checks/program.mjs';
import {atEnd} from '../ending.mjs';
import {readMail} from './maildir.mjs';
import {makePostfix, postfixPath} from './postfix-files.mjs';

/** Queues in which a mail is that was taken and is not in its mailbox. */
const queues = ['maildrop', 'incoming', 'active', 'deferred'];

/** What is not in its mailbox by then never will be, ms. */
const deliverWithin = 60_000;

/** A Postfix of its own that delivers into one Maildir what is sent to anybody at example.com. */
export class Postfix {
	port;
	#program;
	#places;
	#forget;

	/**
	 * @param {number} port
	 * @param {Program} program
	 * @param {ReturnType<typeof makePostfix>} places
	 */
	constructor(port, program, places) {
		this.port = port;
		this.#program = program;
		this.#places = places;
		this.#forget = atEnd(() => this.#stop());
	}

	/** @param {string} directory that exists, and that other users may enter */
	static async start(directory) {
		const [place, port] = [join(directory, 'postfix'), await freePort()];
		mkdirSync(place);
		const places = makePostfix(place, port, {virtual_mailbox_maps: 'static:ops/'});
		const log = join(place, 'output');
		const program = new Program('postfix', ['-c', places.etc, 'start-fg'], {env: {PATH: postfixPath}, log});
		const postfix = new Postfix(port, program, places);
		await program.until(async () => postfix.log.includes('daemon started'));
		return postfix;
	}

	/** What it wrote to its log. */
	get log() {
		return existsSync(this.#places.log) ? readFileSync(this.#places.log, 'utf8') : '';
	}

	/** All mails, once nothing is queued any more. */
	async mails() {
		const end = performance.now() + deliverWithin;

		while (queues.some(name => hasFile(join(this.#places.spool, name)))) {
			if (performance.now() > end) {
				throw new Error(`mails stay in the queue of Postfix: ${this.log.slice(-2000)}`);
			}

			await sleep(100);
		}

		const box = join(this.#places.mail, 'ops', 'new');
		return existsSync(box) ? readdirSync(box).map(name => readMail(readFileSync(join(box, name), 'latin1'))) : [];
	}

	async end() {
		this.#stop();
		await this.#program.end();
		this.#forget();
	}

	#stop() {
		spawnSync('postfix', ['-c', this.#places.etc, 'stop'], {env: {PATH: postfixPath}});
	}
}

/** @param {string} queue */
function hasFile(queue) {
	return existsSync(queue) && readdirSync(queue, {recursive: true, withFileTypes: true}).some(entry => entry.isFile());
}
