import type * as z from 'zod';
import type {Evidence, TimelineEntry} from './alerts/incident.js';
import type {Severity} from './alerts/severity.js';
import type {Redact} from './redact.js';
import type {Safe} from './safe.js';

/**
 * What a message tells of an incident. `both`: that it fired and that it is over, which nobody was told while it lasted. `again`: it was
 * over, and is back soon after. `reminder`: it still fires. `gone`: what it was about does not exist any more.
 */
export type Tells =
	| 'firing'
	| 'raised'
	| 'downgraded'
	| 'again'
	| 'reminder'
	| 'resolved'
	| 'both'
	| 'gone'
	| 'flapping'
	| 'steady';

/** One incident in a message. Times are wall clock, ms since 1970. */
export type MessageItem = {
	/** `k3f9`. */
	readonly incident: string;
	readonly tells: Tells;
	/** What it is about, without a number that changes: `orders-db`, `Disk nearly full /data`. */
	readonly title: Safe;
	readonly severity: Severity;
	/** True while it fires. */
	readonly isFiring: boolean;
	/** The value against its level now, or when it was over; a check's reason: `96.2%, above 95%`. */
	readonly text: Safe;
	/** The same when it fired. */
	readonly firedText: Safe;
	/** When its condition began to hold, when it fired, and when it was over. */
	readonly startedAt: number;
	readonly firedAt: number;
	readonly endedAt?: number;
	readonly evidence?: Evidence;
	readonly runbook?: Safe;
	/** Oldest first. */
	readonly timeline: readonly TimelineEntry[];
};

/** Another alert that fires, for the foot of a message. */
export type OtherAlert = {
	readonly incident: string;
	readonly title: Safe;
	readonly severity: Severity;
	readonly since: number;
};

/** What is told to one recipient at once. Its `id` is the same each time it is tried, wherever that is. */
export type Message = {
	readonly id: string;
	/** The `id` of the first message of the thread it belongs to; absent when it is the first. */
	readonly threadId?: string;
	readonly host: Safe;
	/** Wall clock, ms: when it was decided. */
	readonly at: number;
	/** It may have arrived already: nobody knows how the last try ended. */
	readonly mayRepeat: boolean;
	readonly isTest: boolean;
	/** The worst first; at least one. */
	readonly items: readonly MessageItem[];
	/** The worst first, without those in `items`. */
	readonly others: readonly OtherAlert[];
};

/** How one try ended. Reasons never hold a secret. */
export type Delivery =
	/** The other side has it: its answer. */
	| {readonly kind: 'accepted'; readonly response: Safe}
	/**
	 * Later, perhaps. `channel`: nobody could be told this way now; else it is about this message or recipient. `isUndecided`: the other side
	 * may have it all the same.
	 */
	| {
			readonly kind: 'later';
			readonly reason: Safe;
			readonly scope: 'channel' | 'message';
			readonly isUndecided: boolean;
	  }
	/** Never: this recipient, or this message. */
	| {readonly kind: 'refused'; readonly reason: Safe}
	/** Somebody has to mend the configuration (a password, a certificate): tried again only now and then. */
	| {readonly kind: 'broken'; readonly reason: Safe};

/** What a notifier may know. It has no timers: `signal` is aborted when its time is up. */
export type NotifyContext = {
	readonly signal: AbortSignal;
	/** Monotonic, ms. */
	readonly now: () => number;
	/** Takes the configuration's secrets out of what the other side said. */
	readonly hide: Redact;
	/** Hears each stage of the conversation, without secrets; for whoever tries a notifier out. */
	readonly onStage?: (stage: NotifyStage) => void;
};

/** A step of the conversation: `connect`, `starttls`, `login` ..., and what came of it. */
export type NotifyStage = {readonly name: Safe; readonly text: Safe; readonly isFailure?: true; readonly advice?: Safe};

/** Tells one recipient. Everything it opened is closed when it resolves; it throws only where we have a bug. */
export type Notify = (message: Message, recipient: string, context: NotifyContext) => Promise<Delivery>;

/** One way to tell people. Made by `defineNotifier`. */
export type NotifierType = {
	readonly type: string;
	/** What it does, for README's table. */
	readonly tells: string;
	readonly options: z.ZodObject;
	/** Each is told by a message of its own; at least one. */
	readonly recipients: (options: unknown) => readonly string[];
	/** How long one try may take in all, ms. */
	readonly timeout: (options: unknown) => number;
	readonly start: (options: unknown) => Notify;
};

type NotifierParts<Schema extends z.ZodObject> = {
	readonly type: string;
	readonly tells: string;
	readonly options: Schema;
	readonly recipients: (options: z.output<Schema>) => readonly string[];
	readonly timeout: (options: z.output<Schema>) => number;
	/** What tells, loaded for the first message. */
	readonly load: () => Promise<(options: z.output<Schema>) => Notify>;
};

/** Binds a schema to what is done with its options. Options must have come through that schema. */
export function defineNotifier<Schema extends z.ZodObject>(parts: NotifierParts<Schema>): NotifierType {
	const {type, tells, options, recipients, timeout, load} = parts;
	return {
		type,
		tells,
		options,
		recipients: own => recipients(own as z.output<Schema>),
		timeout: own => timeout(own as z.output<Schema>),
		start(own) {
			let notify: Notify | undefined;
			return async (message, recipient, context) => {
				notify ??= (await load())(own as z.output<Schema>);
				return notify(message, recipient, context);
			};
		},
	};
}
