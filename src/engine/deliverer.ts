import type {NotifierState} from '../core/alerts/alert.js';
import type {AlertSettings} from '../core/alerts/alert-settings.js';
import type {Incident, TimelineEntry} from '../core/alerts/incident.js';
import {afterTry, channelWait, isOpen, type Outgoing, tried, withTold} from '../core/alerts/outgoing.js';
import type {Delivery, Message} from '../core/notifier.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import {withTimelineEntry} from './after-change.js';
import type {Clock} from './clock.js';
import type {KeptBook} from './kept-book.js';
import {messageOf} from './message-of.js';
import type {PlannedNotifier} from './planned-notifier.js';
import type {Scheduler} from './scheduler.js';

/** Some of the time of a try is for the other side's good-bye, ms: what does not end then has no answer. */
const graceMs = 5000;

/** When we end, it has this long, ms. */
const stopMs = 700;

/** A way to tell people that does not work for so long is a trouble of its own, ms. */
const undeliverableAfter = 300_000;

export type DelivererParts = {
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	readonly host: Safe;
	/** The clock of `AlertState`. */
	readonly t: () => number;
	readonly book: KeptBook;
	readonly settings: () => AlertSettings;
	readonly onDelivery: (outgoing: Outgoing, delivery: Delivery) => void;
	/** 0 to 1, any. */
	readonly chance: () => number;
};

/** One way to tell people, and how it did lately. */
type Channel = {
	planned: PlannedNotifier;
	failures: number;
	/** It is left alone until then. */
	nextT: number;
	/** Since when it has not worked. */
	failingSince: number | undefined;
	isBroken: boolean;
	reason: Safe | undefined;
	/** A message of it is under way. */
	isRunning: boolean;
};

/** Tells people what is decided and on disk, one message at a time for each notifier, the oldest first. */
export class Deliverer {
	readonly #parts: DelivererParts;
	#channels = new Map<string, Channel>();
	readonly #running = new Set<Promise<void>>();
	readonly #stopped = new AbortController();
	#states: readonly NotifierState[] = [];

	constructor(parts: DelivererParts) {
		this.#parts = parts;
	}

