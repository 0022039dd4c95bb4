import {joinSafe, type Safe, safe} from '../core/safe.js';

/** `no answer in 5 s: connected, then silent` */
export function timeoutText(waiting: Safe, timeout: number): Safe {
	const seconds = timeout >= 1000 ? safe`${Math.round(timeout / 100) / 10} s` : safe`${Math.round(timeout)} ms`;
	return joinSafe([safe`no answer in ${seconds}`, waiting], safe`: `);
}
