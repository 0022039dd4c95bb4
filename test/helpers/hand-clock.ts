import {setImmediate} from 'node:timers/promises';
import type {Clock} from '../../src/engine/clock.js';

/** The wall clock when the hand stands at 0: 2026-11-22 03:14:51 UTC. */
export const wallAtZero = Date.UTC(2026, 10, 22, 3, 14, 51);

/** A clock that only a test moves. */
export type HandClock = Clock & {
	/** Moves on, ringing what becomes due on the way, each time as far as promises then get by themselves. */
	advance(ms: number): Promise<void>;
	/** Time passes while nothing can run: a stalled loop, a suspended machine. */
	pass(ms: number): void;
	/** Somebody sets the wall clock on, or back. */
	setWall(ms: number): void;
	/** As `pass`, and the time is spent on the CPU. */
	work(ms: number): void;
	/** What was asked to be woken, soonest first. */
	readonly due: readonly number[];
};

type Alarm = {readonly at: number; readonly run: () => void};

export function handClock(start = 0): HandClock {
	let now = start;
	let busy = 0;
	let wall = wallAtZero;
	const alarms: Alarm[] = [];
	const take = (end: number): Alarm | undefined => (alarms[0] && alarms[0].at <= end ? alarms.shift() : undefined);

	return {
		now: () => now,
		wall: () => wall + now,
		busy: () => busy,
		wake(delay, run) {
			const alarm = {at: now + delay, run};
			const later = alarms.findIndex(({at}) => at > alarm.at);
			alarms.splice(later < 0 ? alarms.length : later, 0, alarm);
			return () => {
				const index = alarms.indexOf(alarm);
				alarms.splice(index < 0 ? alarms.length : index, 1);
			};
		},
		async advance(ms) {
			const end = now + ms;
			await setImmediate();

			for (let alarm = take(end); alarm; alarm = take(end)) {
				now = Math.max(now, alarm.at);
				alarm.run();
				await setImmediate();
			}

			now = Math.max(now, end);
		},
		pass(ms) {
			now += ms;
		},
		setWall(ms) {
			wall += ms;
		},
		work(ms) {
			now += ms;
			busy += ms;
		},
		get due() {
			return alarms.map(({at}) => at);
		},
	};
}
