import type {Config, Loaded} from '../config/config.js';
import {UserError} from '../core/errors.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {noHome} from '../engine/alerts-home.js';
import type {Engine} from '../engine/engine.js';
import type {KeptLog} from '../engine/log.js';
import type {Panel} from '../ui/panels/panel.js';
import type {Depth} from '../ui/screen/styles.js';
import {logEnd, logPlace, logStart, openEngineLog, painterErrors, writeLogSoon} from './engine-log.js';
import {factsAside} from './facts.js';
import {type Found, findEngine} from './find-engine.js';
import type {FollowedConfig} from './follow-config.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {looksOf} from './looks.js';
import {openEngine} from './open-engine.js';
import {prepareForInk} from './prepare-for-ink.js';
import {processActs} from './process-acts.js';
import {type NoResidence, takeResidence} from './residence.js';
import {followEngineConfig, openResident, type ResidentEngine} from './resident-engine.js';
import type {ScreenOptions} from './screen-options.js';
import {ScreenSession} from './screen-session.js';
import {staySmall} from './stay-small.js';

/** Whoever won the lock has opened its sockets by then, ms. */
const othersWithin = 10_000;

/** How long it is waited before they are looked for again, ms. */
const lookAgainAfter = 50;

/** While a screen only watches, the engine that it cannot have is looked for again so much later, ms. */
const watchAgainAfter = 5000;

/** Runs the screen over an engine of its own until it is quit or ended, or there is another one that it should show. */
export async function showScreen(
	loaded: Loaded,
	found: Exclude<Found, {kind: 'attached'}>,
	{panels, depth, options, io}: ScreenOptions,
): Promise<Outcome | Found> {
	const isWatchOnly = found.kind === 'watch-only';
	const engine = openEngine(loaded, options, io, isWatchOnly);
	const firstTick = engine.start();
	prepareForInk(io.env);
	const [{ScreenView}] = await Promise.all([import('../ui/screen-view.js'), firstTick]);
	// An engine that only watches keeps no log: the files are the other one's.
	const log = openEngineLog(loaded, isWatchOnly ? undefined : logPlace(loaded, options, io), options, io);
	logStart(log, engine, loaded, io);

	if (isWatchOnly) {
		engine.store.standing = {role: 'own', note: found.note, others: 0};
	}

	const inside = new InsideScreen({loaded, engine, log, isWatchOnly, depth, options, io});
	const outcome = await inside.run(ScreenView, panels);
	// Another one started in the same moment, and is the engine now.
	return outcome === 'taken' ? otherEngine(options, io) : outcome;
}

/** The engine that has the lock, once it can be asked. */
async function otherEngine(options: GlobalOptions, io: Io): Promise<Found> {
	const end = io.clock.now() + othersWithin;

	for (;;) {
		const found = await findEngine(options, io);

		if (found.kind !== 'none') {
			return found;
		}

		if (io.clock.now() > end) {
			return {kind: 'watch-only', note: safe`watching only: the engine that runs gives no answer`};
		}

		await new Promise<void>(resolve => io.clock.wake(lookAgainAfter, resolve));
	}
}

type InsideParts = {
	readonly loaded: Loaded;
	readonly engine: Engine;
	readonly log: KeptLog;
	/** Another engine has the state directory, or would have it. */
	readonly isWatchOnly: boolean;
	/** As the environment said it before Ink was let see it. */
	readonly depth: Depth;
	readonly options: GlobalOptions;
	readonly io: Io;
};

/** How a screen ends that another one follows: whoever quit in the same moment has quit. */
const changing: Outcome = {code: 0};

/** Nothing is kept, and nobody asked for it. */
const nowhere: NoResidence = {kind: 'none', reason: undefined};

/** A screen and its engine, from the first picture to the end of both. */
class InsideScreen {
	readonly #parts: InsideParts;
	#config: Config;
	#resident: Promise<ResidentEngine | undefined> | undefined;
	#isTaken = false;
	#stoppedBy: Safe | undefined;
	/** An engine that there was not when we began to watch, or that there is no more. */
	#other: Found | undefined;
	#callOffWatch: () => void = () => {};
	#follow: FollowedConfig | undefined;
	#end: (outcome: Outcome) => void = () => {};

	constructor(parts: InsideParts) {
		this.#parts = parts;
		this.#config = parts.loaded.config;
	}

