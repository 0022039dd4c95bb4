import * as z from 'zod';
import {parseDuration} from './parse-duration.js';

/** A duration within limits, which are written as durations too. What is wrong is told of the text, not of its ms. */
function duration(least: string, most: string) {
	const [from, to] = [parseDuration(least) ?? 0, parseDuration(most) ?? 0];

	return z.string().transform((text, context) => {
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

const beat = duration('200ms', '60s');
const period = duration('200ms', '24h');
// Nobody who writes a star means it: a filter that silently matches nothing would hide that.
const name = z.string().refine(text => !text.includes('*'), 'must be a whole name, a star stands for nothing here');
const filter = z.strictObject({only: z.array(name).optional(), except: z.array(name).optional()});

/** The configuration of everything that exists. Durations come out in ms. */
export function configSchema(samplers: readonly string[]) {
	const sampling = z.strictObject(Object.fromEntries(samplers.map(name => [name, period.optional()])));
	return z.strictObject({
		$schema: z.string().optional(),
		every: beat.default(1000),
		sampling: sampling.default({}),
		mounts: filter.default({}),
		devices: filter.default({}),
		interfaces: filter.default({}),
	});
}
