import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import type {SampleContext, Sampler} from '../core/sampler.js';
import type {Problem, Snapshot, Tables} from '../core/snapshot.js';
import type {Clock} from './clock.js';
import {Runner} from './sample-all.js';
import {nextBeat, Scheduler} from './scheduler.js';
import {LiveStore, type Store} from './store.js';

/** How long a tick waits for its asynchronous samplers; what comes later is in the next snapshot. */
const publishWithin = 200;

/** From the first reading to the second: rates are on the screen soon, and made from enough clock ticks to mean something. */
const firstInterval = 500;

/** What an engine is made of; plug-ins are handed in. */
export type EngineOptions = {
	readonly host: Host;
	readonly samplers: readonly Sampler[];
	readonly clock: Clock;
	/** Time between two ticks, ms. */
	readonly every: number;
	/** Time between two runs of a sampler, by its name, ms; else its own, else every tick. */
	readonly sampling: Readonly<Record<string, number>>;
	readonly filters: SampleContext['filters'];
};

/** The part with the clock: samples, and hands snapshots to the store. It knows no screen. */
export class Engine {
	readonly #options: EngineOptions;
	readonly #store = new LiveStore();
	readonly #scheduler: Scheduler;
	readonly #runners: readonly Runner[];
	readonly #hostName: Safe;
	#sequence = 0;
	#tickedAt: number | undefined;
	#isStopped = false;

	constructor(options: EngineOptions) {
		const {host, clock, samplers, sampling, filters} = options;
		this.#options = options;
		this.#scheduler = new Scheduler(clock);
		const around = {host, clock, scheduler: this.#scheduler, filters, visible: () => this.#store.visible};
		this.#runners = samplers.map(sampler => new Runner(sampler, sampling[sampler.name] ?? sampler.every ?? 0, around));
		this.#hostName = hostNameOf(host);
	}

	get store(): Store {
		return this.#store;
	}

	/** Ticks now, once more soon after, and then every beat. Resolves after the first snapshot. */
	async start(): Promise<void> {
		const {clock, every} = this.#options;
		const now = clock.now();
		await this.#tick();
		this.#schedule(now + Math.min(firstInterval, every));
	}

	/** One reading now, outside the beat: for what needs just two of them. */
	async tickOnce(): Promise<void> {
		await this.#tick();
	}

	/** Ends every reading that is under way; nothing happens afterwards. */
	stop(): void {
		this.#isStopped = true;
		this.#scheduler.stop();

		for (const runner of this.#runners) {
			runner.stop();
		}
	}

	#schedule(due: number): void {
		if (this.#isStopped) {
			return;
		}

		this.#scheduler.at(due, async () => {
			const {clock, every} = this.#options;
			const started = clock.now();
			await this.#tick();
			this.#schedule(nextBeat(due, every, clock.now(), started));
		});
	}

	async #tick(): Promise<void> {
		const now = this.#options.clock.now();
		const runs = this.#runners.map(runner => runner.start(now)).filter(run => run !== undefined);
		await this.#settledOrLate(runs, now);

		if (this.#isStopped) {
			return;
		}

		const elapsed = this.#tickedAt === undefined ? 0 : now - this.#tickedAt;
		this.#tickedAt = now;
		// Beats without a tick (a stall, a suspended machine) are gaps in the past, not a jump in its axis.
		const missed = Math.max(0, Math.round(elapsed / this.#options.every) - 1);
		this.#store.publish(this.#snapshot(now, elapsed), missed);
	}

	async #settledOrLate(runs: readonly Promise<void>[], now: number): Promise<void> {
		let callOff = () => {};
		const late = new Promise<void>(resolve => {
			callOff = this.#scheduler.at(now + publishWithin, resolve);
		});
		await Promise.race([Promise.all(runs), late]);
		callOff();
	}

	#snapshot(now: number, intervalMs: number): Snapshot {
		const tables: Tables = {filesystems: [], devices: [], interfaces: [], processes: []};
		const series = new Map<string, number>();
		const problems: Problem[] = [];
		let cores = 0;

		for (const runner of this.#runners) {
			const {sample, isStale} = runner;
			Object.assign(tables, sample?.tables);
			cores = sample?.cores ?? cores;
			problems.push(...runner.problems(now));

			for (const [name, value] of isStale ? [] : (sample?.series ?? [])) {
				series.set(name, value);
			}
		}

		if (this.#store.history.refused > 0) {
			const reason = safe`more than 2,000: the past of ${this.#store.history.refused} is not kept`;
			problems.push({area: 'history', source: safe`series`, reason});
		}

		this.#sequence += 1;
		return {
			...tables,
			at: this.#options.clock.wall(),
			sequence: this.#sequence,
			host: this.#hostName,
			intervalMs,
			cores,
			series,
			problems,
		};
	}
}

function hostNameOf(host: Host): Safe {
	try {
		return safeBytes(host.readText('/proc/sys/kernel/hostname').trim());
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return safe`?`;
	}
}
