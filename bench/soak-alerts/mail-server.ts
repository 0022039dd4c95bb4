import type {Delivery, Message} from '../../src/core/notifier.js';
import {safe} from '../../src/core/safe.js';
import type {Clock} from '../../src/engine/clock.js';
import type {PlannedNotifier} from '../../src/engine/planned-notifier.js';
import {randomOf} from '../../test/helpers/random.js';
import type {Plan} from './plan.js';

const recipients = ['day@example.com', 'night@example.com'];

/** How long it takes to take a message, ms. */
const answerMs = 40;

/** Of all messages, so many are put off, and of so many nobody learns whether they arrived. */
const putOff = 0.02;
const undecided = 0.02;

const accepted: Delivery = {kind: 'accepted', response: safe`250 ok`};
const unreachable: Delivery = {kind: 'later', reason: safe`refused`, scope: 'channel', isUndecided: false};
const later: Delivery = {kind: 'later', reason: safe`451 later`, scope: 'message', isUndecided: false};
const broken: Delivery = {kind: 'later', reason: safe`connection lost`, scope: 'channel', isUndecided: true};

export type Received = {readonly message: Message; readonly to: string; readonly at: number};

/** A mail server that is away now and then, and what is in its boxes. */
export function mailServer(
	{outages}: Plan,
	seed: number,
	clock: Clock,
	now: () => number,
	onReceived: (received: Received) => void,
): PlannedNotifier {
	const random = randomOf(seed);
	const answer = (message: Message, to: string): Delivery => {
		const at = now();
		const chance = random();

		if (outages.some(({from, to: end}) => from <= at && at < end)) {
			return unreachable;
		}

		if (chance < putOff) {
			return later;
		}

		const isLost = chance < putOff + undecided;

		// Of every other one that nobody heard of any more it has the whole text.
		if (!isLost || random() < 0.5) {
			onReceived({message, to, at});
		}

		return isLost ? broken : accepted;
	};
	return {
		id: 'ops',
		name: safe`ops`,
		recipients,
		timeout: 60_000,
		minimum: 'warning',
		hide: text => text,
		key: 'ops',
		notify: (message, to) =>
			new Promise(resolve => {
				clock.wake(answerMs, () => resolve(answer(message, to)));
			}),
	};
}
