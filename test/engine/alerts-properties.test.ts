import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AlertBook, emptyAlertBook, reopened, withEntry} from '../../src/core/alerts/alert-book.js';
import {compareSeverity} from '../../src/core/alerts/severity.js';
import {
	holdFor,
	longestGap,
	repeatEvery,
	rules,
	type Span,
	type Story,
	spans,
	storyOf,
	type Try,
} from '../helpers/alert-story.js';
import {alertingEngine} from '../helpers/alerting-engine.js';
import {wallAtZero} from '../helpers/hand-clock.js';

/** How long a level had held before a moment, s, as far as somebody looked. */
function heldBefore({seen}: Story, at: number, trigger: number): number {
	const looks = seen.filter(look => look.at <= at + 0.001).toReversed();
	let held = 0;

	for (const [index, {at: later, value}] of looks.entries()) {
		const before = looks[index + 1];

		if (value !== undefined && value <= trigger) {
			return held;
		}

		if (value !== undefined && before?.value !== undefined && before.value > trigger) {
			held += Math.min(longestGap, later - before.at);
		}
	}

	return held;
}

const itemsOf = ({tries}: Story) => tries.flatMap(one => one.message.items.map(item => ({...one, item})));
const mayHaveArrived = ({answer}: Try) => answer === 'accepted' || answer === 'undecided' || answer === 'silent';

function expectHeld(story: Story): void {
	for (const {item} of itemsOf(story)) {
		if (item.title === 'Memory' && (item.tells === 'firing' || item.tells === 'both')) {
			const at = (item.firedAt - wallAtZero - 50_000) / 1000;
			const isHeld = heldBefore(story, at, 90) >= holdFor.warning || heldBefore(story, at, 95) >= holdFor.critical;
			expect({at, isHeld}).toEqual({at, isHeld: true});
		}
	}
}

/** Nobody hears of an end, or of more, who cannot know of the beginning. */
function expectBeginnings(story: Story): void {
	const known = new Set<string>();

	for (const one of itemsOf(story)) {
		const {incident, tells} = one.item;

		if (tells === 'resolved' || tells === 'gone' || tells === 'steady') {
			expect({incident, tells, isKnown: known.has(`${one.to} ${incident}`)}).toMatchObject({isKnown: true});
		}

		if (mayHaveArrived(one)) {
			known.add(`${one.to} ${incident}`);
		}
	}
}

function expectOnce(story: Story): void {
	const first = new Map<string, string>();
	const last = new Map<string, Try>();

	for (const one of itemsOf(story).filter(mayHaveArrived)) {
		const {incident, tells} = one.item;
		const key = `${one.to} ${incident}`;

		if (tells === 'firing') {
			expect({incident, first: first.get(key) ?? one.message.id}).toEqual({incident, first: one.message.id});
			first.set(key, one.message.id);
		}

		const before = last.get(key);

		if (tells === 'reminder' && before && before.message.id !== one.message.id && !before.message.mayRepeat) {
			expect(one.at - before.at).toBeGreaterThanOrEqual(repeatEvery - 1);
		}

		last.set(key, one);
	}
}

/** Every book that a kill could have left. */
function booksOf({entries}: Story): readonly AlertBook[] {
	let book = emptyAlertBook;
	return entries.map(entry => {
		book = withEntry(book, entry);
		return book;
	});
}

function expectLegal(book: AlertBook): void {
	const after = reopened(book);
	const items = [...after.outgoing.values()].flatMap(one => one.items);
	expect(items.filter(({incident}) => !after.incidents.has(incident))).toEqual([]);
	expect([...after.outgoing.values()].filter(({state}) => state === 'trying')).toEqual([]);
	expect(after.pending.filter(({state}) => state.phase !== 'pending')).toEqual([]);

	for (const {state, endedAt} of after.incidents.values()) {
		const isOver = state.phase === 'resolved';
		expect({phase: state.phase, isKnown: state.phase !== 'pending'}).toMatchObject({isKnown: true});
		expect({isOver, hasEnd: endedAt !== undefined}).toEqual({isOver, hasEnd: isOver});
		expect(state.severity).toBeDefined();
	}
}

async function expectToGoOn(book: AlertBook): Promise<void> {
	const one = alertingEngine({rules, after: {book, now: 1_000_000}});
	one.set('memory.used', 92);
	await one.engine.start();
	await one.run(10);
	expect(one.unkept).toEqual([]);
	expect(one.engine.store.snapshot?.problems).toEqual([]);
}

function expectTold(story: Story): void {
	const tried = new Set(
		itemsOf(story)
			.filter(one => mayHaveArrived(one) || one.answer === 'refused')
			.map(({item}) => item.incident),
	);
	const untold = [...story.book.incidents.values()].filter(
		({id, worst}) => compareSeverity(worst, 'warning') >= 0 && !tried.has(id),
	);
	expect(untold).toEqual([]);
}

test('whatever happens to a value, to the program and to those who are told', async () => {
	await fc.assert(
		fc.asyncProperty(spans, fc.constantFrom(0, 15_000), async (all: readonly Span[], groupWait) => {
			const story = await storyOf(all, groupWait);
			expectHeld(story);
			expectBeginnings(story);
			expectOnce(story);
			expectTold(story);
			const books = booksOf(story);
			books.forEach(expectLegal);
			await expectToGoOn(books[Math.floor(books.length / 2)] ?? emptyAlertBook);
		}),
		{seed: 1, numRuns: 100},
	);
}, 120_000);
