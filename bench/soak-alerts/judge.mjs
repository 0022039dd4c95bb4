/**
 * What people were told, held against what was wrong.
 *
 * @typedef {{readonly kind: string, readonly titles: readonly string[], readonly from: number, readonly to: number}} Fault
 * @typedef {{readonly from: number, readonly to: number}} Span
 * @typedef {{
 *   readonly incident: string,
 *   readonly tells: string,
 *   readonly title: string,
 *   readonly severity: string,
 *   readonly startedAt: number,
 *   readonly firedAt: number,
 * }} Item times in ms since the start
 * @typedef {{readonly id: string, readonly to: string, readonly at: number, readonly mayRepeat: boolean, readonly items: readonly Item[]}} Message
 * @typedef {{
 *   readonly faults: readonly Fault[],
 *   readonly outages: readonly Span[],
 *   readonly chances: readonly (Span & {readonly title: string})[],
 *   readonly messages: readonly Message[],
 *   readonly recipients: readonly string[],
 *   readonly repeatEvery: number,
 * }} Told `chances`: services of which as many answers were lost in a row as make a failure, while nothing was wrong with them
 */

/** What fires so much after a fault has begun, or ended, is of the fault, ms: rules wait, and a value that smells of it is one. */
const slack = 120_000;

/** Messages by which somebody learns that something is wrong. */
const firsts = new Set(['firing', 'both', 'again', 'raised', 'reminder', 'flapping']);

/** Messages that nobody understands who had none before. */
const seconds = new Set(['resolved', 'gone', 'steady', 'again', 'raised', 'downgraded', 'reminder']);

/** Those after which nothing is open. */
const ends = new Set(['resolved', 'gone', 'both', 'steady']);

/** @param {Told} told */
export function judged(told) {
	const {messages, faults, chances, outages} = told;
	const all = messages.flatMap(message => message.items.map(item => ({...item, message})));
	const expected = expectedOf(faults);
	const isOf = (/** @type {Item} */ {title, startedAt}, /** @type {Span & {readonly title: string}} */ one) =>
		one.title === title && one.from - slack <= startedAt && startedAt <= one.to + slack;
	const falseAlarms = all.filter(item => ![...expected, ...chances].some(one => isOf(item, one)));
	const missed = told.recipients.flatMap(to =>
		[...expected, ...chances]
			.filter(one => !all.some(item => item.message.to === to && firsts.has(item.tells) && isOf(item, one)))
			.map(({title, from}) => `${title} at ${hours(from)} h, ${to}`),
	);
	const [away, delays] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];

	for (const one of expected.filter(({kind}) => kind !== 'flapping')) {
		const outage = outages.find(({from, to}) => from - slack < one.from && one.from < to);
		const first = all.find(item => firsts.has(item.tells) && isOf(item, one));

		if (first && outage) {
			away.push(Math.max(0, first.message.at - Math.max(outage.to, first.firedAt)));
		} else if (first) {
			delays.push(first.message.at - first.firedAt);
		}
	}

	return {
		expected: expected.length,
		falseAlarms: [
			...new Set(falseAlarms.map(({title, firedAt, incident}) => `${title} at ${hours(firedAt)} h (${incident})`)),
		],
		missed,
		...repeatedIn(told),
		delays: delays.toSorted((a, b) => a - b),
		away: away.toSorted((a, b) => a - b),
	};
}

/**
 * What must be told: one alert each.
 *
 * @param {readonly Fault[]} faults
 */
function expectedOf(faults) {
	return faults.flatMap(({kind, titles, from, to}) =>
		titles.map(title => ({kind, title: kind === 'silent' ? `No data: ${title}` : title, from, to})),
	);
}

/**
 * What somebody was told twice, or could not understand. A copy is the same message again, which its reader sees from its id.
 *
 * @param {Told} told
 */
function repeatedIn({messages, repeatEvery}) {
	/** @type {Map<string, {readonly tells: string, readonly at: number, readonly words: string}>} */
	const known = new Map();
	/** @type {Set<string>} */
	const seen = new Set();
	/** @type {string[]} */
	const doubled = [];
	/** @type {string[]} */
	const unheard = [];
	let copies = 0;

	for (const {id, to, at, items} of messages) {
		const isCopy = seen.has(`${to} ${id}`);
		seen.add(`${to} ${id}`);
		copies += isCopy ? 1 : 0;

		for (const {incident, tells, title} of isCopy ? [] : items) {
			const key = `${to} ${incident}`;
			const before = known.get(key);
			const words = `${title} ${tells} at ${hours(at)} h (${incident}), ${to}`;

			if (before && isAgain(tells, before.tells, at - before.at, repeatEvery)) {
				doubled.push(words);
			}

			if (!before && seconds.has(tells)) {
				unheard.push(words);
			}

			known.set(key, {tells, at, words});
		}
	}

	const open = [...known.values()].filter(({tells}) => !ends.has(tells)).map(({words}) => words);
	return {doubled, unheard, copies, open};
}

/**
 * @param {string} tells
 * @param {string} before
 * @param {number} passed
 * @param {number} repeatEvery
 */
function isAgain(tells, before, passed, repeatEvery) {
	const isEarly = tells === 'reminder' && passed < repeatEvery - 60_000;
	return tells === 'firing' || (ends.has(tells) && ends.has(before)) || isEarly;
}

/** @param {number} ms */
function hours(ms) {
	return (ms / 3_600_000).toFixed(2);
}
