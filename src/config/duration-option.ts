import * as z from 'zod';
import {durationPattern, parseDuration} from './parse-duration.js';

/**
 * A duration within limits, which are written as durations too; comes out in ms. What is wrong is told of the text, not of its ms.
 * The messages say nothing of what was written: it may be a secret, and whoever prints them adds what may be shown.
 */
export function durationOption(least: string, most: string) {
	const [from, to] = [parseDuration(least) ?? 0, parseDuration(most) ?? 0];
	return z
		.string()
		.meta({pattern: durationPattern.source})
		.transform((text, context) => {
			const ms = parseDuration(text);

			if (ms !== undefined && ms >= from && ms <= to) {
				return ms;
			}

			const range = `must be between "${least}" and "${most}"`;
			const message = ms === undefined ? 'must be a duration such as "30s", "5m" or "48h"' : range;
			context.addIssue({code: 'custom', message, input: text});
			return z.NEVER;
		});
}
