import {setImmediate} from 'node:timers/promises';
import {type AlertBook, type AlertEntry, emptyAlertBook, withEntry} from '../../src/core/alerts/alert-book.js';
import type {AlertSettings} from '../../src/core/alerts/alert-settings.js';
import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {alertEntry} from '../../src/core/alerts/book-decode.js';
import type {Rule} from '../../src/core/alerts/rule.js';
import type {Severity} from '../../src/core/alerts/severity.js';
import type {Delivery, Message, Tells} from '../../src/core/notifier.js';
import {safe} from '../../src/core/safe.js';
import type {PlannedCheck} from '../../src/engine/planned-check.js';
import type {PlannedNotifier} from '../../src/engine/planned-notifier.js';
import {engineOf} from './engine.js';
import {sampling} from './fake-samplers.js';

/** A rule that fires at once above 90, and critically above 95. */
export function aRule(changes: Partial<Rule> = {}): Rule {
	return {
		id: 'Memory',
		name: safe`Memory`,
		series: 'memory.used',
		levels: {
			warning: {kind: 'above', trigger: 90, clear: 90, for: 0},
			critical: {kind: 'above', trigger: 95, clear: 95, for: 0},
		},
		keepFiringFor: 0,
		notify: [],
		key: JSON.stringify(changes.id ?? 'Memory'),
		...changes,
	};
}

/** What the other side does with a message: `accepted` unless it is told otherwise. */
export type Answer = (message: Message, recipient: string) => Delivery | Promise<Delivery>;

export const accepted: Delivery = {kind: 'accepted', response: safe`250 ok`};

/** Nobody listens. */
export const unreachable: Delivery = {kind: 'later', reason: safe`refused`, scope: 'channel', isUndecided: false};

/** A message as it was taken: seconds since the start, to whom, and what it tells of what. */
export type Sent = {readonly at: number; readonly to: string; readonly tells: string; readonly message: Message};

type Options = {
	readonly rules?: readonly Rule[];
	readonly checks?: readonly PlannedCheck[];
	readonly alerts?: Partial<AlertSettings>;
	readonly recipients?: readonly string[];
	readonly minimum?: Severity;
	readonly every?: number;
	/** What a run before has left, and when that was. */
	readonly after?: {readonly book: AlertBook; readonly now: number};
};

/** An engine with alerts, and somebody who is told: series are what a test sets them to. */
export function alertingEngine({
	rules = [aRule()],
	checks = [],
	alerts,
	recipients,
	minimum,
	every = 1000,
	after,
}: Options = {}) {
	const values = new Map<string, number>();
	const sent: Sent[] = [];
	const tries: Sent[] = [];
	const entries: AlertEntry[] = [];
	const side = {answer: (() => accepted) as Answer, keep: () => Promise.resolve()};
	let book = after?.book ?? emptyAlertBook;
	const startsAt = after?.now ?? 50_000;
	const notifier: PlannedNotifier = {
		id: 'ops',
		name: safe`ops`,
		recipients: recipients ?? ['ops@example.com'],
		timeout: 60_000,
		minimum: minimum ?? 'warning',
		hide: text => text,
		key: 'ops',
		async notify(message, recipient) {
			const tells = message.items.map(({title, tells}) => `${title} ${tells}`).join(', ');
			const one = {at: (clock.now() - 50_000) / 1000, to: recipient, tells, message};
			tries.push(one);
			const delivery = await side.answer(message, recipient);

			if (delivery.kind === 'accepted') {
				sent.push(one);
			}

			return delivery;
		},
	};
	const own = {
		rules,
		checks,
		notifiers: [notifier],
		alerts: {...alertDefaults, groupWait: 0, groupInterval: 0, ...alerts},
	};
	const {engine, clock, taken, settings} = engineOf({
		samplers: [sampling('fake', () => ({series: [...values]}))],
		startsAt,
		every,
		settings: own,
	});
	const unkept: unknown[] = [];
	engine.alerts.begin({
		book,
		async keep(entry: AlertEntry) {
			await side.keep();
			// As it comes from a disk.
			const read = alertEntry(JSON.parse(JSON.stringify(entry)), 'entry');
			entries.push(read);
			book = withEntry(book, read);
		},
		onChange: () => {},
		onDelivery: () => {},
		onUnkept: error => unkept.push(error),
	});
	return {
		engine,
		settings,
		clock,
		taken,
		sent,
		tries,
		/** As they were kept. */
		entries,
		side,
		unkept,
		get book() {
			return book;
		},
		set(name: string, value: number | undefined) {
			if (value === undefined) {
				values.delete(name);
			} else {
				values.set(name, value);
			}
		},
		/** As many seconds, with what is under way then. */
		async run(seconds: number) {
			await clock.advance(seconds * 1000);

			for (let round = 0; round < 20; round++) {
				await setImmediate();
			}
		},
		rows: () => engine.store.snapshot?.alerts ?? [],
		told: () => sent.map(({tells}) => tells as Tells),
	};
}
