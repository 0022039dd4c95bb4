import {joinSafe, type Safe, safe} from '../core/safe.js';

/** `no answer in 5 s: connected, then silent` */
export function timeoutText(waiting: Safe, timeout: number): Safe {
	return joinSafe([safe`no answer in ${timeText(timeout)}`, waiting], safe`: `);
}

/** `5 s`, `300 ms` */
export function timeText(timeout: number): Safe {
	return timeout >= 1000 ? safe`${Math.round(timeout / 100) / 10} s` : safe`${Math.round(timeout)} ms`;
}
