import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {EngineProcess} from '../crash/engine-process.mjs';
import {randomFrom} from '../crash/killing.mjs';
import {atEnd} from '../ending.mjs';
import {MailServer} from './mail-server.mjs';
import {Targets} from './targets.mjs';

/**
 * @import {Control} from '../crash/control.mjs'
 * @import {Kind} from './targets.mjs'
 * @typedef {{readonly check: string, readonly kind: Kind, readonly groupWaitMs: number, readonly ms: number}} Told how long after a fault
 *   the mail was taken that tells of it; infinite for one that never was
 */

/** How checks are asked. */
export const asked = {everyMs: 1000, failAfter: 2, timeoutMs: 1000};

/** Rounds take turns. */
const groupWaits = [0, 2000];

/** Faults of a round come at random moments of that time, ms: neither checks nor readings must know when. */
const spreadMs = 3000;

/** What has not happened by then never will, ms. */
const within = 30_000;

/**
 * Has so many things fail, so many at a time, and tells how long it took each time until a mail server had said 250 to the mail about it.
 *
 * @param {{command: readonly string[], home: string, faults: number, atOnce: number, seed: number}} options
 * @returns {Promise<readonly Told[]>}
 */
export async function measureRounds({command, home, faults, atOnce, seed}) {
	const rounds = new Rounds(command, home, {
		targets: await Targets.start(),
		mails: await MailServer.start(),
		random: randomFrom(seed),
	});
	/** @type {Told[]} */
	const told = [];

	for (let round = 0; told.length < faults; round++) {
		told.push(...(await rounds.next(round, Math.min(atOnce, faults - told.length))));
	}

	await rounds.close();
	return told;
}

/**
 * Half of them hang.
 *
 * @param {number} index
 * @returns {Kind}
 */
function kindOf(index) {
	return index % 2 === 0 ? 'refuses' : 'hangs';
}

class Rounds {
	#home;
	#targets;
	#mails;
	#random;
	#engine;
	/** @type {Control | undefined} */
	#control;

	/**
	 * @param {readonly string[]} command
	 * @param {string} home
	 * @param {{targets: Targets, mails: MailServer, random: () => number}} parts
	 */
	constructor(command, home, {targets, mails, random}) {
		this.#home = home;
		this.#targets = targets;
		this.#mails = mails;
		this.#random = random;
		this.#configure([], 0);
		const state = join(home, 'state');
		mkdirSync(state, {mode: 0o700});
		const options = ['--config', this.#file];
		this.#engine = new EngineProcess(command, {directory: state, log: this.#log, options});
		const forget = atEnd(() => this.#engine.send('SIGKILL'));
		this.#engine.end.then(forget);
	}

	/**
	 * @param {number} round
	 * @param {number} count
	 * @returns {Promise<readonly Told[]>}
	 */
	async next(round, count) {
		const groupWaitMs = groupWaits[round % groupWaits.length] ?? 0;
		const checks = Array.from({length: count}, (_, index) => `round-${round}-${index}`);
		await this.#take(checks, groupWaitMs);
		await this.#until(() => checks.every(check => this.#targets.answered(check) >= 2));
		await Promise.all(
			checks.map(async (check, index) => {
				await wait(spreadMs * this.#random());
				this.#targets.fail(check, kindOf(index));
			}),
		);
		await this.#until(() => this.#areTold(checks, 'firing'));
		const incidents = this.#incidents;
		const told = checks.map((check, index) => {
			const at = this.#mails.toldAt(incidents.get(check), 'firing') ?? Number.POSITIVE_INFINITY;
			return {check, kind: kindOf(index), groupWaitMs, ms: at - this.#targets.failedAt(check)};
		});
		this.#targets.mend();
		await this.#until(() => this.#areTold(checks, 'resolved'));
		return told;
	}

	async close() {
		this.#control?.close();
		this.#engine.send('SIGTERM');
		await this.#engine.end;
		this.#targets.close();
		await this.#mails.close();
	}

	/**
	 * @param {readonly string[]} checks
	 * @param {number} groupWaitMs
	 */
	async #take(checks, groupWaitMs) {
		this.#configure(checks, groupWaitMs);
		this.#control ??= await this.#engine.listens();
		const answer = await this.#control?.ask('reload', 'bench');

		if (!answer?.ok) {
			throw new Error(`the configuration is not taken: ${JSON.stringify(answer)} ${this.#engine.said}`);
		}
	}

	/**
	 * @param {readonly string[]} checks
	 * @param {string} tells
	 */
	#areTold(checks, tells) {
		const incidents = this.#incidents;
		return checks.every(check => this.#mails.toldAt(incidents.get(check), tells) !== undefined);
	}

	/** Of each check the incident, as the log has it. */
	get #incidents() {
		const lines = readFileSync(this.#log, 'utf8').split('\n');
		const fired = lines.filter(line => line.includes('"alert fired"')).map(line => JSON.parse(line));
		return new Map(fired.map(({title, incident}) => [String(title), String(incident)]));
	}

	/** @param {() => boolean} isSo */
	async #until(isSo) {
		const end = performance.now() + within;

		while (!isSo() && performance.now() < end) {
			if (this.#engine.ended) {
				throw new Error(`the engine has ended: ${this.#engine.said}`);
			}

			await wait(200);
		}
	}

	get #file() {
		return join(this.#home, 'config.json');
	}

	get #log() {
		return join(this.#home, 'said');
	}

	/**
	 * @param {readonly string[]} checks
	 * @param {number} groupWaitMs
	 */
	#configure(checks, groupWaitMs) {
		const {everyMs, failAfter, timeoutMs} = asked;
		const common = {type: 'http', every: `${everyMs}ms`, timeout: `${timeoutMs}ms`, failAfter, recoverAfter: 1};
		const configuration = {
			checks: checks.map(name => ({...common, name, url: `http://127.0.0.1:${this.#targets.port}/${name}`})),
			alerts: {groupWait: `${groupWaitMs}ms`, groupInterval: '0s', perHour: 1000, repeatEvery: '0s'},
			notify: [
				{
					type: 'email',
					name: 'mail',
					smtp: {host: '127.0.0.1', port: this.#mails.port, tls: 'none'},
					from: 'healthtop@example.com',
					to: ['ops@example.com'],
				},
			],
		};
		writeFileSync(this.#file, JSON.stringify(configuration), {mode: 0o600});
	}
}
