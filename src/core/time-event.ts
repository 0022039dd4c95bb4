import type {LogFields} from './log.js';

/** One moment by every clock there is. */
export type Moment = {
	/** Monotonic, ms; stands still while the machine is suspended. */
	readonly now: number;
	/** Wall clock, ms since 1970; anybody may set it. */
	readonly wall: number;
	/** Time since the machine started, ms, suspended time included; undefined where nobody tells. */
	readonly uptime: number | undefined;
};

/** What happened to time between two ticks. */
export type TimeEvent = {
	/** The wall clock was set; the machine slept; we were not let run (stopped, or the machine was). */
	readonly kind: 'clock-set' | 'suspended' | 'stalled';
	/** How far or how long, ms; negative for a clock that was set back. */
	readonly ms: number;
};

/** A wall clock that runs so far off between two ticks was set, ms: what NTP corrects in passing is far less. */
const leastJump = 2000;

/** A tick that begins so late was no slow tick, ms. */
const leastStall = 5000;

/** What happened between two ticks, the second of which began `lag` ms late; undefined when time just passed. */
export function timeEvent(before: Moment, after: Moment, lag: number): TimeEvent | undefined {
	const passed = after.now - before.now;
	const jump = after.wall - before.wall - passed;

	if (Math.abs(jump) >= leastJump) {
		const slept = before.uptime === undefined || after.uptime === undefined ? 0 : after.uptime - before.uptime - passed;
		return Math.abs(slept - jump) < leastJump && slept >= leastJump
			? {kind: 'suspended', ms: slept}
			: {kind: 'clock-set', ms: jump};
	}

	return lag >= leastStall ? {kind: 'stalled', ms: lag} : undefined;
}

/** What the log says of it. */
export function timeEventEntry({kind, ms}: TimeEvent): {readonly message: string; readonly fields: LogFields} {
	switch (kind) {
		case 'clock-set':
			return {message: 'the wall clock was set', fields: {byMs: Math.round(ms)}};
		case 'suspended':
			return {message: 'the machine was suspended', fields: {forMs: Math.round(ms)}};
		case 'stalled':
			return {message: 'healthtop stood still: it was stopped, or the machine was', fields: {forMs: Math.round(ms)}};
	}
}
