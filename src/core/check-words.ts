import {unknown} from './format.js';
import {padSafe, type Safe, safe, safeText} from './safe.js';
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

/** What is known of how much it was there. */
type Uptime = NonNullable<Check['uptime']>;

/** From this percentage on hundredths are told: a minute of a day is 0.07. */
const fine = 99;

/** `100%`, `99.98%`, `80.0%`: never rounded up to 100, for a second of failure in a day is not none. */
export function uptimePercent({percent}: Uptime): Safe {
	if (percent >= 100 || percent <= 0) {
		return percent >= 100 ? safe`100%` : safe`0%`;
	}

	return safe`${safeText(percent < fine ? percent.toFixed(1) : Math.min(99.99, percent).toFixed(2))}%`;
}

/** How much of the past is known, in at most three columns and never more than it is: `24h`, `6h`, `59m`, `40s`. */
export function knownSpan({ms}: Uptime): Safe {
	const seconds = Math.floor(ms / 1000);

	if (seconds >= 3600) {
		return safe`${Math.floor(seconds / 3600)}h`;
	}

	return seconds >= 60 ? safe`${Math.floor(seconds / 60)}m` : safe`${seconds}s`;
}

/** `99.98% 24h`, `100%  6h`; `-` where nothing is known. */
export function uptimeText({uptime}: Pick<Check, 'uptime'>): Safe {
	return uptime ? safe`${uptimePercent(uptime)} ${padSafe(knownSpan(uptime), 3, 'start')}` : unknown;
}

/** While results say other than the state, which one it is: `2/3`, and `ok 1/2` of one that recovers. Else empty. */
export function attemptText({attempt, result}: Check): Safe {
	return attempt ? safe`${result?.status === 'ok' ? safe`ok ` : safe``}${attempt.count}/${attempt.of}` : safe``;
}
