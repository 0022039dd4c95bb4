import {messageOf, Unsupported} from '../core/errors.js';
import {span} from '../core/format.js';
import type {Host} from '../core/host.js';
import {safe, safeText} from '../core/safe.js';
import type {Collect, Details, Pids, Sample, SampleContext, Sampler} from '../core/sampler.js';
import type {Problem} from '../core/snapshot.js';
import type {Clock} from './clock.js';
import {type Scheduler, stallMs} from './scheduler.js';

/** A sampler's work in one go, ms of CPU time (a busy machine is not the sampler's fault): over it, so many times in a row, it is told. */
const slowMs = 20;
const slowTimes = 3;
const defaultTimeout = 5000;

/** What is told to end has so long to do it, ms. */
const endMs = 50;

/** What samplers get besides what is made for each run. */
export type Surroundings = {
	readonly host: Host;
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	readonly filters: () => SampleContext['filters'];
	readonly visible: () => Pids;
	readonly wanted: () => Details;
	readonly lag: () => number;
};

/** One reading that is under way. Most of them end before anybody could give them up: their signal is made when it is asked for. */
class Run {
	isAborted = false;
	#controller: AbortController | undefined;

	get signal(): AbortSignal {
		if (!this.#controller) {
			this.#controller = new AbortController();

			if (this.isAborted) {
				this.#controller.abort();
			}
		}

		return this.#controller.signal;
	}

	abort(): void {
		this.isAborted = true;
		this.#controller?.abort();
	}
}

/**
 * One sampler in the engine's hands: never run twice at once, ended at its deadline, and whatever it throws is a problem
 * row while everything else goes on.
 */
export class Runner {
	readonly #sampler: Sampler;
	#every = 0;
	readonly #around: Surroundings;
	readonly #collect: Collect;
	#dueAt = Number.NEGATIVE_INFINITY;
	#running: Run | undefined;
	#ending: Promise<void> | undefined;
	#sample: Sample | undefined;
	/** When what is shown was read; before the first sample, when it was first asked for. */
	#sampledAt: number | undefined;
	#problem: Problem | undefined;
	#isOff = false;
	#isLate = false;
	#slow = 0;

	/** `every`: the least time between two runs, ms, when it is not the sampler's own. */
	constructor(sampler: Sampler, every: number | undefined, around: Surroundings) {
		this.#sampler = sampler;
		this.#around = around;
		this.#collect = sampler.start();
		this.configure(every);
	}

	get name(): string {
		return this.#sampler.name;
	}

	/** True when nobody waits for its runs. */
	get isAside(): boolean {
		return this.#sampler.isAside ?? false;
	}

	/** Another time between two runs, ms; undefined is the sampler's own, else every tick. The next run is due at once. */
	configure(every: number | undefined): void {
		this.#every = every ?? this.#sampler.every ?? 0;
		this.#dueAt = Number.NEGATIVE_INFINITY;
	}

	/** Starts a run when one is due. Resolves when it has ended, whichever way; undefined when it has already, or there was nothing to do. */
	start(now: number): Promise<void> | undefined {
		// Half a tick of slack: a tick that comes 1 ms early must not make a sampler skip a whole one.
		if (this.#isOff || this.#running || now < this.#dueAt) {
			return undefined;
		}

		this.#dueAt = now + this.#every - Math.min(250, this.#every / 2);
		const run = new Run();
		this.#running = run;
		this.#sampledAt ??= now;
		let answer: Sample | Promise<Sample>;

		try {
			answer = this.#timed(() => this.#collect(this.#around.host, this.#contextOf(run, now)));
		} catch (error) {
			this.#running = undefined;
			this.#fail(error, run.isAborted);
			return undefined;
		}

		if (answer instanceof Promise) {
			this.#ending = this.#finish(run, answer, now);
			return this.#ending;
		}

		this.#running = undefined;
		this.#take(answer, now);
		return undefined;
	}

	/** Resolves when what runs has ended, whichever way; undefined while nothing runs. */
	get running(): Promise<void> | undefined {
		return this.#running && this.#ending;
	}

