import {messageOf} from '../core/errors.js';
import {safe, safeText} from '../core/safe.js';
import {viewProtocol} from '../core/view-protocol.js';
import {ControlServer, type Handlers, mostControllers} from '../engine/control-server.js';
import type {Engine} from '../engine/engine.js';
import {EngineJournal} from '../engine/engine-journal.js';
import type {KeptLog} from '../engine/log.js';
import {SocketListener} from '../engine/socket-listener.js';
import {mostViewers, ViewServer} from '../engine/view-server.js';
import {local} from '../hosts/local.js';
import type {Io} from './io.js';
import {journaledAlerts} from './journaled-alerts.js';
import type {Residence} from './residence.js';
import {within} from './within.js';

/** Somebody removes sockets from /tmp, or a full disk has no inode for one: looked at again so much later, ms. */
const lookEvery = 15_000;

/** One for those who watch, one for those who command: one alone is not enough. */
const socketCount = 2;

/** A disk that does not answer holds up the end for so long, ms. */
const closeWait = 1000;

export type ResidentParts = {
	readonly engine: Engine;
	readonly residence: Residence;
	readonly root: string;
	readonly log: KeptLog;
	readonly io: Io;
	/** The lock is no longer ours: nothing may be written any more. */
	readonly onLost: () => void;
};

/** What makes an engine stay: the journal, the sockets, and an end in order. It has the lock. */
export class Resident {
	readonly viewers: ViewServer;
	readonly journal: EngineJournal;
	readonly since: number;
	readonly #parts: ResidentParts;
	readonly #control: ControlServer;
	#listeners: readonly SocketListener[] = [];
	#lookedAt = 0;
	#isOpening = false;
	#isClosed = false;
	readonly #unsubscribe: () => void;

	private constructor(parts: ResidentParts, journal: EngineJournal, handlers: (resident: Resident) => Handlers) {
		const {engine, root, io} = parts;
		const {pid, version, clock} = io;
		this.#parts = parts;
		this.journal = journal;
		this.since = clock.wall();
		const greeting = {
			healthtop: 'view',
			protocol: viewProtocol,
			version: safeText(version),
			pid,
			since: this.since,
			root,
		} as const;
		this.viewers = new ViewServer(engine.store, greeting, clock);
		this.#control = new ControlServer({
			clock,
			version,
			pid,
			handlers: handlers(this),
			onError: reason => parts.log.error('a request failed', {reason}),
		});
		this.#unsubscribe = engine.store.subscribe(() => this.#tick());
	}

	/**
	 * Opens journal and sockets. What cannot be opened is a problem on every screen, and tried again.
	 * @throws when the journal can be neither read nor told from what is not ours.
	 */
	static async open(parts: ResidentParts, handlers: (resident: Resident) => Handlers): Promise<Resident> {
		const {residence, io, log} = parts;
		const {pid, version, clock} = io;
		const journal = await EngineJournal.open({
			directory: residence.directory,
			clock,
			run: {pid, version: safeText(version), boot: bootId()},
			onError: reason => log.error('the journal was not written', {reason}),
		});
		const resident = new Resident(parts, journal, handlers);
		resident.#sayBefore();
		parts.engine.alerts.begin(journaledAlerts(journal, log));
		await resident.#listen();
		return resident;
	}

	/**
	 * Lets screens go, and writes and closes everything; a disk that hangs holds it up for two seconds at most.
	 * @returns false when it hangs: Node cannot end by itself then, for it waits for what its threads have begun.
	 */
	async close(): Promise<boolean> {
		if (this.#isClosed) {
			return true;
		}

		const {clock} = this.#parts.io;
		this.#isClosed = true;
		this.#unsubscribe();
		this.viewers.close('stopped');
		await within(clock, closeWait, this.#parts.engine.alerts.close());
		// Another one must not have the lock while a write of ours is under way: the kernel lets go of it when we are gone.
		return (await within(clock, closeWait, this.journal.close())) && (await within(clock, closeWait, this.#letGo()));
	}

	async #letGo(): Promise<void> {
		await Promise.all(this.#listeners.map(listener => listener.close()));
		await this.#parts.residence.lock.release();
	}

	/** What the journal tells of the engine before. */
	#sayBefore(): void {
		const {log} = this.#parts;
		const {before, setAside} = this.journal;
		const {run, lastAt, isStopped} = before;

		if (run && lastAt !== undefined && !isStopped) {
			log.warn('the engine before did not end by itself', {
				target: run.pid,
				lastSeen: new Date(lastAt).toISOString(),
			});
		}

		if (setAside) {
			log.warn('the journal was not whole', {reason: setAside.reason, kept: setAside.name});
		}
	}

	#tick(): void {
		const {engine, io} = this.#parts;
		const now = io.clock.now();
		this.journal.tick();
		const {problem} = this.journal;
		engine.notice('journal', problem === undefined ? undefined : {source: safe`journal`, reason: problem});
		engine.store.standing = {...engine.store.standing, others: this.viewers.viewers};

		if (now - this.#lookedAt >= lookEvery && !this.#isOpening) {
			this.#lookedAt = now;
			void this.#listenAgain();
		}
	}

	async #listenAgain(): Promise<void> {
		this.#isOpening = true;

		if (!(await this.#parts.residence.lock.isOurs().catch(() => true))) {
			this.#loseLock();
			return;
		}

		const areOurs = await Promise.all(this.#listeners.map(listener => listener.isOurs()));
		this.#isOpening = false;
		const isWhole = areOurs.length === socketCount && areOurs.every(isOne => isOne);

		if (this.#parts.residence.places && !isWhole && !this.#isClosed) {
			await this.#listen();
		}
	}

	/** Somebody removed the lock or its directory, and another engine may have it: two must not write the same files. */
	#loseLock(): void {
		const {log, onLost} = this.#parts;
		this.#isClosed = true;
		this.#unsubscribe();
		log.error('engine.lock was removed or replaced: this engine ends, another may run');
		onLost();
	}

	/** Screens that are connected to a socket that was removed stay connected. */
	async #listen(): Promise<void> {
		const {residence, engine, log, io} = this.#parts;
		const {places, problem} = residence;
		this.#isOpening = true;
		this.#lookedAt = io.clock.now();

		try {
			if (!places) {
				throw new Error(problem);
			}

			for (const listener of this.#listeners) {
				listener.retire();
			}

			this.#listeners = [];

			// One after the other: both have the same name for a moment.
			for (const listener of this.#newListeners(places)) {
				await listener.open();
				this.#listeners = [...this.#listeners, listener];
			}

			engine.notice('sockets', undefined);
		} catch (error) {
			const reason = safeText(messageOf(error));
			engine.notice('sockets', {source: safe`sockets`, reason: safe`no other screen can attach: ${reason}`});
			log.warn('sockets cannot be opened', {reason});
		} finally {
			this.#isOpening = false;
		}
	}

	#newListeners({view, control, isMachineWide}: NonNullable<Residence['places']>): readonly SocketListener[] {
		return [
			new SocketListener({
				path: view,
				mode: isMachineWide ? 0o660 : 0o600,
				most: mostViewers,
				onConnection: socket => this.viewers.accept(socket),
			}),
			new SocketListener({
				path: control,
				mode: 0o600,
				most: mostControllers,
				onConnection: socket => this.#control.accept(socket),
			}),
		];
	}
}

/** Tells one start of the kernel from the next (random(4)): that is when the monotonic clock began. `unknown` where nobody tells. */
function bootId(): string {
	try {
		return local().readText('/proc/sys/kernel/random/boot_id').trim();
	} catch {
		return 'unknown';
	}
}
