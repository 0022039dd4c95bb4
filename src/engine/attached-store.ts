import type {History} from '../core/history.js';
import {type Safe, safe} from '../core/safe.js';
import type {Details, Pids} from '../core/sampler.js';
import type {Snapshot} from '../core/snapshot.js';
import {type EngineGreeting, type EngineLine, mostWatched, type Watch} from '../core/view-protocol.js';
import {Past} from '../history/past.js';
import type {Clock} from './clock.js';
import {isSilent, lossText, type Trouble, troubleText} from './engine-trouble.js';
import {ReceivedView} from './received-view.js';
import type {Standing, Store} from './store.js';
import {type NoView, ViewConnection} from './view-connection.js';

/** How often we look whether the engine still says something, and ask for one that has gone, ms. */
const lookEvery = 1000;

export type AttachOptions = {
	/** The engine's view socket. */
	readonly path: string;
	/** Our own version. */
	readonly version: Safe;
	/** Whose files must be read: `/` for this machine. */
	readonly root: string;
	readonly clock: Pick<Clock, 'now' | 'wake'>;
};

/** Why a screen could not attach. */
export type Refusal =
	| NoView
	| {readonly kind: 'other-root'; readonly greeting: EngineGreeting}
	| {readonly kind: 'silent'};

/** The store of a screen whose engine is another process: the same snapshots and the same past, as far as they have come. */
export class AttachedStore implements Store {
	readonly #options: AttachOptions;
	#connection: ViewConnection | undefined;
	#greeting: EngineGreeting | undefined;
	#received: ReceivedView | undefined;
	#shown: {readonly snapshot: Snapshot; readonly history: Past} | undefined;
	/** When the last picture came, ms of the monotonic clock. */
	#shownAt = 0;
	#every = 1000;
	#trouble: Trouble | undefined;
	#problem: Safe | undefined;
	#watch: Watch = {type: 'watch', pids: [], details: []};
	#sentWatch = '';
	readonly #listeners = new Set<(snapshot: Snapshot) => void>();
	#callOffLook: () => void = () => {};
	#lookAt = 0;
	#settle: (refusal: Refusal | undefined) => void = () => {};

	constructor(options: AttachOptions) {
		this.#options = options;
	}

	get snapshot(): Snapshot | undefined {
		return this.#shown?.snapshot;
	}

	get history(): History {
		return this.#shown?.history ?? new Past();
	}

	get standing(): Standing {
		return {
			role: 'attached',
			trouble: this.#trouble && troubleText(this.#trouble, this.#options.clock.now(), this.snapshot?.at),
			problem: this.#problem,
			note: this.#note(),
			others: 0,
		};
	}

	/** Resolves when there is a first picture, or with why there will be none; `within` ms in any case. */
	async attach(within: number): Promise<Refusal | undefined> {
		const refusal = await new Promise<Refusal | undefined>(resolve => {
			const callOff = this.#options.clock.wake(within, () => resolve({kind: 'silent'}));
			this.#settle = answer => {
				callOff();
				resolve(answer);
			};
			this.#connect();
		});
		this.#settle = () => {};

		if (refusal) {
			this.close();
		} else {
			this.#lookSoon();
		}

		return refusal;
	}

	frozenHistory(): History {
		return this.#shown?.history.copy() ?? new Past();
	}

	subscribe(listener: (snapshot: Snapshot) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	setVisible(pids: Pids): void {
		const listed = pids instanceof Set ? [...pids].slice(0, mostWatched) : 'every';
		this.#sendWatch({...this.#watch, pids: listed});
	}

	setWanted(details: Details): void {
		this.#sendWatch({...this.#watch, details: (['addresses', 'listeners'] as const).filter(one => details.has(one))});
	}

	/** What is wrong with the screen itself. */
	setProblem(problem: Safe | undefined): void {
		this.#problem = problem;
		this.#tell();
	}

	/** Leaves the engine alone. */
	close(): void {
		this.#callOffLook();
		this.#connection?.close();
	}

	#connect(): void {
		const {path, version} = this.#options;
		this.#sentWatch = '';
		this.#connection = new ViewConnection(path, version, {
			onGreeting: greeting => this.#greet(greeting),
			onLine: line => this.#hear(line),
			onEnd: why => this.#lose(why),
		});
	}

	#greet(greeting: EngineGreeting): void {
		if (greeting.root !== this.#options.root) {
			this.#connection?.close();
			this.#connection = undefined;
			this.#settle({kind: 'other-root', greeting});
			this.#say(safe`the engine watches another root`);
			return;
		}

		this.#greeting = greeting;
		this.#sendWatch(this.#watch);
	}

	#hear(line: EngineLine): void {
		switch (line.type) {
			case 'begin':
				this.#received = new ReceivedView(line);
				return;
			case 'past':
				this.#received?.add(line);
				this.#show();
				return;
			case 'next':
				this.#received?.push(line);
				this.#show();
				return;
			case 'bye':
		}
	}

	/** What has come, once it is enough; the picture that was there stays until then. */
	#show(): void {
		const received = this.#received;

		if (received?.isReady && received.snapshot !== this.#shown?.snapshot) {
			this.#shown = {snapshot: received.snapshot, history: received.past};
			this.#shownAt = this.#options.clock.now();
			this.#every = received.every;
			this.#trouble = undefined;
			this.#settle(undefined);
			this.#tell();
		}
	}

	#tell(): void {
		const {snapshot} = this;

		if (snapshot) {
			for (const listener of this.#listeners) {
				listener(snapshot);
			}
		}
	}

	#lose(why: NoView): void {
		const isEnd = this.#received?.isReady === true;
		this.#connection = undefined;
		this.#received = undefined;
		this.#settle(why);

		if (!(why.kind === 'none' && this.#trouble?.isEnd)) {
			this.#say(lossText(why, this.#options.version), isEnd);
		}
	}

	#say(reason: Safe, isEnd = false): void {
		this.#trouble = {since: this.#trouble?.since ?? this.#shownAt, reason, isEnd};
		this.#tell();
	}

	#lookSoon(): void {
		const {now, wake} = this.#options.clock;
		this.#lookAt = now() + lookEvery;
		this.#callOffLook = wake(lookEvery, () => this.#look());
	}

	#look(): void {
		const {now} = this.#options.clock;
		// We were stopped ourselves: what the engine said meanwhile is still to be read.
		const wasStopped = now() - this.#lookAt > lookEvery;

		if (!this.#connection) {
			this.#connect();
			this.#tell();
		} else if (!wasStopped && isSilent(now() - this.#shownAt, this.#every)) {
			this.#trouble ??= {since: this.#shownAt, reason: 'silent'};
			this.#tell();
		} else if (this.#trouble) {
			this.#tell();
		}

		this.#lookSoon();
	}

	#sendWatch(watch: Watch): void {
		this.#watch = watch;
		const line = JSON.stringify(watch);

		// Not before the greetings, of which each connection has its own.
		if (this.#connection?.isGreeted && line !== this.#sentWatch) {
			this.#sentWatch = line;
			this.#connection.send(watch);
		}
	}

	#note(): Safe | undefined {
		const {version} = this.#options;
		return this.#greeting && this.#greeting.version !== version
			? safe`engine ${this.#greeting.version}, screen ${version}`
			: undefined;
	}
}
