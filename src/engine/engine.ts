import {type Safe, safe} from '../core/safe.js';
import type {Problem, Snapshot, Tables} from '../core/snapshot.js';
import {type Moment, type TimeEvent, timeEvent} from '../core/time-event.js';
import {Alerts} from './alerts.js';
import {CheckAll} from './check-all.js';
import type {Clock} from './clock.js';
import {derivations} from './derive.js';
import type {EngineOptions, EngineSettings} from './engine-settings.js';
import {hostNameOf} from './host-name.js';
import {Pinger} from './pinger.js';
import {Runner} from './sample-all.js';
import {nextBeat, Scheduler} from './scheduler.js';
import {LiveStore} from './store.js';

/** How long a tick waits for its asynchronous samplers; what comes later is in the next snapshot. */
const publishWithin = 200;

/** From the first reading to the second: rates are on the screen soon, and made from enough clock ticks to mean something. */
const firstInterval = 500;

/** The part with the clock: samples, and hands snapshots to the store. It knows no screen. */
export class Engine {
	readonly #clock: Clock;
	#settings: EngineSettings;
	readonly #store = new LiveStore();
	readonly #scheduler: Scheduler;
	readonly #runners: readonly Runner[];
	readonly #checks: CheckAll;
	readonly alerts: Alerts;
	readonly #pinger: Pinger;
	readonly #hostName: Safe;
	#sequence = 0;
	#tickedAt: number | undefined;
	#lag = 0;
	#moment: Moment | undefined;
	readonly #derive = derivations();
	readonly #notices = new Map<string, Problem>();
	#callOffTick: () => void = () => {};
	#isStopped = false;
	/** Counts rows of ticks: there must never be two. */
	#round = 0;