	async run(
		View: typeof import('../ui/screen-view.js').ScreenView,
		panels: readonly Panel[],
	): Promise<Outcome | Found | 'taken'> {
		const {engine, log, options, io} = this.#parts;
		const session = new ScreenSession({
			store: engine.store,
			View,
			panels,
			shown: this.#config.screen.panels,
			depth: this.#parts.depth,
			looks: this.#looks(),
			askFacts: () => factsAside(options, io),
			processActs: processActs(options, log, io),
			onPainterError: painterErrors(log),
			onShown: () => {
				staySmall();
				this.#resident = this.#becomeResident(session, config);
			},
			io,
		});
		// Before the first picture: what is written while it is drawn must not be missed.
		const config = followEngineConfig(this.#parts, next => {
			this.#config = next;
			session.configure(next.screen.panels, this.#looks());
		});
		this.#follow = config;
		this.#end = outcome => session.end(outcome);
		const ended = await session.run();
		this.#callOffWatch();

		if (ended === changing) {
			config.stop();
			engine.stop();
			return this.#other ?? 'taken';
		}

		const outcome = (await this.#mayStay(ended)) ? await this.#stay() : ended;

		if (this.#stoppedBy) {
			await print(io.stderr, `healthtop: ended: ${this.#stoppedBy}\n`);
		}

		// With a disk that hangs only a signal ends us.
		return (await this.#close(outcome)) ? outcome : {signal: 'SIGTERM'};
	}

	async #mayStay(outcome: Outcome): Promise<boolean> {
		const isHangup = 'signal' in outcome && outcome.signal === 'SIGHUP';
		return isHangup && this.#config.screen.onHangup === 'stay' && (await this.#resident) !== undefined;
	}

	/** Goes on as `healthtop run` does, until a signal. Its end is one, too: Node aborts when it leaves a terminal that is no more. */
	async #stay(): Promise<Outcome> {
		const {log, io} = this.#parts;
		log.warn('the terminal is gone, the engine stays');
		return new Promise(resolve => {
			this.#end = resolve;

			for (const signal of ['SIGTERM', 'SIGINT'] as const) {
				io.onSignal(signal, () => resolve({signal}));
			}

			io.onSignal('SIGHUP', async () => {
				await this.#follow?.reload();
			});
		});
	}

	/** @returns false when it could not be ended in order. */
	async #close(outcome: Outcome): Promise<boolean> {
		const {engine, log} = this.#parts;
		this.#follow?.stop();
		engine.stop();
		const resident = await this.#resident;
		// Had another one the directory, the log would be its.
		const [isInOrder = true] = await Promise.all([resident?.close(), ...(this.#isTaken ? [] : [logEnd(log, outcome)])]);
		return isInOrder;
	}

	/** What a first picture need not wait for: the lock, and all that belongs to whoever has it. */
	async #becomeResident(session: ScreenSession, config: FollowedConfig): Promise<ResidentEngine | undefined> {
		const {loaded, engine, log, isWatchOnly, options, io} = this.#parts;
		const residence = isWatchOnly ? nowhere : await takeResidence(options, io);

		if (isWatchOnly) {
			this.#watchAgain(session);
		}

		switch (residence.kind) {
			case 'held': {
				writeLogSoon(log, io);
				const stop = (by: Safe) => this.#stop(safe`'healthtop engine stop' of ${by}`);
				const onLost = () => this.#stop(safe`engine.lock was removed or replaced, and another engine may run`);
				return openResident({loaded, engine, residence, log, options, io, config, stop, onLost}).catch(error =>
					this.#goOnWithout(error),
				);
			}
			case 'taken':
				this.#isTaken = true;
				// The files are those of whoever has the lock, also when something fails later.
				log.discard();
				session.end(changing);
				return undefined;
			case 'none':
				writeLogSoon(log, io);
				return this.#goOnWithout(residence.reason === undefined ? undefined : new UserError(residence.reason));
		}
	}

	/** Ends the program, and says why once the terminal is as it was. */
	#stop(why: Safe): void {
		this.#stoppedBy = why;
		this.#end({signal: 'SIGTERM'});
	}

	/** Looks for the engine that we cannot have: once it lets us look, or is gone, this screen is over. */
	#watchAgain(session: ScreenSession): void {
		const {engine, options, io} = this.#parts;
		this.#callOffWatch = io.clock.wake(watchAgainAfter, async () => {
			const found = await findEngine(options, io);

			if (found.kind === 'watch-only') {
				engine.store.standing = {...engine.store.standing, note: found.note};
				this.#watchAgain(session);
			} else {
				this.#other = found;
				session.end(changing);
			}
		});
	}

	/** Without a place of its own an engine samples and draws all the same, and looks for trouble unless another one does. */
	#goOnWithout(error: unknown): undefined {
		const {engine, isWatchOnly} = this.#parts;

		if (error !== undefined && !(error instanceof UserError)) {
			throw error;
		}

		if (error) {
			engine.notice('state', {source: safe`state directory`, reason: safeText(error.message)});
		}

		if (!isWatchOnly) {
			engine.alerts.begin(noHome);
		}
	}

	#looks() {
		return looksOf(this.#parts.options, this.#config.screen, this.#parts.io.env);
	}
}
