import {once} from 'node:events';
import {createConnection, type Socket} from 'node:net';
import type {Answer, CheckContext, PlaceholderValues, Stage, StageName} from '../core/check.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {addressesOf, isOfThisMachine} from './addresses.js';
import {Failed} from './failed.js';
import {failureOf} from './failure-words.js';
import {joinedStages} from './joined-stages.js';
import {type Place, placeText} from './place.js';

type Closable = {destroy(): unknown};

/** One question under way: what it has opened, how far it has got, and how long each part took. */
export class Attempt {
	readonly context: CheckContext;
	readonly stages: Stage[] = [];
	/** What has been seen so far; kept when the rest fails. */
	values: PlaceholderValues = {};
	reach: Answer['reach'];
	certificate: Answer['certificate'];
	/** Where it goes, for words. */
	target = '';
	/** What goes on while its time runs out: `then silent`, `headers still coming`. */
	waiting: Safe = safe`not begun`;
	readonly #opened = new Set<Closable>();
	#startedAt: number;

	constructor(context: CheckContext) {
		this.context = context;
		this.#startedAt = context.now();
	}

	/** From here on time counts: what had to be loaded for the first question is not the service's. */
	begin(): void {
		this.#startedAt = this.context.now();
	}

	/** Since it began, ms. */
	get ms(): number {
		return this.context.now() - this.#startedAt;
	}

	/** Does a part of the question, measured. */
	async stage<T>(name: StageName, waiting: Safe, work: () => Promise<T>): Promise<T> {
		const from = this.context.now();
		this.waiting = waiting;

		try {
			return await work();
		} finally {
			this.stages.push({name, ms: this.context.now() - from});
		}
	}

	/** Closed when the question is over, however it ends. */
	closing<T extends Closable>(opened: T): T {
		this.#opened.add(opened);
		return opened;
	}

	/** A fresh connection. @throws {Failed} or the system's error. */
	async connect(place: Place): Promise<Socket> {
		this.target = placeText(place);
		const target = safeText(this.target);

		if ('path' in place) {
			this.reach = {isLoopback: true, hasConnected: false, target: this.target};
			return this.#open(createConnection(place.path), target, true);
		}

		const name = safeText(place.host);
		// A name that leads nowhere is none of this machine's.
		this.reach = {isLoopback: false, hasConnected: false, target: this.target};
		const addresses = await this.stage('name', safe`no answer of the name server for ${name}`, () =>
			addressesOf(place.host, this.context),
		);
		const isLoopback = addresses.every(address => isOfThisMachine(address, this.context.host));
		this.reach = {isLoopback, hasConnected: false, target: this.target};
		const all = addresses.map(address => ({address, family: address.includes(':') ? 6 : 4}));
		const options = {host: place.host, port: place.port, autoSelectFamily: true};
		return this.#open(
			createConnection({
				...options,
				// One after the other, the next one as soon as one does not answer at once (RFC 8305).
				lookup: (_, {all: wantsAll}, found) =>
					wantsAll ? found(null, all) : found(null, all[0]?.address ?? '', all[0]?.family),
			}),
			target,
			isLoopback,
		);
	}

	// The socket is not given the signal: made with one that is aborted already, it would emit an error that nobody listens to.
	async #open(socket: Socket, target: Safe, isLoopback: boolean): Promise<Socket> {
		this.closing(socket);
		// What happens after the question is over is nobody's business.
		socket.on('error', () => {});
		this.values = {...this.values, CONNECTED: false};
		await this.stage('connect', safe`not connected to ${target}`, () =>
			once(socket, 'connect', {signal: this.context.signal}),
		);
		this.reach = {isLoopback, hasConnected: true, target: this.target};
		this.waiting = safe`connected, then silent`;
		this.values = {
			...this.values,
			CONNECTED: true,
			...(socket.remoteAddress !== undefined && {IP: socket.remoteAddress}),
		};
		return socket;
	}

	close(): void {
		// The last one first: Node 20 crashes (SIGSEGV) when a TLS socket is destroyed after the one below it.
		for (const opened of [...this.#opened].reverse()) {
			opened.destroy();
		}
	}
}

/** What is left to say where a question was asked to its end. */
export type Found = Partial<Omit<Answer, 'stages' | 'ms' | 'reach'>> & {readonly text: Safe};

/**
 * Asks a question and closes what it opened. What goes wrong on the way (a `Failed`, an error of the system or the end of its time) is
 * an answer, too; everything else is thrown, for it is a bug.
 */
export async function asking(context: CheckContext, question: (attempt: Attempt) => Promise<Found>): Promise<Answer> {
	const attempt = new Attempt(context);
	const ended = (found: Found): Answer => {
		const {stages, reach, certificate, ms} = attempt;
		const values = {...attempt.values, ...found.values};
		const parts = [...joinedStages(stages), {name: 'whole' as const, ms}];
		return {...(certificate && {certificate}), ...found, values, ms, stages: parts, reach};
	};

	try {
		context.signal.throwIfAborted();
		return ended(await question(attempt));
	} catch (error) {
		const failure = error instanceof Failed ? error.failure : failureOf(error, attempt);
		return ended({failure, text: safe``});
	} finally {
		attempt.close();
	}
}