	constructor(options: EngineOptions) {
		const {host, clock, samplers} = options;
		this.#clock = clock;
		this.#settings = options;
		this.#scheduler = new Scheduler(clock);
		const around = {
			host,
			clock,
			scheduler: this.#scheduler,
			filters: () => this.#settings.filters,
			visible: () => this.#store.visible,
			wanted: () => this.#store.wanted,
			lag: () => this.#lag,
		};
		this.#runners = samplers.map(sampler => new Runner(sampler, options.sampling[sampler.name], around));
		this.#checks = new CheckAll(options, {host, clock, scheduler: this.#scheduler});
		this.#hostName = hostNameOf(host);
		this.#pinger = new Pinger(options.ping, {
			clock,
			scheduler: this.#scheduler,
			onEnd: reason => this.notice('ping', reason && {source: safe`ping`, reason}),
		});
		this.alerts = new Alerts(options, {
			clock,
			scheduler: this.#scheduler,
			store: this.#store,
			host: this.#hostName,
			isRemote: check => this.#checks.isRemote(check),
		});
		this.#store.keep(options.kept);
		this.#store.every = options.every;
	}

	get store(): LiveStore {
		return this.#store;
	}

	/** Ticks now, once more soon after, and then every beat. Resolves after the first snapshot. */
	async start(): Promise<void> {
		const now = this.#clock.now();
		// A first picture soon: what is read aside would stand before it in the thread pool.
		await this.#tick(this.#runners.filter(({isAside}) => !isAside));
		// What is loaded for the first of them must not hold up the first picture either.
		this.#checks.start(now + firstInterval);
		this.#schedule(now + Math.min(firstInterval, this.#settings.every));
	}

	/** Goes on with other settings. With another time between ticks the past begins anew, for its axis is made of ticks. */
	configure(settings: EngineSettings): void {
		const isOtherBeat = settings.every !== this.#settings.every;
		this.#settings = settings;
		this.#store.keep(settings.kept);
		this.#store.every = settings.every;
		this.#checks.configure(settings);
		this.alerts.configure(settings);
		this.#pinger.configure(settings.ping);

		for (const runner of this.#runners) {
			runner.configure(settings.sampling[runner.name]);
		}

		if (isOtherBeat && !this.#isStopped) {
			this.#store.forget();
			this.#callOffTick();
			this.#round += 1;
			this.#schedule(this.#clock.now() + settings.every);
		}
	}

	/** What else than a sampler has a problem, from the next tick on and until it has none: one for each area. */
	notice(area: string, problem: Omit<Problem, 'area'> | undefined): void {
		if (problem) {
			this.#notices.set(area, {...problem, area});
		} else {
			this.#notices.delete(area);
		}
	}

	/** One reading now, outside the beat: for what needs just two of them. */
	async tickOnce(): Promise<void> {
		await this.#tick();
	}

	/** The second of the two: waits until every reading and every check has ended, those of the first one too, by itself or at its deadline. */
	async lastTick(): Promise<void> {
		await Promise.all([this.#settled(), this.#checks.askAll()]);
		const now = this.#clock.now();

		for (const runner of this.#runners) {
			void runner.start(now);
		}

		await this.#settled();
		this.#publish(now);
	}

	async #settled(): Promise<void> {
		await Promise.all(this.#runners.map(({running}) => running));
	}

	/** Ends every reading that is under way; nothing happens afterwards. */
	stop(): void {
		this.#isStopped = true;
		this.#checks.stop();
		this.#pinger.stop();
		this.#scheduler.stop();

		for (const runner of this.#runners) {
			runner.stop();
		}
	}

	#schedule(due: number): void {
		if (this.#isStopped) {
			return;
		}

		this.#callOffTick = this.#scheduler.at(due, async () => {
			const started = this.#clock.now();
			const {every} = this.#settings;
			const round = this.#round;
			this.#lag = Math.max(0, started - due);
			await this.#tick();

			// Settings that came meanwhile have their own next tick.
			if (round === this.#round) {
				this.#schedule(nextBeat(due, every, this.#clock.now(), started));
			}
		});
	}

	async #tick(runners = this.#runners): Promise<void> {
		const now = this.#clock.now();
		const runs = runners.flatMap(runner => {
			const run = runner.start(now);
			return run && !runner.isAside ? [run] : [];
		});
		await this.#settledOrLate(runs, now);

		this.#publish(now);
	}

	#publish(now: number): void {
		if (this.#isStopped) {
			return;
		}

		const elapsed = this.#tickedAt === undefined ? 0 : now - this.#tickedAt;
		this.#tickedAt = now;
		// Beats without a tick (a stall, a suspended machine) are gaps in the past, not a jump in its axis.
		const missed = Math.max(0, Math.round(elapsed / this.#settings.every) - 1);
		this.#store.publish(this.#snapshot(now, elapsed), missed);

		if (this.alerts.isKept) {
			this.#pinger.tick();
		}
	}

	async #settledOrLate(runs: readonly Promise<void>[], now: number): Promise<void> {
		if (runs.length === 0) {
			return;
		}

		let callOff = () => {};
		const late = new Promise<void>(resolve => {
			callOff = this.#scheduler.at(now + publishWithin, resolve);
		});
		await Promise.race([Promise.all(runs), late]);
		callOff();
	}

	#timeEvent(moment: Moment, lag: number): TimeEvent | undefined {
		const before = this.#moment;
		this.#moment = moment;
		return before && timeEvent(before, moment, lag);
	}

	#snapshot(now: number, intervalMs: number): Snapshot {
		const tables: Tables = {
			filesystems: [],
			devices: [],
			interfaces: [],
			processes: [],
			alerts: [],
			notifiers: [],
			...this.#checks.tables,
		};
		const series = new Map<string, number>();
		const problems: Problem[] = [...this.#notices.values()];
		let cores = 0;

		for (const runner of this.#runners) {
			const {sample, isStale} = runner;
			Object.assign(tables, sample?.tables);
			cores = sample?.cores ?? cores;
			problems.push(...runner.problems(now));

			putFinite(series, isStale ? [] : (sample?.series ?? []));
		}

		putFinite(series, this.#checks.series());
		putFinite(series, this.alerts.series(tables));

		for (const [name, value] of this.#derive({at: now, series, cores, filesystems: tables.filesystems})) {
			series.set(name, value);
		}

		if (this.#store.history.refused > 0) {
			const reason = safe`more than 2,000: the past of ${this.#store.history.refused} is not kept`;
			problems.push({area: 'history', source: safe`series`, reason});
		}

		this.#sequence += 1;
		const at = this.#clock.wall();
		// Both clocks in one breath: a tick that took long is no clock that was set.
		const end = this.#clock.now();
		// Stopped in the middle of a tick, or before it: both are time in which nothing was read.
		const lag = Math.max(this.#lag, end - now - publishWithin);
		const event = this.#timeEvent({now: end, wall: at, uptime: msOf(series.get('uptime'))}, lag);
		const moment = {...tables, ...(event && {timeEvent: event}), series};
		return {
			...moment,
			...this.alerts.look(moment),
			at,
			sequence: this.#sequence,
			host: this.#hostName,
			intervalMs,
			cores,
			problems,
		};
	}
}

/** Not taken apart in the loop: code that runs once a second is never compiled, and makes four objects of each pair. */
function putFinite(series: Map<string, number>, pairs: Iterable<readonly [name: string, value: number]>): void {
	for (const pair of pairs) {
		// A source with a number of 400 digits must not become a picture of infinity.
		if (Number.isFinite(pair[1])) {
			series.set(pair[0], pair[1]);
		}
	}
}

function msOf(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : seconds * 1000;
}
