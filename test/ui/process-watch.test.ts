import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import type {ProcessFacts} from '../../src/core/process-facts.js';
import type {ProcessId} from '../../src/core/signal.js';
import type {Process} from '../../src/core/snapshot.js';
import {ProcessWatch} from '../../src/ui/process-watch.js';
import {initialView, type ViewState} from '../../src/ui/view-state.js';
import {handClock} from '../helpers/hand-clock.js';
import {someFacts} from '../helpers/process-facts.js';
import {allPanels, aSnapshot} from '../helpers/scene.js';

const [first, second] = aSnapshot().processes as [Process, Process];
const closed = initialView(allPanels);
const of = ({pid, startTicks}: ProcessId): ViewState => ({
	...closed,
	dialog: {kind: 'details', offset: 0, id: {pid, startTicks}},
});
const snapshotOf = (...processes: readonly Process[]) => aSnapshot({processes});

/** A watch whose questions are answered by hand. */
function watching() {
	const clock = handClock();
	const asked: number[] = [];
	const answers: ((facts: ProcessFacts | undefined) => void)[] = [];
	let told = 0;
	const watch = new ProcessWatch(
		({pid}) => {
			asked.push(pid);
			return new Promise(answer => answers.push(answer));
		},
		clock.now,
		() => {
			told += 1;
		},
	);
	const answer = async (facts: ProcessFacts | undefined) => {
		answers.shift()?.(facts);
		await setImmediate();
	};
	return {clock, asked, answer, watch, told: () => told};
}

test('without a dialog nobody is asked anything', () => {
	const {watch, asked} = watching();
	expect(watch.look(closed, snapshotOf(first))).toBeUndefined();
	expect(asked).toEqual([]);
});

test('the process is followed, and asked about every 2 s, one question at a time', async () => {
	const {watch, asked, answer, clock, told} = watching();
	expect(watch.look(of(first), snapshotOf(first))).toEqual({process: first, endedAt: undefined, facts: undefined});
	clock.pass(5000);
	watch.look(of(first), snapshotOf(first));
	expect(asked).toEqual([first.pid]);
	await answer(someFacts);
	expect(told()).toBe(1);
	const busy = {...first, cpuPercent: 99};
	expect(watch.look(of(first), snapshotOf(busy))).toEqual({process: busy, endedAt: undefined, facts: someFacts});
	expect(asked).toHaveLength(2);
	await answer(undefined);
	clock.pass(1999);
	expect(watch.look(of(first), snapshotOf(first))?.facts).toBe(someFacts);
	expect(asked).toHaveLength(2);
	clock.pass(1);
	watch.look(of(first), snapshotOf(first));
	expect(asked).toHaveLength(3);
});

test('one that has ended stays as it was seen last, and is asked nothing', () => {
	const {watch, asked, clock} = watching();
	watch.look(of(first), snapshotOf(first));
	clock.pass(10_000);
	const gone = {...snapshotOf(second), at: 1000};
	expect(watch.look(of(first), gone)).toEqual({process: first, endedAt: 1000, facts: undefined});
	expect(watch.look(of(first), {...gone, at: 2000})?.endedAt).toBe(1000);
	expect(asked).toEqual([first.pid]);
});

test('another process of its number is another', () => {
	const {watch} = watching();
	watch.look(of(first), snapshotOf(first));
	const other = {...first, startTicks: 7};
	expect(watch.look(of(first), {...snapshotOf(other), at: 1000})).toMatchObject({process: first, endedAt: 1000});
});

test('one that was never seen is not known', () => {
	expect(watching().watch.look(of(first), snapshotOf(second))).toBeUndefined();
});

test('one in state D is asked nothing', () => {
	const {watch, asked} = watching();
	watch.look(of(first), snapshotOf({...first, state: 'D'}));
	expect(asked).toEqual([]);
});

test('a frozen picture asks once', async () => {
	const {watch, asked, answer, clock} = watching();
	const frozen = {...of(first), isFrozen: true};
	watch.look(frozen, snapshotOf(first));
	await answer(someFacts);
	clock.pass(60_000);
	expect(watch.look(frozen, snapshotOf(first))?.facts).toBe(someFacts);
	expect(asked).toHaveLength(1);
});

test('an answer that comes too late is about nobody', async () => {
	const {watch, answer, told, clock, asked} = watching();
	watch.look(of(first), snapshotOf(first, second));
	watch.look(of(second), snapshotOf(first, second));
	await answer(someFacts);
	expect(told()).toBe(0);
	expect(watch.look(of(second), snapshotOf(first, second))?.facts).toBeUndefined();
	clock.pass(1);
	expect(asked).toEqual([first.pid, second.pid]);
	watch.look(closed, snapshotOf(first, second));
	expect(watch.look(of(first), snapshotOf(first, second))?.facts).toBeUndefined();
});
