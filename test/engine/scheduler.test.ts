import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {nextBeat, Scheduler} from '../../src/engine/scheduler.js';
import {handClock} from '../helpers/hand-clock.js';

const beats: Record<string, [due: number, every: number, now: number, next: number]> = {
	'a quick tick waits for the next beat': [1000, 1000, 1003, 2000],
	'a timer that rang early does not tick twice': [1000, 1000, 999.6, 2000],
	'a slow tick skips the beats it missed': [1000, 1000, 3500, 4000],
	'work that ends exactly on the beat skips none': [0, 1000, 1000, 1000],
	'nor on a later one': [0, 1000, 3000, 3000],
	'a machine that was suspended has no catching up to do': [1000, 1000, 3_600_500, 3_601_000],
	'another beat': [500, 250, 800, 1000],
};

describe('the next beat', () => {
	test.each(Object.entries(beats))('%s', (_, [due, every, now, next]) => {
		expect(nextBeat(due, every, now)).toBe(next);
	});
});

test('whatever the times, the next beat is on the grid, not in the past, and the first of those', () => {
	fc.assert(
		fc.property(fc.nat(10_000), fc.integer({min: 1, max: 5000}), fc.nat(100_000), (due, every, after) => {
			const next = nextBeat(due, every, due + after);
			expect((next - due) % every).toBe(0);
			expect(next).toBeGreaterThanOrEqual(due + after);
			expect(next).toBeGreaterThan(due);
			expect(next - Math.max(due + after, due + 1)).toBeLessThan(every);
		}),
	);
});

/** A scheduler that writes down what ran and when. */
function scheduled() {
	const clock = handClock();
	const scheduler = new Scheduler(clock);
	const ran: string[] = [];
	const at = (due: number, name: string, also = () => {}) =>
		scheduler.at(due, () => {
			ran.push(`${name} ${clock.now()}`);
			also();
		});
	return {clock, scheduler, ran, at};
}

test('what is due first runs first, whatever was asked first; of equals the one asked first', async () => {
	const {clock, ran, at} = scheduled();
	at(300, 'c');
	at(100, 'a');
	at(200, 'b');
	at(100, 'a2');
	await clock.advance(250);
	expect(ran).toEqual(['a 100', 'a2 100', 'b 200']);
	await clock.advance(50);
	expect(ran.at(-1)).toBe('c 300');
});

test('there is one timer, for what is due first', () => {
	const {clock, at} = scheduled();
	at(300, 'c');
	expect(clock.due).toEqual([300]);
	const callOff = at(100, 'a');
	at(200, 'b');
	expect(clock.due).toEqual([100]);
	callOff();
	expect(clock.due).toEqual([200]);
});

test('what is called off does not run, and calling off again does nothing', async () => {
	const {clock, ran, at} = scheduled();
	const callOff = at(100, 'a');
	at(100, 'b');
	callOff();
	callOff();
	await clock.advance(200);
	expect(ran).toEqual(['b 100']);
	callOff();
	expect(clock.due).toEqual([]);
});

test('what is due already runs as soon as the timer can', async () => {
	const {clock, ran, at} = scheduled();
	clock.pass(1000);
	at(200, 'late');
	expect(ran).toEqual([]);
	await clock.advance(0);
	expect(ran).toEqual(['late 1000']);
});

test('after a stall everything that is due runs once, in order', async () => {
	const {clock, ran, at} = scheduled();
	at(100, 'a');
	at(200, 'b');
	at(5000, 'c');
	clock.pass(1000);
	await clock.advance(0);
	expect(ran).toEqual(['a 1000', 'b 1000']);
	expect(clock.due).toEqual([5000]);
});

test('what runs may ask for more, and call off what is due at the same moment', async () => {
	const {clock, ran, at} = scheduled();
	let callOff = () => {};
	at(100, 'a', () => {
		callOff();
		at(150, 'more');
	});
	callOff = at(100, 'b');
	await clock.advance(200);
	expect(ran).toEqual(['a 100', 'more 150']);
});

test('a timer that rings a fraction early is for what it was set for', async () => {
	let ring = () => {};
	let now = 0;
	const clock = {
		...handClock(),
		now: () => now,
		wake(_: number, run: () => void) {
			ring = run;
			return () => {};
		},
	};
	const ran: number[] = [];
	new Scheduler(clock).at(100, () => ran.push(now));
	now = 99.4;
	ring();
	expect(ran).toEqual([99.4]);
});

test('stopped, nothing runs any more', async () => {
	const {clock, scheduler, ran, at} = scheduled();
	at(100, 'a');
	at(200, 'b', () => scheduler.stop());
	at(200, 'c');
	await clock.advance(1000);
	expect(ran).toEqual(['a 100', 'b 200']);
	expect(clock.due).toEqual([]);
});
