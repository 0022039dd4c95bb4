import * as fc from 'fast-check';
import type {AlertBook, AlertEntry} from '../../src/core/alerts/alert-book.js';
import type {Delivery} from '../../src/core/notifier.js';
import {safe} from '../../src/core/safe.js';
import {accepted, alertingEngine, aRule, type Sent, unreachable} from './alerting-engine.js';

const refused: Delivery = {kind: 'refused', reason: safe`550`};
const undecided: Delivery = {kind: 'later', reason: safe`lost`, scope: 'channel', isUndecided: true};

const answers = {
	accepted: () => accepted,
	unreachable: () => unreachable,
	undecided: () => undecided,
	refused: () => refused,
	putOff: (): Delivery => ({kind: 'later', reason: safe`451`, scope: 'message', isUndecided: false}),
	silent: () => new Promise<Delivery>(() => {}),
};

/** So long each level must hold, s. */
export const holdFor = {warning: 20, critical: 10};

/** More than this between two looks does not count, s. */
export const longestGap = 10;

export const repeatEvery = 60;

export const rules = [
	aRule({
		levels: {
			warning: {kind: 'above', trigger: 90, clear: 85, for: holdFor.warning * 1000},
			critical: {kind: 'above', trigger: 95, clear: 93, for: holdFor.critical * 1000},
		},
		keepFiringFor: 5000,
	}),
	aRule({
		...{id: 'Disk', key: 'Disk', name: safe`Disk`},
		levels: {
			info: {kind: 'above', trigger: 50, clear: 50, for: 0},
			critical: {kind: 'above', trigger: 97, clear: 97, for: 0},
		},
	}),
];

/** So long something lasts, and so they answer meanwhile who are told. */
const span = fc.record({
	value: fc.oneof(fc.constantFrom(undefined, 60, 87, 92, 94, 97, 99), fc.double({min: 0, max: 100, noNaN: true})),
	seconds: fc.oneof(
		{weight: 6, arbitrary: fc.integer({min: 1, max: 30})},
		{weight: 1, arbitrary: fc.integer({min: 60, max: 400})},
	),
	answer: fc.constantFrom(...(Object.keys(answers) as (keyof typeof answers)[]), 'accepted' as const),
	/** What happens to the program afterwards, and for how long it is not there, s. */
	end: fc.oneof(
		{weight: 4, arbitrary: fc.constant(undefined)},
		{weight: 1, arbitrary: fc.record({isKill: fc.boolean(), seconds: fc.integer({min: 0, max: 300})})},
	),
});

export type Span = typeof span extends fc.Arbitrary<infer T> ? T : never;

export const spans = fc.array(span, {minLength: 1, maxLength: 12});

/** A message that was tried, and what came of it: silence is no answer. */
export type Try = Sent & {readonly answer: keyof typeof answers};

export type Story = {
	readonly tries: readonly Try[];
	/** What was seen at each look, s since the start. */
	readonly seen: readonly {readonly at: number; readonly value: number | undefined}[];
	readonly entries: readonly AlertEntry[];
	readonly book: AlertBook;
};

/** In the end all is well, and everybody listens. */
const lastSpans: readonly Span[] = [{value: 10, seconds: 1000, answer: 'accepted', end: undefined}];

/** What becomes of it, with a good end. */
export async function storyOf(spans: readonly Span[], groupWait: number): Promise<Story> {
	const tries: Try[] = [];
	const entries: AlertEntry[] = [];
	const seen: {at: number; value: number | undefined}[] = [];
	const alerts = {
		groupWait,
		repeatEvery: repeatEvery * 1000,
		downgradeAfter: 15_000,
		noDataAfter: 40_000,
		perHour: 10_000,
	};
	const open = async (after: {book: AlertBook; now: number} | undefined, value: number | undefined) => {
		const one = alertingEngine({rules, alerts, ...(after && {after})});
		one.engine.store.subscribe(({series}) =>
			seen.push({at: (one.clock.now() - 50_000) / 1000, value: series.get('memory.used')}),
		);
		one.set('memory.used', value);
		return one;
	};
	let one = await open(undefined, spans[0]?.value);
	let isStarted = false;

	const take = () => {
		entries.push(...one.entries.splice(0));
	};

	for (const {value, seconds, answer, end} of [...spans, ...lastSpans]) {
		one.set('memory.used', value);
		const {clock, side} = one;
		side.answer = (message, to) => {
			const tells = message.items.map(item => `${item.title} ${item.tells}`).join();
			tries.push({at: (clock.now() - 50_000) / 1000, to, tells, message, answer});
			return answers[answer]();
		};
		await (isStarted ? undefined : one.engine.start());
		isStarted = true;
		await one.run(seconds);

		if (end) {
			one.engine.stop();
			// Whoever still gives no answer is not waited for.
			await (end.isKill ? undefined : Promise.race([one.engine.alerts.close(), one.run(0)]));
			take();
			one = await open({book: one.book, now: clock.now() + end.seconds * 1000}, value);
			isStarted = false;
		}
	}

	take();
	return {tries, seen, entries, book: one.book};
}