	/** The last good sample; undefined before the first, after a failure, and while the sampler is switched off. */
	get sample(): Sample | undefined {
		return this.#sample;
	}

	/** True when the sample is older than it should be, because a newer one did not come in time. */
	get isStale(): boolean {
		return this.#isLate;
	}

	/** What is wrong with the sampler itself and with parts of what it read. */
	problems(now: number): readonly Problem[] {
		const {name} = this.#sampler;
		const source = safeText(name);
		const own: Problem[] = this.#problem ? [this.#problem] : [];

		if (this.#isLate) {
			own.push({area: name, source, reason: safe`stale ${span((now - (this.#sampledAt ?? now)) / 1000)}`});
		}

		if (this.#slow >= slowTimes) {
			own.push({area: name, source, reason: safe`reading takes over ${slowMs} ms`});
		}

		return [...own, ...(this.#sample?.problems ?? [])];
	}

	/** Gives up what is running. */
	stop(): void {
		this.#isOff = true;
		this.#running?.abort();
	}

	async #finish(run: Run, answer: Promise<Sample>, now: number): Promise<void> {
		const callOff = this.#deadline(run, now + (this.#sampler.timeout ?? defaultTimeout));

		try {
			this.#take(await answer, now);
		} catch (error) {
			this.#fail(error, run.isAborted);
		} finally {
			callOff();
			this.#running = undefined;
		}
	}

	#take(sample: Sample, now: number): void {
		this.#sample = sample;
		this.#sampledAt = now;
		this.#problem = undefined;
		this.#isLate = false;
	}

	#contextOf(run: Run, now: number): SampleContext {
		const {clock, filters, visible, wanted, lag} = this.#around;
		return {
			now: clock.now,
			wall: clock.wall,
			get signal() {
				return run.signal;
			},
			interim: this.#interim(run, now),
			filters: filters(),
			visible: visible(),
			wanted: wanted(),
			lag: lag(),
		};
	}

	/**
	 * Counts runs that take too long. Asking for CPU time is dear, and only a run that took long by the clock can have taken
	 * long: so it is asked for from the second such run in a row on.
	 */
	#timed<T>(run: () => T): T {
		const {clock} = this.#around;
		const isSuspect = this.#slow > 0;
		const [before, busyBefore] = [clock.now(), isSuspect ? clock.busy() : 0];
		const result = run();
		const took = clock.now() - before;
		const isSlow = took > slowMs && (!isSuspect || clock.busy() - busyBefore > slowMs);
		this.#slow = isSlow ? this.#slow + 1 : 0;
		return result;
	}

	#interim(run: Run, now: number): (sample: Sample) => void {
		return sample => {
			if (this.#running === run && !run.isAborted) {
				this.#sample = sample;
				this.#sampledAt = now;
				this.#problem = undefined;
			}
		};
	}

	/**
	 * The deadline: the run is told to end; until it does, no other is started. When the deadline itself comes late, we were
	 * the ones who stood still, and answers may lie there unread: they get a moment more.
	 */
	#deadline(run: Run, due: number): () => void {
		const {clock, scheduler} = this.#around;
		let callOff = scheduler.at(due, () => {
			if (clock.now() - due > stallMs) {
				callOff = scheduler.at(clock.now() + stallMs, () => this.#miss(run));
			} else {
				this.#miss(run);
			}
		});
		return () => callOff();
	}

	/** What ends at once when it is told to has an answer of its own, such as 'stuck'; what does not is late. */
	#miss(run: Run): void {
		const {clock, scheduler} = this.#around;
		run.abort();
		scheduler.at(clock.now() + endMs, () => {
			this.#isLate ||= this.#running === run;
		});
	}

	#fail(error: unknown, wasLate: boolean): void {
		if (wasLate) {
			this.#isLate = !this.#isOff;
			return;
		}

		this.#sample = undefined;
		this.#problem = undefined;
		this.#isLate = false;

		if (error instanceof Unsupported) {
			this.#isOff = true;
			return;
		}

		const source = safeText(this.#sampler.name);
		this.#problem = {area: this.#sampler.name, source, reason: safeText(messageOf(error)), isWhole: true};
	}
}
