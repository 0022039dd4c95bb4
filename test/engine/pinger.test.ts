import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {type Safe, safe} from '../../src/core/safe.js';
import {alertingEngine} from '../helpers/alerting-engine.js';

test('somebody is called while what happens is kept, and not while it is not', async () => {
	const one = alertingEngine();
	const calls: number[] = [];
	let answer: Safe | undefined;
	const ping = {
		every: 60_000,
		timeout: 5000,
		async call() {
			calls.push(Math.round(one.clock.now() / 1000));
			return answer;
		},
	};
	one.engine.configure({...one.settings, ping});
	await one.engine.start();
	await one.run(150);
	expect(calls).toHaveLength(3);
	answer = safe`refused`;
	await one.run(60);
	expect(one.engine.store.snapshot?.problems).toMatchObject([{area: 'ping', reason: 'refused'}]);
	answer = undefined;
	await one.run(60);
	expect(one.engine.store.snapshot?.problems).toEqual([]);
	one.side.keep = () => Promise.reject(new Error('ENOSPC'));
	one.set('memory.used', 99);
	await one.run(200);
	expect(calls).toHaveLength(5);
});

test('a call that is not answered is given up, and none is made beside it', async () => {
	const one = alertingEngine();
	const signals: AbortSignal[] = [];
	const call = (signal: AbortSignal) => {
		signals.push(signal);
		return new Promise<Safe | undefined>(resolve => {
			signal.addEventListener('abort', () => resolve(safe`no answer`));
		});
	};
	one.engine.configure({...one.settings, ping: {every: 10_000, timeout: 60_000, call}});
	await one.engine.start();
	await one.run(55);
	expect(signals.map(({aborted}) => aborted)).toEqual([false]);
	await one.run(10);
	expect(signals.map(({aborted}) => aborted)).toEqual([true, false]);
	one.engine.stop();
	await setImmediate();
	expect(signals.map(({aborted}) => aborted)).toEqual([true, true]);
});
