/** So many states are looked at. */
const remembered = 21;

/** Percent of changes from which on it flaps, and down to which it does not any more (Nagios' defaults, base/flapping.c, objects.h). */
const [high, low] = [30, 20];

/** The last states of something, oldest first, a letter each: as many as 21. */
export type FlapRing = {readonly states: string; readonly isFlapping: boolean};

export const noFlaps: FlapRing = {states: '', isFlapping: false};

/** One more state. Whatever letter it has, another one is a change. */
export function withState({states, isFlapping}: FlapRing, letter: string): FlapRing {
	const next = (states + letter).slice(-remembered);
	const percent = flapPercent(next);
	return {states: next, isFlapping: isFlapping ? percent > low : percent >= high};
}

/**
 * How much of the last 21 states (oldest first; before the first known one all was well: `o`) are changes, 0 to 100: the newest counts
 * 1.25, the oldest 0.75 (https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html).
 */
export function flapPercent(states: string): number {
	const padded = states.padStart(remembered, 'o');
	let sum = 0;

	for (let x = 1; x < remembered; x++) {
		sum += padded[x] === padded[x - 1] ? 0 : 0.75 + ((x - 1) * 0.5) / (remembered - 2);
	}

	return (sum * 100) / (remembered - 1);
}
