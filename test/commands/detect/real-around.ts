import type {Around} from '../../../src/commands/detect/ask-now.js';
import {local} from '../../../src/hosts/local.js';

/** This machine and its time. */
export const realAround: Around = {
	host: local(),
	clock: {
		now: () => performance.now(),
		wall: () => Date.now(),
		busy: () => 0,
		wake(delay, run) {
			const timer = setTimeout(run, delay);
			return () => clearTimeout(timer);
		},
	},
	signal: new AbortController().signal,
};
