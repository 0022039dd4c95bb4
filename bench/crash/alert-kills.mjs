import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {atEnd} from '../ending.mjs';
import {Postfix} from '../mail/postfix.mjs';
import {Faults} from './alert-faults.mjs';
import {readAlerts} from './alert-journal.mjs';
import {AlertLedger} from './alert-ledger.mjs';
import {EngineProcess} from './engine-process.mjs';
import {randomFrom} from './killing.mjs';

/** @import {Moment} from './alert-ledger.mjs' */

/** Ways to tell, of one recipient each: none of them comes near to what is told together because it is too much for an hour. */
const notifiers = 8;

/**
 * Kills come until so long after an engine began to listen, ms, and so many times what it took to come so far: the first results of checks
 * come after half a second to two, and later on a machine that is busy.
 */
const life = {ms: 1000, starts: 1.5};

/** One more fault each, over all, ms: each is told twice, and by far not all live long enough for an engine to see them. */
const faultEvery = 500;

/** Of all kills, so many come while an engine starts, or a little later. */
const whileStarting = 0.2;

/** What is decided at one reading is told after it: that there is nothing to tell must be so for a while, ms. */
const settledFor = 2000;

/** What is not told by then never will be, ms. */
const toldWithin = 120_000;

/** More of them say nothing new. */
const mostProblems = 20;

/**
 * Kills `healthtop run` at random moments while things fail and recover at a steady rate and a Postfix takes its mails; at last lets one of
 * each lane run until it has told everything, and counts the mails.
 *
 * @param {{command: readonly string[], directory: string, kills: number, seed: number, lanes: number}} options `directory` exists
 */
export async function killWhileAlerting({command, directory, kills, seed, lanes}) {
	chmodSync(directory, 0o755);
	const postfix = await Postfix.start(directory);
	const all = Array.from({length: lanes}, (_, lane) => {
		const place = join(directory, `lane-${lane}`);
		mkdirSync(place);
		return new AlertLives(command, {
			place,
			lane,
			port: postfix.port,
			everyMs: faultEvery * lanes,
			random: randomFrom(seed * 1000 + lane),
		});
	});
	const mails = await mailsAfter(postfix, () => Promise.all(all.map(lives => lives.live(Math.ceil(kills / lanes)))));
	const judged = all.map(({ledger}) => ledger.judge(mails));
	const strays = mails.filter(({id}) => !judged.some(({ids}) => ids.has(id)));
	/** @param {(index: number) => number} count */
	const sum = count => all.reduce((total, _, index) => total + count(index), 0);
	/** @param {Moment | 'kills'} name */
	const killsOf = name => sum(index => all[index]?.counts[name] ?? 0);
	/** @param {'incidents' | 'messages' | 'copies'} name */
	const judgedOf = name => sum(index => judged[index]?.[name] ?? 0);
	const [lost, doubled] = [judged.flatMap(one => one.lost), judged.flatMap(one => one.doubled)];

	return {
		kills: killsOf('kills'),
		starting: killsOf('starting'),
		pending: killsOf('pending'),
		trying: killsOf('trying'),
		other: killsOf('other'),
		faults: sum(index => all[index]?.faults ?? 0),
		incidents: judgedOf('incidents'),
		messages: judgedOf('messages'),
		mails: mails.length,
		lost: lost.length,
		doubled: doubled.length,
		copies: judgedOf('copies'),
		most: Math.max(0, ...judged.map(({most}) => most)),
		problems: [
			...lost,
			...doubled,
			...judged.flatMap(({wrong}) => wrong),
			...strays.map(({id}) => `a mail that no journal knows: ${id}`),
			...all.flatMap(({ledger}) => ledger.problems),
		],
	};
}

/**
 * @param {Postfix} postfix that is ended in any case
 * @param {() => Promise<unknown>} work
 */
async function mailsAfter(postfix, work) {
	try {
		await work();
		return await postfix.mails();
	} finally {
		await postfix.end();
	}
}

/** The engines of one state directory, one after the other. */
class AlertLives {
	ledger = new AlertLedger();
	/** @type {Record<Moment | 'kills', number>} */
	counts = {kills: 0, starting: 0, pending: 0, trying: 0, other: 0};
	#command;
	#options;
	#state;
	#faults;
	/** How long the last ones took to listen, ms. */
	#startMs = 400;

	/**
	 * @param {readonly string[]} command
	 * @param {{place: string, lane: number, port: number, everyMs: number, random: () => number}} options
	 */
	constructor(command, options) {
		this.#command = command;
		this.#options = options;
		this.#state = join(options.place, 'state');
		this.#faults = new Faults(join(options.place, 'faults'), options);
	}

	get faults() {
		return this.#faults.count;
	}

