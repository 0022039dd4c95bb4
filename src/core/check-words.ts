import {unknown} from './format.js';
import {type Safe, safe, safeText} from './safe.js';
import type {Check} from './snapshot.js';

const shortTypes: ReadonlyMap<string, Safe> = new Map([
	['process', safe`proc`],
	['certificate', safe`cert`],
	['systemd', safe`unit`],
	['command', safe`cmd`],
]);

/** `http`, `mysql`, `proc`: where a column of five has to do. */
export function shortType({type}: Check): Safe {
	return shortTypes.get(type) ?? type;
}

/** A response time in at most 7 columns, up to three hours: `4.2 ms`, `42 ms`, `12.3 s`. */
export function responseTime(ms: number): Safe {
	if (ms < 9_999.5) {
		return safe`${safeText(ms < 9.95 ? Math.max(0, ms).toFixed(1) : ms.toFixed(0))} ms`;
	}

	return safe`${safeText((ms / 1000).toFixed(1))} s`;
}

/** `100%`, `99.98%`: never rounded up, for a second of failure in a day is not none. */
export function uptimePercent(uptime: Check['uptime']): Safe {
	if (!uptime) {
		return unknown;
	}

	const {percent} = uptime;

	if (percent >= 100 || percent <= 0) {
		return percent >= 100 ? safe`100%` : safe`0%`;
	}

	// What 99.98 is in binary must not be 99.97; but nothing becomes 100.
	const hundredths = Math.min(9_999, Math.floor(percent * 100 + 1e-6));
	return safe`${safeText((hundredths / 100).toFixed(2))}%`;
}

/** How much of the past is known, in at most three columns and never more than it is: `24h`, `6h`, `59m`, `40s`. */
export function knownSpan(uptime: Check['uptime']): Safe {
	const seconds = Math.floor((uptime?.ms ?? 0) / 1000);

	if (seconds >= 3600 || seconds === 0) {
		return safe`${Math.floor(seconds / 3600)}h`;
	}

	return seconds >= 60 ? safe`${Math.floor(seconds / 60)}m` : safe`${seconds}s`;
}

/** While results say other than the state, which one it is: `2/3`, and `ok 1/2` of one that recovers. Else empty. */
export function attemptText({attempt, result}: Check): Safe {
	return attempt ? safe`${result?.status === 'ok' ? safe`ok ` : safe``}${attempt.count}/${attempt.of}` : safe``;
}