	/** Those that are the same go on with what they know. */
	configure(notifiers: readonly PlannedNotifier[]): void {
		const before = this.#channels;
		this.#channels = new Map(
			notifiers.map(planned => {
				const same = before.get(planned.id);
				const isSame = same?.planned.key === planned.key;
				// What the one before is telling it tells to its end, and nothing after it.
				const isRunning = same?.isRunning ?? false;
				return [planned.id, isSame ? Object.assign(same, {planned}) : {...newChannel(planned), isRunning}];
			}),
		);
	}

	/** Begins what is due. */
	tick(): void {
		for (const channel of this.#channels.values()) {
			if (!channel.isRunning && this.#next(channel)) {
				channel.isRunning = true;
				const running = this.#run(channel).finally(() => this.#running.delete(running));
				this.#running.add(running);
			}
		}
	}

	/** Ends what is under way, and resolves when what came of it is written. */
	async close(): Promise<void> {
		this.#stopped.abort();
		await Promise.all(this.#running);
	}

	/** How many ways to tell people do not work: broken, or for long. */
	get undeliverable(): number {
		const t = this.#parts.t();
		return [...this.#channels.values()].filter(
			({isBroken, failingSince}) => isBroken || (failingSince !== undefined && t - failingSince > undeliverableAfter),
		).length;
	}

	/** The same list as long as nothing in it changes. */
	get states(): readonly NotifierState[] {
		const {book, t, clock} = this.#parts;
		const open = [...book.kept.outgoing.values()].filter(isOpen);
		const next = [...this.#channels.values()].map((channel, index): NotifierState => {
			const {planned, isBroken, failingSince, reason, nextT} = channel;
			const waiting = open.filter(({notifier}) => notifier === planned.id).length;
			const state = isBroken ? 'broken' : failingSince === undefined ? 'well' : 'waiting';
			const retryAt = Math.round((clock.wall() + nextT - t()) / 1000) * 1000;
			const before = this.#states[index];
			const made: NotifierState = {
				name: planned.name,
				state,
				waiting,
				...(state !== 'well' && reason !== undefined && {reason}),
				...(state !== 'well' && {retryAt: isNear(before?.retryAt, retryAt) ? (before?.retryAt ?? retryAt) : retryAt}),
			};
			return before && JSON.stringify(before) === JSON.stringify(made) ? before : made;
		});
		const isSame = next.length === this.#states.length && next.every((one, index) => one === this.#states[index]);
		this.#states = isSame ? this.#states : next;
		return this.#states;
	}

	#next(channel: Channel): Outgoing | undefined {
		const t = this.#parts.t();

		if (t < channel.nextT || this.#stopped.signal.aborted) {
			return undefined;
		}

		const {id, recipients} = channel.planned;
		const due = [...this.#parts.book.kept.outgoing.values()].filter(
			one =>
				one.notifier === id &&
				recipients.includes(one.recipient) &&
				(one.state === 'waiting' || one.state === 'undecided') &&
				one.nextT <= t,
		);
		// The oldest; but what makes a channel fail may be that one message: then the others have their turn.
		return due[Math.max(0, channel.failures - 1) % Math.max(1, due.length)];
	}

	async #run(channel: Channel): Promise<void> {
		const isCurrent = () => this.#channels.get(channel.planned.id) === channel;

		try {
			for (let next = this.#next(channel); next && isCurrent(); next = this.#next(channel)) {
				await this.#tell(channel, next);
			}
		} finally {
			// Another one with other settings may have taken its place.
			const current = this.#channels.get(channel.planned.id) ?? channel;
			current.isRunning = false;
		}
	}

	async #tell(channel: Channel, outgoing: Outgoing): Promise<void> {
		const {book, settings, t, clock, host, onDelivery, chance} = this.#parts;
		const {planned} = channel;
		const trying = tried(outgoing, book.kept.incidents, planned.minimum, settings(), t(), clock.wall());
		// On disk before anybody is asked: whoever finds it afterwards knows that it may have arrived.
		await book.add({outgoing: [trying]});
		const message = messageOf(trying, book.kept, host);

		if (trying.state === 'dropped' || !message) {
			await book.add({outgoing: [{...trying, state: 'dropped'}]});
			return;
		}

		const delivery = await this.#try(planned, message, trying.recipient);
		const after = afterTry(trying, delivery, t(), chance());
		this.#learn(channel, delivery);
		onDelivery(after, delivery);

		// Its recipient was taken out of the configuration meanwhile: what was not taken is not tried again.
		if (book.known.outgoing.get(after.id)?.state !== 'expired' || after.state === 'accepted') {
			await book.add({outgoing: [after], incidents: this.#told(after)});
		}
	}

	async #try(planned: PlannedNotifier, message: Message, recipient: string): Promise<Delivery> {
		const {clock, scheduler} = this.#parts;
		const controller = new AbortController();
		const abort = () => controller.abort();
		const callOff = scheduler.at(clock.now() + planned.timeout, abort);
		const late = this.#late(planned);
		this.#stopped.signal.addEventListener('abort', abort, {once: true});

		try {
			const context = {signal: controller.signal, now: () => clock.now(), hide: planned.hide};
			return await Promise.race([planned.notify(message, recipient, context), late.end]);
		} catch (error) {
			// A bug in one notifier must not keep others from telling.
			const reason = safeText(`this notifier failed: ${planned.hide(String(error))}`);
			return {kind: 'later', reason, scope: 'channel', isUndecided: true};
		} finally {
			callOff();
			late.callOff();
			this.#stopped.signal.removeEventListener('abort', abort);
		}
	}

	/** The end of a try that does not end by itself, although it was told to. */
	#late({timeout}: PlannedNotifier): {readonly end: Promise<Delivery>; callOff(): void} {
		const {clock, scheduler} = this.#parts;
		const {signal} = this.#stopped;
		const reason = safe`no end after ${timeout / 1000} s`;
		let giveUp: () => void = () => {};
		const end = new Promise<Delivery>(resolve => {
			giveUp = () => resolve({kind: 'later', reason, scope: 'channel', isUndecided: true});
		});
		const callOffTime = scheduler.at(clock.now() + timeout + graceMs, giveUp);
		let callOffStop = () => {};
		const stop = () => {
			callOffStop = clock.wake(stopMs, giveUp);
		};
		signal.addEventListener('abort', stop, {once: true});
		return {
			end,
			callOff() {
				callOffTime();
				callOffStop();
				signal.removeEventListener('abort', stop);
			},
		};
	}

	#learn(channel: Channel, delivery: Delivery): void {
		const t = this.#parts.t();
		const isBroken = delivery.kind === 'broken';

		if (isBroken || (delivery.kind === 'later' && delivery.scope === 'channel')) {
			channel.failures += 1;
			channel.failingSince ??= t;
			channel.isBroken = isBroken;
			channel.reason = delivery.reason;
			channel.nextT = t + channelWait(channel.failures, isBroken, this.#parts.chance());
		} else {
			Object.assign(channel, {failures: 0, failingSince: undefined, isBroken: false, reason: undefined, nextT: 0});
		}
	}

	/** Incidents once their recipient has the message, may have it, or never will. */
	#told(outgoing: Outgoing): readonly Incident[] {
		const {state, items, recipient, notifier, reason} = outgoing;

		if (state === 'waiting') {
			return [];
		}

		const {incidents} = this.#parts.book.known;
		return items.flatMap(({incident: id, tells, told}) => {
			const incident = incidents.get(id);

			if (!incident) {
				return [];
			}

			const to = safe`${recipient === '' ? safeBytes(notifier) : safeText(recipient)}: ${safeText(tells)}`;
			const kind = state === 'accepted' ? 'sent' : 'refused';
			const text = state === 'accepted' ? to : safe`${to}, ${reason ?? safe`not taken`}`;
			const entry: TimelineEntry = {at: this.#parts.clock.wall(), kind, text, ...(told && {severity: told.severity})};
			const next = withTold(incident, outgoing);
			return state === 'undecided' ? [next] : [withTimelineEntry({...next, [kind]: next[kind] + 1}, entry)];
		});
	}
}

function newChannel(planned: PlannedNotifier): Channel {
	return {
		planned,
		failures: 0,
		nextT: 0,
		failingSince: undefined,
		isBroken: false,
		reason: undefined,
		isRunning: false,
	};
}

/** The two clocks do not go exactly alike. */
function isNear(before: number | undefined, now: number): boolean {
	return before !== undefined && Math.abs(before - now) <= 2000;
}