	/** @param {number} kills */
	async live(kills) {
		while (this.counts.kills < kills && this.ledger.problems.length < mostProblems) {
			await this.#next();
		}

		await this.#last();
	}

	/** One engine, from its start to its kill. */
	async #next() {
		const {random} = this.#options;
		const begin = performance.now();
		const engine = this.#start();
		await (random() < whileStarting
			? wait(this.#startMs * (0.1 + 0.9 * random()))
			: this.#listens(engine, begin).then(() => wait((life.ms + life.starts * this.#startMs) * random())));
		engine.send('SIGKILL');
		await engine.end;
		this.counts.kills += 1;
		const where = `kill ${this.counts.kills} of lane ${this.#options.lane}`;

		if (engine.ended?.signal !== 'SIGKILL') {
			this.ledger.problems.push(`${where}: ended by itself with ${JSON.stringify(engine.ended)}: ${engine.said}`);
		}

		this.#lookAtLog(where);
		const kept = readAlerts(this.#state);
		this.counts[this.ledger.killed(kept, engine.pid, where)] += 1;
	}

	/**
	 * @param {EngineProcess} engine
	 * @param {number} begin
	 */
	async #listens(engine, begin) {
		const control = await engine.listens();
		control?.close();
		// How long that takes changes with what else the machine does.
		this.#startMs = 0.8 * this.#startMs + 0.2 * (performance.now() - begin);
	}

	/** One that is left in peace: what is still so must be told, and its end, too. */
	async #last() {
		await this.#faults.hold();
		const engine = this.#start();
		const on = this.#faults.on;
		await this.#until('all that is so is known', engine, () => on.every(check => this.ledger.byCheck.has(check)));
		this.#faults.clear();
		await this.#until('all is over and told', engine, () => this.ledger.isAllTold && this.#isOver);
		engine.send('SIGTERM');
		await engine.end;
		this.ledger.found(readAlerts(this.#state));
		this.#lookAtLog('the last one');

		if (engine.ended?.code !== 0) {
			this.ledger.problems.push(`the last one ended with ${JSON.stringify(engine.ended)}: ${engine.said}`);
		}
	}

	get #isOver() {
		return [...this.ledger.byCheck.values()].every(({state}) => state.phase === 'resolved');
	}

	/**
	 * @param {string} what
	 * @param {EngineProcess} engine
	 * @param {() => boolean} isSo by what the journal says
	 */
	async #until(what, engine, isSo) {
		const end = performance.now() + toldWithin;

		let since = performance.now();

		while (performance.now() - since < settledFor) {
			if (engine.ended || performance.now() > end) {
				this.ledger.problems.push(
					`lane ${this.#options.lane}: not within ${toldWithin / 1000} s: ${what}; ${engine.said}`,
				);
				return;
			}

			await wait(500);
			this.ledger.found(readAlerts(this.#state));
			since = isSo() ? since : performance.now();
		}
	}

	/** Whatever mails came to must be that they were taken: anything else would count as a kill that was none. @param {string} where */
	#lookAtLog(where) {
		const lines = readFileSync(this.#log, 'utf8').split('\n');
		const bad = lines.filter(line => /"level":"(error|fatal)"|"message":"message (later|refused|broken)"/.test(line));
		this.ledger.problems.push(...bad.map(line => `${where}: ${line}`));
	}

	get #log() {
		return join(this.#options.place, 'said');
	}

	#start() {
		const file = join(this.#options.place, 'config.json');
		writeFileSync(file, JSON.stringify(this.#configuration), {mode: 0o600});
		mkdirSync(this.#state, {mode: 0o700, recursive: true});
		const options = ['--config', file];
		const engine = new EngineProcess(this.#command, {directory: this.#state, log: this.#log, options});
		const forget = atEnd(() => engine.send('SIGKILL'));
		engine.end.then(forget);
		return engine;
	}

	get #configuration() {
		const {lane, port} = this.#options;
		const {byCheck} = this.ledger;
		const isOpen = (/** @type {string} */ check) => (byCheck.get(check)?.state.phase ?? 'resolved') !== 'resolved';
		const common = {type: 'file', exists: false, every: '1s', timeout: '5s', failAfter: 1, recoverAfter: 1};
		return {
			every: '500ms',
			sampling: {process: '30s'},
			checks: this.#faults.watched(isOpen).map(({check, path, number}) => ({
				...common,
				name: check,
				path,
				notify: [`mail-${number % notifiers}`],
			})),
			alerts: {groupWait: '0s', groupInterval: '0s', perHour: 1000, repeatEvery: '0s'},
			notify: Array.from({length: notifiers}, (_, index) => ({
				type: 'email',
				name: `mail-${index}`,
				smtp: {host: '127.0.0.1', port},
				from: 'healthtop@example.com',
				to: [`ops-${lane}-${index}@example.com`],
			})),
		};
	}
}
