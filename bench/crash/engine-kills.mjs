import {mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {atEnd} from '../ending.mjs';
import {ActLedger} from './act-ledger.mjs';
import {EngineProcess} from './engine-process.mjs';
import {randomFrom} from './killing.mjs';

/** @import {Control} from './control.mjs' */

/** Connections that ask at once; each sends all of its requests without waiting for an answer. */
const connections = 4;

/**
 * Kills `healthtop run` at random moments, again and again in one directory: while it starts, while it does what is asked, while it ends.
 * At last one is started and stopped in order.
 *
 * @param {{command: readonly string[], directory: string, kills: number, seed: number}} options
 */
export async function killEngines({command, directory, kills, seed}) {
	mkdirSync(directory, {mode: 0o700, recursive: true});
	const life = new Lives(command, directory, seed);

	while (life.counts.kills < kills && life.ledger.problems.length < 20) {
		await life.next();
	}

	await life.last();
	return {...life.counts, accepted: life.ledger.accepted, problems: life.ledger.problems};
}

class Lives {
	ledger = new ActLedger();
	counts = {kills: 0, starts: 0, whileStarting: 0, whileAsked: 0, whileEnding: 0, torn: 0};
	#command;
	#directory;
	#random;
	/** How long the last ones took to listen, and to do what they were asked, ms. */
	#startMs = 400;
	#actsMs = 100;
	/** What was done to the last one. */
	#before = 'nothing';

	/**
	 * @param {readonly string[]} command
	 * @param {string} directory
	 * @param {number} seed
	 */
	constructor(command, directory, seed) {
		this.#command = command;
		this.#directory = directory;
		this.#random = randomFrom(seed);
	}

	/** One engine, from its start to its end. */
	async next() {
		const engine = this.#start();
		const chance = this.#random();

		if (chance < 0.4) {
			await this.#killWhileStarting(engine);
		} else if (chance < 0.85) {
			await this.#killWhileAsked(engine);
		} else {
			await this.#killWhileEnding(engine);
		}
	}

	/** One that is stopped in order: it must find what was accepted before, and leave nothing but its files. */
	async last() {
		const engine = this.#start();
		const control = await this.#found(engine);
		control?.close();
		engine.send('SIGTERM');
		await engine.end;
		const left = readdirSync(this.#directory).filter(
			name => !/^(journal(\.reserve|\.corrupt-.*)?|engine\.lock|said)$/.test(name),
		);
		const isFree = readFileSync(join(this.#directory, 'engine.lock'), 'utf8') === '';

		if (engine.ended?.code !== 0 || left.length > 0 || !isFree) {
			this.#say(`the last one ended with ${JSON.stringify(engine.ended)} and left ${left.join(' ') || 'its note'}`);
		}
	}

	#start() {
		this.counts.starts += 1;
		const log = join(this.#directory, 'said');
		const engine = new EngineProcess(this.#command, {directory: this.#directory, log});
		const forget = atEnd(() => engine.send('SIGKILL'));
		engine.end.then(forget);
		return engine;
	}

	/** @param {EngineProcess} engine */
	async #killWhileStarting(engine) {
		const killed = wait(this.#startMs * (0.1 + 0.9 * this.#random())).then(() => this.#kill(engine));
		const control = await this.#found(engine, true);
		control?.close();
		const isKilled = await killed;
		this.#before = 'a kill while it started';
		this.counts[control ? 'whileAsked' : 'whileStarting'] += isKilled ? 1 : 0;
	}

	/** @param {EngineProcess} engine */
	async #killWhileAsked(engine) {
		const control = await this.#found(engine);
		const killed = wait(this.#actsMs * 1.1 * this.#random()).then(() => this.#kill(engine));

		if (control) {
			await this.#ask(engine, control);
		}

		this.counts.whileAsked += (await killed) ? 1 : 0;
		this.#before = 'a kill while it was asked';
	}

	/** @param {EngineProcess} engine */
	async #killWhileEnding(engine) {
		const control = await this.#found(engine);
		const asked = control && this.#ask(engine, control);
		await wait(this.#actsMs * this.#random());
		engine.send('SIGTERM');
		await wait(80 * this.#random());
		const isKilled = await this.#kill(engine, true);
		await asked;
		this.#before = isKilled ? 'a kill while it ended' : 'an end in order';
		this.counts.whileEnding += isKilled ? 1 : 0;
	}

	/**
	 * @param {EngineProcess} engine
	 * @param {boolean} mayEnd it was asked to end
	 * @returns {Promise<boolean>} whether that is what ended it
	 */
	async #kill(engine, mayEnd = false) {
		engine.send('SIGKILL');
		await engine.end;

		if (engine.ended?.signal === 'SIGKILL') {
			this.counts.kills += 1;
			return true;
		}

		if (!mayEnd || engine.ended?.code !== 0) {
			this.#say(`ended by itself with ${JSON.stringify(engine.ended)}: ${engine.said}`);
		}

		return false;
	}

	/**
	 * Waits until it listens, and looks at what it found.
	 *
	 * @param {EngineProcess} engine
	 * @param {boolean} mayBeKilled
	 */
	async #found(engine, mayBeKilled = false) {
		const begin = performance.now();
		const control = await engine.listens();
		const status = await control?.status();

		if (!control || !status) {
			if (!mayBeKilled) {
				this.#say(`does not listen: ${JSON.stringify(engine.ended)} ${engine.said}`);
			}

			return undefined;
		}

		this.#startMs = 0.8 * this.#startMs + 0.2 * (performance.now() - begin);
		this.ledger.found(status.acts, `start ${this.counts.starts}, after ${this.#before}`);
		this.#look(status);
		return control;
	}

	/** @param {{readonly pid: number, readonly journal: {readonly state: string}}} status */
	#look({journal: {state}}) {
		if (state.startsWith('is damaged: kept as ')) {
			this.counts.torn += 1;
		} else if (state !== 'well') {
			this.#say(`the journal ${state}`);
		}
	}

	/**
	 * Asks as much as can be looked at by the next start, on several connections at once; resolves when all is answered or it has ended.
	 *
	 * @param {EngineProcess} engine
	 * @param {Control} first
	 */
	async #ask(engine, first) {
		const begin = performance.now();
		const others = await Promise.all(Array.from({length: connections - 1}, () => engine.listens()));
		const each = Math.floor(this.ledger.room / connections);
		const answers = [first, ...others].flatMap((control, connection) =>
			Array.from({length: control ? each : 0}, async () => {
				const user = this.ledger.ask(connection);
				const answer = await control?.ask('reload', user);

				if (answer?.ok) {
					this.ledger.answered(user);
				}

				return answer?.ok;
			}),
		);

		// How long it takes changes with what else the machine does.
		const isDone = (await Promise.all(answers)).every(isOk => isOk);
		this.#actsMs = isDone ? 0.8 * this.#actsMs + 0.2 * (performance.now() - begin) : this.#actsMs * 1.1;

		for (const control of [first, ...others]) {
			control?.close();
		}
	}

	/** @param {string} problem */
	#say(problem) {
		this.ledger.problems.push(`start ${this.counts.starts}: ${problem}`);
	}
}
